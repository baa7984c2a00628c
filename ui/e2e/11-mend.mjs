// What needs attention is mended at the field: the agreement at its signer, an order at its line, a risen price by a
// new approval that shows both prices.
import { expectSame, waitFor } from "./lib/wait.mjs";
import { Person, brandt } from "./lib/person.mjs";
import { play } from "./lib/practice.mjs";

const product = { title: "Microsoft 365 Business Basic", licences: 3 };

export default {
  title: "needs attention is mended at the field: agreement, order line, price",
  async run({ open }) {
    const driver = await open();
    const person = new Person(driver);
    const { words: w } = person;
    await person.tryItOut();

    // The agreement: only the signer is open, the focus is on the e-mail address.
    await play(person, "Refuse the next agreement");
    await person.onboard(brandt(), [product]);
    await openAttention(person, /Tischlerei Brandt GmbH/, "Record agreement");
    await driver.sees("Microsoft did not accept");
    await driver.sees("Correlation id");
    await driver.click("button", "Mend");
    await driver.find("heading", "Mend the agreement");
    await waitFor("the focus on the e-mail address", async () => (await driver.focused()).name.startsWith(w.field.email));
    expectSame((await driver.all("textbox", w.field.companyName)).length, 0, "fields of the company that are open");
    await driver.fill(w.field.email, "anke@tischlerei-brandt.example");
    await person.toReview();
    await driver.sees("anke@tischlerei-brandt.example");
    await person.submit();
    await person.allArrives();

    // The order line: 300 licences of a business plan are the most that one customer may own.
    await order(person, 250);
    await waitFor("the first order to arrive", () => driver.has("heading", /Order placed|ordered|Confirmation/), { timeout: 60_000 });
    await driver.sees(w.done.order, { timeout: 60_000 });
    await order(person, 250);
    await openAttention(person, /Tischlerei Brandt GmbH/, "Place order");
    await driver.sees("The number of licences is outside what this product allows");
    await driver.click("button", "Mend");
    await driver.find("heading", "Mend the order");
    const licences = await driver.find("spinbutton", w.field.licences);
    expectSame(await driver.valueOf(licences), "250", "licences in the line to mend");
    await waitFor("the focus in the line", async () => (await driver.focused()).name.startsWith(w.field.licences));
    await driver.fill(w.field.licences, "20");
    await person.toReview();
    await person.submit();
    await driver.sees(w.done.order, { timeout: 60_000 });

    // A risen price: both prices are shown before it is approved again.
    await play(person, "Prices risen");
    await order(person, 10, "Microsoft 365 Business Standard");
    await openAttention(person, /Tischlerei Brandt GmbH/, "Prepare order");
    await driver.sees("Approved and now");
    await driver.sees(/approved, .* now/);
    await driver.click("button", "Approve again");
    await person.goTo("outbox");
    await driver.settled();
    await waitFor("everything to be confirmed", async () => !(await driver.has("button", /Needs attention$/)) && !(await driver.has("button", /(Waiting|Sending)$/)), { timeout: 60_000 });

    await openCustomer(person);
    await waitFor("every order in the customer's list", async () => (await driver.all("rowheader", product.title)).length >= 3);
    await driver.find("rowheader", "Microsoft 365 Business Standard");
  },
};

async function openCustomer(person) {
  const { driver } = person;
  await person.goTo("customers");
  await driver.fill("Search customers", "tischlereibrandt", { leave: false });
  await waitFor("one customer to be left", async () => !(await driver.has("row", /Kanzlei|Praxis/)) && (await driver.has("row", /Tischlerei Brandt/)));
  await person.openRow(0, /Tischlerei Brandt/);
  await driver.settled();
}

async function order(person, licences, title = product.title) {
  const { driver, words: w } = person;
  await openCustomer(person);
  await driver.click("button", w.addSubscription);
  await driver.find("heading", w.step.subscriptions);
  await person.order({ title, licences });
  await person.toReview();
  await person.submit();
}

/** Opens the operation of this kind that needs attention: the outbox may still show for a moment what needed it before. */
export async function openAttention(person, customer, kind) {
  const { driver } = person;
  await driver.find("button|link", /needs? attention/i, { timeout: 60_000 });
  await person.goTo("outbox");
  await driver.click("button", new RegExp(`^${kind}.*Needs attention$`));
  await driver.find("complementary|dialog", customer);
}
