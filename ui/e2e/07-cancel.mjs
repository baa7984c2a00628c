// Cancel in step 3 asks one question, then everything is gone.
import { expect, expectSame } from "./lib/wait.mjs";
import { Person, brandt } from "./lib/person.mjs";

export default {
  title: "cancel in step 3 discards everything after one question",
  async run({ open }) {
    const driver = await open();
    const person = new Person(driver);
    const { words: w } = person;
    await person.tryItOut();
    await person.startCustomer();
    await person.fillCustomer(brandt());
    await person.toSubscriptions();
    await person.order({ title: "Microsoft 365 Business Basic", licences: 3 });
    await person.toReview();

    // Keeping on keeps everything.
    await driver.click("button", w.cancel);
    await driver.find("dialog|alertdialog", w.discardQuestion);
    await driver.click("button", w.keepWorking);
    await driver.find("heading", w.step.review);
    await driver.sees("Tischlerei Brandt GmbH");

    await driver.click("button", w.cancel);
    await driver.find("dialog|alertdialog", w.discardQuestion);
    await driver.click("button", w.discard);
    await driver.find("heading", w.nav.customers);
    expectSame((await driver.all("dialog|alertdialog", null)).length, 0, "questions asked after the one");
    await person.goTo("home");
    await driver.settled();
    expect(!(await driver.has("link", w.finishDraft)), "the draft is still on Home");
    await person.goTo("outbox");
    await driver.settled();
    expect(!(await driver.text()).includes("Tischlerei Brandt"), "something of it is in the outbox");
    await driver.restart();
    await driver.find("link", w.nav.customers, { timeout: 20_000 });
    await person.goTo("customers");
    await driver.fill("Search customers", "brandt", { leave: false });
    await driver.settled();
    expect(!(await driver.has("row", /Tischlerei Brandt/)), "the customer is in the book");
  },
};
