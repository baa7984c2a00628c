// Customers and subscriptions as a file, in German: only what is listed, as a workbook that another program reads and as
// CSV, in the words of the screen; and the journal tells it.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { Person } from "./lib/person.mjs";
import { saveAs } from "./lib/save.mjs";
import { expect, expectSame, waitFor } from "./lib/wait.mjs";

/** Rows of the first sheet; each cell is its text or number. Days are numbers there. */
const READ = `
import json, sys, zipfile
from xml.etree import ElementTree
space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
sheet = ElementTree.fromstring(zipfile.ZipFile(sys.argv[1]).read("xl/worksheets/sheet1.xml"))
cell = lambda c: "".join(t.text or "" for t in c.iter(space + "t")) or (c.findtext(space + "v") or "")
print(json.dumps({"rows": [[cell(c) for c in row] for row in sheet.iter(space + "row")], "formulas": len(list(sheet.iter(space + "f")))}))
`;

export default {
  title: "the customers that are listed, and their subscriptions, as a workbook and as CSV, in German",
  async run({ open }) {
    const driver = await open({ locale: "de_DE.UTF-8" });
    const person = new Person(driver, "de");
    await person.tryItOut();
    await person.goTo("customers");
    await driver.fill("Kunden suchen", "gmbh", { leave: false });
    const shown = /^(\d+) von \d+ angezeigt/m;
    await waitFor("the list to narrow", async () => shown.exec(await driver.text()) !== null);
    await driver.settled();
    const count = Number(shown.exec(await driver.text())[1]);

    const exported = async (item, file) => {
      await driver.click("button", "Weitere Listen");
      await driver.click("menuitem", item);
      await saveAs(driver, path.join(driver.world.root, file));
      const said = await waitFor("it to say what was written", async () => new RegExp(`(\\d+) (?:Kunden|Abonnements) stehen in ${file.replace(".", "\\.")}`).exec(await driver.text()));
      expectSame(await driver.axe(), [], "violations that axe finds");
      return Number(said[1]);
    };
    expectSame(await exported("Kunden exportieren", "kunden.xlsx"), count, "customers written");
    const { rows, formulas } = JSON.parse(execFileSync("python3", ["-c", READ, path.join(driver.world.root, "kunden.xlsx")], { encoding: "utf8" }));
    expectSame(formulas, 0, "formulas in the workbook");
    expectSame(rows.length - 1, count, "rows of the workbook");
    expectSame(rows[0].slice(0, 4), ["Kunde", "Alias", "Domänenpräfix", "Microsoft-ID"], "heads");
    expect(rows.slice(1).every((row) => /gmbh/i.test(row[0])), "a customer that is not listed is in the file");
    expect(rows.slice(1).some((row) => row.includes("Deutschland")) && rows.slice(1).some((row) => row.includes("Bestätigt")), "the words of the screen are missing");

    const lines = await exported("Abonnements exportieren", "abonnements.csv");
    const text = readFileSync(path.join(driver.world.root, "abonnements.csv"), "utf8");
    expect(text.startsWith("\uFEFFKunde,Domänenpräfix,Microsoft-ID,Produkt,Lizenzen,"), `the file begins otherwise: ${text.slice(0, 60)}`);
    expectSame(text.trim().split("\r\n").length - 1, lines, "lines of the file");
    expect(/,1 Jahr,(?:monatlich|jährlich),/.test(text) && /,(?:Ja|Nein),\d{4}-\d\d-\d\d,/.test(text), `terms and days are written otherwise: ${text.slice(0, 400)}`);
    await driver.click("button", "Schließen");
    await waitFor("the bar to go", async () => !(await driver.text()).includes("stehen in abonnements.csv"));

    await driver.session.run("function () { location.hash = '#/journal' }");
    await driver.sees("Kunden exportiert");
    await driver.sees("Abonnements exportiert");
  },
};
