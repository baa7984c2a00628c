// A browser without a window: opens the sign-in page, chooses the account that is named in a file, approves, and follows
// the redirect, as a person's browser does. Started by the system as the default one: `browser.mjs ADDRESS FILE`.
import { readFileSync } from "node:fs";

const [address, file] = process.argv.slice(2);
const page = await fetch(address);
const html = await page.text();
if (!page.ok || !html.includes("Pick an account")) process.exit(1);
const form = new URLSearchParams({ request: new URL(address).search.slice(1), account: readFileSync(file, "utf8").trim(), factor: "approved" });
const chosen = await fetch(new URL(new URL(address).pathname, address), { method: "POST", body: form, redirect: "manual" });
const location = chosen.headers.get("location");
if (location) await (await fetch(location)).text();
