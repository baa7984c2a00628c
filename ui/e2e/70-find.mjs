// Finding among many: a practice book with 5,000 invented customers, searched by each thing that a customer is known by,
// without accents and by parts of words; a filter that is still there after leaving; a letter and the end of the list.
import { expect, expectSame, waitFor } from "./lib/wait.mjs";
import { Person } from "./lib/person.mjs";

/** A bench may ask for more. */
const customers = Number(process.env.CHANNELBOOK_JOURNEY_CUSTOMERS ?? 5_000);

/** The caption of the whole list. */
const counted = /^[\d,]+ customers/m;
/** The caption of what was found. */
const shown = /^(?:more than )?([\d,]+) of [\d,]+ shown/m;

export default {
  title: "find customers among 5,000 by name, domain, contact, number, tag and town; keep the filter; go to a letter and to the end",
  async run({ open }) {
    const driver = await open({ moreArgs: ["--sample-customers", String(customers)] });
    const person = new Person(driver);
    const { words: w } = person;
    await driver.click("button", w.tryItOut, { timeout: 20_000 });
    // A book of this size is written first: on a busy machine that takes a while.
    await driver.find("heading", w.nav.home, { timeout: 180_000 });
    await person.goTo("customers");
    await driver.sees(counted);

    /** Types, and waits for the first row to be one that fits and the caption to count so many. */
    const search = async (text, row, fits = (count) => count > 0) => {
      await driver.fill("Search customers", text, { leave: false });
      await waitFor(`what ${text} finds`, async () => {
        const found = shown.exec(await driver.text());
        if (found === null || !fits(Number(found[1].replaceAll(",", "")))) return false;
        return (await driver.all("row", row)).length > 0;
      }, { timeout: 30_000 });
    };

    // A town, its letters folded. About one in five hundred lives there.
    await search("lodz", /./, (count) => count >= customers / 1000 && count < customers / 10);
    // Middles of two words of a name; letters that are spelled out.
    await search("ckerei schaf", /Bäckerei.*Schäfer/);
    // The sample's own Bursztyn Morski, by the beginning of its domain, a contact's letters folded, and its number.
    await search("bursztynm", /Bursztyn Morski/, (count) => count === 1);
    await search("lukasz kamin gdan", /Bursztyn Morski/);
    await search("5833106334", /Bursztyn Morski/, (count) => count === 1);
    // Alias and tag are found in 60-customer-page and 71-many.
    await driver.fill("Search customers", "morgenroete", { leave: false });
    await person.openRow(0, /Bäckerei Morgenröte/);
    await driver.click("button", "Open customer");
    await driver.find("heading", "Bäckerei Morgenröte GmbH");
    await driver.settled();
    await driver.click("link", w.nav.customers);
    await driver.find("heading", w.nav.customers);
    expectSame(await driver.valueOf(await driver.find("searchbox", "Search customers")), "morgenroete", "the search after coming back");
    await search("morgenroete", /Bäckerei Morgenröte/, (count) => count === 1);
    await driver.click("button", "Clear");
    await driver.sees(counted);

    await driver.click("button", "Go to letter");
    await driver.click("menuitem", "W");
    const first = await driver.find("row", /Select W/);
    await driver.settled();
    await driver.session.clickElement(first);
    await driver.find("button", w.addSubscription);
    await driver.press("Escape");
    const focusOn = async (name) => {
      await waitFor(`the focus on ${String(name)}`, async () => {
        const { role, name: of } = await driver.focused();
        return role === "row" && name.test(of);
      });
    };
    await driver.press("End");
    // The last row is read first; until then there is nothing that could hear a key.
    await focusOn(/Select [ŻZ]/);
    await driver.press("Home");
    await focusOn(/Select A/);
    const last = await driver.attribute(await driver.find("treegrid", w.nav.customers), "aria-rowcount");
    // Keys pressed while the rows of those before are still read: each counts, and the focus ends where all lead to.
    for (const key of ["End", "Home", "PageDown", "End", "PageUp", "PageUp", "ArrowUp"]) await driver.press(key);
    const wanted = String(Number(last) - 2 * 12 - 1);
    await waitFor(`the focus on row ${wanted}`, () => driver.session.run(`function (wanted) {
      const row = document.activeElement;
      return row?.getAttribute("role") === "row" && row.getAttribute("aria-rowindex") === wanted && row.getAttribute("aria-busy") === null;
    }`, wanted));
    expect(Number(last) > customers, "the list says how long it is");
  },
};
