// Runs the journeys one after another, a line for each, and ends with `N passed, N failed`.
// A word as argument runs only the journeys whose name has it.
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Driver, projectFolder } from "./driver.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const failures = path.join(projectFolder, "target/e2e");
/** No journey may take longer than this, whatever it waits for; one that is told to do more than usual says so. */
const usualLimit = 8 * 60_000;

const wanted = process.argv.slice(2);
const files = readdirSync(here)
  .filter((name) => /^\d\d-.*\.mjs$/.test(name))
  .filter((name) => wanted.length === 0 || wanted.some((word) => name.includes(word)))
  .sort();

let passed = 0;
let failed = 0;
for (const file of files) {
  const { default: journey } = await import(pathToFileURL(path.join(here, file)).href);
  // One that needs more than the others is run when it is asked for by name.
  if (journey.onDemand && wanted.length === 0) continue;
  const limit = Math.max(usualLimit, journey.limit ?? 0);
  const name = file.replace(/\.mjs$/, "");
  const began = Date.now();
  const seconds = () => `${((Date.now() - began) / 1000).toFixed(1)} s`;
  const opened = [];
  // Each journey opens its machines through this, so that they are closed whatever happens.
  const open = async (options) => {
    const driver = await Driver.open(options);
    opened.push(driver);
    return driver;
  };
  let timer;
  try {
    const late = new Promise((_, fail) => {
      timer = setTimeout(() => fail(new Error(`took longer than ${limit / 1000} s`)), limit);
    });
    await Promise.race([journey.run({ open }), late]);
    passed += 1;
    console.log(`ok      ${name}  ${seconds()}  ${journey.title}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}  ${seconds()}  ${journey.title}`);
    console.log(String(error?.stack ?? error).replace(/^/gm, "        "));
    await keepTraces(name, opened);
  } finally {
    clearTimeout(timer);
    for (const driver of opened) await driver.end().catch((error) => console.log(`        could not end: ${error.message}`));
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

/** What is needed to understand a failure afterwards: what could be seen, and what the app said. */
async function keepTraces(name, drivers) {
  mkdirSync(failures, { recursive: true });
  for (const [index, driver] of drivers.entries()) {
    const base = path.join(failures, `${name}-${index + 1}`);
    await driver.picture(`${base}.png`).catch(() => undefined);
    writeFileSync(`${base}.txt`, await driver.outline().catch((error) => String(error)));
    writeFileSync(`${base}.log`, driver.log());
  }
  console.log(`        see ${path.relative(projectFolder, failures)}`);
}
