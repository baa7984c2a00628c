// An old backup with an order that was not yet sent, restored after it was sent: one order, not two.
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import { expectSame, waitFor } from "./lib/wait.mjs";
import { Person, brandt, threeProducts } from "./lib/person.mjs";

/** Orders of a customer in the practice Partner Center, read from its own state: it is not part of the backup. */
function ordersThere(world, company) {
  const books = path.join(world.dataDir, "books");
  const [book] = readdirSync(books);
  const sql = `SELECT count(*) FROM customer_order WHERE customer_id IN (SELECT id FROM customer WHERE document LIKE '%${company}%')`;
  return Number(execFileSync("sqlite3", ["-readonly", path.join(books, book, "sandbox.db"), sql]).toString().trim());
}

export default {
  title: "restore: an old backup with an unsent order, released after the lookups, makes one order in all",
  async run({ open }) {
    const driver = await open();
    const person = new Person(driver);
    const { words: w } = person;
    const customer = brandt();
    await person.tryItOut();
    await person.workOffline(true);
    await person.onboard(customer, threeProducts);
    await driver.sees(w.savedOffline);

    await person.goTo("settings");
    await driver.settled();
    await driver.click("button", "Back up now");
    await driver.find("row", /you asked for it/, { timeout: 30_000 });
    expectSame(ordersThere(driver.world, customer.companyName), 0, "orders before the network is back");

    await person.workOffline(false);
    await person.goTo("home");
    await driver.click("link", w.handOver, { timeout: 90_000 });
    await person.allArrives({ timeout: 90_000 });
    expectSame(ordersThere(driver.world, customer.companyName), 1, "orders after it was sent");

    await person.goTo("settings");
    // Others were made by themselves meanwhile: the first of the day, and one after the order.
    await driver.find("row", /an order was confirmed/, { timeout: 30_000 });
    await driver.click("button", /^Restore: /, { within: await driver.find("row", /you asked for it/) });
    await driver.sees("The present book is moved aside");
    await driver.click("button", "Restore", { within: await driver.find("alertdialog|dialog", null) });
    await driver.find("region", "Restored book", { timeout: 30_000 });
    await driver.sees("Not looked up yet");

    // The backup was made while working offline: nothing is asked before that is over.
    await person.workOffline(false);
    await driver.sees("Partner Center has this order", { timeout: 60_000 });
    expectSame(ordersThere(driver.world, customer.companyName), 1, "orders before it is released");
    // Killed in the middle: what is held is held after the next start, too.
    await driver.kill();
    await driver.start();
    await driver.find("link", w.nav.settings, { timeout: 20_000 });
    await driver.sees("onboarding is held until you release it");
    await person.goTo("settings");
    await driver.click("button", /^Release: it is this order/);
    await driver.sees("Nothing of the book waits to be released", { timeout: 30_000 });

    await person.goTo("outbox");
    await driver.settled();
    await waitFor("every operation to be confirmed", async () => (await driver.all("button", /Tischlerei|(Waiting|Sending|Needs attention|On hold)$/)).length === 0 || !(await driver.has("button", /(Waiting|Sending|Needs attention|On hold)$/)), { timeout: 60_000 });
    await person.goTo("customers");
    await driver.fill(w.searchCustomers, "brandt", { leave: false });
    await waitFor("one customer to be left", async () => (await driver.all("row", /Tischlerei Brandt/)).length === 1);
    await person.openRow(0, /Tischlerei Brandt/);
    await driver.settled();
    for (const product of threeProducts) {
      await driver.find("rowheader", product.title);
      expectSame((await driver.all("rowheader", product.title)).length, 1, `${product.title} in the list`);
    }
    expectSame(ordersThere(driver.world, customer.companyName), 1, "orders in the end");
  },
};
