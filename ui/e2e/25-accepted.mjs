// What Partner Center does not announce is seen at sync: an acceptance matched by PartnerID, one that only a name
// proposes and the person confirms, and a partnership that has ended.
import { expectSame, waitFor } from "./lib/wait.mjs";
import { Person } from "./lib/person.mjs";

export default {
  title: "partnerships accepted and ended at sync: matched, proposed, ended",
  async run({ open }) {
    const driver = await open();
    const person = new Person(driver);
    await person.tryItOut();

    await happens(person, /Wisła Chmura/, "Reseller accepts");
    await person.goTo("home");
    await driver.click("link", /Partnership accepted.*Wisła Chmura/, { timeout: 20_000 });
    await driver.find("heading", /Wisła Chmura/);
    await driver.sees("Active");
    await driver.find("button", person.words.addCustomer);
    await person.goTo("home");
    await driver.gone("link", /Partnership accepted/);

    await happens(person, /Fjordlys Sky/, "Accepts under another PartnerID");
    await person.goTo("home");
    await driver.click("link", /A new partnership: who is it\?.*Fjordlys Sky/, { timeout: 20_000 });
    await driver.find("heading", "Place new partnerships");
    await driver.find("radio", /It is Fjordlys Sky/);
    expectSame(JSON.stringify(await driver.axe()), "[]", "violations that axe finds");
    await driver.click("button", "Confirm");
    await driver.sees("Nothing to place");
    await person.goTo("resellers");
    await waitFor("the row to be active", async () => (await driver.all("row", /Fjordlys Sky.*Active/)).length === 1);

    await happens(person, /Donauufer/, "Partnership ended");
    await person.goTo("home");
    await driver.click("link", /Partnership ended.*Donauufer/, { timeout: 20_000 });
    await driver.find("heading", /Donauufer/);
    await driver.sees(/customers and their admin rights stay as they are/);
    await driver.gone("button", person.words.addCustomer);
    await driver.sees("Ended");
  },
};

/** Lets something happen to a reseller in the practice drawer. */
async function happens(person, reseller, what) {
  const { driver, words: w } = person;
  await driver.click("button", w.practice);
  await driver.find("dialog", null);
  await driver.choose("Which reseller", reseller);
  await driver.click("button", what);
  await driver.sees(/It is seen at the next sync/);
  await driver.press("Escape");
  await driver.gone("dialog", null);
}
