// A subscription's page as a person uses it: how one gets there, what an action's panel is asked, what the facts say.
import { waitFor } from "./wait.mjs";

/** Looks the customer up, opens its row and the subscription in it. */
export async function openSubscription(person, search, customer, product) {
  const { driver, words: w } = person;
  await person.goTo("customers");
  await driver.fill(w.searchCustomers, search, { leave: false });
  await waitFor("the list to narrow", async () => (await driver.all("row", customer)).length === 1 && (await driver.all("row", null)).length <= 3);
  await person.openRow(0, customer);
  await driver.click("link", product);
  await driver.find("heading", product);
  await driver.settled();
}

/** Orders one more product for a customer that is there, and waits for its order: its window is open then. */
export async function orderFor(person, search, customer, product) {
  const { driver, words: w } = person;
  await person.goTo("customers");
  await driver.fill(w.searchCustomers, search, { leave: false });
  await person.openRow(0, customer);
  await driver.click("button", w.addSubscription);
  await driver.find("heading", w.step.subscriptions);
  await person.order(product);
  await person.toReview();
  await person.submit();
  await driver.sees(w.done.order, { timeout: 60_000 });
}

/** Opens an action of the bar, or of the menu behind it; gives its panel once it has come to rest. */
export async function openAction(person, action, menu) {
  const { driver } = person;
  if (menu !== undefined) await driver.click("button", menu);
  await driver.click(menu === undefined ? "button" : "menuitem", action);
  const panel = await driver.find("complementary", action);
  await driver.settled();
  return panel;
}

/** Submits the panel in sight; the button waits until what will happen is said. */
export async function submitAction(person, action) {
  const { driver, words: w } = person;
  await driver.click("button", w.submit, { within: await driver.find("complementary", action) });
  await driver.gone("complementary", action);
}

/** What a fact of the page says, with the lines under it. */
export async function fact(driver, name) {
  return driver.session.run(
    `function (name) {
      const term = [...document.querySelectorAll("[role='term']")].find((e) => e.textContent.trim() === name);
      return term ? term.parentElement.innerText.replaceAll("\\u00a0", " ").trim() : "";
    }`,
    name,
  );
}

/** Waits until a fact says this. */
export async function factSays(driver, name, text) {
  await waitFor(`${name} to say ${String(text)}`, async () => {
    const said = await fact(driver, name);
    return text instanceof RegExp ? text.test(said) : said.includes(text);
  }, { timeout: 60_000 });
}

/** Waits until no change of this page is on its way. */
export async function nothingWaits(driver, changes, waiting) {
  await waitFor("the changes to arrive", async () => {
    const [region] = await driver.all("region", changes);
    return region === undefined || !waiting.test(await driver.textOf(region));
  }, { timeout: 60_000 });
}
