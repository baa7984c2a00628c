// A day of a live workspace with a scripted browser, which is there at once: each submission lives it. The same day in a
// real browser is journey 55.
import { liveDay, patienceFor } from "./lib/live-day.mjs";
import { addBrowser, registered } from "./lib/sandbox.mjs";

/** The figure of the issue is 5,000; each submission takes fewer. */
const customers = Number(process.env.CHANNELBOOK_CUSTOMERS ?? 100);

export default {
  title: "live: first sync with a kill reads nothing twice, onboard through loss, expiry and a second factor, once each",
  limit: 4 * patienceFor(customers),
  run: ({ open }) => liveDay({ open, customers, openBrowser: scripted }),
};

/** It approves by itself whatever page it is started with. */
function scripted(world) {
  addBrowser(world).as(registered.ada);
  return { approve: () => Promise.resolve() };
}
