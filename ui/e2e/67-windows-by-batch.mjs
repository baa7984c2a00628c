// Windows by batch: licences bought on two days close on two days. The list, the subscription and Home speak of the one
// that closes next and of its licences, by the practice clock; when it has closed they speak of the other one, and the
// filter still finds the customer though the subscription as a whole can no longer be cancelled.
import { expect, waitFor } from "./lib/wait.mjs";
import { Person } from "./lib/person.mjs";
import { pressInPanel } from "./lib/practice.mjs";
import { factSays, openAction, openSubscription, orderFor, submitAction } from "./lib/subscription.mjs";

const customer = /Bäckerei Morgenröte/;
const product = { title: "Power BI Pro", licences: 4 };
const home = (licences) => new RegExp(`Seven-day window closes[^]*Bäckerei Morgenröte[^]*${product.title}[^]*${licences}`);

export default {
  title: "licences of two purchases: the list, the page and Home count down to the window that closes next",
  async run({ open }) {
    const driver = await open();
    const person = new Person(driver);
    await person.tryItOut();
    await orderFor(person, "morgenroete", customer, product);
    await daysOn(person, 1, 3);

    await openSubscription(person, "morgenroete", customer, product.title);
    const panel = await openAction(person, "More licences");
    await driver.fill("New number", "9", { within: panel, leave: false });
    await driver.sees("5 licences more");
    await submitAction(person, "More licences");
    await waitFor("the licences to arrive", async () => !(await driver.text()).includes("the change waits"), { timeout: 60_000 });
    await factSays(driver, "Licences", /^Licences\s+9$/);

    await daysOn(person, 4, 5);
    await driver.sees("Up to 4 can go back", { timeout: 60_000 });
    await person.goTo("customers");
    await driver.fill("Search customers", "morgenroete", { leave: false });
    await driver.sees("Up to 4 can go back", { timeout: 60_000 });
    await person.goTo("home");
    await driver.find("link", home("4 licences can go back"));

    await daysOn(person, 6, 8);
    await driver.find("link", home("5 licences can go back"));
    await driver.gone("link", home("4 licences can go back"));
    await person.goTo("customers");
    await driver.sees("Up to 5 can go back", { timeout: 60_000 });
    expect(!(await driver.text()).includes("Up to 9"), "licences of another window are counted in");
    await driver.fill("Search customers", "", { leave: false });
    await driver.click("combobox", "Filter by state");
    await driver.click("option|menuitemcheckbox", "Window open");
    await driver.press("Escape");
    await driver.find("row", customer);
    await driver.sees("Up to 5 can go back");
  },
};

/** Moves the practice clock day by day. */
async function daysOn(person, from, to) {
  for (let day = from; day <= to; day += 1) await pressInPanel(person, "One day on", day === 1 ? /1 day ahead/ : new RegExp(`${String(day)} days ahead`));
}
