// Every page and dialog, one after another, in the language and theme that are on. Who takes the tour says what is
// done at each stop: looking for violations, or taking a picture. At the reveal window, which WebDriver does not see,
// the stop is told how to take a picture of it.
import { Person, brandt } from "./person.mjs";
import { waitFor } from "./wait.mjs";
import { words } from "./words.mjs";

/** Themes as the settings name them, with the word on screen, and who is taken down on the tour in that theme. */
export const themes = {
  light: { en: "Light", de: "Hell", company: "Gärtnerei Sommerfeld KG" },
  dark: { en: "Dark", de: "Dunkel", company: "Buchhandlung Seeblick OHG" },
};

/** Before the first workspace: only the page of the first start is there. */
export async function tourFirstStart(driver, language, stop) {
  await driver.find("button", words[language].tryItOut, { timeout: 20_000 });
  await stop("first-start");
}

/** Makes the things that pages need to show: a customer in progress offline, a draft, a finished hand-over. */
export async function prepare(driver, language) {
  const person = new Person(driver, language);
  await person.tryItOut();
  await person.onboard(brandt(), [{ title: "Microsoft 365 Business Basic", licences: 3 }]);
  await person.allArrives();
  await person.workOffline(true);
  await person.onboard(brandt({ companyName: "Weberei Holm GmbH", city: "Plön", postalCode: "24306" }), [{ title: "Power BI Pro", licences: 2 }]);
  return person;
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
  await driver.sees(w.savedOffline);
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
  for (const [name, address] of [["invite", "/resellers/invite"], ["repair", "/resellers/repair"], ["ending", "/customers/ending"], ["support", "/customers/support"], ["journal", "/journal"]]) {
    await driver.session.run("function (to) { location.hash = to }", `#${address}`);
    await arrived(w.page[name], name);
  }
}
