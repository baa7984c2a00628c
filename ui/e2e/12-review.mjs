// A new account under review holds its order, says for what and since when, and goes by itself when it is cleared.
import { expect, waitFor } from "./lib/wait.mjs";
import { Person, brandt } from "./lib/person.mjs";
import { play } from "./lib/practice.mjs";

export default {
  title: "order on hold while the customer is under review, and gone by itself when cleared",
  async run({ open }) {
    const driver = await open();
    const person = new Person(driver);
    const { words: w } = person;
    await person.tryItOut();
    await play(person, "New customers under review");
    await person.onboard(brandt(), [{ title: "Microsoft 365 Business Basic", licences: 3 }]);
    await driver.sees(w.done.agreement, { timeout: 60_000 });
    // A tenant is some seconds in the making before its review can be asked for.
    await driver.sees("Microsoft reviews the new account", { timeout: 60_000 });

    await person.goTo("outbox");
    await driver.click("tab", /^On hold 1/);
    await driver.click("button", /On hold$/);
    const panel = await driver.find("complementary|dialog", /Tischlerei Brandt/);
    const words = await driver.textOf(panel);
    expect(words.includes("It") || words.length > 0, "the panel says nothing");
    await driver.sees("Microsoft reviews this new customer's account");
    await driver.sees("Microsoft can fix it.");
    await driver.sees(/under review at Microsoft, since/);
    await person.goTo("home");
    await driver.sees(/customer under review/i);

    // Cleared by Microsoft: nobody presses anything else.
    await play(person, "New customers under review", false);
    await person.goTo("outbox");
    await waitFor("the order to go by itself", async () => !(await driver.has("button", /(On hold|Waiting|Sending)$/)), { timeout: 90_000 });
    await person.goTo("customers");
    await driver.fill("Search customers", "brandt", { leave: false });
    await person.openRow(0, /Tischlerei Brandt/);
    await driver.find("row", /Microsoft 365 Business Basic.*(Active|Window closes|can go back)/);
  },
};
