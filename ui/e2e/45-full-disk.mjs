// The disk is full: every press that could not be kept is told, what was typed stays and is saved later, the outbox says
// why nothing is sent, and goes on by itself once there is room.
import { expect, expectSame, waitFor } from "./lib/wait.mjs";
import { withDisk } from "./lib/disk.mjs";
import { Person, brandt } from "./lib/person.mjs";
import { play } from "./lib/practice.mjs";

const pressed = "The disk is full: nothing was saved. Free some space, then try again.";
const sending = "The disk is full: nothing can be saved, so nothing is sent. Free some space; it then goes on by itself.";

export default {
  title: "a full disk: no press is lost in silence, a draft waits, the outbox says why and goes on by itself",
  async run({ open }) {
    const driver = await open();
    const disk = await withDisk(driver);
    const person = new Person(driver);
    const { words: w } = person;
    await person.tryItOut();

    // What was typed on a full disk stays in the form, which says so, and is on disk as soon as there is room.
    await person.startCustomer();
    await driver.fill(w.field.companyName, "Bootswerft Claasen GmbH");
    await person.draftSaved();
    disk.fill();
    await driver.fill(w.field.city, "Eckernförde");
    await driver.find("alert", null);
    await driver.sees("Not saved: the disk is full. Free some space; what you typed stays here.");
    disk.free();
    await driver.fill(w.field.postalCode, "24340");
    await person.draftSaved();
    await driver.kill();
    await driver.start();
    await driver.find("heading", w.step.customer, { timeout: 20_000 });
    await waitFor("the draft to be there", async () => (await driver.valueOf(await driver.find("textbox", w.field.city))) === "Eckernförde");
    expectSame(await driver.valueOf(await driver.find("textbox", w.field.postalCode)), "24340", "postal code");

    // An order waits for a review: whatever is heard of that has to be written down.
    await play(person, "New customers under review");
    await person.onboard(brandt(), [{ title: "Microsoft 365 Business Basic", licences: 3 }]);
    await driver.sees(w.done.customer, { timeout: 60_000 });
    await person.goTo("outbox");
    await driver.find("tab", "On hold 1", { timeout: 60_000 });
    await driver.settled();

    // A press that can't be kept is told.
    disk.fill();
    await driver.click("button", "Pause");
    await driver.sees(pressed);
    expect(await driver.has("button", "Pause"), "it says paused and is not");

    // And so is what the outbox meets by itself.
    await driver.click("button", "Send now");
    await driver.sees(sending, { timeout: 60_000 });
    await driver.find("button", "Nothing can be saved");
    await driver.settled();
    expectSame(await driver.axe(), [], "violations that axe finds");

    disk.free();
    await waitFor("it to go on by itself", async () => !(await driver.text()).includes(sending), { timeout: 60_000 });
    await driver.gone("button", "Nothing can be saved");
    await play(person, "New customers under review", false);
    await driver.find("tab", "Confirmed 5", { timeout: 120_000 });
  },
};
