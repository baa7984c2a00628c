// Many customers at once, by keyboard: all of a country but one get a tag, shown before it is given; the tag is searched
// and filtered by; three get a support contact and another reseller of record, which wait in the outbox while offline.
import { expectSame, waitFor } from "./lib/wait.mjs";
import { Person } from "./lib/person.mjs";

/** Customers of the sample with *GmbH* in their names. A list that is still narrowing shows more. */
const all = 7;
/** *7 of 60 shown*. */
const shown = /^([\d,]+) of [\d,]+ shown/m;

export default {
  title: "give all but one that are found a tag at once, and some a support contact and a reseller of record, by keyboard",
  async run({ open }) {
    const driver = await open();
    const person = new Person(driver);
    const { words: w } = person;
    await person.tryItOut();
    await person.goTo("customers");

    const found = async () => Number(shown.exec(await driver.text())?.[1] ?? 0);
    await driver.fill("Search customers", "gmbh", { leave: false });
    await waitFor("the list to narrow", async () => (await found()) === all);
    await driver.settled();
    // From the search into the list: its head, then its rows.
    const first = await driver.find("row", /Select (?!all)/);
    await driver.session.run("function (e) { e.focus() }", first);
    await driver.press("Control+a");
    await driver.sees("All that are found are selected");
    await driver.press("ArrowDown");
    await driver.press(" ");
    await driver.sees("All that are found but 1");
    expectSame(JSON.stringify(await driver.axe()), "[]", "violations that axe finds");

    await act(driver, "Add tag");
    const panel = await driver.find("complementary", "Add tag");
    await driver.fill("Tag", "Spring Fähre", { within: panel, leave: false });
    await driver.click("button", "Next: Review", { within: panel });
    await driver.sees(`${String(all - 1)} customers: `);
    await driver.click("button", "Submit", { within: panel });
    await driver.sees(`Done: ${String(all - 1)} customers changed, 0 left as they were.`, { timeout: 60_000 });
    await driver.click("button", "Close");
    await driver.fill("Search customers", "fahre", { leave: false });
    await waitFor("the tag to be found", async () => (await found()) === all - 1);

    await person.workOffline(true);
    await driver.fill("Search customers", "gmbh", { leave: false });
    await waitFor("the list as before", async () => (await found()) === all);
    await driver.settled();
    await driver.session.run("function (e) { e.focus() }", await driver.find("row", /Select (?!all)/));
    await driver.press(" ");
    await driver.press("Shift+ArrowDown");
    await driver.press("Shift+ArrowDown");
    await driver.sees("3 customers selected");
    await change(driver, "Designated support contact", "New support contact", /^Rheinblick Systemhaus GmbH/, /Up to \d+ subscriptions get Rheinblick/);

    await driver.session.run("function (e) { e.focus() }", await driver.find("row", /Select (?!all)/));
    await driver.press(" ");
    await driver.press("Shift+ArrowDown");
    await driver.press("Shift+ArrowDown");
    await driver.sees("3 customers selected");
    await change(driver, "Reseller of record", "New reseller of record", /^Rheinblick Systemhaus GmbH/, /each as an operation of its own/);
    await person.goTo("outbox");
    for (const customer of [/Alpenglühn Hotelbetriebe/, /Donaubogen Anlagenbau/]) await driver.find("region", customer);
    await driver.sees(/reseller of record/i);
  },
};

/** Opens one of the actions of the bar: a button in a wide window, an item of a menu otherwise. */
async function act(driver, action) {
  const [direct] = await driver.all("button", action);
  if (direct !== undefined) return driver.click("button", action);
  await driver.click("button", "Change");
  return driver.click("menuitem", action);
}

async function change(driver, action, field, name, says) {
  await act(driver, action);
  const panel = await driver.find("complementary", action);
  await driver.settled();
  await driver.choose(field, name, { within: panel });
  await driver.click("button", "Next: Review", { within: panel });
  await driver.sees(says);
  await driver.click("button", "Submit", { within: panel });
  await driver.sees(/^Done: [1-9]\d* subscriptions? changed/m, { timeout: 60_000 });
  await driver.click("button", "Close");
}
