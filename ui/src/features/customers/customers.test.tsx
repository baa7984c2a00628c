// The customers list as a person uses it: search, filter, sort, and a filter that survives going away.
import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { headed, openWindow } from "@/test/render";

const names = () => [...document.querySelectorAll('[role="row"][aria-level="1"]')].map((row) => row.textContent);

describe("customers", () => {
  it("searches as you type, says what it looked for, and clears", async () => {
    const { user } = openWindow("/customers");
    await screen.findByText("Augenzentrum Förde");
    await user.type(screen.getByRole("searchbox", { name: "Search customers" }), "mlyn");
    await waitFor(() => {
      expect(names()).toHaveLength(1);
    });
    expect(names()[0]).toContain("Młyn Wiślany");
    expect(screen.getByText(/1 of 36 shown/)).toBeTruthy();
    await user.type(screen.getByRole("searchbox", { name: "Search customers" }), "xyz");
    expect(await screen.findByText(/None has “mlynxyz”/)).toBeTruthy();
    await user.click(screen.getAllByRole("button", { name: "Clear filter" })[0] ?? document.body);
    await screen.findByText("Augenzentrum Förde");
  });

  it("keeps the filter by reseller while another page is open", async () => {
    const { user } = openWindow("/customers?reseller=0192a0-0000-7000-8000-000000000009");
    expect(await screen.findByRole("button", { name: "Polska Chmura Sp. z o.o. Remove filter" })).toBeTruthy();
    await waitFor(() => {
      expect(names()).toHaveLength(3);
    });
    await user.click(screen.getByRole("link", { name: "Home" }));
    await headed("Home");
    await user.click(screen.getByRole("link", { name: "Customers" }));
    await headed("Customers");
    await waitFor(() => {
      expect(names()).toHaveLength(3);
    });
  });

  it("asks for the next page by its key, and sorts by a head", async () => {
    const { user, host } = openWindow("/customers");
    const list = vi.spyOn(host.commands, "listCustomers");
    await screen.findByText("Augenzentrum Förde");
    await user.click(screen.getByRole("button", { name: "Seats" }));
    await waitFor(() => {
      expect(list).toHaveBeenLastCalledWith(expect.objectContaining({ sort: "seats", descending: true, after: "", limit: 200 }));
    });
    expect(screen.getByRole("columnheader", { name: "Seats" }).getAttribute("aria-sort")).toBe("descending");
  });

  it("begins a subscription draft and opens the wizard", async () => {
    const { user, host } = openWindow("/customers");
    const begin = vi.spyOn(host.commands, "startSubscriptionDraft");
    await user.click(await screen.findByText("Augenzentrum Förde"));
    await user.click(await screen.findByRole("button", { name: "Add subscription" }));
    await waitFor(() => {
      expect(window.location.hash).toContain("/draft/");
    });
    expect(begin).toHaveBeenCalledTimes(1);
  });
});
