// An onboarding session that holds: two customers offline, a crash, review, batch check, one thing put right, release,
// everything once, and the report as a PDF file that another program reads.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { Person, brandt } from "./lib/person.mjs";
import { expect, waitFor } from "./lib/wait.mjs";
import { saveAs } from "./lib/save.mjs";

const basic = [{ title: "Microsoft 365 Business Basic", licences: 3 }];
const second = brandt({ companyName: "Gärtnerei Sommerfeld KG", prefix: "gaertnereisommerfeld", email: "info@gaertnerei-sommerfeld.example", signerEmail: "chef@gaertnerei-sommerfeld.example", city: "Kiel" });

export default {
  title: "onboarding session: held, killed, reviewed, checked, put right, released once, reported as PDF",
  async run({ open }) {
    const driver = await open();
    const person = new Person(driver);
    const { words: w } = person;
    await person.tryItOut();
    await person.workOffline(true);
    await driver.click("button", "Start onboarding session");
    await driver.fill("Name", "Partner day Kiel");
    await driver.click("button", "Start session");
    await driver.find("button", "Onboarding session: Partner day Kiel");
    await person.onboard(brandt(), basic);
    await person.onboard(second, basic);

    await driver.kill();
    await driver.start();
    await driver.find("button", "Onboarding session: Partner day Kiel", { timeout: 20_000 });
    await person.workOffline(false);
    await person.goTo("outbox");
    await driver.find("tab", "On hold 10");

    await driver.click("button", "Onboarding session: Partner day Kiel");
    await driver.click("menuitem", "Review session");
    await driver.find("heading", "Partner day Kiel");
    await driver.find("region", "Gärtnerei Sommerfeld KG");
    await driver.click("button", "Check now");
    await driver.sees(/Checked \d\d:\d\d/, { timeout: 60_000 });

    // One thing is changed before it leaves; the form opens at its field.
    await driver.click("button", "Edit order of Tischlerei Brandt GmbH");
    await driver.find("heading", "Mend the order");
    await driver.fill(w.field.licences, "4", { within: await driver.find("region", basic[0].title) });
    await person.toReview();
    await person.submit();
    await driver.click("button", "Onboarding session: Partner day Kiel");
    await driver.click("menuitem", "Review session");
    await driver.click("button", "Release 10 operations");
    await driver.click("button", "Release", { within: await driver.find("alertdialog|dialog", null) });
    await driver.sees(/Released \d/);
    await waitFor("everything to arrive", async () => !(await driver.has("button", /^Release/)));
    await person.goTo("outbox");
    await driver.find("tab", "Confirmed 10", { timeout: 120_000 });

    await driver.click("button", "Onboarding session: Partner day Kiel");
    await driver.click("menuitem", "Report");
    await driver.find("heading", "Report of the session");
    await driver.click("button", "Save as PDF");
    const found = path.join(driver.world.root, "report.pdf");
    await saveAs(driver, found);
    await driver.sees("The report was saved.");
    expect(existsSync(found), "no file was written");
    const text = execFileSync("pdftotext", ["-layout", found, "-"]).toString();
    for (const word of ["Partner day Kiel", "Tischlerei Brandt GmbH", "Gärtnerei Sommerfeld KG", "Confirmed", "not yet handed over"]) {
      expect(text.includes(word), `the report does not say ${word}:\n${text}`);
    }
  },
};
