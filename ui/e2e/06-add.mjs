// A subscription for an existing customer, offline: it stands in the list at once as waiting, and arrives once.
import { expectSame, waitFor } from "./lib/wait.mjs";
import { Person } from "./lib/person.mjs";

const product = { title: "Power BI Pro", licences: 4 };
const customer = /Bäckerei Morgenröte/;

export default {
  title: "add a subscription to an existing customer offline",
  async run({ open }) {
    const driver = await open();
    const person = new Person(driver);
    const { words: w } = person;
    await person.tryItOut();
    await person.workOffline(true);
    await openCustomer(person);
    await driver.click("button", w.addSubscription);
    await driver.find("heading", w.step.subscriptions);
    await person.order(product);
    await person.toReview();
    await person.submit();
    await driver.sees(w.savedOffline);

    await openCustomer(person);
    await driver.find("row", /Power BI Pro.*Waiting/);
    await driver.kill();
    await driver.start();
    await driver.find("link", w.nav.customers, { timeout: 20_000 });
    await person.workOffline(false);
    await openCustomer(person);
    await waitFor("the subscription to arrive", async () => (await driver.all("row", /Power BI Pro.*(Active|Window closes|can go back)/)).length === 1, { timeout: 60_000 });
    expectSame((await driver.all("rowheader", product.title)).length, 1, "the subscription in the list");
  },
};

async function openCustomer(person) {
  const { driver } = person;
  await person.goTo("customers");
  await driver.fill("Search customers", "morgenroete", { leave: false });
  await person.openRow(0, customer);
}
