// Onboarding sessions as a person meets them: started and ended from the top bar, reviewed, checked, released, reported.
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { expectAccessible, headed, openWindow } from "@/test/render";

const SESSION = "01930000-0000-7000-8000-000000000001";

describe("a session", () => {
  it("is started from the top bar once it has a name, and shown there", { timeout: 40_000 }, async () => {
    const { user, host } = openWindow("/catalogue");
    const start = vi.spyOn(host.commands, "startSession");
    await user.click(await screen.findByRole("button", { name: "Start onboarding session" }));
    const press = await screen.findByRole("button", { name: "Start session" });
    const name = screen.getByRole("textbox", { name: /^Name/ });
    await waitFor(() => { expect(document.activeElement).toBe(name); });
    await user.click(press);
    await screen.findByText("Give it a name: place, event or reseller");
    await user.type(screen.getByRole("textbox", { name: /^Name/ }), "Partner day Kiel");
    await user.click(press);
    const pill = await screen.findByRole("button", { name: "Onboarding session: Partner day Kiel" });
    await waitFor(() => { expect(document.activeElement).toBe(pill); });
    expect(start).toHaveBeenLastCalledWith("Partner day Kiel", "", true);
  });

  it("is reviewed on one page, checked in one go, and released as it was seen, once", { timeout: 60_000 }, async () => {
    const { user, host } = openWindow(`/session/${SESSION}`, { session: true });
    const release = vi.spyOn(host.commands, "releaseSession");
    const right = vi.spyOn(host.commands, "putRightOperation");
    await headed("Partner day Kiel");
    const lehmann = await screen.findByRole("region", { name: "Praxis Dr. Lehmann" });
    expect(lehmann.textContent).toMatch(/On hold: session "Partner day Kiel"/);
    expect(screen.getByRole("region", { name: "Seehotel Plön" }).textContent).toMatch(/After the release on hold all the same: agreement not accepted/);
    expect(screen.getByRole("complementary", { name: "All orders" }).textContent).toMatch(/€6,219.84/);
    await expectAccessible();
    await user.click(screen.getByRole("button", { name: "Check now" }));
    const problems = await screen.findByRole("region", { name: "To put right" });
    expect(problems.textContent).toMatch(/praxislehmann\.onmicrosoft\.com is taken/);
    expect(problems.textContent).toMatch(/€2,812.32 when approved, €3,093.60 today/);
    await user.click(screen.getByRole("button", { name: "Release 10 operations" }));
    const dialog = await screen.findByRole("alertdialog");
    expect(dialog.textContent).toMatch(/2 points are not put right/);
    await user.click(within(dialog).getByRole("button", { name: "Go back" }));
    expect(release).not.toHaveBeenCalled();
    await user.click(await screen.findByRole("button", { name: "Release 10 operations" }));
    await user.click(within(await screen.findByRole("alertdialog")).getByRole("button", { name: "Release" }));
    await screen.findByText(/^Released/);
    expect(release).toHaveBeenCalledTimes(1);
    expect(release).toHaveBeenCalledWith(SESSION, "seen");
    expect(right).not.toHaveBeenCalled();
  });

  it("opens the form at the field of a problem", { timeout: 40_000 }, async () => {
    const { user, host } = openWindow(`/session/${SESSION}`, { session: true });
    const right = vi.spyOn(host.commands, "putRightOperation");
    await user.click(await screen.findByRole("button", { name: "Check now" }));
    await user.click(await screen.findByRole("button", { name: "Put right: domain, Praxis Dr. Lehmann" }));
    expect(right).toHaveBeenCalledWith(expect.any(String), "customer.domainPrefix");
  });

  it("asks at its end what becomes of what it holds", { timeout: 40_000 }, async () => {
    const { user, host } = openWindow(`/session/${SESSION}`, { session: true });
    const end = vi.spyOn(host.commands, "endSession");
    await headed("Partner day Kiel");
    await user.click(await screen.findByRole("button", { name: "Onboarding session: Partner day Kiel" }));
    await user.click(await screen.findByRole("menuitem", { name: "End session" }));
    const dialog = await screen.findByRole("alertdialog");
    await within(dialog).findByText(/10 operations are on hold/);
    await user.click(within(dialog).getByRole("button", { name: "Go back" }));
    expect(end).not.toHaveBeenCalled();
    await user.click(await screen.findByRole("button", { name: "Onboarding session: Partner day Kiel" }));
    await user.click(await screen.findByRole("menuitem", { name: "End session" }));
    await user.click(await screen.findByRole("button", { name: "Keep held" }));
    expect(end).toHaveBeenCalledTimes(1);
    expect(end).toHaveBeenCalledWith(SESSION, "");
    const start = await screen.findByRole("button", { name: "Start onboarding session" });
    await waitFor(() => { expect(document.activeElement).toBe(start); });
  });

  it("is renamed from the top bar and from its review, and says what a name must be", { timeout: 60_000 }, async () => {
    const { user, host } = openWindow(`/session/${SESSION}`, { session: true });
    const rename = vi.spyOn(host.commands, "renameSession");
    await headed("Partner day Kiel");
    await user.click(await screen.findByRole("button", { name: "Onboarding session: Partner day Kiel" }));
    await user.click(await screen.findByRole("menuitem", { name: "Rename session" }));
    const dialog = await screen.findByRole("dialog");
    const field = within(dialog).getByRole<HTMLInputElement>("textbox", { name: /^Name/ });
    expect(field.value).toBe("Partner day Kiel");
    await waitFor(() => { expect(document.activeElement).toBe(field); });
    await user.clear(field);
    await user.keyboard("{Enter}");
    await within(dialog).findByText("Give it a name: place, event or reseller");
    await user.type(field, "Harbour fair Husum{Enter}");
    await headed("Harbour fair Husum");
    const pill = await screen.findByRole("button", { name: "Onboarding session: Harbour fair Husum" });
    await waitFor(() => { expect(document.activeElement).toBe(pill); });
    expect(rename).toHaveBeenLastCalledWith(SESSION, "Harbour fair Husum");

    const press = screen.getByRole("button", { name: "Rename" });
    await user.click(press);
    const again = await screen.findByRole("dialog");
    await expectAccessible();
    await user.click(within(again).getByRole("button", { name: "Cancel" }));
    await waitFor(() => { expect(screen.queryByRole("dialog")).toBeNull(); });
    await waitFor(() => { expect(document.activeElement).toBe(press); });
    expect(rename).toHaveBeenCalledTimes(2);
  });

  it("has a report in both languages that is printed and saved", { timeout: 40_000 }, async () => {
    const { user, host } = openWindow(`/session/${SESSION}/report`, { session: true });
    const save = vi.spyOn(host.commands, "saveSessionReport");
    await headed("Report of the session");
    const sheet = await screen.findByRole("article", { name: "Report of the session" });
    expect(within(sheet).getByText("On hold: session not released")).toBeTruthy();
    await expectAccessible();
    await user.click(screen.getByRole("combobox", { name: "Language of the report" }));
    await user.click(await screen.findByRole("option", { name: "German" }));
    await within(await screen.findByRole("article", { name: "Report of the session" })).findByText("Zurückgestellt: Sitzung nicht freigegeben");
    await user.click(screen.getByRole("button", { name: "Save as PDF" }));
    expect(save).toHaveBeenCalledWith(SESSION, "de");
    await screen.findAllByText("The report was saved.");
  });

  it("is found again after its end, with where it stands and its report", { timeout: 40_000 }, async () => {
    const { user, host } = openWindow("/outbox", { session: true });
    const [running] = (await host.commands.sessions()).all;
    if (running === undefined) throw new Error("the fake has a session");
    const ended = { ...running, running: false, startedAt: "2026-03-02T08:00:00Z", endedAt: "2026-03-02T15:30:00Z", held: 0, open: 0 };
    const all = [
      running,
      { ...ended, id: "held", name: "Harbour fair Husum", held: 5, onboardings: 1, operations: 5, open: 1 },
      { ...ended, id: "open", name: "Visit at Hansen", endedAt: "2026-03-03T10:00:00Z", open: 1 },
      { ...ended, id: "done", name: "Partner day Plön" },
      { ...ended, id: "none", name: "Rain", who: "", onboardings: 0, operations: 0 },
    ];
    vi.spyOn(host.commands, "sessions").mockResolvedValue({ running, all, who: "" });
    await user.click(await screen.findByRole("button", { name: "Sessions and reports" }));
    await headed("Onboarding sessions");
    const list = await screen.findByRole("list", { name: "Onboarding sessions" });
    await waitFor(() => { expect(within(list).getAllByRole("listitem")).toHaveLength(5); });
    const rows = within(list).getAllByRole("listitem").map((row) => row.textContent);
    expect(rows[0]).toMatch(/^Partner day Kielsince .*Ana Moos · 2 submits, 10 operationsRunning/);
    expect(rows[1]).toMatch(/^Harbour fair Husum2 Mar 2026, \d\d:\d\d to \d\d:\d\d · Ana Moos · 1 submit, 5 operationsOn hold: 5 operations wait for the release/);
    expect(rows[2]).toMatch(/to 3 Mar 2026, .*1 submit still open/);
    expect(rows[3]).toMatch(/All done/);
    expect(rows[4]).toMatch(/^Rain2 Mar 2026, .* · nothing submittedReport$/);
    expect(within(list).getByRole("link", { name: /^Partner day Plön/ }).getAttribute("href")).toBe("#/session/done");
    await expectAccessible();
    await user.click(within(list).getByRole("button", { name: /^Report: Partner day Kiel/ }));
    await headed("Report of the session");
    await user.click(screen.getByRole("link", { name: "Onboarding sessions" }));
    await headed("Onboarding sessions");
  });

  it("that never was leaves a list that says what sessions are for", { timeout: 40_000 }, async () => {
    openWindow("/sessions");
    await headed("Onboarding sessions");
    expect(await screen.findByText("No session yet")).toBeTruthy();
    await expectAccessible();
  });
});
