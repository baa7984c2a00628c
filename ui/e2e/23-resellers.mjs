// A reseller's page by keyboard: found in the list, opened from its row, its note and tag kept, its identifiers told
// apart; what was typed is there after a kill.
import { expectSame, waitFor } from "./lib/wait.mjs";
import { Person } from "./lib/person.mjs";

const note = "Keine Anrufe vor 10 Uhr: Frau Vogelsang & Söhne #1";

export default {
  title: "a reseller's page by keyboard, its note and tag kept through a kill",
  async run({ open }) {
    const driver = await open();
    const person = new Person(driver);
    await person.tryItOut();
    await person.goTo("resellers");
    await driver.fill("Search resellers", "rheinblick", { leave: false });
    await waitFor("the list to narrow", async () => (await driver.all("row", /GmbH|AG|B\.V\./)).length === 1);
    await tabTo(driver, "row", /Rheinblick/);
    await driver.press("ArrowRight");
    await tabTo(driver, "button", "Open reseller");
    await driver.press("Enter");
    await driver.find("heading", "Rheinblick Systemhaus GmbH");
    await driver.sees("4871206");
    await driver.sees(/The id of its Microsoft tenant/);
    await driver.sees(/The number of its business location/);

    await tabTo(driver, "tab", /Customers/);
    await driver.press("ArrowRight");
    await driver.press("Enter");
    await driver.find("tabpanel", /Orders/);
    await tabTo(driver, "textbox|combobox", "Add tag");
    await driver.keys("Schulen");
    await driver.press("Enter");
    await driver.find("button", /Schulen/);
    await tabTo(driver, "textbox", "Note");
    await driver.keys(note);
    await driver.sees("Saved");

    await driver.kill();
    await driver.start();
    await driver.find("heading", "Rheinblick Systemhaus GmbH", { timeout: 20_000 });
    await driver.find("button", /Schulen/);
    expectSame(await driver.valueOf(await driver.find("textbox", "Note")), note, "the note after the kill");
    expectSame(JSON.stringify(await driver.axe()), "[]", "violations that axe finds");
  },
};

/** Tab until the focus is there: proof that it can be reached without a mouse. */
async function tabTo(driver, roles, name) {
  const wanted = roles.split("|");
  for (let presses = 0; presses < 90; presses += 1) {
    const focused = await driver.focused();
    const named = name instanceof RegExp ? name.test(focused.name) : focused.name === name;
    if (wanted.includes(focused.role) && named) return;
    await driver.press("Tab");
  }
  throw new Error(`Tab does not reach ${roles} ${String(name)}`);
}
