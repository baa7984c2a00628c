// Whoever presses *Next: Review* twice, slower than the system's double-click, or holds the key down, has reviewed
// nothing: nothing is submitted. Submit is there a moment after the review, and takes the first press then.
import { expectSame, pause, waitFor } from "./lib/wait.mjs";
import { Person, brandt } from "./lib/person.mjs";
import { activateWindow, turnKey } from "./lib/world.mjs";

export default {
  title: "no blind submit: a slow double press of Next, or a key held down, submits nothing",
  async run({ open }) {
    const driver = await open();
    const person = new Person(driver);
    const { words: w } = person;
    await person.tryItOut();
    await person.workOffline(true);
    await person.startCustomer();
    await person.fillCustomer(brandt());
    await person.toSubscriptions();
    await person.order({ title: "Microsoft 365 Business Basic", licences: 3 });
    await driver.settled();

    const next = await driver.find("button", w.toReview);
    // Slower than the display's double-click of 400 ms: each press is a first one.
    const press = [{ type: "pointerDown", button: 0 }, { type: "pointerUp", button: 0 }];
    const move = { type: "pointerMove", duration: 0, origin: next, x: 0, y: 0 };
    const actions = [move, ...press, { type: "pause", duration: 420 }, ...press];
    await driver.session.post("actions", { actions: [{ type: "pointer", id: "mouse", parameters: { pointerType: "mouse" }, actions }] });
    await stillOnReview(person);

    // Back, and by keyboard: the key is pressed on Next and stays down.
    await driver.click("button", w.back);
    await driver.find("heading", w.step.subscriptions);
    await driver.settled();
    const again = await driver.find("button", w.toReview);
    activateWindow(driver.world, driver.firstWindow);
    await waitFor("the button to have the focus", () => driver.session.run("function (e) { e.focus(); return document.activeElement === e && document.hasFocus() }", again));
    turnKey(driver.world, "Return", true);
    try {
      await driver.find("heading", w.step.review);
      await driver.find("button", w.submit);
      // Held on for a while where Submit can be pressed.
      await pause(800);
    } finally {
      turnKey(driver.world, "Return", false);
    }
    await stillOnReview(person);

    await person.submit();
    await driver.sees(w.savedOffline);
  },
};

async function stillOnReview(person) {
  const { driver, words: w } = person;
  await driver.find("heading", w.step.review);
  // Once Submit is there, what was pressed before it has been answered.
  await driver.find("button", w.submit);
  await driver.settled();
  expectSame(await driver.has("heading", w.step.confirmation), false, "a confirmation");
  await waitFor("the draft to be kept", () => driver.session.run(`function () { return document.querySelector("[data-page-title]")?.textContent === "${w.step.review}" }`));
}
