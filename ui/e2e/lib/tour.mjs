// Every page and dialog, one after another, in the language and theme that are on. Who takes the tour says what is
// done at each stop: looking for violations, or taking a picture. At the reveal window, which WebDriver does not see,
// the stop is told how to take a picture of it.
import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Person, brandt } from "./person.mjs";
import { play, pressInPanel } from "./practice.mjs";
import { addBrowser, registered, startSandbox } from "./sandbox.mjs";
import { waitFor } from "./wait.mjs";
import { words } from "./words.mjs";

/** Themes as the settings name them, with the word on screen, and who is taken down on the tour in that theme. */
export const themes = {
  light: { en: "Light", de: "Hell", company: "Gärtnerei Sommerfeld KG" },
  dark: { en: "Dark", de: "Dunkel", company: "Buchhandlung Seeblick OHG" },
};

const sessionName = "Partner day Kiel";

/** Before the first workspace: the page of the first start, and connecting as far as a signed-in account. */
export async function tourFirstStart(driver, language, stop) {
  const w = words[language];
  const at = async (name) => {
    await driver.settled();
    await stop(name);
  };
  await driver.find("button", w.tryItOut, { timeout: 20_000 });
  await at("first-start");
  const sandbox = await startSandbox(driver.world);
  const browser = addBrowser(driver.world);
  browser.as(registered.ada);
  await driver.click("button", w.connectTo);
  await driver.find("button", w.signInByBrowser);
  await at("connect-workspace");
  await driver.click("button", w.signInByBrowser);
  await waitFor("the fields to say what is missing", () => driver.session.run(`function () { return document.querySelector("[aria-invalid='true']") !== null }`));
  await at("connect-workspace-problems");
  await driver.choose("Cloud", w.customCloud);
  const { tenant, client } = registered;
  for (const [name, value] of Object.entries({ tenant, client, api: sandbox.api, authority: sandbox.authority })) await driver.fill(w.connection[name], value);
  await driver.settled();
  await driver.click("button", w.signInByCode);
  // A code as the authority makes them.
  await driver.sees(/[A-Z0-9]{4}-?[A-Z0-9]{4}/);
  await at("connect-workspace-code");
  await driver.click("button", w.cancel);
  await driver.click("button", w.signInByBrowser);
  await driver.find("button", w.makeWorkspace, { timeout: 60_000 });
  await at("connect-workspace-signed-in");
  await driver.click("button", w.back);
  await driver.find("button", w.tryItOut);
}

/**
 * Makes the things that pages need to show: a customer in progress offline in a session that holds, a finished
 * hand-over, a difference between book and Partner Center, an order that may be somebody else's.
 */
export async function prepare(driver, language, stop) {
  const person = new Person(driver, language);
  const { words: w } = person;
  await person.tryItOut();
  await person.onboard(brandt(), [{ title: "Microsoft 365 Business Basic", licences: 3 }]);
  await person.allArrives();
  await orderElsewhere(person);
  await person.workOffline(true);
  await differ(person);
  await driver.click("button", w.startSession);
  await driver.find("textbox", w.sessionName);
  await driver.settled();
  await stop("session-start");
  await driver.fill(w.sessionName, sessionName);
  await driver.click("button", w.pressStartSession);
  await driver.gone("dialog", null);
  await person.onboard(brandt({ companyName: "Weberei Holm GmbH", city: "Plön", postalCode: "24306" }), [{ title: "Power BI Pro", licences: 2 }]);
  return person;
}

/** An order without an answer, beside one that looks just like it: the clock goes on until the looking ends. */
async function orderElsewhere(person) {
  const { driver, words: w } = person;
  await play(person, w.orderedElsewhere);
  await person.goTo("customers");
  // The first line of a row also has what the customer is called among ourselves.
  const [name] = (await person.openRow(0)).split(" · ");
  person.orderedFor = new RegExp(name);
  await driver.click("button", w.addSubscription);
  await driver.find("heading", w.step.subscriptions);
  await person.order({ title: "Power BI Pro", licences: 2 });
  await person.toReview();
  await person.submit();
  await person.goTo("outbox");
  await waitFor("the look-ups to end", async () => {
    if (await driver.has("tab", w.attentionTab)) return true;
    await pressInPanel(person, w.oneHourOn, w.hoursAhead);
    return waitFor("the next step", () => driver.has("tab", w.attentionTab), { timeout: 2000 }).catch(() => false);
  }, { timeout: 60_000 });
}

