// A live workspace from the first press: sign-in through the system's browser, recovery code typed back, the first sync
// with a kill in its middle; then the token expires, another account is refused, a second factor is demanded.
import { addBrowser, registered, startSandbox } from "./lib/sandbox.mjs";
import { waitFor } from "./lib/wait.mjs";

export default {
  title: "connect: sign in through the browser, first sync with a kill, expiry, another account, second factor",
  async run({ open }) {
    const driver = await open();
    const sandbox = await startSandbox(driver.world, ["--customers", "300"]);
    const browser = addBrowser(driver.world);
    browser.as(registered.ada);

    await driver.click("button", "Connect to Partner Center");
    await driver.find("heading", "Connect to Partner Center");
    await driver.settled();
    await driver.choose("Cloud", "Custom endpoint");
    await driver.fill("Tenant ID or domain", registered.tenant);
    await driver.fill("Application (client) ID", registered.client);
    await driver.fill("Address of Partner Center", sandbox.api);
    await driver.fill("Address of the sign-in", sandbox.authority);
    await driver.settled();
    await driver.click("button", "Sign in in the browser");
    await driver.sees("Signed in as ada.keller", { timeout: 30_000 });
    await driver.click("button", "Create live workspace");

    await driver.find("heading", "One more step: the recovery code", { timeout: 30_000 });
    await driver.settled();
    await driver.click("button", "Set up a recovery code");
    await driver.click("button", "Show the code");
    const code = await driver.textOf(await driver.find("group", "Recovery code"));
    await driver.click("button", "I have written it down");
    await driver.fill("Recovery code", code);
    await driver.click("button", "Set up");
    await driver.click("button", "Open the workspace");
    await driver.find("link", "Customers", { timeout: 20_000 });

    // The sync is under way: a flat battery.
    await driver.sees(/Reading details and subscriptions|Reading customers/, { timeout: 60_000 });
    await driver.kill();
    await driver.start();
    await driver.find("link", "Settings", { timeout: 30_000 });
    await driver.click("link", "Settings");
    await driver.sees("ada.keller@nordhafen.onmicrosoft.com", { timeout: 20_000 });

    // An expired token goes unnoticed; a demand for a second factor holds everything and says so.
    await sandbox.post("expire");
    await sandbox.post("demand-mfa");
    await driver.sees("Microsoft asks for a second factor", { timeout: 60_000 });
    browser.as(registered.ben);
    await driver.click("button", "Sign in again");
    await driver.sees("This book belongs to ada.keller", { timeout: 30_000 });
    browser.as(registered.ada);
    await driver.click("button", "Sign in again");
    await waitFor("the sign-in to hold again", async () => !/second factor|belongs to/.test(await driver.text()), { timeout: 60_000 });
  },
};
