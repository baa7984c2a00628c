// Connecting on a computer without a keychain: said first, then a passphrase takes its place.
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { expectAccessible, headed, openWindow } from "@/test/render";

const GOOD = "vier alte Lampen";

describe.each([
  { language: "en" as const, connect: "Connect to Partner Center", make: "Create live workspace", offer: /^This computer has no keychain that answers/, choose: "Choose a passphrase", first: /^Passphrase\s*\*?$/, again: /^Passphrase, again/, act: "Create live workspace with a passphrase", short: "At least 12 characters, blanks not counted." },
  { language: "de" as const, connect: "Mit Partner Center verbinden", make: "Live-Arbeitsbereich anlegen", offer: /^Auf diesem Computer antwortet kein Schlüsselbund/, choose: "Passphrase wählen", first: /^Passphrase\s*\*?$/, again: /^Passphrase, noch einmal/, act: "Live-Arbeitsbereich mit Passphrase anlegen", short: "Mindestens 12 Zeichen, Leerzeichen nicht gezählt." },
])("without a keychain ($language)", ({ language, connect, make, offer, choose, first, again, act, short }) => {
  it("says so, asks for a passphrase, and opens the workspace", async () => {
    const { user } = openWindow("/", { language, start: "first_start", step: "done", workspace: "live", failing: ["makeLiveWorkspace"], failure: "keychain_unavailable" });
    await user.click(await screen.findByRole("button", { name: connect }));
    await headed(connect);
    await user.click(await screen.findByRole("button", { name: make }));
    const notice = (await screen.findByText(offer)).closest("[role='alert']");
    expect(notice, "it is said aloud").not.toBeNull();
    await expectAccessible();
    await user.click(within(notice as HTMLElement).getByRole("button", { name: choose }));
    const drawer = await screen.findByRole("dialog", { name: choose, hidden: true });
    const fields = [within(drawer).getByLabelText(first), within(drawer).getByLabelText(again)] as const;
    await user.type(fields[0], "kurz");
    await user.type(fields[1], "kurz");
    await user.click(within(drawer).getByRole("button", { name: act, hidden: true }));
    expect(await within(drawer).findByText(short)).toBeTruthy();
    await expectAccessible();
    for (const field of fields) {
      await user.clear(field);
      await user.type(field, GOOD);
    }
    await user.click(within(drawer).getByRole("button", { name: act, hidden: true }));
    await waitFor(() => { expect(screen.queryByRole("heading", { name: connect, hidden: true })).toBeNull(); }, { timeout: 5000 });
  });
});
