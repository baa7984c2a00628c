// What an onboarding leaves in the journal: every step in plain words, never the password, and all of it as a file.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, expectSame, waitFor } from "./lib/wait.mjs";
import { Person, brandt, threeProducts } from "./lib/person.mjs";
import { saveAs } from "./lib/save.mjs";

export default {
  title: "the journal of an onboarding: plain words, before and after, ids to quote, filtered, exported, never the password",
  async run({ open }) {
    const driver = await open();
    const person = new Person(driver);
    await person.tryItOut();
    await person.onboard(brandt(), threeProducts);
    await person.allArrives();
    const password = await person.reveal();
    await person.acknowledge();

    await openJournal(driver);
    // The newest first: what was done to the password, and not what it is.
    await driver.sees("Setup info noted, password destroyed");
    await driver.sees("Setup info revealed");
    await driver.sees("Place order: confirmed");
    await driver.sees("Customer added");
    const seen = await driver.text();
    expect(!seen.includes(password), "the journal shows the password");
    expect(!/operation_|customer_added|\{"|under_review|_id\b/.test(seen), "a word of the book's own stands on the page");

    // By kind of text: only this customer's; opened, each value before and after, and the ids to quote to Microsoft.
    await driver.fill("Search the journal", "brandt", { leave: false });
    await waitFor("the sample to be filtered away", async () => !(await driver.text()).includes("Sample book loaded"));
    await person.openRow(0, /Create customer: confirmed/);
    await driver.sees("Partner Center answered");
    await driver.sees("Correlation ID");
    await driver.sees(/\d\d:\d\d:\d\d UTC/);
    expectSame(await driver.axe(), [], "violations that axe finds");

    // As a file, through the system's own dialog.
    const file = path.join(driver.world.root, "journal.csv");
    await driver.click("button", "Export");
    await saveAs(driver, file);
    await driver.sees(/\d+ entries are in journal\.csv, in \d+ lines/);
    expect(existsSync(file), "there is no file");
    const text = readFileSync(file, "utf8");
    expect(text.startsWith("\uFEFFNumber,When,"), `the file begins otherwise: ${text.slice(0, 40)}`);
    const said = /(\d+) entries are in journal\.csv, in (\d+) lines/.exec(await driver.text());
    const rows = readRows(text);
    expectSame(rows.length - 1, Number(said[2]), "lines of the file");
    expectSame(new Set(rows.slice(1).map((row) => row[0])).size, Number(said[1]), "entries in the file");
    for (const word of ["Tischlerei Brandt GmbH", "confirmed", "Place order", "Microsoft 365 Business Standard"]) expect(text.includes(word), `the file does not say ${word}`);
    expect(!text.includes(password), "the password is in the file");
    for (const row of rows) expect(row.every((cell) => !/^[=+@\t]/.test(cell)), `a cell that a spreadsheet would run: ${row.join(" | ")}`);

    // That it went out is told too.
    await driver.fill("Search the journal", "", { leave: false });
    await driver.sees("Journal exported");
  },
};

/** By the command of the search. */
async function openJournal(driver) {
  await driver.fill("Search everything, or type a command", "open journal", { leave: false });
  await driver.click("option", "Open journal");
  await driver.find("heading", "Journal");
  await driver.settled();
}

/** Rows of a CSV file, read by the rules of RFC 4180 and not by the app's own. */
function readRows(text) {
  const rows = [[""]];
  let quoted = false;
  const plain = text.replace(/^\uFEFF/, "");
  for (let at = 0; at < plain.length; at += 1) {
    const letter = plain[at];
    const row = rows.at(-1);
    if (quoted && letter === '"' && plain[at + 1] === '"') {
      row[row.length - 1] += '"';
      at += 1;
    } else if (letter === '"') quoted = !quoted;
    else if (!quoted && letter === ",") row.push("");
    else if (!quoted && letter === "\r" && plain[at + 1] === "\n") {
      rows.push([""]);
      at += 1;
    } else row[row.length - 1] += letter;
  }
  return rows.filter((row) => row.length > 1);
}
