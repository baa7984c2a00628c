// Łódź is found by typing lodz, among as many customers as a book may have, by keyboard alone: typed into the search of
// the list, opened, left and come back to. In a run by hand there are 100,000: CHANNELBOOK_JOURNEY_CUSTOMERS=100000.
import { expect, expectSame, waitFor } from "./lib/wait.mjs";
import { Keyboard } from "./lib/keyboard.mjs";
import { Person } from "./lib/person.mjs";

/** Fewer in CI, where a book is written on a busy machine. */
const customers = Number(process.env.CHANNELBOOK_JOURNEY_CUSTOMERS ?? 3_000);
/** A large book is written first. */
const written = 60_000 + customers * 8;

/** The caption of the whole list. */
const counted = /^[\d,]+ customers/m;
/** The caption of what was found. */
const shown = /^(?:more than )?([\d,]+) of [\d,]+ shown/m;

export default {
  title: "find Łódź by typing lodz, by keyboard alone, and come back to what was found",
  async run({ open }) {
    const driver = await open({ moreArgs: ["--sample-customers", String(customers)] });
    const person = new Person(driver);
    const hands = new Keyboard(driver);
    const { words: w } = person;
    await driver.find("button", w.tryItOut, { timeout: 20_000 });
    await hands.tabTo("button", w.tryItOut);
    await driver.press("Enter");
    await driver.find("heading", w.nav.home, { timeout: written });
    await driver.press("Control+3");
    await driver.find("heading", w.nav.customers);
    await driver.sees(counted);
    const count = async () => Number((shown.exec(await driver.text())?.[1] ?? "0").replaceAll(",", ""));

    await hands.tabTo("searchbox", w.searchCustomers);
    await driver.keys("lodz");
    // One in five hundred lives there; the first letters alone find many more.
    const found = await waitFor("those of Łódź to be found", async () => {
      const now = await count();
      return now >= customers / 1000 && now <= customers / 250 && now;
    }, { timeout: 30_000 });
    await driver.settled();

    // Each row that is opened is one of Łódź: its page says so.
    await hands.tabTo("row", null);
    await driver.press("ArrowRight");
    await driver.find("button", "Open customer");
    await driver.settled();
    await hands.tabTo("button", "Open customer");
    await driver.press("Enter");
    await driver.find("region", "Profile");
    await driver.settled();
    expect((await driver.textOf(await driver.find("region", "Profile"))).includes("Łódź"), "the page of one that was found does not say Łódź");

    // Back where one was: the search is there, and what it found.
    await driver.press("Control+3");
    await driver.find("heading", w.nav.customers);
    expectSame(await driver.valueOf(await driver.find("searchbox", w.searchCustomers)), "lodz", "the search after coming back");
    await waitFor("as many as before", async () => (await count()) === found);

    // With its letters and in capitals: the same. By the middle of the word: these, and who else has it in a word.
    for (const [text, fits] of [["łódź", (now) => now === found], ["ŁÓDŹ", (now) => now === found], ["ódź", (now) => now >= found]]) {
      await hands.tabTo("searchbox", w.searchCustomers);
      await driver.press("Control+A");
      await driver.press("Delete");
      await driver.sees(counted);
      await driver.keys(text);
      await waitFor(`as many by ${text}`, async () => fits(await count()), { timeout: 30_000 });
    }
  },
};
