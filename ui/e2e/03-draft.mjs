// A draft abandoned in the middle of typing: a kill loses at most one second of it.
import { expect, pause, waitFor } from "./lib/wait.mjs";
import { Person } from "./lib/person.mjs";

export default {
  title: "a draft in the middle of typing, kill -9, at most one second of typing lost",
  async run({ open }) {
    const driver = await open();
    const person = new Person(driver);
    const { words: w } = person;
    await person.tryItOut();
    await person.startCustomer();
    await driver.fill(w.field.companyName, "Gärtnerei Sommerfeld KG");
    await driver.choose(w.field.country, w.germany);
    await driver.find("textbox", w.field.city);
    await driver.session.run("function (e) { e.focus() }", await driver.find("textbox", w.field.address));

    // Typed at the pace of a person, without ever leaving the field; what stood there a second before is the bound.
    const street = "An der alten Gärtnerei hinter dem Sommerfeld 118 b";
    const typed = [];
    for (const letter of street) {
      await driver.keys(letter);
      typed.push(Date.now());
      await pause(70);
    }
    const killedAt = Date.now();
    await driver.kill();
    const bound = typed.filter((at) => at <= killedAt - 1000).length;

    await driver.start();
    await driver.find("heading", w.step.customer, { timeout: 20_000 }).catch(async () => {
      await person.goTo("home");
      await driver.click("link", w.finishDraft);
      await driver.find("heading", w.step.customer);
    });
    const found = await driver.valueOf(await driver.find("textbox", w.field.address));
    expect(street.startsWith(found), `the field holds something that was never typed: ${found}`);
    expect(found.length >= bound, `${bound} letters were older than a second, ${found.length} are left`);
    expect((await driver.valueOf(await driver.find("textbox", w.field.companyName))) === "Gärtnerei Sommerfeld KG", "the name is lost");
    await waitFor("the focus to be where it was", async () => (await driver.focused()).name.startsWith(w.field.address));

    // Home and Customers list it.
    await person.goTo("home");
    await driver.find("link", /Finish the draft.*Gärtnerei Sommerfeld KG/);
    await person.goTo("customers");
    await driver.sees("Gärtnerei Sommerfeld KG");
  },
};
