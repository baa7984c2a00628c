// A checkout without an answer, and somebody else's order that looks just like it: the person says that it is not
// theirs, Channelbook looks once more, and only a second, confirmed press orders anew. Bought once.
import { expectSame, waitFor } from "./lib/wait.mjs";
import { Person, brandt } from "./lib/person.mjs";
import { untilIsItOurs } from "./lib/practice.mjs";

const product = { title: "Microsoft 365 Business Basic", licences: 3 };

export default {
  title: "not ours: an order found is disowned, looked past, and placed anew on a second word",
  async run({ open }) {
    const driver = await open();
    const person = new Person(driver);
    await person.tryItOut();
    await untilIsItOurs(person, brandt(), product);

    await person.openOperation(/Tischlerei Brandt GmbH/);
    await driver.sees("It has exactly the lines that you approved.");
    expectSame(await driver.has("button", /^(Send again|Order anew)$/), false, "a way to order while an order found is open");
    await driver.click("button", /^Not ours: /);
    const question = await driver.find("alertdialog", "Is this order not yours?");
    await driver.sees("is kept as somebody else's, for good");
    await driver.click("button", "Not ours", { within: question });

    // Looked at once more, by itself; then the second word, asked for in turn.
    await driver.click("button", "Order anew", { timeout: 30_000 });
    const again = await driver.find("alertdialog", "Order anew for Tischlerei Brandt GmbH?");
    await driver.sees("an order that you disowned has exactly these lines");
    await driver.click("button", "Order anew", { within: again });
    await driver.find("tab", "Confirmed 6", { timeout: 60_000 });
    await driver.find("tab", "Needs attention 0");

    // Bought is what was ordered, once; theirs is no business of this book.
    await person.goTo("customers");
    await driver.fill(person.words.searchCustomers, "tischlereibrandt", { leave: false });
    await waitFor("one customer to be left", async () => !(await driver.has("row", /Kanzlei|Praxis/)) && (await driver.has("row", /Tischlerei Brandt/)));
    await person.openRow(0, /Tischlerei Brandt/);
    await driver.find("rowheader", product.title);
    await driver.settled();
    expectSame((await driver.all("rowheader", product.title)).length, 1, "subscriptions of the product");
  },
};
