// Fifty resellers from a list with seven bad rows: seen before anything is written, written in one go, opened in turn.
import { expect, expectSame, waitFor } from "./lib/wait.mjs";
import { readLink } from "./lib/mail.mjs";
import { Person } from "./lib/person.mjs";
import { mailsOpened } from "./lib/world.mjs";

const good = Array.from({ length: 50 }, (_, index) => `Südwind ${String(index + 1).padStart(2, "0")} GmbH;Kaja Öller;post${index + 1}@suedwind.example;DE;;${4700001 + index};${index % 2 === 0 ? "de" : "en"}`);
const bad = [
  [";;a@b.example;DE", "Company", "Fill this in."],
  ["Ohne Adresse;;;DE", "E-mail", "Fill this in."],
  ["Falsch;;falsch.example;DE", "E-mail", "Write one address"],
  ["Land;;l@b.example;Deutschlan", "Country", "Write the country as two letters"],
  ["Mandant;;m@b.example;DE;12", "Tenant ID", "A tenant ID looks like"],
  ["Doppelt;;post1@suedwind.example;DE", "E-mail", "stands in line 2 already"],
  ["Sprache;;s@b.example;DE;;;fr", "Language", "Write one of de, en"],
];
const list = ["Firma;Ansprechpartner;E-Mail;Land;Mandanten-ID;PartnerID;Sprache", ...good, ...bad.map(([row]) => row)].join("\r\n");

export default {
  title: "fifty resellers from a list with seven bad rows",
  async run({ open }) {
    const driver = await open();
    const person = new Person(driver);
    await person.tryItOut();
    await person.goTo("resellers");
    await driver.click("button", "Request a partnership");
    await driver.click("button", "Use a practice link");
    await driver.click("button", "Keep the link");
    await driver.gone("button", "Keep the link");
    await driver.click("button", "Invite several");
    const field = await driver.find("textbox", "List");
    await driver.session.run(
      `function (e, text) {
        Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(e, text);
        e.dispatchEvent(new Event("input", { bubbles: true }));
      }`,
      field,
      list,
    );
    await driver.find("heading", "7 rows left out");
    await driver.find("heading", "50 resellers to invite");
    const rows = await driver.session.run(`function () {
      return [...document.querySelectorAll("[data-bad-row]")].map((row) => [row.dataset.badRow, row.cells ? row.cells[1].textContent : row.children[1].textContent, row.textContent]);
    }`);
    expectSame(rows.map(([line]) => Number(line)), bad.map((_, index) => 52 + index), "lines of the bad rows");
    for (const [index, [, name, why]] of bad.entries()) {
      expect(rows[index][1] === name && rows[index][2].includes(why), `row ${52 + index} says: ${rows[index][2]}`);
    }
    await driver.click("button", "Write 50 drafts");
    await driver.find("heading", "Open one after another");

    for (let number = 1; number <= 50; number += 1) {
      await driver.click("button", "Open next in email", { timeout: 20_000 }).catch(async (error) => {
        // The last press leaves nothing to open.
        if (mailsOpened(driver.world).length < number) throw error;
      });
      await waitFor(`mail ${number}`, () => mailsOpened(driver.world).length >= number, { timeout: 20_000 });
      await driver.sees(`${number} of 50 opened or copied`);
    }
    const mails = mailsOpened(driver.world).map(readLink);
    expectSame(mails.map((mail) => mail.to), good.map((_, index) => `post${index + 1}@suedwind.example`), "recipients in the order of the list");
    expect(mails[0].body.startsWith("Guten Tag Kaja Öller,") && mails[1].body.startsWith("Hello Kaja Öller,"), "each in its language");
    expect(mails.every((mail) => mail.body.includes("\nhttps://partner.microsoft.com/")), "each with the link");
    await driver.click("button", "Done");
    await driver.find("heading", person.words.nav.resellers);

    await driver.restart();
    await driver.find("link", person.words.nav.resellers, { timeout: 20_000 });
    await person.goTo("resellers");
    await driver.fill("Search resellers", "sudwind 50", { leave: false });
    await person.openRow(0, /Südwind 50 GmbH/);
    await driver.find("button", "Remind");
    await driver.sees("Requested");
  },
};
