// A live workspace on a machine without a keychain: said before anything is made, then kept under a passphrase. The sign-in
// outlives a restart, reads on after its token has run out, and is gone for good once the person signs out.
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { callsOf, keepCode, signIn } from "./lib/live.mjs";
import { addBrowser, registered, startSandbox } from "./lib/sandbox.mjs";
import { expect, waitFor } from "./lib/wait.mjs";

const passphrase = "vier alte Lampen brennen";

export default {
  title: "without a keychain: connect under a passphrase, restart and unlock, still signed in and reading, sign out for good",
  async run({ open }) {
    const driver = await open({ keychain: false });
    const sandbox = await startSandbox(driver.world);
    addBrowser(driver.world).as(registered.ada);
    await signIn(driver, sandbox);
    await driver.sees("Signed in as ada.keller", { timeout: 60_000 });
    await driver.click("button", "Create live workspace");
    await driver.sees("This computer has no keychain that answers", { timeout: 60_000 });
    await driver.settled();
    await driver.click("link|button", "Choose a passphrase");
    await driver.fill("Passphrase, again", passphrase);
    await driver.fill(/^Passphrase( \*)?$/, passphrase);
    await driver.click("button", "Create live workspace with a passphrase");
    await keepCode(driver);
    await read(driver);
    noFileTells(driver.world.dataDir);

    await unlockAgain(driver);
    // A new token is fetched with what was kept.
    await sandbox.post("expire");
    const before = await lists(sandbox);
    await read(driver);
    await driver.click("button", "Read again now");
    await waitFor("another list of customers", async () => (await lists(sandbox)) > before, { timeout: 60_000 });
    await driver.settled();
    expect(!/Nobody is signed in|could not be kept|has expired/.test(await driver.text()), "the sign-in did not hold");

    await driver.click("button", "Sign out", { within: await driver.find("main", null) });
    await driver.click("button", "Sign out", { within: await driver.find("alertdialog|dialog", null) });
    await driver.sees("Nobody is signed in", { timeout: 30_000 });
    expect(keyFiles(driver.world.dataDir).every((text) => !text.includes("sign-in-")), "the sign-in still lies beside the book");
    await unlockAgain(driver);
    await driver.sees("Nobody is signed in", { timeout: 60_000 });
  },
};

/** Settings, once everything was read. */
async function read(driver) {
  await driver.click("link", "Settings");
  await driver.sees("ada.keller@nordhafen.onmicrosoft.com", { timeout: 30_000 });
  await waitFor("the sync to end", async () => !/not yet|Reading (resellers|customers|details|catalogues)/.test(await driver.text()), { timeout: 90_000 });
  await driver.settled();
}

async function unlockAgain(driver) {
  await driver.restart();
  await driver.find("heading", "Unlock your book", { timeout: 30_000 });
  await driver.settled();
  await driver.fill(/^Passphrase/, passphrase);
  await driver.click("button", "Unlock");
  await driver.find("link", "Settings", { timeout: 60_000 });
}

/** How often customers were listed from the beginning. */
async function lists(sandbox) {
  const calls = Object.entries(await callsOf(sandbox));
  return calls.filter(([call]) => call.startsWith("GET /v1/customers?")).reduce((sum, [, times]) => sum + times, 0);
}

function files(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
}

const keyFiles = (folder) => files(folder).filter((file) => path.basename(file) === "keys.json").map((file) => readFileSync(file, "utf8"));

/** Neither the passphrase nor anything that looks like a token of the authority. */
function noFileTells(folder) {
  const all = files(folder);
  expect(all.length >= 4, "there are files to look into");
  expect(keyFiles(folder).some((text) => text.includes("sign-in-")), "no sign-in lies beside the book: nothing is proven here");
  for (const file of all) {
    const text = readFileSync(file).toString("latin1");
    expect(!text.includes(passphrase) && !/eyJ[\w-]{20,}\.[\w-]{20,}/.test(text), `${file} tells a secret`);
  }
}
