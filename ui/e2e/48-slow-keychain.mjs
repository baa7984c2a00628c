// A keychain that stands still, as one does that asks its person for a password: at the start the window opens, says what
// it waits for, and goes on by itself when the answer comes; so does the reveal window.
import { readFileSync } from "node:fs";
import path from "node:path";
import { Person, brandt, threeProducts } from "./lib/person.mjs";
import { expect, expectSame, pause, waitFor } from "./lib/wait.mjs";
import { pressKeys } from "./lib/world.mjs";

/** A folder for pictures of the reveal window; without it they go with the machine. */
const pictures = process.env.CHANNELBOOK_PICTURES;

export default {
  title: "a keychain that answers late: the window and the reveal say what they wait for, and go on by themselves",
  async run({ open }) {
    const driver = await open();
    const person = new Person(driver);
    await person.tryItOut();
    await driver.quit();

    driver.world.keychain.kill("SIGSTOP");
    try {
      await driver.start();
      await driver.find("heading", "Waiting for this computer's keychain", { timeout: 20_000 });
      await driver.sees("Perhaps it asks for its password");
      expectSame(await driver.axe(), [], "violations that axe finds");
      expect(!(await driver.text()).includes("Try it out"), "a new book is offered while there is one");
    } finally {
      driver.world.keychain.kill("SIGCONT");
    }
    await driver.find("heading", "Home", { timeout: 60_000 });
    await driver.settled();
    await person.goTo("customers");
    await waitFor("the customers of the book", async () => /^\d+ customers/m.test(await driver.text()));
    await reveals(driver, person);
  },
};

/** The password of a new customer, while the keychain that has its key stands still, and when it goes on. */
async function reveals(driver, person) {
  const { words: w } = person;
  await person.goTo("home");
  await person.onboard(brandt(), threeProducts);
  await person.allArrives();
  const file = (name) => path.join(pictures ?? driver.world.root, `reveal-${name}.png`);
  driver.world.keychain.kill("SIGSTOP");
  try {
    await driver.click("button", w.reveal, { within: await driver.find("region", w.setupInfo) });
    await person.inReveal(async ({ picture }) => {
      picture(file("before"));
      pressKeys(driver.world, "Tab", "Return");
      await pause(2000);
      picture(file("waits"));
      expect(!readFileSync(file("before")).equals(readFileSync(file("waits"))), "the reveal window says nothing while it waits");
      // What is pressed meanwhile is no second question, and what was asked is answered when the keychain goes on.
      pressKeys(driver.world, "Tab", "Return");
      driver.world.keychain.kill("SIGCONT");
      await pause(2000);
      picture(file("shows"));
      pressKeys(driver.world, "Return");
      await pause(1000);
    });
  } finally {
    driver.world.keychain.kill("SIGCONT");
  }
  const password = await driver.paste("combobox", w.searchEverything);
  await driver.press("Escape");
  expect(password.length >= 8 && !/\s/.test(password), `what came over the clipboard is no password (${password.length} characters)`);
}
