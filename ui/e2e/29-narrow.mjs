// The smallest window: an operation takes the list's place and gives it back, a choice among the customers outlives a
// visit elsewhere, and the practice panel keeps the focus when its clock goes back.
import { expectSame, waitFor } from "./lib/wait.mjs";
import { Person } from "./lib/person.mjs";

export default {
  title: "smallest window: an operation as a page of its own and back by keyboard, a choice kept, the practice clock there and back",
  async run({ open }) {
    const driver = await open({ width: 960, height: 600 });
    const person = new Person(driver);
    const { words: w } = person;
    await person.tryItOut();

    // Chosen, gone elsewhere, still chosen.
    await person.goTo("customers");
    await driver.click("checkbox", "Select Bäckerei Morgenröte GmbH");
    await driver.sees("1 customer selected");
    await person.goTo("home");
    await person.goTo("customers");
    await driver.sees("1 customer selected");
    const box = await driver.find("checkbox", "Select Bäckerei Morgenröte GmbH");
    expectSame(await driver.attribute(box, "aria-checked"), "true", "the box of who was chosen");
    await driver.click("button", "Clear selection");

    // Something for the outbox: a subscription, offline.
    await person.workOffline(true);
    await person.openRow(0);
    await driver.click("button", w.addSubscription);
    await driver.find("heading", w.step.subscriptions);
    await person.order({ title: "Power BI Pro", licences: 2 });
    await person.toReview();
    await person.submit();
    await person.goTo("outbox");
    const row = await driver.find("button", w.openOperation);
    await driver.session.run("function (e) { e.focus() }", row);
    const name = (await driver.focused()).name;
    for (const [way, leave] of [["Escape", () => driver.press("Escape")], ["the button", () => driver.click("button", "Back to the outbox")]]) {
      await driver.press("Enter");
      await driver.find("button", "Back to the outbox");
      expectSame(await driver.has("tab", /^All/), false, "the list beside the operation");
      await waitFor("the focus in the operation", () => driver.session.run("function () { return document.activeElement?.closest('aside') !== null && document.activeElement !== document.body }"));
      await leave();
      await driver.find("tab", /^All/);
      await waitFor(`the focus on the row again, left by ${way}`, async () => (await driver.focused()).name === name);
    }

    await driver.click("button", w.practice);
    await driver.click("button", "One day on");
    await driver.find("button", "Back to now");
    await driver.settled();
    await driver.click("button", "Back to now");
    await driver.gone("button", "Back to now");
    await driver.press("Escape");
    await driver.gone("dialog", null);
    await driver.find("button", w.practice);
  },
};
