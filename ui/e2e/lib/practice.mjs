// The panel that plays the day in a practice workspace.
import { expect, waitFor } from "./wait.mjs";

const isOn = (driver, box) => driver.session.run("function (e) { return e.checked === true || e.getAttribute('aria-checked') === 'true' }", box);

/** Opens the panel, does something in it and closes it. */
async function inPanel(person, work) {
  const { driver, words: w } = person;
  await driver.click("button", w.practice);
  // While the panel still slides in, a press begins on a switch and ends beside it.
  await driver.find("checkbox|switch", null);
  await driver.settled();
  await work();
  await driver.settled();
  await driver.press("Escape");
  await driver.gone("dialog", null);
}

/** Turns a switch of the day. */
export async function play(person, name, on = true) {
  const { driver } = person;
  await inPanel(person, async () => {
    const box = await driver.find("checkbox|switch", name);
    // A switch may have turned itself off: the panel reads that when it opens.
    await waitFor("the switch to stand the other way", async () => (await isOn(driver, box)) !== on);
    await driver.session.clickElement(box);
    await waitFor("the switch to turn", async () => (await isOn(driver, box)) === on);
    await driver.settled();
    expect((await isOn(driver, box)) === on, `the switch ${name} does not stay`);
  });
}

/** Presses a button of the panel and waits for what it says. */
export async function pressInPanel(person, button, says) {
  const { driver } = person;
  await inPanel(person, async () => {
    await driver.click("button", button);
    await driver.sees(says);
  });
}

/**
 * Onboards a customer whose order gets no answer while somebody else orders the same, up to *Is it ours?*. The outbox is
 * open then.
 */
export async function untilIsItOurs(person, customer, product) {
  const { driver } = person;
  await play(person, "Ordered elsewhere");
  await person.onboard(customer, [product]);
  await person.goTo("outbox");
  // The tries and the twenty minutes of looks go by with the practice clock; each move also tries at once.
  await waitFor("the look-ups to end", async () => {
    if (await driver.has("tab", "Needs attention 1")) return true;
    await pressInPanel(person, "One hour on", /hours? ahead/);
    return waitFor("the next step", () => driver.has("tab", "Needs attention 1"), { timeout: 2000 }).catch(() => false);
  }, { timeout: 60_000 });
}
