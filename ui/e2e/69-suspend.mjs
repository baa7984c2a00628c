// A change for the renewal, planned offline; suspending drops it, and says so before; what is suspended says what can't
// be done with it; resumed and planned again, it comes true when the practice clock passes the end of the term.
import { expect, expectSame, waitFor } from "./lib/wait.mjs";
import { Person } from "./lib/person.mjs";
import { pressInPanel } from "./lib/practice.mjs";
import { factSays, nothingWaits, openAction, openSubscription, submitAction } from "./lib/subscription.mjs";

const search = "donaubogen";
const customer = /Donaubogen Anlagenbau/;
const product = "Microsoft 365 E5";
const onItsWay = /Waiting|Sending/;

export default {
  title: "a change at renewal offline, dropped by suspending, planned again after resuming, and come true",
  async run({ open }) {
    const driver = await open();
    const person = new Person(driver);
    await person.tryItOut();
    await openSubscription(person, search, customer, product);

    await person.workOffline(true);
    await plan(person, 150);
    await factSays(driver, "Change at renewal", "To 150 licences");
    await factSays(driver, "Licences", /^Licences\s+160$/);
    await person.workOffline(false);
    await nothingWaits(driver, "Changes", onItsWay);
    await factSays(driver, "Change at renewal", "To 150 licences");

    const panel = await openAction(person, "Suspend", "More actions");
    await driver.find("region", "What will happen", { within: panel });
    for (const says of ["Access ends at once", "Billing goes on", "Auto-renew goes off", "Your change at renewal is deleted"]) await driver.sees(says);
    expectSame(JSON.stringify(await driver.axe()), "[]", "violations that axe finds");
    await submitAction(person, "Suspend");
    await nothingWaits(driver, "Changes", onItsWay);
    await driver.sees("Suspended");
    await factSays(driver, "Change at renewal", "None planned");
    await waitFor("nothing but resuming to be offered", async () => greyed(driver, "More licences"), { timeout: 60_000 });
    await driver.click("button", "More actions");
    const item = await driver.find("menuitem", /^Turn auto-renew on/);
    expect((await driver.textOf(item)).includes("It is suspended. Resume it first."), "the reason is not said");
    await driver.press("Escape");
    await driver.gone("menu", null);

    await openAction(person, "Resume", "More actions");
    await submitAction(person, "Resume");
    await nothingWaits(driver, "Changes", onItsWay);
    await waitFor("licences to be offered again", async () => !(await greyed(driver, "More licences")), { timeout: 60_000 });
    await factSays(driver, "Auto-renew", "Off");
    expect(await greyed(driver, "At renewal"), "without auto-renew nothing can be planned");
    await openAction(person, "Turn auto-renew on", "More actions");
    await submitAction(person, "Turn auto-renew on");
    await nothingWaits(driver, "Changes", onItsWay);
    await waitFor("a plan to be offered", async () => !(await greyed(driver, "At renewal")), { timeout: 60_000 });
    await plan(person, 140);
    await nothingWaits(driver, "Changes", onItsWay);
    await pressInPanel(person, "30 days on", /30 days ahead/);
    await factSays(driver, "Licences", /^Licences\s+140$/);
    await factSays(driver, "Change at renewal", "None planned");
  },
};

async function plan(person, quantity) {
  const { driver } = person;
  const panel = await openAction(person, "At renewal");
  await driver.fill("Licences from the next term on", String(quantity), { within: panel, leave: false });
  await driver.find("region", "What will happen", { within: panel });
  await driver.sees(/Takes effect /);
  expect((await driver.textOf(panel)).includes("UTC"), "the day is not said in UTC");
  await submitAction(person, "At renewal");
}

async function greyed(driver, name) {
  const button = await driver.find("button", name);
  return (await driver.attribute(button, "aria-disabled")) === "true";
}
