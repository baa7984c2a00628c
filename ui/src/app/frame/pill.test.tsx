// The connection pill where there is no room for its sentence: magnified in the smallest window.
import { screen } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { headed, openWindow } from "@/test/render";

describe("the connection pill in a magnified window", () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it("shows its figure whole, and has the sentence as its name", async () => {
    const usual = window.matchMedia;
    vi.spyOn(window, "matchMedia").mockImplementation((query) => ({ ...usual(query), matches: false }));
    openWindow("/home", { connection: "offline" });
    await headed("Home");
    const pill = await screen.findByRole("button", { name: /^Offline · \d+ waiting$/u });
    expect(pill.textContent).toMatch(/^\d+$/u);
    expect(pill.title).toBe(pill.getAttribute("aria-label"));
  });
});
