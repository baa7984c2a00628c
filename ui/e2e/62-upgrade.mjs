// Upgrades: some of the licences into a second subscription, then all that are left of the first, offline. What will
// happen is said before each, and that nobody can take it back.
import { expect, expectSame, waitFor } from "./lib/wait.mjs";
import { Person } from "./lib/person.mjs";
import { factSays, nothingWaits, openAction, openSubscription, submitAction } from "./lib/subscription.mjs";

const customer = /Bergkäserei Toggenburg/;
const product = "Microsoft 365 Apps for business";
const dearer = "Microsoft 365 Business Premium";
const between = "Microsoft 365 Business Standard";

export default {
  title: "upgrade of some licences and of all, offline and online",
  async run({ open }) {
    const driver = await open();
    const person = new Person(driver);
    await person.tryItOut();
    await openSubscription(person, "toggenburg", customer, product);

    const panel = await openAction(person, "Upgrade");
    await driver.choose("Upgrade to", /Business Premium/, { within: panel });
    await driver.fill("Licences to move", "3", { within: panel, leave: false });
    await driver.sees("From 7 to 4.");
    await driver.sees("A second subscription is made");
    await driver.sees("Users are moved by hand in the admin centre.");
    await driver.sees("Can't be undone");
    expect(!(await driver.textOf(panel)).includes("go back"), "licences that move do not go back");
    expectSame(JSON.stringify(await driver.axe()), "[]", "violations that axe finds");
    await submitAction(person, "Upgrade");
    await factSays(driver, "Licences", /^Licences\s+4$/);
    await nothingWaits(driver, "Changes", /Waiting|Sending/);
    expectSame(await licencesOf(person, dearer), "3", "licences of the second subscription");

    await openSubscription(person, "toggenburg", customer, product);
    await person.workOffline(true);
    const again = await openAction(person, "Upgrade");
    await driver.choose("Upgrade to", /Business Standard/, { within: again });
    await driver.sees(`4 licences become ${between}`);
    await driver.sees("Users keep their licences: Microsoft moves them.");
    await submitAction(person, "Upgrade");
    await driver.sees("It waits in the outbox");
    await person.workOffline(false);
    await driver.find("heading", between, { timeout: 60_000 });
    await nothingWaits(driver, "Changes", /Waiting|Sending/);
    await factSays(driver, "Licences", /^Licences\s+4$/);
  },
};

/** What the second subscription of the customer says of its licences. */
async function licencesOf(person, title) {
  const { driver } = person;
  await waitFor("the second subscription to be listed", async () => {
    await openSubscription(person, "toggenburg", customer, title);
    return true;
  }, { timeout: 60_000 });
  return (await driver.textOf(await driver.find("definition", null))).trim();
}
