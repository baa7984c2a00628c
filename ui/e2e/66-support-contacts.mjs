// Support contacts in bulk: forty at once after a look at which are sent and which are notes; what is not as the
// reseller's default is listed.
import { expect, expectSame, waitFor } from "./lib/wait.mjs";
import { Person } from "./lib/person.mjs";

const reseller = "Rheinblick Systemhaus GmbH";

export default {
  title: "40 support contacts at once, and the deviations listed",
  async run({ open }) {
    const driver = await open();
    const person = new Person(driver);
    const { words: w } = person;
    await person.tryItOut();
    await person.goTo("customers");
    await driver.click("button", "More lists");
    await driver.click("menuitem", "Support contacts");
    await driver.find("heading", "Support contacts");
    await driver.choose("Filter by indirect reseller", reseller);
    await driver.settled();
    const boxes = async () => (await driver.all("checkbox", /, /)).length;
    const all = await boxes();
    expect(all >= 40, `the sample has ${all} subscriptions of ${reseller}`);
    await driver.click("checkbox", /^Choose (all )?\d+/);
    for (let one = 0; one < all - 40; one += 1) await driver.session.clickElement((await driver.all("checkbox", /, /))[one]);
    const panel = await driver.find("complementary|region", "Set support contact");
    await waitFor("forty to be chosen", async () => (await driver.textOf(panel)).includes("40 subscriptions chosen"));

    await driver.choose("New support contact", "Säntis Informatik AG", { within: panel });
    await driver.find("region", "What will happen", { within: panel });
    await driver.settled();
    const said = await driver.textOf(panel);
    const [sent, notes] = [/(\d+) (?:is|are) sent to Partner Center/, /(\d+) (?:is your own note|are your own notes)/].map((one) => Number(one.exec(said)?.[1] ?? 0));
    expectSame(sent + notes, 40, "sent and noted together");
    expect(sent > 0 && notes > 0, "both kinds are there");
    expectSame(JSON.stringify(await driver.axe()), "[]", "violations that axe finds");
    await driver.click("button", w.submit, { within: panel });
    await driver.sees("40 support contacts are set.");
    await waitFor("the contacts to arrive", async () => !(await driver.has("link", /Waiting|Sending/)) && (await driver.has("button", w.upToDate)), { timeout: 60_000 });
    await driver.sees(`${all} subscriptions · 40 not as the reseller's default`);

    await driver.choose("Show", "Not as the default");
    await waitFor("the deviations", async () => (await boxes()) === 40);
    await driver.sees("default: The provider (ourselves)");
  },
};
