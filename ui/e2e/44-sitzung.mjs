// An onboarding session from its start to its report, in German and by keyboard alone: begun, renamed, a customer taken
// down, found in the outbox, reviewed, ended with its release, reported.
import { expectSame, waitFor } from "./lib/wait.mjs";
import { Keyboard } from "./lib/keyboard.mjs";
import { Person, brandt, today } from "./lib/person.mjs";

export default {
  title: "an onboarding session in German by keyboard alone: begun, renamed, reviewed, ended with its release, reported",
  async run({ open }) {
    const driver = await open({ locale: "de_DE.UTF-8" });
    const hands = new Keyboard(driver);
    const { words: w } = new Person(driver, "de");
    const { field } = w;
    await driver.find("button", w.tryItOut, { timeout: 20_000 });
    await hands.tabTo("button", w.tryItOut);
    await driver.press("Enter");
    await driver.find("heading", w.nav.home, { timeout: 20_000 });
    await driver.settled();

    // Begun from the top bar; the form has the focus.
    await hands.tabTo("button", "Onboarding-Sitzung starten");
    await driver.press("Enter");
    await focusOn(driver, "textbox", "Name");
    await driver.keys("Partnertag Kiel");
    await driver.press("Enter");
    const pill = (name) => driver.find("button", `Onboarding-Sitzung: ${name}`);
    await pill("Partnertag Kiel");
    await driver.gone("dialog", null);
    await focusOn(driver, "button", "Onboarding-Sitzung: Partnertag Kiel");

    // Renamed from its menu; the focus comes back to where it was.
    await driver.press("Enter");
    await menu(driver, "Sitzung umbenennen");
    await focusOn(driver, "textbox", "Name");
    await driver.press("Control+A");
    await driver.keys("Hafentag Husum");
    await driver.press("Enter");
    await pill("Hafentag Husum");
    await driver.gone("dialog", null);
    await focusOn(driver, "button", "Onboarding-Sitzung: Hafentag Husum");

    // A customer with an order.
    await driver.press("Control+2");
    await driver.find("heading", w.nav.resellers);
    await hands.tabTo("row", null);
    await driver.press("ArrowRight");
    await driver.find("button", w.addCustomer);
    await driver.press("ArrowRight");
    await hands.tabTo("button", w.addCustomer);
    await driver.press("Enter");
    await driver.find("heading", w.step.customer);
    const customer = brandt();
    await hands.type(field.companyName, customer.companyName);
    await hands.choose(field.country, w.germany);
    await waitFor("the prefix to be proposed", async () => (await driver.valueOf(await driver.find("textbox", field.prefix))) !== "");
    for (const [name, text] of [
      [field.address, customer.address],
      [field.postalCode, customer.postalCode],
      [field.city, customer.city],
      [field.firstName, customer.firstName],
      [field.lastName, customer.lastName],
      [field.email, customer.email],
      [field.firstName, customer.signerFirstName],
      [field.lastName, customer.signerLastName],
      [field.agreementDate, today().split("-").reverse().join(".")],
      [field.email, customer.signerEmail],
    ]) await hands.type(name, text);
    await driver.press("Control+Enter");
    await driver.find("heading", w.step.subscriptions);
    await hands.type(w.searchCatalogue, "Business Basic");
    await hands.tabTo("button", w.add("Microsoft 365 Business Basic"));
    await driver.press("Enter");
    await focusOn(driver, "spinbutton|textbox", field.licences);
    await driver.press("Control+Enter");
    await driver.find("heading", w.step.review);
    await driver.sees("Microsoft 365 Business Basic");
    // What is reviewed stands in sight for a moment before it can be submitted.
    await driver.find("button", w.submit);
    await driver.settled();
    await driver.press("Control+Enter");
    await driver.find("heading", w.step.confirmation, { timeout: 30_000 });

    // In the outbox it stands under its session, which leads to the review.
    await driver.press("Control+4");
    await driver.find("heading", w.nav.outbox);
    await driver.find("heading", "Hafentag Husum");
    await driver.find("tab", "Zurückgestellt 5");
    await driver.settled();
    expectSame(await driver.axe(), [], "violations that axe finds in the outbox");
    await hands.tabTo("button", "Sitzung überprüfen: Hafentag Husum");
    await driver.press("Enter");
    await driver.find("heading", "Hafentag Husum");
    await driver.find("region", customer.companyName);
    await driver.settled();
    expectSame(await driver.axe(), [], "violations that axe finds in the review");

    // Ended, and what it holds released with it.
    await hands.tabTo("button", "Onboarding-Sitzung: Hafentag Husum");
    await driver.press("Enter");
    await menu(driver, "Sitzung beenden");
    await driver.sees("5 Vorgänge sind für diese Sitzung zurückgestellt");
    await hands.tabTo("button", "Jetzt freigeben");
    await driver.press("Enter");
    await driver.find("button", "Onboarding-Sitzung starten");
    await driver.gone("alertdialog|dialog", null);
    await driver.sees(/Freigegeben \d/);
    await driver.press("Control+4");
    await driver.find("tab", "Bestätigt 5", { timeout: 120_000 });

    // Reported in the language of the screens.
    await driver.find("heading", "Hafentag Husum");
    await driver.settled();
    await hands.tabTo("button", "Sitzung überprüfen: Hafentag Husum");
    await driver.press("Enter");
    await driver.find("heading", "Hafentag Husum");
    await hands.tabTo("button", "Bericht");
    await driver.press("Enter");
    await driver.find("heading", "Bericht der Sitzung");
    for (const word of ["Onboarding-Sitzung", "Hafentag Husum", customer.companyName, "Microsoft 365 Business Basic", "Bestätigt", "Einrichtungsinfos zu übergeben"]) await driver.sees(word);
  },
};

/** Waits until the focus is there. */
async function focusOn(driver, role, name) {
  await waitFor(`the focus on ${name}`, async () => {
    const focused = await driver.focused();
    return role.split("|").includes(focused.role) && focused.name.replace(/\s*\*$/, "") === name;
  });
}

/** Goes down an open menu to an item and takes it. */
async function menu(driver, name) {
  await driver.find("menuitem", name);
  await waitFor(`the focus on ${name}`, async () => {
    if ((await driver.focused()).name === name) return true;
    await driver.press("ArrowDown");
    return false;
  });
  await driver.press("Enter");
}
