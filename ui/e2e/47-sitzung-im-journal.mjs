// What is done to an onboarding session stands in the journal, in German: begun, renamed, released, ended; by whom, and
// what it was before. Found by its kind, and the chain holds.
import { Person, brandt } from "./lib/person.mjs";
import { expect, expectSame, waitFor } from "./lib/wait.mjs";

export default {
  title: "an onboarding session in the journal, in German: begun, renamed, released and ended, by whom, before and after",
  async run({ open }) {
    const driver = await open({ locale: "de_DE.UTF-8" });
    const person = new Person(driver, "de");
    const { words: w } = person;
    await person.tryItOut();
    await person.workOffline(true);
    await driver.click("button", w.startSession);
    await driver.fill(w.sessionName, "Partnertag Kiel");
    await driver.click("button", w.pressStartSession);
    await driver.find("button", "Onboarding-Sitzung: Partnertag Kiel");
    await driver.gone("dialog", null);
    await driver.click("button", "Onboarding-Sitzung: Partnertag Kiel");
    await driver.click("menuitem", "Sitzung umbenennen");
    await driver.fill(w.sessionName, "Hafentag Husum");
    await driver.click("button", "Umbenennen");
    await driver.find("button", "Onboarding-Sitzung: Hafentag Husum");
    await driver.gone("dialog", null);
    await person.onboard(brandt(), [{ title: "Microsoft 365 Business Basic", licences: 3 }]);
    await driver.click("button", "Onboarding-Sitzung: Hafentag Husum");
    await driver.click("menuitem", "Sitzung beenden");
    await driver.click("button", "Jetzt freigeben", { within: await driver.find("alertdialog|dialog", null) });
    await driver.gone("alertdialog|dialog", null);

    await driver.fill(w.searchEverything, "journal", { leave: false });
    await driver.click("option", "Journal öffnen");
    await driver.find("heading", "Journal");
    await driver.settled();
    await driver.click("combobox", "Nach Art filtern");
    await driver.click("menuitemcheckbox|option", "Onboarding-Sitzungen");
    await driver.press("Escape");
    await waitFor("the sample to be filtered away", async () => !(await driver.text()).includes("Beispielbuch geladen"));
    await driver.sees("Onboarding-Sitzung gestartet");
    await driver.sees("Bis zur Freigabe zurückstellen: Ein");
    await driver.sees("Onboarding-Sitzung umbenannt");
    await driver.sees("Name: Partnertag Kiel → Hafentag Husum");
    await driver.sees("Onboarding-Sitzung freigegeben");
    await driver.sees("Vorgänge: 5 · Onboarding-Sitzung: Zurückgestellt → Freigegeben");
    await driver.sees("Onboarding-Sitzung beendet");
    await driver.sees("Übermittlungen: 1 · Onboarding-Sitzung: Läuft → Beendet");
    expect(!/session_|_holds|_who/.test(await driver.text()), "a word of the book's own stands on the page");
    expectSame(await driver.axe(), [], "violations that axe finds");
    await driver.sees(/Kette geprüft/, { timeout: 60_000 });
  },
};