/** A change that waits here meets one in Partner Center; the book works offline before and after. */
async function differ(person) {
  const { driver, words: w } = person;
  await person.workOffline(false);
  await person.goTo("customers");
  await driver.fill(w.searchCustomers, "morgenroete", { leave: false });
  await person.openRow(0, /Bäckerei Morgenröte/);
  await driver.click("button", w.editCustomer);
  await driver.find("textbox", w.lastName);
  await person.workOffline(true);
  await driver.fill(w.lastName, "Anders");
  await driver.click("button", w.submit);
  await driver.find("heading", w.nav.outbox);
  await pressInPanel(person, w.elsewhere, w.changedElsewhere);
  await person.workOffline(false);
  await driver.click("button", w.compare, { timeout: 60_000 });
  await driver.find("heading", w.whatIsRight);
  await driver.press("Escape");
  await driver.gone("heading", w.whatIsRight);
  await person.workOffline(true);
  await person.goTo("customers");
  await driver.fill(w.searchCustomers, "", { leave: false });
}

/** Sets a theme in Settings. */
export async function setTheme(person, theme) {
  await person.goTo("settings");
  await person.driver.click("radio", themes[theme][person.words.language]);
  await person.driver.settled();
}

/** All pages and dialogs of an open workspace. `company` is taken down on the way: each tour needs one of its own. */
export async function tour(person, company, stop) {
  const { driver, words: w } = person;
  const at = async (name) => {
    await driver.settled();
    await stop(name);
  };
  await person.goTo("home");
  await at("home");
  await person.goTo("resellers");
  await at("resellers");
  await person.openRow(0);
  await driver.find("button", w.addCustomer);
  await at("resellers-open");
  await person.goTo("customers");
  await at("customers");
  await person.openRow(0);
  await driver.find("button", w.addSubscription);
  await at("customers-open");
  await driver.fill(w.searchCustomers, "zzzz", { leave: false });
  await at("customers-nothing-found");
  await driver.fill(w.searchCustomers, "", { leave: false });
  await person.openRow(0);
  // The filter survives leaving the page, as it should: the next round begins without it.
  await driver.fill(w.searchCustomers, "", { leave: false });
  await person.openRow(0);
  await person.goTo("outbox");
  await at("outbox");
  await person.openOperation(/Weberei Holm/);
  await at("outbox-operation");
  await person.openOperation(/Morgenröte/);
  await at("outbox-attention");
  await driver.click("button", w.compare);
  await driver.find("heading", w.whatIsRight);
  await at("difference");
  await driver.press("Escape");
  await driver.gone("heading", w.whatIsRight);
  await person.openOperation(person.orderedFor);
  await at("outbox-not-ours");
  await driver.click("button", w.runningSession);
  await driver.click("menuitem", w.reviewSession);
  await driver.find("heading", sessionName);
  await at("session-review");
  await driver.click("button", w.report, { within: await driver.find("main", null) });
  await driver.find("heading", w.sessionReport);
  await at("session-report");
  await person.goTo("catalogue");
  await at("catalogue");
  await person.goTo("settings");
  await at("settings");

  await tourInside(person, at);

  await driver.press("Control+K");
  await driver.keys("brandt");
  await driver.find("option", /Brandt/);
  await at("search");
  await driver.press("Escape");
  await driver.click("button", w.connectionMenu);
  await driver.find("menuitemcheckbox|switch", w.workOffline);
  await at("connection-menu");
  await driver.press("Escape");
  await driver.click("button", w.practice);
  await driver.find("dialog", null);
  await at("practice");
  await driver.press("Escape");
  await driver.gone("dialog", null);

  await person.startCustomer();
  await at("wizard-1-empty");
  await driver.click("button", w.toSubscriptions);
  await driver.find("alert", null);
  await at("wizard-1-problems");
  await person.fillCustomer(brandt({ companyName: company, city: "Eutin", postalCode: "23701" }));
  await at("wizard-1-filled");
  await person.toSubscriptions();
  await person.order({ title: "Microsoft 365 Business Standard", licences: 12 });
  await at("wizard-2");
  await person.toReview();
  await at("wizard-3");
  await driver.click("button", w.cancel);
  await driver.find("dialog|alertdialog", w.discardQuestion);
  await at("wizard-cancel");
  await driver.click("button", w.keepWorking);
  await driver.gone("dialog|alertdialog", w.discardQuestion);
  await person.submit();
  // The session that was started for the tour holds what is submitted in it.
  await driver.sees(w.savedInSession);
  await at("confirmation-offline");

  await person.goTo("home");
  await driver.click("link", w.handOver);
  await driver.find("region", w.setupInfo);
  await at("confirmation-online");
  await driver.click("button", w.reveal, { within: await driver.find("region", w.setupInfo) });
  await person.inReveal(async ({ picture }) => stop("reveal", picture));
}

