// Sign-in in a real browser: Chromium is the system's default browser, and a person chooses the account and approves in
// it. Declined first, then done; then with a code that is typed on the authority's page. Needs Chromium and its driver,
// which are large: run by name, `cargo xtask e2e chromium`.
import path from "node:path";
import { Chromium } from "./lib/chromium.mjs";
import { makeWorkspace, signIn } from "./lib/live.mjs";
import { startSandbox } from "./lib/sandbox.mjs";
import { expect, waitFor } from "./lib/wait.mjs";

/** A folder for pictures of what the browser shows; none are made without. */
const pictures = process.env.CHANNELBOOK_PICTURES;

export default {
  title: "sign in in Chromium: declined, approved, and with a code of a device",
  onDemand: true,
  async run({ open }) {
    const driver = await open();
    const sandbox = await startSandbox(driver.world, ["--customers", "5"]);
    const chromium = await Chromium.open(driver.world, { dark: process.env.CHANNELBOOK_DARK !== undefined });
    const picture = async (name) => pictures && chromium.picture(path.join(pictures, `${name}.png`));

    await signIn(driver, sandbox);
    await chromium.newTab();
    await chromium.sees("Pick an account");
    await picture("accounts");
    await chromium.press("Cancel");
    await chromium.sees("Sign-in was not completed");
    await picture("declined");
    await driver.sees("You cancelled in the browser", { timeout: 30_000 });

    await driver.click("button", "Sign in in the browser");
    await chromium.newTab();
    await chromium.press("Ada Keller");
    await chromium.sees("Approve sign-in request");
    await picture("second-factor");
    await chromium.press("Approve");
    await chromium.sees("Go back to Channelbook");
    await picture("done");
    // Loaded again, as a person does by accident: nobody listens any more, and nothing comes of it.
    await chromium.session.post("refresh").catch(() => undefined);
    await makeWorkspace(driver);

    await driver.click("link", "Settings");
    await driver.find("heading", "Settings");
    await driver.settled();
    await driver.click("button", "Use a code on another device", { within: await driver.find("main", null) });
    await driver.sees("Type this code", { timeout: 30_000 });
    await driver.settled();
    const code = (await driver.text()).match(/\b[B-DF-HJ-NP-TV-XZ]{9}\b/)?.[0];
    expect(code, "no code is shown");
    await driver.click("button", "Open the page here");
    await chromium.newTab();
    await chromium.sees("Enter code");
    await picture("device");
    const field = await chromium.session.run("function () { return document.querySelector('input[name=user_code]') }");
    await chromium.session.typeInto(field, code);
    await waitFor("the code to stand in its field", () => chromium.session.run("function (code) { return document.querySelector('input[name=user_code]').value === code }", code));
    await chromium.press("Next");
    await chromium.press("Ada Keller");
    await chromium.press("Approve");
    await chromium.sees("You have signed in");
    await picture("device-done");
    await driver.gone("button", "Open the page here", { timeout: 60_000 });
    await driver.settled();
    expect(!/was refused|cancelled/.test(await driver.text()), "the second sign-in was not taken");
  },
};
