// From the first start to the password and back to the customer by keyboard alone, in either language.
import { pause, waitFor } from "./wait.mjs";
import { Person, brandt, prefixOfBrandt, today } from "./person.mjs";
import { pressKeys } from "./world.mjs";

/** The walk; `look` is called with the name of each place. */
export async function walkByKeyboard(driver, language, look) {
  const person = new Person(driver, language);
  const hands = new Keyboard(driver);
  const { words: w } = person;

  await driver.find("button", w.tryItOut, { timeout: 20_000 });
  await look("first start");
  await hands.tabTo("button", w.tryItOut);
  await driver.press("Enter");
  await driver.find("heading", w.nav.home, { timeout: 20_000 });
  await look("Home");

  for (const [number, page] of [[3, "customers"], [4, "outbox"], [6, "settings"], [2, "resellers"]]) {
    await driver.press(`Control+${number}`);
    await driver.find("heading", w.nav[page]);
    await look(page);
  }

  await hands.tabTo("row", null);
  await driver.press("ArrowRight");
  await driver.find("button", w.addCustomer);
  await driver.press("ArrowRight");
  await hands.tabTo("button", w.addCustomer);
  await driver.press("Enter");
  await driver.find("heading", w.step.customer);
  await look("step 1, empty");

  // Leaving fields empty says what would be right.
  await driver.press("Control+Enter");
  await driver.find("alert", null);
  await look("step 1, with problems");

  const customer = brandt();
  const { field } = w;
  await hands.type(field.companyName, customer.companyName);
  await hands.choose(field.country, w.germany);
  await waitFor("the prefix to be proposed", async () => (await driver.valueOf(await driver.find("textbox", field.prefix))) === prefixOfBrandt);
  await hands.type(field.address, customer.address);
  await hands.type(field.postalCode, customer.postalCode);
  await hands.type(field.city, customer.city);
  await hands.type(field.firstName, customer.firstName);
  await hands.type(field.lastName, customer.lastName);
  await hands.type(field.email, customer.email);
  await hands.type(field.firstName, customer.signerFirstName);
  await hands.type(field.lastName, customer.signerLastName);
  await hands.type(field.agreementDate, w.language === "de" ? today().split("-").reverse().join(".") : today());
  await hands.type(field.email, customer.signerEmail);
  await driver.press("Control+Enter");
  await driver.find("heading", w.step.subscriptions);

  await hands.type(w.searchCatalogue, "Business Basic");
  await hands.tabTo("button", w.add("Microsoft 365 Business Basic"));
  await driver.press("Enter");
  await waitFor("the focus on the licences", async () => (await driver.focused()).name === field.licences);
  await driver.press("Control+A");
  await driver.keys("7");
  await look("step 2");
  await driver.press("Control+Enter");
  await driver.find("heading", w.step.review);
  await driver.sees("24103");
  await look("review");
  // What is reviewed stands in sight for a moment before it can be submitted.
  await driver.find("button", w.submit);
  await driver.press("Control+Enter");
  await driver.find("heading", w.step.confirmation);
  await person.allArrives();
  await look("confirmation");

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
  await look("after the hand-over");

  await driver.press("Control+K");
  await driver.keys("tischlerei brandt");
  await waitFor("the customer to be the first hit", async () => {
    const [first] = await driver.all("option", null, { within: await driver.find("listbox", null) });
    return (await driver.textOf(first)).startsWith("Tischlerei Brandt GmbH");
  });
  await look("search");
  await driver.press("Enter");
  await driver.find("heading", w.nav.customers);
  await driver.sees("Microsoft 365 Business Basic");
}

/** Moves by Tab alone and types where the focus is. */
export class Keyboard {
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
