// A decision about the end of a term that waits offline until the term is over: it is not carried over to the next term,
// which nobody has decided about. And what was cancelled tells of no renewal.
import { expect, waitFor } from "./lib/wait.mjs";
import { Person } from "./lib/person.mjs";
import { pressInPanel } from "./lib/practice.mjs";
import { fact, factSays, openAction, openSubscription, submitAction } from "./lib/subscription.mjs";

const renews = { search: "donaubogen", customer: /Donaubogen/, product: "Microsoft 365 E5" };
const bought = { search: "calder", customer: /Calder Valley/, product: "Microsoft 365 Apps for business" };
const folder = process.env.CHANNELBOOK_PICTURES;

export default {
  title: "a decision that waits past the end of its term leaves the next term alone",
  async run({ open }) {
    const driver = await open();
    const person = new Person(driver);
    const picture = async (name) => folder && driver.picture(`${folder}/74-${name}.png`);
    await person.tryItOut();
    await openSubscription(person, bought.search, bought.customer, bought.product);
    await openAction(person, "Cancel subscription", "More actions");
    await submitAction(person, "Cancel subscription");
    await factSays(driver, "Renewal", "None: it was cancelled");
    expect((await fact(driver, "Auto-renew")) === "", "a cancelled subscription still tells of auto-renew");
    await waitFor("the page to say what became of it", async () => {
      const says = await driver.session.run("function () { return document.querySelector('main').innerText }");
      return /Cancelled\s+as of/.test(says) && !says.includes("It waits in the outbox");
    });
    await driver.settled();
    await picture("cancelled");

    await openSubscription(person, renews.search, renews.customer, renews.product);
    const before = await fact(driver, "Renews");
    await person.workOffline(true);
    const panel = await openAction(person, "Decide", undefined);
    await driver.click("radio", /^Let it end/, { within: panel });
    await driver.find("region", "What will happen", { within: panel });
    await submitAction(person, "Decide");
    await driver.sees("It waits in the outbox");
    await pressInPanel(person, "30 days on", /30 days ahead/);
    await person.workOffline(false);

    await person.goTo("outbox");
    await driver.click("button", /Needs attention$/, { timeout: 60_000 });
    await driver.sees("The term has ended meanwhile");
    await driver.sees("decide about the new term");
    await driver.settled();
    await picture("attention");
    await driver.click("button", "Cancel operation");
    await driver.click("button", "Cancel operation", { within: await driver.find("alertdialog", "Cancel this operation?") });
    await driver.gone("button", /Needs attention$/);

    await openSubscription(person, renews.search, renews.customer, renews.product);
    await factSays(driver, "Auto-renew", /On/);
    await picture("renewed");
    expect((await fact(driver, "Renews")) !== before, "the next term is not told");
  },
};
