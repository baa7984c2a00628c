// A live workspace in another language: what Partner Center describes is read anew in the background as soon as the person
// switches, and the page in sight follows by itself.
import { makeWorkspace, signIn } from "./lib/live.mjs";
import { addBrowser, registered, startSandbox } from "./lib/sandbox.mjs";
import { waitFor } from "./lib/wait.mjs";

const mailbox = "Exchange Online (Plan 1)";

export default {
  title: "live: the catalogue follows the language of the screens without a press",
  async run({ open }) {
    const driver = await open();
    const sandbox = await startSandbox(driver.world);
    addBrowser(driver.world).as(registered.ada);
    await signIn(driver, sandbox);
    await makeWorkspace(driver);
    await driver.click("link", "Settings");
    await waitFor("the first sync to end", async () => !/not yet|Reading (resellers|customers|details|catalogues)/.test(await driver.text()), { timeout: 90_000 });
    await driver.settled();
    await driver.click("link", "Catalogue");
    await driver.find("heading", "Catalogue");
    await driver.fill("Search the catalogue", mailbox, { leave: false });
    await driver.sees("50 GB mailbox", { timeout: 30_000 });

    await driver.click("link", "Settings");
    await driver.find("heading", "Settings");
    await driver.settled();
    await driver.click("radio", "Deutsch");
    await driver.find("heading", "Einstellungen", { timeout: 30_000 });
    await driver.settled();
    await driver.click("link", "Katalog");
    await driver.find("heading", "Katalog");
    await driver.fill("Katalog durchsuchen", mailbox, { leave: false });
    await driver.sees("Postfach mit 50 GB", { timeout: 60_000 });
  },
};
