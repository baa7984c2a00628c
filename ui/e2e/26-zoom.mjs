// Twice as large in the smallest window: the keys make it so, it is kept over a restart, every page can still be worked
// and nothing has to be scrolled sideways.
import { expect, expectSame, waitFor } from "./lib/wait.mjs";
import { Person } from "./lib/person.mjs";

/** How wide the page is laid out, in its own pixels: half of the window's when everything is twice as large. */
const widthOf = (driver) => driver.session.run("function () { return window.innerWidth }");

export default {
  title: "everything twice as large in the smallest window: kept, workable, nothing beside the window",
  async run({ open }) {
    const driver = await open({ width: 960, height: 600 });
    const person = new Person(driver);
    await person.tryItOut();
    const before = await widthOf(driver);
    for (let press = 0; press < 8; press += 1) await driver.press("Control+=");
    await waitFor("the window to be laid out in half its pixels", async () => Math.abs((await widthOf(driver)) - before / 2) <= 2);
    await driver.restart();
    await driver.find("link", "Home", { timeout: 30_000 });
    await waitFor("the size to be what it was", async () => Math.abs((await widthOf(driver)) - before / 2) <= 2);

    for (const [number, heading] of [[1, "Home"], [2, "Indirect resellers"], [3, "Customers"], [4, "Outbox"], [5, "Catalogue"], [6, "Settings"]]) {
      await driver.press(`Control+${number}`);
      await driver.find("heading", heading);
      await driver.settled();
      const beside = await driver.session.run(`function () {
        const bar = document.querySelector("[data-region='bar']").getBoundingClientRect();
        const out = [...document.querySelectorAll("[data-region='page'] button, [data-region='page'] a, [data-region='bar'] button")]
          .filter((e) => !e.closest("[role='tablist']"))
          .map((e) => ({ name: e.innerText || e.getAttribute("aria-label") || "", right: e.getBoundingClientRect().right }))
          .filter((e) => e.right > window.innerWidth + 1);
        return [...(bar.right > window.innerWidth + 1 ? ["the bar"] : []), ...out.map((e) => e.name)];
      }`);
      expectSame(beside, [], `beside the window on ${heading}`);
      // What stands first and last can be reached: the page scrolls down to its end.
      const reached = await driver.session.run(`function () {
        const page = document.querySelector("[data-region='page']");
        const places = [page, ...page.querySelectorAll("*")].filter((e) => e.scrollHeight > e.clientHeight + 2 && /auto|scroll/.test(getComputedStyle(e).overflowY));
        for (const place of places) place.scrollTop = place.scrollHeight;
        return places.every((place) => place.scrollTop + place.clientHeight >= place.scrollHeight - 2);
      }`);
      expect(reached, `${heading} does not scroll to its end`);
    }
    await driver.press("Control+2");
    await driver.find("heading", "Indirect resellers");
    // By keyboard: the pointer of the test driver counts in pixels that know nothing of the magnification.
    const focus = (element) => driver.session.run("function (e) { e.scrollIntoView({ block: 'center' }); e.focus(); }", element);
    await focus(await driver.find("row", /Atelier/));
    await driver.press("ArrowRight");
    await focus(await driver.find("button", "Add new customer", { within: await driver.find("treegrid", null) }));
    await driver.press("Enter");
    await driver.find("heading", "New customer");
    await driver.fill("Company name", "Tischlerei Brandt GmbH");
    await person.draftSaved();

    await driver.press("Control+0");
    await waitFor("the size as designed", async () => Math.abs((await widthOf(driver)) - before) <= 2);
    expectSame(await driver.valueOf(await driver.find("textbox", "Company name")), "Tischlerei Brandt GmbH", "what was typed");
  },
};
