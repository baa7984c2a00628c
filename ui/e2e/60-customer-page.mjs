// A customer's page by keyboard, in German: opened from its row, alias, tag and note kept through a kill, and the
// customer found by its alias and its tag.
import { expectSame, waitFor } from "./lib/wait.mjs";
import { Person } from "./lib/person.mjs";

const note = "Ruft Frau Ødegård & Söhne zurück: erst nach 10 Uhr";

export default {
  title: "a customer's page by keyboard in German, alias, tag and note kept through a kill",
  async run({ open }) {
    const driver = await open({ locale: "de_DE.UTF-8" });
    const person = new Person(driver, "de");
    const { words: w } = person;
    await person.tryItOut();
    await person.goTo("customers");
    await driver.fill(w.searchCustomers, "morgenroete", { leave: false });
    await waitFor("the list to narrow", async () => (await driver.all("row", /Morgenröte/)).length === 1);
    await tabTo(driver, "row", /Morgenröte/);
    await driver.press("ArrowRight");
    await driver.find("button", "Kunden öffnen");
    await driver.settled();
    await tabTo(driver, "button", "Kunden öffnen");
    await driver.press("Enter");
    await driver.find("heading", /Bäckerei Morgenröte/);
    for (const block of ["Abonnements", "Profil", "Vertriebspartner", "Aufträge", "Journal"]) await driver.find("region", block);
    await driver.settled();
    expectSame(JSON.stringify(await driver.axe()), "[]", "violations that axe finds");

    await tabTo(driver, "textbox", "Privater Alias");
    await driver.keys("Kiosk am Wehr");
    await tabTo(driver, "textbox|combobox", "Tag hinzufügen");
    await driver.keys("Frühschicht");
    await driver.press("Enter");
    await driver.find("button", /Frühschicht/);
    await tabTo(driver, "textbox", "Notiz");
    await driver.keys(note);
    await driver.sees("Gespeichert");
    await waitFor("the note to be saved", async () => !(await driver.text()).includes("Wird gespeichert"));

    await driver.kill();
    await driver.start();
    await driver.find("heading", /Bäckerei Morgenröte/, { timeout: 20_000 });
    await driver.find("button", /Frühschicht/);
    expectSame(await driver.valueOf(await driver.find("textbox", "Notiz")), note, "the note after the kill");
    expectSame(await driver.valueOf(await driver.find("textbox", "Privater Alias")), "Kiosk am Wehr", "the alias after the kill");
    await person.goTo("customers");
    for (const text of ["kiosk wehr", "fruehschicht"]) {
      await driver.fill(w.searchCustomers, text, { leave: false });
      await waitFor(`the list to narrow by ${text}`, async () => (await driver.all("row", /Morgenröte/)).length === 1 && (await driver.all("row", null)).length <= 3);
    }
  },
};

/** Tab until the focus is there: proof that it can be reached without a mouse. */
async function tabTo(driver, roles, name) {
  const wanted = roles.split("|");
  for (let presses = 0; presses < 120; presses += 1) {
    const focused = await driver.focused();
    const named = name instanceof RegExp ? name.test(focused.name) : focused.name === name;
    if (wanted.includes(focused.role) && named) return;
    await driver.press("Tab");
  }
  throw new Error(`Tab does not reach ${roles} ${String(name)}`);
}
