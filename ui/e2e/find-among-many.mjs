// Not yet among the journeys that each run takes: it has still to pass on a quiet machine. Run it by naming it 70-find.mjs.
// Finding among many: a practice book with 20,000 invented customers, searched without accents, by parts of words, and
// led to a letter and to the end.
import { expect, expectSame, waitFor } from "./lib/wait.mjs";
import { Person } from "./lib/person.mjs";

/** A bench may ask for more. */
const customers = Number(process.env.CHANNELBOOK_JOURNEY_CUSTOMERS ?? 20_000);

/** The caption of the whole list. */
const counted = /^[\d,]+ customers/m;

export default {
  title: "find Łódź by typing lodz among 20,000 customers, go to a letter and to the end",
  async run({ open }) {
    const driver = await open({ moreArgs: ["--sample-customers", String(customers)] });
    const person = new Person(driver);
    const { words: w } = person;
    await driver.click("button", w.tryItOut, { timeout: 20_000 });
    // A book of this size is written first: on a busy machine that takes a while.
    await driver.find("heading", w.nav.home, { timeout: 180_000 });
    await person.goTo("customers");
    await driver.sees(counted);

    await driver.fill("Search customers", "lodz", { leave: false });
    await waitFor("only what is found to stay", async () => /^\d{1,3} of [\d,]+ shown/m.test(await driver.text()));
    const found = Number(/^(\d{1,3}) of [\d,]+ shown/m.exec(await driver.text())?.[1]);
    expect(found >= customers / 2_000, `about one in a thousand lives in Łódź, found ${found}`);
    await waitFor("the rows", async () => (await driver.all("row", null)).length >= Math.min(found, 10));
    await driver.click("button", "Clear");
    await driver.sees(counted);

    await driver.fill("Search customers", "ckerei schaf", { leave: false });
    await driver.find("row", /Bäckerei.*Schäfer/);
    await driver.click("button", "Clear");
    await driver.sees(counted);

    await driver.click("button", "Go to letter");
    await driver.click("menuitem", "W");
    await driver.find("row", /^\W*W/);
    const first = await driver.find("row", /^\W*W/);
    await driver.session.clickElement(first);
    await driver.find("button", w.addSubscription);
    await driver.press("Escape");
    await driver.press("End");
    await driver.find("row", /^\W*[ŻZ]/);
    await driver.press("Home");
    await driver.find("row", /^\W*A/);
    const last = await driver.attribute(await driver.find("treegrid", w.nav.customers), "aria-rowcount");
    expectSame(Number(last) > customers, true, "the list says how long it is");
    await driver.axe?.();
  },
};
