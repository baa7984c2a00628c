// An order was found in Partner Center and nobody has said yet whether it is ours; the person orders the same by hand.
// Review names the order that stands there, the way to it, and takes no Submit without a second word.
import { expectSame, waitFor } from "./lib/wait.mjs";
import { Person, brandt } from "./lib/person.mjs";
import { untilIsItOurs } from "./lib/practice.mjs";

const product = { title: "Microsoft 365 Business Basic", licences: 3 };
const again = "Order it a second time all the same";

export default {
  title: "second order: a product in an order that is not settled is ordered again on a second word only",
  async run({ open }) {
    const driver = await open();
    const person = new Person(driver);
    const { words: w } = person;
    await person.tryItOut();
    await untilIsItOurs(person, brandt(), product);

    await toReview(person, { ...product, licences: 5 });
    await driver.sees("has an order of the same product that is not settled");
    await driver.sees("Say in the outbox whether it is yours.");

    // Without the word nothing goes, and it is asked for.
    await driver.click("button", w.submit);
    await driver.sees("Tick this if you want both.");
    expectSame(await driver.has("heading", w.step.confirmation), false, "a confirmation");

    // The way to the order; the draft waits.
    await driver.click("button", /^Open in the outbox: Microsoft 365 Business Basic/);
    await driver.find("complementary|dialog", /Tischlerei Brandt GmbH/);
    await driver.find("tab", "Needs attention 1");
    // Customer, agreement, cart, checkout, check: nothing came to them.
    await driver.find("tab", "All 5");

    await toReview(person, { ...product, licences: 5 });
    await driver.click("checkbox", again);
    await person.submit();
    await person.goTo("outbox");
    // The second order waits for the word on the first; with it, both are there, each once.
    await driver.find("tab", "All 8");
    await driver.find("tab", "Needs attention 1");
    await person.openOperation(/Tischlerei Brandt GmbH$/);
    await driver.click("button", /^This is ours: /);
    await driver.find("tab", "Confirmed 8", { timeout: 60_000 });
    await driver.find("tab", "Needs attention 0");
  },
};

async function toReview(person, product) {
  const { driver, words: w } = person;
  await person.goTo("customers");
  await driver.fill(w.searchCustomers, "tischlereibrandt", { leave: false });
  await waitFor("one customer to be left", async () => !(await driver.has("row", /Kanzlei|Praxis/)) && (await driver.has("row", /Tischlerei Brandt/)));
  await person.openRow(0, /Tischlerei Brandt/);
  await driver.click("button", w.addSubscription);
  await driver.find("heading", w.step.subscriptions);
  await person.order(product);
  await person.toReview();
}
