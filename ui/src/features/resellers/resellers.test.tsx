// Resellers in depth as a person uses them: filter by fitness, the page with its note and tags, the repair, placing.
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { expectAccessible, headed, openWindow } from "@/test/render";

const names = () => [...document.querySelectorAll('[role="row"][aria-level="1"]')].map((row) => row.textContent);
const UNFIT = "/resellers/0192a0-0000-7000-8000-000000000006";

describe.each(["en", "de"] as const)("resellers in %s", (language) => {
  it.each([
    [UNFIT, "Kaltenbach & Söhne EDV", "Kaltenbach & Söhne EDV"],
    ["/resellers/0192a0-0000-7000-8000-000000000004", "Fjordnet AS", "Fjordnet AS"],
    ["/sessions", "Onboarding sessions", "Onboarding-Sitzungen"],
    ["/resellers/repair", "Reseller of record", "Vertriebspartner der Abonnements"],
    ["/resellers/place", "Place new partnerships", "Neue Partnerschaften zuordnen"],
    ["/customers/connect/0192c0-0000-7000-8000-00000000c001", "Connect with an existing customer", "Vertriebspartnerschaft beantragen"],
  ])("shows %s without a violation", async (route, en, de) => {
    openWindow(route, { language });
    await headed(language === "en" ? en : de);
    await expectAccessible();
  });
});

describe("a reseller", () => {
  it("is found by fitness and by country", async () => {
    openWindow("/resellers?fitness=not_fit&partnership=active");
    await waitFor(() => {
      expect(names()).toHaveLength(1);
    });
    expect(names()[0]).toContain("Partner Agreement not signed");
  });

  it("says why it is not fit, who can mend it, and what hangs on it", async () => {
    openWindow(UNFIT);
    const note = await screen.findByRole("note");
    expect(note.textContent).toContain("Kaltenbach & Söhne EDV is not fit to order: Partner Agreement not signed");
    expect(note.textContent).toContain("The reseller can mend it");
    expect(within(note).getByRole("button", { name: /subscriptions with it on record/ })).toBeTruthy();
  });

  it("keeps note and tag", async () => {
    const { host, user } = openWindow(UNFIT);
    await user.type(await screen.findByRole("textbox", { name: "Note" }), "Ruft zurück");
    await user.type(screen.getByRole("combobox", { name: "Add tag" }), "Schulen{Enter}");
    await waitFor(async () => {
      const view = await host.commands.resellerPage("0192a0-0000-7000-8000-000000000006");
      expect([view.note, view.row.tags]).toEqual(["Ruft zurück", ["Schulen"]]);
    }, { timeout: 3000 });
  });

  it("gone from the book says so and leads back", async () => {
    const { user } = openWindow("/resellers/0192a0-0000-7000-8000-000000000099");
    expect(await screen.findByText("This reseller is not in the book")).toBeTruthy();
    await user.click(screen.getAllByRole("button", { name: "Indirect resellers" })[0] ?? document.body);
    await headed("Indirect resellers");
  });
});

describe("the repair", () => {
  it("moves what was chosen after a look at what will happen", async () => {
    const { user } = openWindow("/resellers/repair");
    const group = await screen.findByRole("region", { name: "Kaltenbach & Söhne EDV" });
    await user.click(within(group).getByRole("checkbox", { name: /that can be changed/ }));
    await user.click(screen.getByRole("combobox", { name: /New reseller/ }));
    expect((await screen.findByRole("option", { name: /Kaltenbach/ })).getAttribute("aria-disabled")).toBe("true");
    await user.click(screen.getByRole("option", { name: /Hansen/ }));
    expect(await screen.findByText("What will happen")).toBeTruthy();
    expect(screen.getByText(/auto-renew stay as they are/)).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Submit" }));
    await waitFor(() => {
      expect(screen.getAllByText(/Change: Waiting/).length).toBeGreaterThan(1);
    });
    expect(within(group).queryByRole("checkbox", { name: /that can be changed/ })).toBeNull();
  });
});