/** Pages of one reseller, customer and subscription, the drafts of mails, and those that an address alone leads to. */
async function tourInside(person, at) {
  const { driver, words: w } = person;
  const rests = () => waitFor("what is read to be there", () => driver.session.run(`function () { return document.querySelector(".fui-Skeleton") === null }`));
  const arrived = async (title, name) => {
    await driver.find("heading", title);
    await rests();
    await at(name);
  };
  await person.goTo("resellers");
  const reseller = await person.openRow(0);
  await driver.click("button", w.openReseller);
  await arrived(reseller, "reseller");
  await person.goTo("customers");
  const customer = await person.openRow(1);
  await driver.click("button", w.openCustomer);
  await arrived(customer, "customer");
  const address = await driver.session.run("function () { return location.hash }");
  await driver.session.run("function (to) { location.hash = to }", `${address}/edit`);
  await arrived(w.editCustomer, "customer-edit");
  await driver.session.run("function (to) { location.hash = to }", address);
  await driver.find("heading", customer);
  const [first] = await waitFor("a subscription to open", async () => {
    const links = await driver.session.run(`function () { return [...document.querySelectorAll("a[href^='#/subscriptions/']")].map((a) => a.getAttribute("href")) }`);
    return links.length > 0 && links;
  });
  await driver.session.run("function (to) { location.hash = to }", first);
  await driver.find("button", /./, { within: await driver.find("region", w.supportContact) });
  await rests();
  await at("subscription");

  for (const [page, button, name] of [["resellers", w.request, "request"], ["customers", w.connect, "connect"]]) {
    await person.goTo(page);
    await driver.click("button", button);
    await driver.find("textbox", w.mailSubject);
    await arrived(button, name);
    await driver.click("button", w.discardDraft);
    await driver.find("alertdialog|dialog", w.discardThisDraft);
    await at(`${name}-discard`);
    await driver.click("button", w.discard, { within: await driver.find("alertdialog|dialog", w.discardThisDraft) });
    await driver.find("heading", w.nav[page]);
  }
  for (const [name, address] of [["invite", "/resellers/invite"], ["repair", "/resellers/repair"], ["ending", "/customers/ending"], ["support", "/customers/support"], ["journal", "/journal"], ["sessions", "/sessions"]]) {
    await driver.session.run("function (to) { location.hash = to }", `#${address}`);
    await arrived(w.page[name], name);
  }
}

/** Pages of books that can't be opened: a damaged one, and one whose key is gone. Nothing works in this world after it. */
export async function tourStartProblems(driver, language, stop) {
  const { start: w } = words[language];
  const arrived = async (title, name) => {
    await driver.find("heading", title, { timeout: 30_000 });
    await driver.settled();
    await stop(name);
  };
  await driver.quit();
  const books = path.join(driver.world.dataDir, "books");
  const sound = path.join(driver.world.root, "sound");
  cpSync(books, sound, { recursive: true });
  const file = path.join(books, readdirSync(books)[0], "book.db");
  const bytes = readFileSync(file);
  bytes.fill(0x5a, 8192, Math.floor(bytes.length / 2));
  writeFileSync(file, bytes);
  await driver.start();
  await arrived(w.damaged, "start-damaged");
  await driver.quit();
  rmSync(books, { recursive: true });
  cpSync(sound, books, { recursive: true });
  execFileSync("secret-tool", ["clear", "service", "Channelbook"], { env: driver.world.env });
  await driver.start();
  await arrived(w.keyMissing, "start-key-missing");
}

/** A machine without a keychain: the passphrase is chosen there, and asked for at the next start. */
export async function tourNoKeychain(driver, language, stop) {
  const { start: w, tryItOut, nav } = words[language];
  const phrase = "vier alte Lampen brennen";
  await driver.click("button", tryItOut, { timeout: 20_000 });
  await driver.click("link|button", w.choosePassphrase);
  await driver.find("textbox", w.passphraseAgain);
  await driver.settled();
  await stop("first-start-passphrase");
  await driver.fill(w.passphraseAgain, phrase);
  await driver.fill(new RegExp(`^${w.passphrase}( \\*)?$`), phrase);
  await driver.click("button", w.tryWithPassphrase);
  await driver.find("heading", nav.home, { timeout: 60_000 });
  await driver.restart();
  await driver.find("heading", w.unlock, { timeout: 30_000 });
  await driver.settled();
  await stop("unlock");
}
