// Sessions are found again after their end and a restart, and what is chosen in Settings right after opening them stays,
// although the page itself is being kept at that moment.
import { readFileSync } from "node:fs";
import path from "node:path";
import { expectSame, waitFor } from "./lib/wait.mjs";
import { Person } from "./lib/person.mjs";

export default {
  title: "ended sessions and their reports found again; a theme chosen at once stays",
  async run({ open }) {
    const driver = await open();
    const person = new Person(driver);
    const { words: w } = person;
    await person.tryItOut();
    const kept = () => JSON.parse(readFileSync(path.join(driver.world.dataDir, "settings.json"), "utf8"));
    for (const [theme, other] of [["Dark", "customers"], ["Light", "catalogue"], ["Dark", "resellers"]]) {
      await person.goTo(other);
      // The page was kept before the next one is opened: what is kept then is the next one's.
      await waitFor("the page to be kept", () => kept().lastRoute.startsWith(`/${other}`));
      await person.goTo("settings");
      await driver.click("radio", theme);
      await waitFor("the page to be kept", () => kept().lastRoute === "/settings");
      await waitFor("the theme to be kept", () => kept().theme === theme.toLowerCase());
    }

    // Away from Settings, which has a field of the same name.
    await person.goTo("home");
    for (const name of ["Partner day Kiel", "Harbour fair Husum"]) {
      await driver.click("button", "Start onboarding session");
      await driver.fill("Name", name);
      await driver.click("button", "Start session");
      await driver.click("button", `Onboarding session: ${name}`);
      await driver.click("menuitem", "End session");
      await driver.click("button", "End session", { within: await driver.find("alertdialog|dialog", null) });
      await driver.find("button", "Start onboarding session");
      await driver.gone("alertdialog|dialog", null);
    }
    await driver.kill();
    await driver.start();
    await driver.find("link", w.nav.outbox, { timeout: 20_000 });
    await person.goTo("outbox");
    await driver.click("button", "Sessions and reports");
    await driver.find("heading", "Onboarding sessions");
    await driver.find("list", "Onboarding sessions");
    await driver.settled();
    expectSame(await driver.axe(), [], "violations that axe finds in the list of sessions");
    await driver.click("link", /^Partner day Kiel.*nothing submitted/s);
    await driver.find("heading", "Partner day Kiel");
    await driver.click("link", "Onboarding sessions");
    await driver.find("heading", "Onboarding sessions");
    await driver.click("button", /^Report: Harbour fair Husum/);
    await driver.find("heading", w.sessionReport);
    await driver.sees("Harbour fair Husum");
  },
};
