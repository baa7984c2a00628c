// The journal: entries in plain words, opened, filtered, exported; and a chain that does not hold.
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { expectAccessible, headed, openWindow } from "@/test/render";
import { firstDay } from "./JournalPage";
import { money } from "@/shared/parts/journal/words";
import { createFormat } from "@/shared/i18n/format";

describe("the journal", () => {
  it("says what happened in plain words, and never shows a word of the book's", async () => {
    openWindow("/journal");
    await headed("Journal");
    expect(await screen.findByText("Place order: confirmed")).toBeTruthy();
    expect(screen.getByText("Customer under review at Microsoft")).toBeTruthy();
    expect(screen.getByText("Outbox paused · Value: Off → On")).toBeTruthy();
    expect(document.body.textContent).not.toMatch(/customer_under_review|operation_confirmed|order_id|snake_case|\{"/);
    await expectAccessible();
  });

  it("opens an entry: each value before and after, the answer, the ids and the time in UTC", async () => {
    const { user } = openWindow("/journal");
    await user.click(await screen.findByText("Microsoft 365 Business Premium"));
    const table = await screen.findByRole("table", { name: "What changed" });
    expect(within(table).getByText("Ordered here")).toBeTruthy();
    expect(within(table).getByText("€19.70")).toBeTruthy();
    expect(screen.getByText("Partner Center answered")).toBeTruthy();
    expect(screen.getByText(/UTC$/)).toBeTruthy();
    expect(screen.getByText("Correlation ID")).toBeTruthy();
    await expectAccessible();
  });

  it.each([
    ["en", "Onboarding session ended", "Submits: 2 · Onboarding session: Running → Ended", "Operations: 10 · Onboarding session: On hold → Released", "Held by: Ana Moos · Hold until released: On"],
    ["de", "Onboarding-Sitzung beendet", "Übermittlungen: 2 · Onboarding-Sitzung: Läuft → Beendet", "Vorgänge: 10 · Onboarding-Sitzung: Zurückgestellt → Freigegeben", "Durchgeführt von: Ana Moos · Bis zur Freigabe zurückstellen: Ein"],
  ] as const)("tells what was done to an onboarding session, in %s", async (language, ...told) => {
    openWindow("/journal", { language });
    for (const text of told) expect(await screen.findByText(text)).toBeTruthy();
    expect(screen.getAllByText("Partner day Kiel")).toHaveLength(3);
    expect(document.body.textContent).not.toMatch(/session_(started|who|holds|released|ended)/);
    await expectAccessible();
  });

  it("is filtered by kind and text, says so when nothing matches, and finds back", async () => {
    const { user } = openWindow("/journal", { language: "de" });
    await screen.findByText("Auftrag erteilen: bestätigt");
    await user.type(screen.getByRole("searchbox", { name: "Journal durchsuchen" }), "zzz");
    expect(await screen.findByText("Kein Eintrag passt")).toBeTruthy();
    await expectAccessible();
    const [clear] = screen.getAllByRole("button", { name: "Filter löschen" });
    if (clear) await user.click(clear);
    await waitFor(() => { expect(screen.getByText("Auftrag erteilen: bestätigt")).toBeTruthy(); });
  });

  it("exports what is listed in the words of the page, and says how much it was", async () => {
    const { user, host } = openWindow("/journal?customer=0198f0c4-0000-7000-8000-000000000001");
    await headed("Journal of Nordwind Backstube GmbH");
    const spy = vi.spyOn(host.commands, "exportJournal");
    await user.click(screen.getByRole("button", { name: "Export" }));
    expect(await screen.findByText(/^9 entries are in Channelbook journal .*\.csv, in 14 lines\.$/)).toBeTruthy();
    const [filter, words] = spy.mock.calls[0] ?? [];
    expect(filter?.customerId).toBe("0198f0c4-0000-7000-8000-000000000001");
    const said = new Map(words?.map((word) => [word.key, word.text]));
    expect(said.get("kind.setup_info_revealed")).toBe("Setup info revealed");
    expect(said.get("operation.checkout_cart")).toBe("Place order");
    expect(said.get("value.status.wanted")).toBe("Ordered here");
    expect(said.get("head.correlation_id")).toBe("Correlation ID");
  });

  it("says what broke, since when, what it means and what to do; and leads there from every page", async () => {
    const { user } = openWindow("/home", { broken: true });
    expect(await screen.findByText("The journal is not whole")).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Show" }));
    await headed("Journal");
    expect(await screen.findByText(/Entry 5 does not read as it was written.*Export the journal now/)).toBeTruthy();
    await expectAccessible();
  });

  it("says that the history of the outbox was changed, and leads to the backups", async () => {
    const { user } = openWindow("/home", { brokenHistory: true });
    expect(await screen.findByText("The outbox's history is not whole")).toBeTruthy();
    expect(screen.getByText(/Entry 3 does not read as it was written.*Compare it with the newest backup/)).toBeTruthy();
    await expectAccessible();
    await user.click(screen.getByRole("button", { name: "Show backups" }));
    await headed("Settings");
  });

  it("has a state for an empty book, for a failure, and for the wait", async () => {
    const { unmount } = openWindow("/journal", { empty: true });
    expect(await screen.findByText("Nothing has happened yet")).toBeTruthy();
    await expectAccessible();
    unmount();
    const failed = openWindow("/journal", { failing: ["journal"] });
    expect(await screen.findByRole("button", { name: "Try again" })).toBeTruthy();
    failed.unmount();
    openWindow("/journal", { hanging: ["journal"] });
    expect(await screen.findByLabelText("Loading")).toBeTruthy();
  });

  it("goes back by whole days of the person's own calendar", () => {
    const now = new Date(2026, 10, 3, 0, 30);
    expect([firstDay("all", now), firstDay("today", now), firstDay("week", now), firstDay("month", now)]).toEqual(["", "2026-11-03", "2026-10-28", "2026-10-05"]);
  });

  it("reads amounts in minor units, and leaves what is none as it is", () => {
    const format = createFormat("en");
    expect(money("1970 EUR", format)).toBe("€19.70");
    expect(money("none", format)).toBe("none");
  });
});
