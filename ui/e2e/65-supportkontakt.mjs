// Who supports a subscription, in German: an older one through Partner Center, a new one as the book's own note, and
// the page says exactly that.
import { expect, expectSame, waitFor } from "./lib/wait.mjs";
import { Person } from "./lib/person.mjs";
import { openSubscription } from "./lib/subscription.mjs";

const block = "Designierter Supportkontakt";
const contact = "Säntis Informatik AG";

export default {
  title: "support contact of an older subscription sent, of a new one kept as a note, in German",
  async run({ open }) {
    const driver = await open({ locale: "de_DE.UTF-8" });
    const person = new Person(driver, "de");
    await person.tryItOut();

    await openSubscription(person, "auenblick", /Auenblick/, "Office 365 Business Essentials");
    await driver.sees("Partner Center zeigt dem Kunden diesen Kontakt.");
    await choose(person, /^Der Kunde sieht/);
    await waitFor("the contact to arrive", async () => /Supportkontakt.*\n.*Bestätigt/.test(await driver.textOf(await driver.find("region", "Änderungen"))), { timeout: 60_000 });
    await holds(person);

    await openSubscription(person, "morgenroete", /Morgenröte/, "Microsoft 365 Business Premium");
    await driver.sees("Für Abonnements der neuen Commerce-Erfahrung nimmt Microsoft keinen Supportkontakt an. Die Wahl wird als Ihre eigene Notiz behalten.");
    const before = await outboxRows(person);
    await openSubscription(person, "morgenroete", /Morgenröte/, "Microsoft 365 Business Premium");
    await choose(person, /eigene Notiz/);
    await holds(person);
    expectSame(JSON.stringify(await driver.axe()), "[]", "violations that axe finds");
    expectSame(await outboxRows(person), before, "operations of the outbox: a note is not sent");
  },
};

/** Chooses the contact; what will happen is said before it is submitted. */
async function choose(person, says) {
  const { driver, words: w } = person;
  const region = await driver.find("region", block);
  await driver.choose(block, contact, { within: region });
  await waitFor("what will happen", async () => (await driver.textOf(region)).split("\n").some((line) => says.test(line)));
  await driver.click("button", w.submit, { within: region });
}

async function holds(person) {
  const { driver, words: w } = person;
  await waitFor("the contact to be kept", async () => {
    const region = await driver.find("region", block);
    const [box] = await driver.all("combobox", block, { within: region });
    const [button] = await driver.all("button", w.submit, { within: region });
    const greyed = button !== undefined && (await driver.attribute(button, "aria-disabled")) === "true";
    return greyed && (await driver.textOf(box)).includes(contact) && (await driver.text()).includes(contact);
  });
  expect((await driver.textOf(await driver.find("combobox", block))).includes(contact), "another contact");
}

async function outboxRows(person) {
  const { driver } = person;
  await person.goTo("outbox");
  await driver.click("tab", /^Alle/);
  await driver.settled();
  return (await driver.all("region", null)).length;
}
