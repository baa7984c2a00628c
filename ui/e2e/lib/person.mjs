// What a person does in the app, step by step, in either language. Journeys are told with these steps.
import { statSync } from "node:fs";
import path from "node:path";
import { expect, pause, waitFor } from "./wait.mjs";
import { words } from "./words.mjs";
import { pressKeys, windowPicture } from "./world.mjs";

/** A customer to take down; `overrides` change single fields. */
export function brandt(overrides = {}) {
  return {
    companyName: "Tischlerei Brandt GmbH",
    address: "Hafenstraße 12",
    postalCode: "24103",
    city: "Kiel",
    firstName: "Jörg",
    lastName: "Brandt",
    email: "joerg.brandt@tischlerei-brandt.example",
    phone: "+49 431 5550199",
    signerFirstName: "Anke",
    signerLastName: "Brandt",
    signerEmail: "anke.brandt@tischlerei-brandt.example",
    accepted: true,
    ...overrides,
  };
}

export const prefixOfBrandt = "tischlereibrandt";

/** Three subscriptions that a small company buys. */
export const threeProducts = [
  { title: "Microsoft 365 Business Standard", licences: 12 },
  { title: "Exchange Online (Plan 1)", licences: 5 },
  { title: "Microsoft Defender for Business", licences: 12 },
];

export class Person {
  constructor(driver, language = "en") {
    this.driver = driver;
    this.words = words[language];
  }

  /** First start: one press to a practice workspace. */
  async tryItOut() {
    const { driver, words: w } = this;
    await driver.click("button", w.tryItOut, { timeout: 20_000 });
    await driver.find("heading", w.nav.home, { timeout: 60_000 });
  }

  async goTo(page) {
    const { driver, words: w } = this;
    await driver.click("link", w.nav[page]);
    await driver.find("heading", w.nav[page]);
  }

  /** Switches *Work offline* in the pill's menu. */
  async workOffline(on) {
    const { driver, words: w } = this;
    await driver.click("button", w.connectionMenu);
    const item = await driver.find("menuitemcheckbox|switch", w.workOffline);
    if ((await driver.attribute(item, "aria-checked")) !== String(on)) await driver.session.clickElement(item);
    await waitFor("the switch to turn", async () => {
      const [found] = await driver.all("menuitemcheckbox|switch", w.workOffline);
      return found === undefined || (await driver.attribute(found, "aria-checked")) === String(on);
    });
    await driver.press("Escape");
    await driver.gone("menu", null);
  }

  /** Opens the first reseller that takes customers and starts a new customer for it; gives the reseller's name. */
  async startCustomer() {
    const { driver, words: w } = this;
    await this.goTo("resellers");
    const reseller = await this.openRow(0);
    await driver.click("button", w.addCustomer, { within: await driver.find("treegrid", null) });
    await driver.find("heading", w.step.customer);
    return reseller;
  }

  /** Opens a row of the list in sight; gives its first line. Resellers are listed by name: the first one is active. */
  async openRow(index, name) {
    const { driver } = this;
    const rows = async () => {
      const found = [];
      for (const row of await driver.all("row", name)) {
        if ((await driver.attribute(row, "aria-expanded")) !== null) found.push(row);
      }
      return found;
    };
    const row = await waitFor("a row of the list", async () => (await rows())[index]);
    const text = (await driver.textOf(row)).split("\n")[0].trim();
    const opened = async () => (await driver.attribute((await rows())[index], "aria-expanded")) === "true";
    // A list that is still narrowing moves its rows away from under the pointer: who misses a row presses it again.
    await waitFor("the row to open", async () => {
      if (await opened()) return true;
      await driver.session.clickElement((await rows())[index]);
      return waitFor("the press to show", opened, { timeout: 2000 });
    });
    return text;
  }

  /** Opens an operation of the outbox: the first of this customer that still has to go. */
  async openOperation(customer) {
    const { driver, words: w } = this;
    const group = await driver.find("region", customer);
    await driver.click("button", w.openOperation, { within: group });
    await driver.find("complementary|dialog", customer);
  }

