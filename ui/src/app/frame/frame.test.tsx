// What works on every page: keys, search, connection pill, practice switches, the last route.
import { fireEvent, screen, waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { expectAccessible, headed, openWindow } from "@/test/render";
import { commandMatches, hitAddress } from "./searching";
import { isRoute, railOf } from "../routes";

describe("keys", () => {
  it("goes along the rail with Ctrl and a number", async () => {
    openWindow("/home");
    await headed("Home");
    fireEvent.keyDown(window, { key: "4", ctrlKey: true });
    await headed("Outbox");
    fireEvent.keyDown(window, { key: "6", metaKey: true });
    await headed("Settings");
  });

  it("cycles bar, rail and page with F6", async () => {
    openWindow("/home");
    await headed("Home");
    const region = () => document.activeElement?.closest("[data-region]")?.getAttribute("data-region");
    fireEvent.keyDown(window, { key: "F6" });
    expect(region()).toBe("bar");
    fireEvent.keyDown(window, { key: "F6" });
    expect(region()).toBe("rail");
    fireEvent.keyDown(window, { key: "F6" });
    expect(region()).toBe("page");
    fireEvent.keyDown(window, { key: "F6", shiftKey: true });
    expect(region()).toBe("rail");
  });

  it("moves in a list and opens a row by keyboard alone", async () => {
    const { user } = openWindow("/resellers");
    await headed("Indirect resellers");
    await screen.findByText("Adria Cloud d.o.o.");
    document.querySelector<HTMLElement>('[role="row"][tabindex="0"]')?.focus();
    await user.keyboard("{ArrowDown}");
    await waitFor(() => {
      expect(document.activeElement?.textContent).toContain("Atelier Informatique Lyon");
    });
    await user.keyboard("{ArrowRight}");
    expect(await screen.findByText("claire.moreau@atelier-lyon.example")).toBeTruthy();
    expect(document.activeElement?.getAttribute("aria-expanded")).toBe("true");
    await user.keyboard("{ArrowLeft}");
    await waitFor(() => {
      expect(screen.queryByText("claire.moreau@atelier-lyon.example")).toBeNull();
    });
  });
});

describe("search", () => {
  it("finds a customer and opens it", async () => {
    const { user } = openWindow("/home");
    await headed("Home");
    fireEvent.keyDown(window, { key: "k", ctrlKey: true });
    const field = screen.getByRole("combobox", { name: "Search everything, or type a command" });
    expect(document.activeElement).toBe(field);
    await user.type(field, "augenz");
    const hit = await screen.findByRole("option", { name: /Augenzentrum Förde.*onmicrosoft/ });
    // An operation is called as in the outbox, not by its code word.
    expect(screen.getByRole("option", { name: /Augenzentrum Förde.*Place order/ })).toBeTruthy();
    await expectAccessible();
    await user.click(hit);
    await headed("Customers");
    expect(window.location.hash).toContain("open=");
  });

  it("matches commands by the beginnings of words, whatever the accents", () => {
    expect(commandMatches("Neuen Kunden hinzufügen", "kund hinzufu")).toBe(true);
    expect(commandMatches("Work offline", "line")).toBe(false);
  });

  it("opens a subscription on its own page", () => {
    expect(hitAddress({ kind: "subscription", id: "s", title: "", detail: "", customerId: "c" })).toBe("/subscriptions/s");
  });
});

describe("connection", () => {
  it("says of a disk that takes nothing why nothing is saved and sent, and what to do", async () => {
    const { user } = openWindow("/customers", { connection: "cannot_save", failing: ["setPaused"], failure: "disk_full" });
    await headed("Customers");
    await screen.findByText("The disk is full: nothing can be saved, so nothing is sent. Free some space; it then goes on by itself.");
    expect(screen.getByRole("button", { name: "Nothing can be saved" })).toBeTruthy();
    await expectAccessible();
    // A press that could not be kept is told too.
    await user.click(screen.getByRole("button", { name: "Connection menu" }));
    await user.click(await screen.findByRole("menuitemcheckbox", { name: /Pause/ }));
    await screen.findByText("The disk is full: nothing was saved. Free some space, then try again.");
  });

  it("works offline by the switch in the pill's menu, and says it neutrally", async () => {
    const { user } = openWindow("/home");
    await headed("Home");
    await user.click(await screen.findByRole("button", { name: "Connection menu" }));
    await user.click(await screen.findByRole("menuitemcheckbox", { name: "Work offline" }));
    expect((await screen.findAllByText(/Working offline/)).length).toBeTruthy();
    await expectAccessible();
    await user.keyboard("{Escape}");
  });
});

describe("practice", () => {
  it("opens its switches from the top bar", async () => {
    const { user, host } = openWindow("/home");
    await headed("Home");
    await user.click(screen.getByRole("button", { name: "Practice: nothing leaves this laptop" }));
    await user.click(await screen.findByRole("switch", { name: "Network off", hidden: true }));
    await waitFor(async () => {
      expect((await host.commands.practice()).networkOff).toBe(true);
    });
    await expectAccessible();
    await user.keyboard("{Escape}");
  });

  it("is not there in a live workspace", async () => {
    openWindow("/home", { workspace: "live" });
    await headed("Home");
    expect(screen.getByText("Live")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Practice: nothing leaves this laptop" })).toBeNull();
  });
});

describe("routes", () => {
  it("keeps the last route", async () => {
    const { host } = openWindow("/home");
    const save = vi.spyOn(host.commands, "saveSettings");
    await headed("Home");
    fireEvent.keyDown(window, { key: "3", ctrlKey: true });
    await headed("Customers");
    await waitFor(() => {
      expect(save).toHaveBeenCalledWith(expect.objectContaining({ lastRoute: "/customers" }));
    });
  });

  it("takes back no theme that is chosen while the page is being kept", async () => {
    const { host, user } = openWindow("/home");
    await headed("Home");
    // A machine under load: for a while the window knows only what it read before.
    const reading = vi.spyOn(host.commands, "startView").mockImplementation(() => new Promise(() => undefined));
    const save = vi.spyOn(host.commands, "saveSettings");
    fireEvent.keyDown(window, { key: "6", ctrlKey: true });
    await headed("Settings");
    await user.click(screen.getByRole("radio", { name: "Dark" }));
    await user.click(screen.getByRole("radio", { name: "Deutsch" }));
    await waitFor(() => {
      expect(save).toHaveBeenCalledWith(expect.objectContaining({ lastRoute: "/settings" }));
      expect(save).toHaveBeenCalledTimes(3);
    });
    reading.mockRestore();
    expect((await host.commands.startView()).settings).toEqual({ theme: "dark", language: "de", lastRoute: "/settings" });
  });

  it("keeps the last of two choices, however slowly the first is stored", async () => {
    const { host, user } = openWindow("/settings");
    await headed("Settings");
    const store = host.commands.saveSettings;
    vi.spyOn(host.commands, "saveSettings").mockImplementation(async (change) => {
      if (change.theme === "light") await new Promise((done) => { setTimeout(done, 150); });
      return store(change);
    });
    await user.click(screen.getByRole("radio", { name: "Light" }));
    await user.click(screen.getByRole("radio", { name: "Dark" }));
    await waitFor(() => {
      expect(screen.getByRole("radio", { name: "Dark" }).matches(":checked")).toBe(true);
    });
    expect((await host.commands.startView()).settings.theme).toBe("dark");
  });

  it("opens the page of the last run", async () => {
    openWindow("/", { lastRoute: "/catalogue" });
    await headed("Catalogue");
  });

  it("knows which addresses may be restored and where they belong", () => {
    expect(isRoute("/customers?open=1")).toBe(true);
    expect(isRoute("/draft/0192-a")).toBe(true);
    expect(isRoute("https://elsewhere.example")).toBe(false);
    expect(railOf("/draft/1")).toBe("customers");
  });
});

describe("writes that fail", () => {
  it("are told in the frame until dismissed", async () => {
    const { user } = openWindow("/outbox", { failing: ["sendNow"] });
    await user.click(await screen.findByRole("button", { name: "Send now" }));
    expect(await screen.findByText(/Something went wrong in Channelbook/)).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Dismiss" }));
    await waitFor(() => {
      expect(screen.queryByText(/Something went wrong in Channelbook/)).toBeNull();
    });
  });
});
