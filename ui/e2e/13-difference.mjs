// Book and Partner Center are both changed: the difference is shown with three values per field, and decided each of the
// three ways. Nothing is overwritten in silence.
import { expectSame, waitFor } from "./lib/wait.mjs";
import { Person } from "./lib/person.mjs";
import { pressInPanel } from "./lib/practice.mjs";

const customer = /Bäckerei Morgenröte/;

export default {
  title: "difference between book and Partner Center: take mine, take theirs, edit",
  async run({ open }) {
    const driver = await open();
    const person = new Person(driver);
    await person.tryItOut();

    await differ(person, "Mein");
    await driver.click("button", "Take all mine");
    await decided(person);
    await stands(person, "Mein");

    await differ(person, "Anders");
    await driver.click("button", "Take all of Partner Center");
    await decided(person);
    await stands(person, /^(Neumann|Albers)$/);

    await differ(person, "Drittes");
    // What both sides changed is not decided for the person.
    await driver.click("button", "Save decision");
    await driver.sees("Decide on: Last name");
    await driver.fill("Other value for Last name", "Entschieden");
    await decided(person);
    await stands(person, "Entschieden");

    await person.goTo("outbox");
    await driver.click("tab", /^Confirmed/);
    await driver.click("button", /Change customer.*Confirmed$/);
    await driver.sees("Difference decided:");
    await driver.sees("values were chosen field by field.");
  },
};

/** The form with what Partner Center says. */
async function edit(person) {
  const { driver } = person;
  await person.goTo("customers");
  await driver.fill("Search customers", "morgenroete", { leave: false });
  await person.openRow(0, customer);
  await driver.click("button", "Edit customer");
  await driver.find("heading", "Edit customer");
  await driver.find("textbox", "Last name", { timeout: 20_000 });
}

/** A change that waits here meets one in Partner Center. */
async function differ(person, name) {
  const { driver } = person;
  await edit(person);
  await person.workOffline(true);
  await driver.fill("Last name", name);
  await driver.click("button", "Submit");
  await driver.find("heading", "Outbox");
  await pressInPanel(person, "Somebody changes a customer", /Changed in Partner Center: Bäckerei Morgenröte/);
  await person.workOffline(false);
  await driver.find("button|link", /needs? attention/i, { timeout: 60_000 });
  await driver.click("button", "Compare and decide", { timeout: 20_000 });
  await driver.find("heading", /^What is right for Bäckerei Morgenröte/);
  await driver.find("columnheader", /^Last known/);
  await driver.find("columnheader", /^Mine/);
  await driver.find("columnheader", /^Partner Center/);
}

async function decided(person) {
  const { driver } = person;
  if (await driver.has("button", "Save decision")) await driver.click("button", "Save decision");
  await driver.gone("heading", /^What is right for/);
  await waitFor("the outbox to rest", async () => !(await driver.has("button", /(Waiting|Sending|Needs attention)$/)), { timeout: 60_000 });
}

async function stands(person, wanted) {
  const { driver } = person;
  await edit(person);
  const field = await driver.find("textbox", "Last name");
  const value = await driver.valueOf(field);
  if (wanted instanceof RegExp) expectSame(wanted.test(value), true, `last name ${value}`);
  else expectSame(value, wanted, "last name");
  await driver.click("button", "Cancel");
}
