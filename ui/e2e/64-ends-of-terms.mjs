// Decisions at the ends of terms, with the practice clock moved beyond them: renewed, cut, ended and extended as it was
// decided. What nobody decided stands on Home, and says what will become of it.
import { expect, waitFor } from "./lib/wait.mjs";
import { Person } from "./lib/person.mjs";
import { pressInPanel } from "./lib/practice.mjs";
import { factSays, openSubscription } from "./lib/subscription.mjs";

const renewed = { customer: "Stadtwerke Bruchweiler", product: "Visio Plan 1", decision: /^Renew as it is/, says: /Renews .* with 52 licences/, search: "bruchweiler" };
const cut = { customer: "Donaubogen Anlagenbau GmbH", product: "Microsoft 365 E5", decision: /^Renew with fewer/, quantity: 150, says: "From 160 to 150.", search: "donaubogen" };
const ended = { customer: "Buchhandlung Silberfisch", product: "Microsoft Defender for Office 365 (Plan 1)", decision: /^Let it end/, says: /Access ends /, search: "silberfisch" };
const extended = { customer: "Værftet Øresund ApS", product: "Microsoft Defender for Office 365 (Plan 1)", decision: /^Extend month by month/, says: /a paid month, again and again/, search: "vaerftet" };
const undecided = { customer: "Fietsenmakerij De Ketting", product: "Microsoft Teams Phone Standard" };

export default {
  title: "ends of terms: decided, carried out when the clock has passed them, the undecided ones on Home",
  async run({ open }) {
    const driver = await open();
    const person = new Person(driver);
    await person.tryItOut();
    await driver.find("link", todo(renewed));
    await driver.find("link", todo(cut));

    await person.goTo("customers");
    await driver.click("button", "More lists");
    await driver.click("menuitem", "Ends of terms");
    await driver.find("heading", "Ends of terms");
    await driver.settled();
    for (const one of [renewed, cut, ended, extended]) await decide(person, one);
    await driver.find("button", `Decide: ${undecided.customer}, ${undecided.product}`);
    await waitFor("the outbox to rest", async () => (await driver.has("button", /^Up to date/)), { timeout: 60_000 });

    await person.goTo("home");
    for (const one of [renewed, cut, ended, extended]) await driver.gone("link", todo(one));
    const asks = await driver.find("link", todo(undecided));
    expect((await driver.textOf(asks)).includes("undecided means a paid month"), "Home does not say what silence means");

    await pressInPanel(person, "30 days on", /30 days ahead/);
    await openSubscription(person, renewed.search, new RegExp(renewed.customer), renewed.product);
    await factSays(driver, "Renews", String(new Date(Date.now() + 360 * 86_400_000).getUTCFullYear()));
    await openSubscription(person, cut.search, new RegExp(cut.customer), cut.product);
    await factSays(driver, "Licences", /^Licences\s+150$/);
    await openSubscription(person, extended.search, new RegExp(extended.customer), extended.product);
    await factSays(driver, "Term and billing", "1 month, monthly");
    await openSubscription(person, ended.search, new RegExp(ended.customer), ended.product);
    await driver.sees("Expired", { timeout: 60_000 });
  },
};

const todo = (one) => new RegExp(`Decide: renew, change or cancel[^]*${one.customer}`);

/** Takes the decision in the panel beside the list; what will happen is said before. */
async function decide(person, { customer, product, decision, quantity, says }) {
  const { driver, words: w } = person;
  const button = `Decide: ${customer}, ${product}`;
  await driver.click("button", button);
  // The panel of a decision is drawn anew once the subscription is read.
  await driver.find("radio", decision);
  await driver.settled();
  const panel = await driver.find("complementary", "Decide");
  await driver.click("radio", decision, { within: panel });
  if (quantity !== undefined) await driver.fill("Licences from the next term on", String(quantity), { within: panel, leave: false });
  await driver.find("region", "What will happen", { within: panel });
  await driver.sees(says);
  await driver.click("button", w.submit, { within: panel });
  await driver.gone("button", button);
}
