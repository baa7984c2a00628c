// A subscription by keyboard alone, in German: found, opened, more licences and a support contact, each with what will
// happen before it, and the focus where one goes on from.
import { expect, waitFor } from "./lib/wait.mjs";
import { Keyboard } from "./lib/keyboard.mjs";
import { Person } from "./lib/person.mjs";
import { factSays, nothingWaits } from "./lib/subscription.mjs";

const product = "Microsoft 365 Apps for business";

export default {
  title: "a subscription by keyboard alone in German: more licences and a support contact",
  async run({ open }) {
    const driver = await open({ locale: "de_DE.UTF-8" });
    const person = new Person(driver, "de");
    const hands = new Keyboard(driver);
    const { words: w } = person;
    await driver.find("button", w.tryItOut, { timeout: 20_000 });
    await hands.tabTo("button", w.tryItOut);
    await driver.press("Enter");
    await driver.find("heading", w.nav.home, { timeout: 60_000 });
    await driver.press("Control+3");
    await driver.find("heading", w.nav.customers);
    await hands.tabTo("searchbox", w.searchCustomers);
    await driver.keys("toggenburg");
    await waitFor("the list to narrow", async () => (await driver.all("row", /Bergkäserei Toggenburg/)).length === 1 && (await driver.all("row", null)).length <= 3);
    await driver.settled();
    await hands.tabTo("row", /Bergkäserei Toggenburg/);
    await driver.press("ArrowRight");
    await driver.find("link", product);
    await driver.settled();
    await hands.tabTo("link", product);
    await driver.press("Enter");
    await driver.find("heading", product);
    await driver.settled();

    await hands.tabTo("button", "Mehr Lizenzen");
    await driver.press("Enter");
    const panel = await driver.find("complementary", "Mehr Lizenzen");
    await driver.settled();
    await hands.type("Neue Anzahl", "9");
    await driver.find("region", "Was geschehen wird", { within: panel });
    await driver.sees("2 Lizenzen mehr");
    expect((await driver.textOf(panel)).includes("UTC"), "the window is not told in UTC");
    await waitFor("what will happen to be approved", async () => (await driver.attribute(await driver.find("button", w.submit, { within: panel }), "aria-disabled")) !== "true");
    await hands.tabTo("button", w.submit);
    await driver.press("Enter");
    await driver.gone("complementary", "Mehr Lizenzen");
    await waitFor("the focus back on what opened the panel", async () => (await driver.focused()).name === "Mehr Lizenzen");
    await nothingWaits(driver, "Änderungen", /Wartet|Wird gesendet/);
    await factSays(driver, "Lizenzen", /^Lizenzen\s+9$/);

    await hands.tabTo("combobox", w.supportContact);
    await driver.press("ArrowDown");
    await driver.find("option", /Rheinblick/);
    await driver.keys("Rheinblick");
    await driver.press("Enter");
    await waitFor("the contact to be chosen", async () => /Rheinblick/.test(await driver.valueOf(await driver.find("combobox", w.supportContact)) || (await driver.textOf(await driver.find("combobox", w.supportContact)))));
    await hands.tabTo("button", w.submit);
    await driver.press("Enter");
    await driver.sees("Im Buch notiert");
  },
};
