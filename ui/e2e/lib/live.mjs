// A live workspace on the practice Partner Center as a server: connected as a person does it, and what was asked of the
// server meanwhile.
import { registered } from "./sandbox.mjs";
import { waitFor } from "./wait.mjs";

/** From the start page to a signed-in account, with the browser doing its part meanwhile. */
export async function signIn(driver, sandbox) {
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
}

/** From a signed-in account to Home: the workspace is made, its recovery code typed back. */
export async function makeWorkspace(driver) {
  await driver.sees("Signed in as ada.keller", { timeout: 60_000 });
  await driver.click("button", "Create live workspace");
  await keepCode(driver);
}

/** The recovery code of a new live workspace, typed back, and on to Home. */
export async function keepCode(driver) {
  await driver.find("heading", "One more step: the recovery code", { timeout: 60_000 });
  await driver.settled();
  await driver.click("button", "Set up a recovery code");
  await driver.click("button", "Show the code");
  const code = await driver.textOf(await driver.find("group", "Recovery code"));
  await driver.click("button", "I have written it down");
  await driver.fill("Recovery code", code);
  await driver.click("button", "Set up");
  await driver.click("button", "Open the workspace");
  await driver.find("link", "Customers", { timeout: 60_000 });
}

/** *Sign in again* of the Settings page, which must be open: the connection pill may say the same. */
export async function signInAgain(driver) {
  await driver.click("button", "Sign in again", { within: await driver.find("main", null) });
}

/** How often each call was made, as `GET /v1/customers/…` to a number. */
export async function callsOf(sandbox) {
  return (await fetch(`${sandbox.api}/sandbox/calls`)).json();
}

const profile = /^GET \/v1\/customers\/[0-9a-f-]{36}\/profiles\/billing$/;

/** Customers whose profile was read. */
export async function customersRead(sandbox) {
  return Object.keys(await callsOf(sandbox)).filter((call) => profile.test(call)).length;
}

/** Calls about single customers that were made more than once, and pages of lists. */
export function twice(calls) {
  const asked = Object.entries(calls).filter(([call, times]) => times > 1 && call.startsWith("GET "));
  return {
    details: asked.filter(([call]) => /^GET \/v1\/customers\/[0-9a-f-]{36}\//.test(call)).map(([call]) => call),
    pages: asked.filter(([call]) => /^GET \/v1\/customers\?/.test(call)).map(([call]) => call),
  };
}

/** Somebody else who asks Partner Center: signs in with a device code of their own, apart from the app. */
export async function stranger(sandbox) {
  const form = async (address, pairs) => fetch(address, { method: "POST", body: new URLSearchParams(pairs) });
  const tokens = `${sandbox.authority}/${registered.tenant}/oauth2/v2.0`;
  const client = { client_id: registered.client };
  const begun = await (await form(`${tokens}/devicecode`, { ...client, scope: "https://api.partnercenter.microsoft.com/user_impersonation" })).json();
  await form(`${sandbox.authority}/device`, { user_code: begun.user_code, account: registered.ben, factor: "approved" });
  const token = await waitFor("the stranger's token", async () => {
    const grant = { ...client, grant_type: "urn:ietf:params:oauth:grant-type:device_code", device_code: begun.device_code };
    return (await (await form(`${tokens}/token`, grant)).json()).access_token;
  }, { timeout: 30_000, every: 1000 });
  return async (path) => {
    const answer = await fetch(`${sandbox.api}/v1${path}`, { headers: { authorization: `Bearer ${token}`, accept: "application/json" } });
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return JSON.parse((await answer.text()).replace(/^\uFEFF/, ""));
  };
}
