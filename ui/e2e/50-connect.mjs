// A live workspace from the first press: sign-in through the system's browser, recovery code typed back, the first sync
// with a kill in its middle; then the token expires, another account is refused, a second factor is demanded.
import { makeWorkspace, signIn, signInAgain } from "./lib/live.mjs";
import { addBrowser, registered, startSandbox } from "./lib/sandbox.mjs";
import { waitFor } from "./lib/wait.mjs";

export default {
  title: "connect: sign in through the browser, first sync with a kill, expiry, another account, second factor",
  async run({ open }) {
    const driver = await open();
    const sandbox = await startSandbox(driver.world, ["--customers", "300"]);
    const browser = addBrowser(driver.world);
    browser.as(registered.ada);

    await signIn(driver, sandbox);
    await makeWorkspace(driver);

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
    await signInAgain(driver);
    await driver.sees("This book belongs to ada.keller", { timeout: 30_000 });
    browser.as(registered.ada);
    await signInAgain(driver);
    await waitFor("the sign-in to hold again", async () => !/second factor|belongs to/.test(await driver.text()), { timeout: 60_000 });
  },
};
