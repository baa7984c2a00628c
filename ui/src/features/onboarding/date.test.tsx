// The acceptance date in the wizard: typed in several forms, chosen in the calendar in the person's language, never in
// the future, and kept as typed when it is no date.
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { describe, expect, it } from "vitest";
import type { SaveDraftRequest } from "@/shared/ipc";
import { fakeHost, showPage } from "./testkit";

async function open(language: "en" | "de") {
  const saves: SaveDraftRequest[] = [];
  const host = fakeHost((commands) => ({
    saveDraft: (request) => {
      saves.push(request);
      return commands.saveDraft(request);
    },
  }));
  const resellers = await host.commands.listResellers({ search: "", partnership: ["active"], sort: "name", descending: false });
  const draft = await host.commands.startCustomerDraft(resellers.rows.find((row) => row.takesCustomers)?.id ?? "");
  showPage(`/draft/${draft.id}`, { host, language });
  const user = userEvent.setup();
  const field = await screen.findByRole<HTMLInputElement>("combobox", { name: language === "de" ? "Datum der Vertragsannahme" : "Agreement acceptance date" });
  const saved = async (date: string) => {
    await waitFor(() => {
      expect(saves.some((one) => one.content.customer.agreementDate === date)).toBe(true);
    });
  };
  return { user, field, saved };
}

describe("the acceptance date", () => {
  it.each([
    ["en", "2026-11-02", "2 Nov 2026"],
    ["en", "02.11.2026", "2 Nov 2026"],
    ["de", "2026-11-02", "02.11.2026"],
    ["de", "2.11.2026", "02.11.2026"],
  ] as const)("in %s understands %s", async (language, typed, shown) => {
    const { user, field, saved } = await open(language);
    await user.click(field);
    await user.keyboard(typed);
    expect(field.value, "what is typed stays while it is typed").toBe(typed);
    expect(screen.queryByRole("dialog"), "a click into the field is for typing").toBeNull();
    await user.tab();
    await saved("2026-11-02");
    expect(field.value).toBe(shown);
  });

  it("keeps a text that is no date as it was typed, and an empty field empty", async () => {
    const { user, field, saved } = await open("en");
    await user.click(field);
    await user.keyboard("next week");
    await user.tab();
    await saved("next week");
    expect(field.value).toBe("next week");
    await user.clear(field);
    await user.tab();
    await saved("");
    expect(field.value).toBe("");
  });

  it("is chosen in a German calendar that begins on Monday and offers no day to come", async () => {
    const { user, field, saved } = await open("de");
    await user.click(field);
    await user.keyboard("2.11.2026");
    await user.tab();
    await user.click(screen.getByRole("button", { name: "Kalender öffnen" }));
    const calendar = await screen.findByRole("dialog", { name: "Kalender" });
    expect(within(calendar).getAllByRole("columnheader").map((head) => head.textContent).slice(0, 2)).toEqual(["Mo", "Di"]);
    expect(within(calendar).getAllByText("November 2026").length).toBeGreaterThan(0);
    const result = await axe.run(document.body, { rules: { "color-contrast": { enabled: false }, region: { enabled: false } } });
    expect(result.violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html).join(" | ").slice(0, 400)}`)).toEqual([]);
    await user.click(within(calendar).getByLabelText("1, November, 2026"));
    await saved("2026-11-01");
    expect(field.value).toBe("01.11.2026");
    await user.clear(field);
    await user.keyboard("31.12.2099");
    await user.click(screen.getByRole("button", { name: "Kalender öffnen" }));
    const future = await screen.findByRole("dialog", { name: "Kalender" });
    const days = within(future).getAllByLabelText(/^\d+, .*, (2099|2100)$/u).filter((day) => day.closest("[aria-hidden='true']") === null);
    expect(days.length).toBeGreaterThan(20);
    expect(days.filter((day) => !(day as HTMLButtonElement).disabled).map((day) => day.getAttribute("aria-label"))).toEqual([]);
  });

  it("leaves Ctrl+Enter to the page", async () => {
    const { user, field } = await open("en");
    const heard: string[] = [];
    const listener = (event: KeyboardEvent) => {
      if (event.ctrlKey) heard.push(event.key);
    };
    window.addEventListener("keydown", listener);
    await user.click(field);
    await user.keyboard("{Control>}{Enter}{/Control}");
    window.removeEventListener("keydown", listener);
    expect(heard.filter((key) => key === "Enter")).toEqual(["Enter"]);
    expect(screen.queryByRole("dialog")).toBeNull();
  });
});
