// The domain prefix is taken meanwhile: the fallback is used; without one the operation is mended in the form and goes.
import { expect, waitFor } from "./lib/wait.mjs";
import { Person, brandt, prefixOfBrandt } from "./lib/person.mjs";

const order = [{ title: "Microsoft 365 Business Basic", licences: 3 }];

export default {
  title: "domain prefix taken meanwhile: the fallback is used, or it is mended in the form and goes",
  async run({ open }) {
    const driver = await open();
    const person = new Person(driver);
    const { words: w } = person;
    await person.tryItOut();

    await takenBySomebody(driver, w);
    await person.onboard(brandt({ fallback: "tischlereibrandtkiel" }), order);
    await person.allArrives();
    await driver.sees("admin@tischlereibrandtkiel.onmicrosoft.com");
    expect(!(await driver.text()).includes(`admin@${prefixOfBrandt}.onmicrosoft.com`), "the prefix that was taken is shown");

    await takenBySomebody(driver, w);
    await person.onboard(brandt({ companyName: "Weberei Holm GmbH", city: "Plön", postalCode: "24306", fallback: "" }), order);
    await driver.find("button|link", /needs? attention/i, { timeout: 60_000 });
    await person.goTo("outbox");
    await person.openOperation(/Weberei Holm GmbH/);
    await driver.click("button", "Mend");
    await driver.find("heading", "Mend the customer");
    await waitFor("the focus on the prefix", async () => (await driver.focused()).name.startsWith(w.field.prefix));
    await driver.fill(w.field.prefix, "webereiholmploen");
    await driver.click("button", w.toReview);
    await person.submit();
    await person.allArrives();
    await driver.sees("admin@webereiholmploen.onmicrosoft.com");
  },
};

/** In the practice panel: somebody takes the prefix of the next new customer. */
async function takenBySomebody(driver, w) {
  const name = "Domain taken";
  const isOn = (box) => driver.session.run("function (e) { return e.checked === true || e.getAttribute('aria-checked') === 'true' }", box);
  await driver.click("button", w.practice);
  const box = await driver.find("checkbox|switch", name);
  // The switch turned itself off when the last prefix was taken: the panel reads that when it opens.
  await waitFor("the switch to be off", async () => !(await isOn(box)));
  // While the panel still slides in, a press begins on the switch and ends beside it.
  await driver.settled();
  await driver.session.clickElement(box);
  await waitFor("the switch to turn", () => isOn(box));
  await driver.settled();
  expect(await isOn(box), "the switch does not stay on");
  await driver.press("Escape");
  await driver.gone("checkbox|switch", name);
}
