// The real window with a large book, measured: scrolling from top to bottom, from the start to a list that can be used,
// and memory of all processes, beside an empty window of the same toolkit in the same run. Writes target/window.json.
// Arguments: number of customers (100000), and --empty FILE for another empty window.
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Driver, binaryPath, projectFolder } from "./driver.mjs";
import { Person } from "./lib/person.mjs";
import { pause, waitFor } from "./lib/wait.mjs";

const given = process.argv.slice(2);
const customers = Number(given.find((word) => /^\d+$/.test(word)) ?? 100_000);
const emptyAt = given.indexOf("--empty");
const empty = emptyAt >= 0 ? given[emptyAt + 1] : path.join(path.dirname(binaryPath()), "examples/empty");
const starts = 5;
/** Pixels that one frame scrolls by: about a hundred rows, a fling by hand. */
const step = 3400;

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const share = (values, part) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))];

/** Proportional set size of a process and all that it started, in MiB. */
function memory(pid) {
  const parents = new Map();
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    try {
      parents.set(Number(name), Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${name}/stat`, "utf8"))?.[1]));
    } catch {
      // It has ended meanwhile.
    }
  }
  const family = new Set([pid]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const [child, parent] of parents) {
      if (family.has(parent) && !family.has(child)) {
        family.add(child);
        grown = true;
      }
    }
  }
  let kib = 0;
  for (const member of family) {
    try {
      kib += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${member}/smaps_rollup`, "utf8"))?.[1] ?? 0);
    } catch {
      // It has ended meanwhile.
    }
  }
  return kib / 1024;
}

/** Milliseconds from the start until `ready` says so in the page. */
async function startTime(driver, ready) {
  const began = performance.now();
  await driver.start();
  await waitFor("the window to be ready", () => driver.session.run(ready), { timeout: 120_000, every: 10 });
  return performance.now() - began;
}

const listReady = `function () { return document.querySelectorAll('[role="treegrid"] [role="row"][aria-level="1"][tabindex]').length > 5 }`;
const emptyReady = `function () { return document.readyState === "complete" }`;

async function measureEmpty() {
  const driver = await Driver.open({ binary: empty, args: [] });
  try {
    const times = [];
    for (let run = 0; run < starts; run += 1) {
      await driver.quit();
      times.push(await startTime(driver, emptyReady));
    }
    await pause(3000);
    return { start: median(times), memory: memory(driver.pid) };
  } finally {
    await driver.end();
  }
}

/** Scrolls the list to its end, a step in each frame, and gives the time of each frame. */
async function scroll(driver) {
  await driver.session.run(`function (step) {
    const list = document.querySelector("[data-scroll]");
    const frames = [];
    window.__scrolled = undefined;
    let last = performance.now();
    let blank = 0;
    const next = (now) => {
      frames.push(now - last);
      last = now;
      if (list.querySelector('[role="row"][aria-busy="true"]')) blank += 1;
      if (list.scrollTop + list.clientHeight >= list.scrollHeight - 1) { window.__scrolled = { frames: frames.slice(2), blank }; return; }
      list.scrollTop += step;
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  }`, step);
  return waitFor("the end of the list", () => driver.session.run("function () { return window.__scrolled }"), { timeout: 600_000, every: 500 });
}

async function measureApp() {
  const driver = await Driver.open({ moreArgs: ["--sample-customers", String(customers)] });
  const person = new Person(driver);
  try {
    await driver.click("button", person.words.tryItOut, { timeout: 20_000 });
    await driver.find("heading", person.words.nav.home, { timeout: 900_000 });
    await person.goTo("customers");
    await driver.sees(/customers/, { timeout: 60_000 });
    // What comes in the background after the first start is over before anything is measured.
    await pause(20_000);
    const times = [];
    for (let run = 0; run < starts; run += 1) {
      await driver.quit();
      times.push(await startTime(driver, listReady));
    }
    await pause(3000);
    const idle = memory(driver.pid);
    const { frames, blank } = await scroll(driver);
    return { start: median(times), memory: idle, memoryAfterScrolling: memory(driver.pid), frames, blank };
  } finally {
    await driver.end();
  }
}

if (!existsSync(empty)) throw new Error(`there is no empty window at ${empty}: build the example first`);
const bare = await measureEmpty();
const app = await measureApp();
const figures = {
  customers,
  frames: app.frames.length,
  frame_p50_ms: share(app.frames, 0.5),
  frame_p99_ms: share(app.frames, 0.99),
  frame_max_ms: Math.max(...app.frames),
  frames_over_50_ms: app.frames.filter((time) => time > 50).length,
  frames_with_rows_to_come: app.blank,
  start_ms: app.start,
  empty_start_ms: bare.start,
  start_ratio: app.start / bare.start,
  memory_mib: app.memory,
  memory_after_scrolling_mib: app.memoryAfterScrolling,
  empty_memory_mib: bare.memory,
  memory_ratio: app.memory / bare.memory,
};
for (const [name, value] of Object.entries(figures)) console.log(`${name.padEnd(28)} ${Number.isInteger(value) ? value : value.toFixed(2)}`);
const folder = path.join(projectFolder, "target");
mkdirSync(folder, { recursive: true });
writeFileSync(path.join(folder, "window.json"), JSON.stringify(figures));
