// A day of a live workspace, whoever works the browser: the first sync of many customers with a kill in its middle reads
// nothing twice that it need not; a customer is onboarded online while an answer gets lost, the token expires and a
// second factor is demanded; after signing in again the rest goes by itself, and Partner Center has one of everything.
import path from "node:path";
import { callsOf, customersRead, makeWorkspace, signIn, signInAgain, stranger, twice } from "./live.mjs";
import { Person, brandt, prefixOfBrandt } from "./person.mjs";
import { startSandbox } from "./sandbox.mjs";
import { expect, expectSame, waitFor } from "./wait.mjs";

/** A folder for pictures of the day; none are made without. */
const pictures = process.env.CHANNELBOOK_PICTURES;

/** As long as a day with so many customers may wait for one thing, in milliseconds. */
export function patienceFor(customers) {
  return 60_000 + customers * 100;
}

/** Lives it. `openBrowser(world)` makes the default browser: `approve()` does there what a person does. */
export async function liveDay({ open, customers, openBrowser }) {
  const patience = patienceFor(customers);
  const driver = await open();
  const person = new Person(driver);
  const picture = async (name) => pictures && driver.picture(path.join(pictures, `${name}.png`));
  const sandbox = await startSandbox(driver.world, ["--customers", String(customers)]);
  // However quick the machine: of the rest no answer comes before the kill.
  await trouble(sandbox, [{ operation: "billing_profile", skip: Math.ceil(customers / 3), times: 0, fault: { kind: "delay", ms: patience } }]);
  const browser = await openBrowser(driver.world);
  await signIn(driver, sandbox);
  await browser.approve();
  await makeWorkspace(driver);

  // A third of the customers is read: a flat battery.
  await waitFor("a third of the details", async () => (await customersRead(sandbox)) >= customers / 3, { timeout: patience });
  await picture("1-under-way");
  await driver.kill();
  await fetch(`${sandbox.api}/sandbox/faults`, { method: "DELETE" });
  const before = await customersRead(sandbox);
  expect(before < customers, "the first sync was over before the kill: the journey proves nothing");
  const began = Date.now();
  await driver.start();
  await driver.find("link", "Settings", { timeout: 60_000 });
  await picture("2-goes-on");
  await waitFor("the whole book to be read", async () => (await customersRead(sandbox)) >= customers, { timeout: patience });
  await driver.click("link", "Settings");
  await driver.sees("Read again now");
  await waitFor("the first sync to end", async () => !/Reading (resellers|customers|details|catalogues)/.test(await driver.text()), { timeout: patience });
  await driver.settled();
  expect(!/not yet/.test(await driver.text()), "the first sync ended without an end");
  await picture("3-read");
  const again = twice(await callsOf(sandbox));
  // What was under way at the kill is asked again: one customer's three calls and one page.
  expect(again.details.length <= 3, `read twice: ${again.details.join(", ")}`);
  expect(again.pages.length <= 1, `listed twice: ${again.pages.join(", ")}`);
  if (process.env.CHANNELBOOK_CUSTOMERS) {
    console.log(`        ${customers} customers: killed after ${before}, the rest in ${((Date.now() - began) / 1000).toFixed(0)} s, twice: ${again.details.length} calls, ${again.pages.length} pages`);
  }

  // A bad day for an onboarding: the first answer is lost, then the token has run out, then a second factor is wanted.
  await trouble(sandbox, [
    { operation: "create_customer", fault: { kind: "lost_after" } },
    { operation: "create_cart", fault: { kind: "token_expired" } },
    { operation: "checkout", fault: { kind: "mfa" } },
  ]);
  await sandbox.post("expire");
  await person.onboard(brandt(), [{ title: "Microsoft 365 Business Standard", licences: 12 }]);
  await driver.sees("Microsoft asks for a second factor", { timeout: 90_000 });
  await picture("4-second-factor");
  await sandbox.post("demand-mfa");
  await driver.click("link", "Settings");
  await driver.find("heading", "Settings");
  await driver.settled();
  await picture("5-held");
  await signInAgain(driver);
  await browser.approve();
  await waitFor("the sign-in to hold again", async () => !/second factor/.test(await driver.text()), { timeout: 60_000 });
  await person.goTo("outbox");
  await driver.find("button", person.words.upToDate, { timeout: 90_000 });
  await driver.settled();
  await picture("6-done");

  // Somebody else asks Partner Center.
  const ask = await stranger(sandbox);
  const filter = encodeURIComponent(JSON.stringify({ Field: "Domain", Value: prefixOfBrandt, Operator: "starts_with" }));
  const found = await ask(`/customers?size=0&filter=${filter}`);
  expectSame(found.items.map((one) => one.companyProfile.domain), [`${prefixOfBrandt}.onmicrosoft.com`], "not one customer");
  const orders = await ask(`/customers/${found.items[0].id}/orders`);
  expectSame(orders.items.length, 1, "not one order");
  const subscriptions = await ask(`/customers/${found.items[0].id}/subscriptions`);
  expectSame(subscriptions.items.map((one) => one.quantity), [12], "not one subscription");
  const left = await (await fetch(`${sandbox.api}/sandbox/faults`)).json();
  expectSame(left, [], "a trouble was never met");
}

/** Sends troubles to the server. */
async function trouble(sandbox, rules) {
  const answer = await fetch(`${sandbox.api}/sandbox/faults`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(rules) });
  expect(answer.ok, `troubles: ${answer.status}`);
}
