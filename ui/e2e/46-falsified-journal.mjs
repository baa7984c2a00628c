// Somebody with the key and a tool falsifies an entry of the journal while the app is closed. The next start says so on
// every page by itself, the journal says which entry, since when nothing is in doubt, what that means and what to do;
// the person can go on working, and it stays told.
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { projectFolder } from "./driver.mjs";
import { Person } from "./lib/person.mjs";
import { expect, expectSame } from "./lib/wait.mjs";

const title = "The journal is not whole";

export default {
  title: "a falsified entry of the journal: told by itself at the start, where, what it means and what to do; work goes on",
  async run({ open }) {
    const driver = await open();
    const person = new Person(driver);
    await person.tryItOut();
    await openJournal(driver);
    // The first check of this book has ended; what is done from here on is what the next one looks at.
    await driver.sees(/chain checked/, { timeout: 60_000 });
    await person.goTo("outbox");
    await driver.settled();
    await driver.click("button", "Pause");
    await driver.find("button", "Resume");
    expect(!(await driver.text()).includes(title), "it is said to be broken and is not");
    await driver.quit();

    const number = falsify(driver);
    await driver.start();
    // Nobody asked: it stands above whatever page is open.
    await driver.sees(title, { timeout: 60_000 });
    await driver.sees(`Entry ${number} does not read as it was written.`);
    await driver.click("button", "Show");
    await driver.find("heading", "Journal");
    await driver.sees(/Everything up to .+ is as it was written\./);
    await driver.sees("Export the journal now, keep the latest backup from before that, and compare the two.");
    await driver.sees("Somebody Else");
    await driver.settled();
    expectSame(await driver.axe(), [], "violations that axe finds");

    // What is done from now on is told and chained as before.
    await person.goTo("outbox");
    await driver.settled();
    await driver.click("button", "Resume");
    await driver.find("button", "Pause");
    await driver.restart();
    await driver.sees(title, { timeout: 60_000 });
    await driver.sees(`Entry ${number} does not read as it was written.`);
  },
};

/** Another person into the newest entry, with the key from this machine's keychain. Answers with the entry's number. */
function falsify(driver) {
  const books = path.join(driver.world.dataDir, "books");
  const folder = path.join(books, readdirSync(books)[0]);
  const { key_name: name } = JSON.parse(readFileSync(path.join(folder, "book.json"), "utf8"));
  const key = execFileSync("secret-tool", ["lookup", "service", "Channelbook", "username", name], { env: driver.world.env });
  const tool = process.env.CHANNELBOOK_TAMPER ?? path.join(projectFolder, "target/debug/examples/tamper");
  return execFileSync(tool, [path.join(folder, "book.db")], { input: key, encoding: "utf8" }).trim();
}

/** By the command of the search. */
async function openJournal(driver) {
  await driver.fill("Search everything, or type a command", "open journal", { leave: false });
  await driver.click("option", "Open journal");
  await driver.find("heading", "Journal");
  await driver.settled();
}
