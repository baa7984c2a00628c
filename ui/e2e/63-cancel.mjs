// Cancelling: within the seven days it goes, and is said to be final; a second one waits offline until its window has
// closed, is not sent then, and says so; after it nothing more is offered.
import { expect, waitFor } from "./lib/wait.mjs";
import { Person } from "./lib/person.mjs";
import { pressInPanel } from "./lib/practice.mjs";
import { openAction, openSubscription, submitAction } from "./lib/subscription.mjs";

const bought = { search: "calder", customer: /Calder Valley/, product: "Microsoft 365 Apps for business" };
const late = { search: "drukarnia", customer: /Drukarnia/, product: "Exchange Online (Plan 2)" };

export default {
  title: "cancel within the seven days, and neither sent nor offered after them",
  async run({ open }) {
    const driver = await open();
    const person = new Person(driver);
    await person.tryItOut();

    await openSubscription(person, bought.search, bought.customer, bought.product);
    await driver.sees(/Can be cancelled, closes in \d+ days/);
    await cancel(person);
    await driver.sees("Cancellation", { timeout: 60_000 });
    await waitFor("nothing more to be offered", async () => greyed(driver, "More licences"), { timeout: 60_000 });

    await openSubscription(person, late.search, late.customer, late.product);
    await person.workOffline(true);
    await cancel(person);
    await driver.sees("It waits in the outbox");
    await pressInPanel(person, "Seven days on", /7 days ahead/);
    await person.workOffline(false);
    await person.goTo("outbox");
    await driver.click("button", /Needs attention$/, { timeout: 60_000 });
    await driver.sees("seven days");

    await person.goTo("home");
    await driver.sees(/needs? attention/i);
    await openSubscription(person, "drukarnia", late.customer, "Microsoft Teams Phone Standard");
    await driver.click("button", "More actions");
    const item = await driver.find("menuitem", /^Cancel subscription/);
    expect((await driver.textOf(item)).includes("The seven days are over"), "the reason is not said");
  },
};

async function cancel(person) {
  const { driver } = person;
  const panel = await openAction(person, "Cancel subscription", "More actions");
  await driver.sees("Access ends at once");
  await driver.sees(/About .* is credited/);
  await driver.sees(/Only until /);
  await driver.sees("Can't be undone");
  expect((await driver.textOf(panel)).includes("UTC"), "the deadline is not said in UTC");
  await submitAction(person, "Cancel subscription");
}

async function greyed(driver, name) {
  const button = await driver.find("button", name);
  return (await driver.attribute(button, "aria-disabled")) === "true";
}
