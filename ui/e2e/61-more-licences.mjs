// More licences offline: what will happen is shown first, the wish stands on the page and survives a kill, and goes
// exactly once when the network is back. The practice clock then closes the window: fewer licences are refused, and the
// page says why.
import { expect, expectSame, waitFor } from "./lib/wait.mjs";
import { Person } from "./lib/person.mjs";
import { pressInPanel } from "./lib/practice.mjs";
import { factSays, openAction, openSubscription, orderFor, submitAction } from "./lib/subscription.mjs";

const customer = /Bäckerei Morgenröte/;
const product = { title: "Power BI Pro", licences: 4 };

export default {
  title: "more licences offline then sync; fewer within the window and not after it",
  async run({ open }) {
    const driver = await open();
    const person = new Person(driver);
    const { words: w } = person;
    await person.tryItOut();
    await orderFor(person, "morgenroete", customer, product);
    await openSubscription(person, "morgenroete", customer, product.title);
    expectSame(JSON.stringify(await driver.axe()), "[]", "violations that axe finds");

    await person.workOffline(true);
    await change(person, "More licences", 9, "5 licences more");
    await driver.sees("4 at Microsoft, the change waits");
    await driver.kill();
    await driver.start();
    await driver.find("heading", product.title, { timeout: 20_000 });
    await driver.sees("4 at Microsoft, the change waits");
    await person.workOffline(false);
    await waitFor("the licences to arrive", async () => !(await driver.text()).includes("the change waits"), { timeout: 60_000 });
    await factSays(driver, "Licences", /^Licences\s+9$/);

    await change(person, "Fewer licences", 7, "2 licences fewer");
    await waitFor("the licences to go back", async () => !(await driver.text()).includes("the change waits"), { timeout: 60_000 });
    await factSays(driver, "Licences", /^Licences\s+7$/);

    await pressInPanel(person, "Seven days on", /7 days ahead/);
    await waitFor("the window to close", async () => {
      const button = await driver.find("button", "Fewer licences");
      return (await driver.attribute(button, "aria-disabled")) === "true";
    }, { timeout: 60_000 });
    await driver.click("button", "More actions");
    const item = await driver.find("menuitem", /^Cancel subscription/);
    expect((await driver.textOf(item)).includes("The seven days are over"), "the reason is not said");
  },
};

async function change(person, action, quantity, says) {
  const { driver } = person;
  const panel = await openAction(person, action);
  await driver.fill("New number", String(quantity), { within: panel, leave: false });
  await driver.sees(says);
  await submitAction(person, action);
}
