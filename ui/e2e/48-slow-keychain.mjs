// A keychain that stands still at the start, as one does that asks its person for a password: the window opens, says what
// it waits for, and goes on by itself when the answer comes.
import { Person } from "./lib/person.mjs";
import { expect, expectSame, waitFor } from "./lib/wait.mjs";

export default {
  title: "a keychain that answers late: the window says what it waits for, and goes on by itself",
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
  },
};
