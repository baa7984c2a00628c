// German throughout, by keyboard alone: from first start to the password, without a mouse and without an English word.
import { expect, expectSame, pause, waitFor } from "./lib/wait.mjs";
import { pressKeys } from "./lib/world.mjs";
import { Person, brandt, prefixOfBrandt, today } from "./lib/person.mjs";

/** English words that no German sentence holds. */
const english = /\b(the|your|with|from|are|has|and|of|this|customers?|settings|cancel|back|next|search|waiting|licences?)\b/i;

export default {
  title: "German throughout, by keyboard alone",
  async run({ open }) {
    const driver = await open({ locale: "de_DE.UTF-8" });
    const person = new Person(driver, "de");
    const hands = new Keyboard(driver);
    const { words: w } = person;

    await driver.find("button", w.tryItOut, { timeout: 20_000 });
    await isGerman(driver, "first start");
    await hands.tabTo("button", w.tryItOut);
    await driver.press("Enter");
    await driver.find("heading", w.nav.home, { timeout: 20_000 });
    await isGerman(driver, "Home");

    for (const [number, page] of [[3, "customers"], [4, "outbox"], [6, "settings"], [2, "resellers"]]) {
      await driver.press(`Control+${number}`);
      await driver.find("heading", w.nav[page]);
      await isGerman(driver, page);
    }

    await hands.tabTo("row", null);
    await driver.press("ArrowRight");
    await driver.find("button", w.addCustomer);
    await driver.press("ArrowRight");
    await hands.tabTo("button", w.addCustomer);
    await driver.press("Enter");
    await driver.find("heading", w.step.customer);
    await isGerman(driver, "step 1, empty");

    // Leaving fields empty says what would be right, in German.
    await driver.press("Control+Enter");
    await driver.sees("Aufmerksamkeit");
    await isGerman(driver, "step 1, with problems");

    const customer = brandt();
    const { field } = w;
    await hands.type(field.companyName, customer.companyName);
    await hands.choose(field.country, "Deutschland");
    await waitFor("the prefix to be proposed", async () => (await driver.valueOf(await driver.find("textbox", field.prefix))) === prefixOfBrandt);
    await hands.type(field.address, customer.address);
    await hands.type(field.postalCode, customer.postalCode);
    await hands.type(field.city, customer.city);
    await hands.type(field.firstName, customer.firstName);
    await hands.type(field.lastName, customer.lastName);
    await hands.type(field.email, customer.email);
    await hands.type(field.firstName, customer.signerFirstName);
    await hands.type(field.lastName, customer.signerLastName);
    await hands.type(field.agreementDate, today().split("-").reverse().join("."));
    await hands.type(field.email, customer.signerEmail);
    await driver.press("Control+Enter");
    await driver.find("heading", w.step.subscriptions);

    await hands.type(w.searchCatalogue, "Business Basic");
    await hands.tabTo("button", w.add("Microsoft 365 Business Basic"));
    await driver.press("Enter");
    await waitFor("the focus on the licences", async () => (await driver.focused()).name === field.licences);
    await driver.press("Control+A");
    await driver.keys("7");
    await isGerman(driver, "step 2");
    await driver.press("Control+Enter");
    await driver.find("heading", w.step.review);
    await driver.sees("24103");
    await isGerman(driver, "review");
    await driver.press("Control+Enter");
    await driver.find("heading", w.step.confirmation);
    await person.allArrives();
    await isGerman(driver, "confirmation");

    await hands.tabTo("button", w.reveal);
    await driver.press("Enter");
    await person.inReveal(async () => {
      pressKeys(driver.world, "Tab", "Return");
      await pause(500);
    });
    await hands.tabTo("checkbox", w.noted);
    await driver.press("Space");
    await hands.tabTo("button", w.finish);
    await driver.press("Enter");
    await driver.sees(w.destroyed);
    await isGerman(driver, "after the hand-over");

    await driver.press("Control+K");
    await driver.keys("tischlerei brandt");
    await waitFor("the customer to be the first hit", async () => {
      const [first] = await driver.all("option", null, { within: await driver.find("listbox", null) });
      return (await driver.textOf(first)).startsWith("Tischlerei Brandt GmbH");
    });
    await isGerman(driver, "search");
    await driver.press("Enter");
    await driver.find("heading", w.nav.customers);
    await driver.sees("Microsoft 365 Business Basic");
  },
};

/** No English sentence is in sight; products keep the names that Microsoft gives them, and a country may be called Isle of Man. */
async function isGerman(driver, where) {
  const { lang, text } = await driver.session.run(`function () {
    const copy = document.body.cloneNode(true);
    for (const product of copy.querySelectorAll("[data-product], [data-line], [lang='en'], option, script, style")) product.remove();
    const parts = [];
    const labels = [...copy.querySelectorAll("[aria-label], [placeholder], [title]")];
    for (const e of labels) parts.push(e.getAttribute("aria-label") ?? "", e.getAttribute("placeholder") ?? "", e.getAttribute("title") ?? "");
    const walker = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) parts.push(walker.currentNode.data);
    return { lang: document.documentElement.lang, text: parts.join("\\n") };
  }`);
  expectSame(lang.slice(0, 2), "de", `language of ${where}`);
  const line = text.split("\n").find((each) => english.test(each));
  expect(line === undefined, `${where} says in English: ${line}`);
}

/** Moves by Tab alone and types where the focus is. */
class Keyboard {
  constructor(driver) {
    this.driver = driver;
  }

  /** Tabs on until the focus is there; a person who does not find it after this many presses gives up. */
  async tabTo(role, name, presses = 80) {
    const fits = (focused) => {
      const roles = role.split("|");
      const plain = focused.name.replace(/\s*\*$/, "");
      return roles.includes(focused.role) && (name === null || (name instanceof RegExp ? name.test(plain) : plain === name));
    };
    const passed = [];
    for (let press = 0; press < presses; press += 1) {
      if (press > 0 || !fits(await this.driver.focused())) await this.driver.press("Tab");
      const focused = await this.driver.focused();
      if (fits(focused)) return;
      passed.push(`${focused.role} "${focused.name}"`);
    }
    throw new Error(`Tab does not lead to ${role} ${String(name)}; it led through ${passed.join(", ")}`);
  }

  async type(name, text) {
    await this.driver.press("Tab");
    await this.tabTo("textbox|searchbox|combobox|spinbutton", name);
    await this.driver.press("Control+A");
    await this.driver.keys(text);
  }

  /** A list takes the letters of what it shall hold. */
  async choose(name, text) {
    await this.tabTo("combobox", name);
    await this.driver.keys(text);
    await waitFor(`${name} to hold ${text}`, () => this.driver.session.run("function () { const e = document.activeElement; return e.selectedOptions ? e.selectedOptions[0].text : e.value }").then((found) => found === text));
  }
}
