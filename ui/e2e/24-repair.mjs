// A reseller that is not fit is seen before work is put into an order; what hangs on it is moved in bulk, offline, and
// sent once when the network is back.
import { expect, expectSame, waitFor } from "./lib/wait.mjs";
import { Person } from "./lib/person.mjs";

const unfit = /Cascade Harbor/;
const good = /Rheinblick/;

export default {
  title: "an unfit reseller seen before ordering, and repaired in bulk offline, sent once",
  async run({ open }) {
    const driver = await open();
    const person = new Person(driver);
    const { words: w } = person;
    await person.tryItOut();
    await driver.sees("Reseller is not fit to order", { timeout: 20_000 });

    // Before a single field is filled.
    await person.goTo("resellers");
    await driver.find("row", /Cascade Harbor.*Not fit to order.*Suspended by Microsoft/);
    await person.openRow(0, unfit);
    await driver.click("button", w.addCustomer, { within: await driver.find("treegrid", null) });
    await driver.find("heading", w.step.customer);
    await driver.find("note", null);
    await driver.sees(/Cascade Harbor IT LLC is not fit to order: Suspended by Microsoft/);
    await driver.sees(/The reseller can mend it/);
    await driver.click("button", w.cancel);
    await waitFor("the wizard to be left", async () => {
      const [discard] = await driver.all("button", /Discard/);
      if (discard) await driver.session.clickElement(discard);
      return !(await driver.has("heading", w.step.customer));
    });

    await person.workOffline(true);
    await person.goTo("resellers");
    await driver.click("button", /hang on resellers that are not fit/);
    await driver.find("heading", "Reseller of record");
    const group = await driver.find("region", unfit);
    await driver.click("checkbox", /that can be changed/, { within: group });
    const chosen = (await driver.all("checkbox", /Microsoft|Visio|Power|Exchange|Dynamics|Office/, { within: group })).length;
    expect(chosen > 1, `the sample has several subscriptions to move, not ${chosen}`);
    await driver.choose("New reseller", good);
    await driver.sees("What will happen");
    await driver.sees(/auto-renew stay as they are/);
    await driver.click("button", "Submit");
    await driver.sees(`${chosen} changes are in the outbox.`);
    await waitFor("each to stand as waiting", async () => (await driver.all("link", /Change: Waiting/)).length === chosen);

    // Dead in the middle, and back: each goes once.
    await driver.kill();
    await driver.start();
    await driver.find("link", w.nav.outbox, { timeout: 20_000 });
    await person.workOffline(false);
    await person.goTo("outbox");
    await driver.click("tab|radio|button", /^Confirmed/);
    await waitFor("all to be confirmed", async () => (await driver.all("button|link|row", /Set reseller of record/)).length >= chosen || (await driver.text()).split("Set reseller of record").length - 1 >= chosen, { timeout: 60_000 });
    await person.goTo("resellers");
    await driver.fill("Search resellers", "cascade", { leave: false });
    await person.openRow(0, unfit);
    await driver.click("button", "Open reseller");
    await driver.find("heading", unfit);
    await driver.gone("button", /with it on record/);
    await driver.click("tab", "Journal");
    await driver.sees(`${chosen} given to Rheinblick Systemhaus GmbH`);
    expectSame((await driver.text()).split("given to Rheinblick").length - 1, 1, "entries of the journal");
  },
};
