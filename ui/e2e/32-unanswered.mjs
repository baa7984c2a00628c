// An invited customer who does not answer, in German: a domain with a blank is told at its field, the invitation stands
// as unanswered after seven days in the list, on Home and on its page, and the same mail is opened once more.
import { expectSame, waitFor } from "./lib/wait.mjs";
import { Person } from "./lib/person.mjs";
import { pressInPanel } from "./lib/practice.mjs";
import { mailsOpened } from "./lib/world.mjs";

const company = "Werft Öhlers & Söhne";

export default {
  title: "an invitation of a customer that nobody answers, told and opened again, in German",
  async run({ open }) {
    const driver = await open({ locale: "de_DE.UTF-8" });
    const person = new Person(driver, "de");
    const { words: w } = person;
    await person.tryItOut();
    await person.goTo("customers");
    await driver.click("button", w.connect);
    await driver.find("heading", w.connect);
    await driver.fill("Firma", company);
    await driver.fill("Domäne", "werft oehlers");
    await driver.fill("An", "aenne@oehlers.example");
    await driver.sees("Schreiben Sie sie ohne Leerzeichen");
    await driver.fill("Domäne", "werftoehlers.onmicrosoft.com");
    await waitFor("the domain to be right", async () => !(await driver.text()).includes("Schreiben Sie sie ohne Leerzeichen"));
    await driver.click("button", "In E-Mail öffnen");
    await waitFor("the mail program to be asked", () => mailsOpened(driver.world).length === 1);
    await driver.click("button", "Fertig");
    await driver.find("heading", w.nav.customers);
    await driver.find("list", "Eingeladene Kunden");
    await driver.sees(/angefragt .*, 0 Tage/);

    // A week and an hour: late in the evening that is eight days of the calendar.
    const days = daysOfCalendar(7 * 24 + 1);
    await pressInPanel(person, "Sieben Tage weiter", /7 Tage voraus/);
    await driver.sees(new RegExp(`unbeantwortet seit .*, ${days} Tagen`));
    await driver.settled();
    expectSame(await driver.axe(), [], "violations that axe finds in the list");
    await person.goTo("home");
    await driver.click("link", new RegExp(`Kundeneinladung unbeantwortet.*${company}`, "s"));
    await driver.find("heading", w.connect);
    await driver.sees(new RegExp(`${company} hat seit ${days} Tagen nicht geantwortet`));
    await driver.settled();
    expectSame(await driver.axe(), [], "violations that axe finds on its page");
    await driver.click("button", "In E-Mail öffnen");
    const [first, again] = await waitFor("the mail to be opened once more", () => (mailsOpened(driver.world).length === 2 ? mailsOpened(driver.world) : undefined));
    expectSame(again, first, "the mail that is opened again");
    await driver.click("button", "Zurück");
    await driver.find("heading", w.nav.customers);
    // The waiting begins anew, and the date of the request stays.
    await driver.sees(new RegExp(`angefragt .*, ${days} Tage`));
    await pressInPanel(person, `${company} nimmt die Einladung an`, /Es wird beim nächsten Abgleich gesehen/);
    await driver.gone("list", "Eingeladene Kunden", { timeout: 20_000 });
  },
};

/** Days of the calendar that pass within so many hours, where the window stands. */
function daysOfCalendar(hours) {
  const day = (moment) => Date.parse(moment.toLocaleDateString("sv-SE", { timeZone: "Europe/Berlin" }));
  const now = new Date();
  return (day(new Date(now.getTime() + hours * 3_600_000)) - day(now)) / 86_400_000;
}