  /** Fills step 1. */
  async fillCustomer(customer) {
    const { driver, words: { field, group, germany } } = this;
    await driver.fill(field.companyName, customer.companyName);
    await driver.choose(field.country, customer.country ?? germany);
    await driver.fill(field.address, customer.address);
    await driver.fill(field.postalCode, customer.postalCode);
    await driver.fill(field.city, customer.city);
    if (customer.prefix !== undefined) await driver.fill(field.prefix, customer.prefix);
    if (customer.fallback !== undefined) {
      // A proposal is on its way from name and town: nobody can take it away before it is there.
      await waitFor("the proposed fallback", async () => (await driver.valueOf(await driver.find("textbox", field.fallback1))) !== "");
      await driver.fill(field.fallback1, customer.fallback);
    }
    const contact = { within: await driver.find("group", group.contact) };
    await driver.fill(field.firstName, customer.firstName, contact);
    await driver.fill(field.lastName, customer.lastName, contact);
    await driver.fill(field.email, customer.email, contact);
    if (customer.phone !== "") await driver.fill(field.phone, customer.phone, contact);
    const signer = { within: await driver.find("group", group.agreement) };
    await driver.fill(field.firstName, customer.signerFirstName, signer);
    await driver.fill(field.lastName, customer.signerLastName, signer);
    await driver.fill(field.email, customer.signerEmail, signer);
    if (customer.accepted) await driver.fill(field.agreementDate, today(), signer);
  }

  /** From step 1 to step 2. */
  async toSubscriptions() {
    const { driver, words: w } = this;
    await driver.click("button", w.toSubscriptions);
    await driver.find("heading", w.step.subscriptions);
  }

  /** Looks a product up in the catalogue and puts it into the order. */
  async order(product) {
    const { driver, words: w } = this;
    await driver.fill(w.searchCatalogue, product.title, { leave: false });
    await driver.click("button", w.add(product.title));
    const card = await driver.find("region", product.title);
    await driver.fill(w.field.licences, String(product.licences), { within: card });
    await waitFor("the number to stand", async () => {
      const [field] = await driver.all("spinbutton", w.field.licences, { within: await driver.find("region", product.title) });
      return field && (await driver.valueOf(field)) === String(product.licences);
    });
  }

  async toReview() {
    const { driver, words: w } = this;
    await driver.click("button", w.toReview);
    await driver.find("heading", w.step.review);
  }

  async submit() {
    const { driver, words: w } = this;
    await driver.click("button", w.submit);
    await driver.find("heading", w.step.confirmation, { timeout: 15_000 });
  }

  /** All steps up to the confirmation. */
  async onboard(customer, products) {
    const reseller = await this.startCustomer();
    await this.fillCustomer(customer);
    await this.toSubscriptions();
    for (const product of products) await this.order(product);
    await this.toReview();
    await this.submit();
    return reseller;
  }

  /** Waits until everything of a new customer has arrived. */
  async allArrives({ timeout = 60_000 } = {}) {
    const { driver, words: w } = this;
    await driver.sees(w.done.customer, { timeout });
    await driver.sees(w.done.agreement, { timeout });
    await driver.sees(w.done.order, { timeout });
  }

  /** Reveals the password in its own window, takes it over the clipboard, closes the window; gives the password. */
  async reveal() {
    const { driver, words: w } = this;
    await driver.click("button", w.reveal, { within: await driver.find("region", w.setupInfo) });
    await this.inReveal(async () => {
      pressKeys(driver.world, "Tab", "Return");
      await pause(700);
      pressKeys(driver.world, "Tab", "Return");
      await pause(700);
    });
    const password = await driver.paste("combobox", w.searchEverything);
    await driver.press("Escape");
    expect(password.length >= 8 && !/\s/.test(password), `what came over the clipboard is no password (${password.length} characters)`);
    return password;
  }

  /** Works in the reveal window once it is drawn, and closes it with Escape. */
  async inReveal(work) {
    const { driver } = this;
    const { id, title } = await driver.otherWindow();
    const shot = path.join(driver.world.root, "reveal.png");
    let before = 0;
    await waitFor("the reveal window to be drawn", async () => {
      windowPicture(driver.world, id, shot);
      const { size } = statSync(shot);
      const rests = size > 6000 && size === before;
      before = size;
      await pause(200);
      return rests;
    });
    await work({ id, title, picture: (file) => windowPicture(driver.world, id, file) });
    pressKeys(driver.world, "Escape");
    await driver.otherWindowGone();
  }

  /** Says that the password is noted; it is destroyed then. */
  async acknowledge() {
    const { driver, words: w } = this;
    await driver.click("checkbox", w.noted);
    await driver.click("button", w.finish);
    await driver.sees(w.destroyed);
  }

  /** Waits until the wizard says that the draft is on disk. */
  async draftSaved() {
    await waitFor("the draft to be saved", () => this.driver.session.run(`function () { return document.querySelector("[data-save-state='saved']") !== null }`));
  }
}

/** Today as a German or a British person may write it; both are understood. */
export function today() {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Berlin" }).format(new Date());
}
