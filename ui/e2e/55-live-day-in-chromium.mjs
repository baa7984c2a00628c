// The day of journey 51 with Chromium as the system's default browser: the first sign-in and the one with a second factor
// are done in it as a person does them. Needs Chromium and its driver, which are large: run by name,
// `cargo xtask e2e chromium`, with `CHANNELBOOK_CUSTOMERS=5000` for the whole figure.
import path from "node:path";
import { Chromium } from "./lib/chromium.mjs";
import { liveDay, patienceFor } from "./lib/live-day.mjs";

const customers = Number(process.env.CHANNELBOOK_CUSTOMERS ?? 300);
/** A folder for pictures of what the browser shows; none are made without. */
const pictures = process.env.CHANNELBOOK_PICTURES;

export default {
  title: "live, with Chromium as the default browser: first sync with a kill, onboard on a bad day, sign in again, once each",
  onDemand: true,
  limit: 4 * patienceFor(customers),
  run: ({ open }) => liveDay({ open, customers, openBrowser: inChromium }),
};

/** A person at Chromium, who takes the account of the book and approves. */
async function inChromium(world) {
  const chromium = await Chromium.open(world);
  let times = 0;
  return {
    async approve() {
      times += 1;
      const picture = async (name) => pictures && chromium.picture(path.join(pictures, `chromium-${times}-${name}.png`));
      await chromium.newTab();
      await chromium.sees("Pick an account");
      await picture("account");
      await chromium.press("Ada Keller");
      await chromium.sees("Approve sign-in request");
      await picture("factor");
      await chromium.press("Approve");
      await chromium.sees("Go back to Channelbook");
      await picture("done");
    },
  };
}
