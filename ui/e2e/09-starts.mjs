// Bad starts, each with its way out: no keychain, a key that is gone, a damaged book.
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Person } from "./lib/person.mjs";

const passphrase = "vier alte Lampen brennen";

export default {
  title: "a passphrase where there is no keychain, a lost key brought back by the recovery code, a damaged book restored",
  async run({ open }) {
    await withoutKeychain(await open({ keychain: false }));
    await keyAndBookLost(await open());
  },
};

async function withoutKeychain(driver) {
  await driver.click("button", "Try it out", { timeout: 20_000 });
  await driver.click("link|button", "Choose a passphrase", { timeout: 20_000 });
  await driver.fill("Passphrase, again", passphrase);
  await driver.fill(/^Passphrase( \*)?$/, passphrase);
  await driver.click("button", "Try it out with a passphrase");
  await driver.find("heading", "Home", { timeout: 60_000 });

  await driver.restart();
  await driver.find("heading", "Unlock your book", { timeout: 20_000 });
  await driver.fill(/^Passphrase/, "three old lamps");
  await driver.click("button", "Unlock");
  await driver.sees("does not open the book", { timeout: 30_000 });
  await driver.fill(/^Passphrase/, passphrase);
  await driver.click("button", "Unlock");
  await driver.find("heading", "Home", { timeout: 60_000 });
  await driver.end();
}

async function keyAndBookLost(driver) {
  const person = new Person(driver);
  await person.tryItOut();
  await person.goTo("settings");
  await driver.settled();
  await driver.click("button", "Set up a recovery code");
  await driver.click("button", "Show the code");
  const code = await driver.textOf(await driver.find("group", "Recovery code"));
  await driver.click("button", "I have written it down");
  await driver.fill(/^Recovery code/, code, { leave: false });
  await driver.click("button", "Set up");
  await driver.sees("Set up on", { timeout: 30_000 });
  await driver.click("button", "Back up now");
  await driver.find("row", /you asked for it/, { timeout: 30_000 });
  await driver.quit();

  execFileSync("secret-tool", ["clear", "service", "Channelbook"], { env: driver.world.env });
  await driver.start();
  await driver.find("heading", "The key to this book was not found", { timeout: 20_000 });
  await driver.fill("Recovery code", code, { leave: false });
  await driver.click("button", "Open with the code");
  await driver.find("link", "Home", { timeout: 60_000 });
  await driver.quit();

  const books = path.join(driver.world.dataDir, "books");
  const file = path.join(books, readdirSync(books)[0], "book.db");
  const bytes = readFileSync(file);
  bytes.fill(0x5a, 8192, Math.floor(bytes.length / 2));
  writeFileSync(file, bytes);
  await driver.start();
  await driver.find("heading", "The book is damaged", { timeout: 20_000 });
  await driver.click("button", /^Restore: /, { within: await driver.find("row", /you asked for it/) });
  await driver.click("button", "Restore", { within: await driver.find("alertdialog|dialog", null) });
  await driver.find("link", "Home", { timeout: 30_000 });
}
