// The same offline: submitted, the battery dies, and everything arrives once when the network is back.
import { expect, expectSame, waitFor } from "./lib/wait.mjs";
import { Person, brandt, threeProducts } from "./lib/person.mjs";

export default {
  title: "offline: submit, kill -9, restart, go online, everything arrives once, password revealed",
  async run({ open }) {
    const driver = await open();
    const person = new Person(driver);
    const { words: w } = person;
    await person.tryItOut();
    await person.workOffline(true);
    await person.onboard(brandt(), threeProducts);
    await driver.sees(w.savedOffline);

    await driver.kill();
    await driver.start();
    await driver.find("link", w.nav.outbox, { timeout: 20_000 });
    await person.goTo("outbox");
    await driver.sees("Tischlerei Brandt GmbH");

    // Killed again while it is being sent: the answer may be lost, the order may not double.
    await person.workOffline(false);
    await driver.kill();
    await driver.start();
    await driver.find("link", w.nav.home, { timeout: 20_000 });
    await person.goTo("home");
    await driver.click("link", w.handOver, { timeout: 90_000 });
    await person.allArrives({ timeout: 90_000 });
    await person.reveal();
    await person.acknowledge();

    await person.goTo("customers");
    await driver.fill("Search customers", "brandt", { leave: false });
    await waitFor("one customer to be left", async () => (await driver.all("row", /Tischlerei Brandt/)).length === 1);
    await person.openRow(0, /Tischlerei Brandt/);
    for (const product of threeProducts) {
      await driver.find("rowheader", product.title);
      expectSame((await driver.all("rowheader", product.title)).length, 1, `${product.title} in the list`);
    }
    expect((await driver.all("rowheader", null)).length === threeProducts.length, "there are more subscriptions than were ordered");
  },
};
