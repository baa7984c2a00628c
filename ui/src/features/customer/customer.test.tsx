// A customer's page as a person uses it: what stands there, and what only the book keeps.
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { expectAccessible, headed, openWindow } from "@/test/render";

const CUSTOMER = "0192c0-0000-7000-8000-000000000007";
const ROUTE = `/customers/${CUSTOMER}`;

describe.each(["en", "de"] as const)("a customer's page in %s", (language) => {
  it("shows all its blocks without a violation", async () => {
    openWindow(ROUTE, { language });
    await headed("Hafenkante Logistik GmbH");
    expect(await screen.findByText("Strandweg 4")).toBeTruthy();
    const names = language === "en" ? ["Subscriptions", "Profile", "Resellers", "Orders", "Journal", "Alias", "Tags", "Private note"] : ["Abonnements", "Profil", "Vertriebspartner", "Aufträge", "Journal", "Alias", "Tags", "Private Notiz"];
    for (const name of names) expect(screen.getByRole("region", { name })).toBeTruthy();
    await expectAccessible();
  });
});

describe("a customer", () => {
  it("keeps alias, tag and note, also what was typed last before leaving", async () => {
    const { host, user } = openWindow(ROUTE);
    fireEvent.change(await screen.findByRole("textbox", { name: "Private alias" }), { target: { value: "Die Kante" } });
    await user.type(screen.getByRole("combobox", { name: "Add tag" }), "Hafen{Enter}");
    await waitFor(async () => {
      const view = await host.commands.customerPage(CUSTOMER);
      expect([view.row.alias, view.tags]).toEqual(["Die Kante", ["Hafen"]]);
    }, { timeout: 3000 });
    fireEvent.change(screen.getByRole("textbox", { name: "Note" }), { target: { value: "Ruft zurück" } });
    await user.click(screen.getByRole("link", { name: "Home" }));
    await headed("Home");
    await waitFor(async () => {
      expect((await host.commands.customerPage(CUSTOMER)).note).toBe("Ruft zurück");
    }, { timeout: 3000 });
  });

  it("says what waits and leads to the outbox", async () => {
    openWindow("/customers/0192c0-0000-7000-8000-000000000011");
    await headed("Praxis Dr. Lehmann");
    const waiting = await screen.findByRole("region", { name: "Not done yet" });
    expect(within(waiting).getAllByRole("link").length).toBeGreaterThan(0);
  });

  it("gone from the book says so", async () => {
    openWindow("/customers/0192c0-0000-7000-8000-000000000999");
    expect(await screen.findByText("This customer is no longer in the book")).toBeTruthy();
  });
});