describe("an invitation of a customer", () => {
  it("can't leave before somebody is named, and then stands among the customers as requested", async () => {
    const { user } = openWindow("/customers");
    await user.click(await screen.findByRole("button", { name: "Connect with an existing customer" }));
    await headed("Connect with an existing customer");
    expect((await screen.findByRole("button", { name: "Open in email" })).getAttribute("aria-disabled")).toBe("true");
    await user.type(screen.getByRole("textbox", { name: /Company/ }), "Werft Holm");
    await user.type(screen.getByRole("textbox", { name: /^To/ }), "anne@holm.example");
    await waitFor(() => {
      expect(screen.getByRole("button", { name: "Open in email" }).getAttribute("aria-disabled")).not.toBe("true");
    }, { timeout: 3000 });
    await user.click(screen.getByRole("button", { name: "Done" }));
    await headed("Customers");
    const invited = await screen.findByRole("list", { name: "Invited customers" });
    expect(invited.textContent).toContain("Werft Holm");
    expect(invited.textContent).toContain("requested");
  });

  it("says at the domain what is wrong when the field is left", async () => {
    const { user } = openWindow("/customers/connect/0192c0-0000-7000-8000-00000000c001");
    const domain = await screen.findByRole("textbox", { name: /^Domain/ });
    await user.type(domain, "werft holm");
    expect(screen.queryByText(/^Write it without blanks/)).toBeNull();
    await user.tab();
    expect(await screen.findByText(/^Write it without blanks/)).toBeTruthy();
    await user.clear(domain);
    await user.type(domain, "werftholm");
    await waitFor(() => {
      expect(screen.queryByText(/^Write it without blanks/)).toBeNull();
    });
  });

  it("that waited too long is told in the list, on Home and on its page, with the ways on", async () => {
    const { host } = openWindow("/customers");
    const started = await host.commands.startCustomerInvitation("en");
    const { id, resellerId } = started;
    const typed = { id, resellerId, company: "Werft Holm", domain: "", contactName: "", email: "anne@holm.example", language: "en" as const, de: null, en: null };
    await host.commands.saveCustomerInvitation(typed);
    const requested = await host.commands.finishCustomerInvitation(id);
    const since = new Date(Date.now() - 9 * 24 * 3_600_000).toISOString();
    vi.spyOn(host.commands, "customerInvitation").mockResolvedValue({ ...requested, state: "stale", since, requestedAt: since });
    vi.spyOn(host.commands, "invitedCustomers").mockResolvedValue([{ id, company: "Werft Holm", resellerName: "", state: "stale", since }]);
    const home = await host.commands.home();
    vi.spyOn(host.commands, "home").mockResolvedValue({ ...home, todo: [{ kind: "invitation_unanswered", urgency: "later", id, customerId: "", name: "Werft Holm", detail: "", count: 0, at: since, termDefault: null }] });
    await host.commands.saveSettings({ language: null, theme: null, lastRoute: null });
    window.location.hash = "#/home";
    const todo = await screen.findByRole("link", { name: /Customer invitation unanswered.*Werft Holm.*send it again, or give up.*9 days/ });
    expect(todo.getAttribute("href")).toBe(`#/customers/connect/${id}`);
    window.location.hash = `#/customers/connect/${id}`;
    expect(await screen.findByText(/Werft Holm has not answered for 9 days/)).toBeTruthy();
    expect(screen.getByRole("button", { name: "Open in email" }).getAttribute("aria-disabled")).not.toBe("true");
    expect(screen.getByRole("button", { name: "Give up" })).toBeTruthy();
    await expectAccessible();
    window.location.hash = "#/customers";
    await headed("Customers");
    await waitFor(() => {
      expect(screen.getByRole("list", { name: "Invited customers" }).textContent).toMatch(/Werft Holm.*unanswered since .*, 9 days/);
    });
  });
});
