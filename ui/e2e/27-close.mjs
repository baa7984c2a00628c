// The main window is closed while a password stands in its own: both go, the app ends, and the password is sealed until
// it is revealed again after the next start.
import { expect, waitFor } from "./lib/wait.mjs";
import { Person, brandt } from "./lib/person.mjs";
import { closeWindow, windowsOf } from "./lib/world.mjs";

export default {
  title: "closing the main window closes the password's window too, and the password is there after the next start",
  async run({ open }) {
    const driver = await open();
    const person = new Person(driver);
    const { words: w } = person;
    await person.tryItOut();
    await person.onboard(brandt(), [{ title: "Microsoft 365 Business Basic", licences: 3 }]);
    await person.allArrives();
    const seen = await person.reveal();

    await driver.click("button", w.reveal, { within: await driver.find("region", w.setupInfo) });
    await driver.otherWindow();
    closeWindow(driver.world, driver.firstWindow);
    await waitFor("both windows to close", () => windowsOf(driver.world, driver.pid).length === 0);
    await driver.ended();

    await driver.start();
    await driver.find("link", w.nav.home, { timeout: 30_000 });
    await person.goTo("home");
    await driver.click("link", w.handOver);
    expect((await person.reveal()) === seen, "after the next start another password is revealed");
    await person.acknowledge();
  },
};
