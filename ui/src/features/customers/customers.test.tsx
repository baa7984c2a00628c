// The customers list as a person uses it: search, filter, sort, and a filter that survives going away.
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { CommandError } from "@/shared/ipc";
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

  it("keeps a search that was typed just before the page was left", async () => {
    const { user } = openWindow("/customers");
    await screen.findByText("Augenzentrum Förde");
    await user.type(screen.getByRole("searchbox", { name: "Search customers" }), "mlyn");
    // No pause: the page is left before the typing has rested.
    await user.click(screen.getByRole("link", { name: "Home" }));
    await headed("Home");
    await user.click(screen.getByRole("link", { name: "Customers" }));
    await headed("Customers");
    expect(screen.getByRole<HTMLInputElement>("searchbox", { name: "Search customers" }).value).toBe("mlyn");
    await waitFor(() => {
      expect(names()).toHaveLength(1);
    });
  });

  it("filters by country and by state, and keeps both while another page is open", async () => {
    const { user, host } = openWindow("/customers");
    const list = vi.spyOn(host.commands, "listCustomers");
    await screen.findByText("Augenzentrum Förde");
    const all = names().length;
    // The narrow window has them behind a button.
    await user.click(screen.getByRole("button", { name: "Filters" }));
    await user.click(await screen.findByRole("combobox", { name: "Filter by country" }));
    await user.click(await screen.findByRole("menuitemcheckbox", { name: "Poland" }).catch(() => screen.findByRole("option", { name: "Poland" })));
    await waitFor(() => {
      expect(list).toHaveBeenLastCalledWith(expect.objectContaining({ countries: ["PL"], states: [] }));
    });
    await waitFor(() => {
      expect(names().length).toBeGreaterThan(0);
      expect(names().length).toBeLessThan(all);
    });
    await user.click(screen.getByRole("combobox", { name: "Filter by state" }));
    await user.click(await screen.findByRole("menuitemcheckbox", { name: "Confirmed" }).catch(() => screen.findByRole("option", { name: "Confirmed" })));
    await user.keyboard("{Escape}{Escape}");
    await user.click(screen.getByRole("link", { name: "Home" }));
    await headed("Home");
    await user.click(screen.getByRole("link", { name: "Customers" }));
    await headed("Customers");
    expect(await screen.findByRole("button", { name: "Poland Remove filter" })).toBeTruthy();
    expect(await screen.findByRole("button", { name: "Confirmed Remove filter" })).toBeTruthy();
    await user.click(screen.getAllByRole("button", { name: "Clear filter" })[0] ?? document.body);
    await waitFor(() => {
      expect(names()).toHaveLength(all);
    }, { timeout: 5000 });
  });

  it("filters by a tag, and keeps it while a customer or another page is open", async () => {
    const { user, host } = openWindow("/customers");
    const list = vi.spyOn(host.commands, "listCustomers");
    await screen.findByText("Augenzentrum Förde");
    const all = names().length;
    const first = await host.commands.listCustomers({ search: "", resellerIds: [], countries: [], states: [], tags: [], renewsIn: "", sort: "name", descending: false, limit: 5, after: "" });
    const [tag = ""] = first.tags;
    const kept = first.rows[0]?.id ?? "";
    await user.click(screen.getByRole("button", { name: "Filters" }));
    await user.click(await screen.findByRole("combobox", { name: "Filter by tag" }));
    await user.click(await screen.findByRole("menuitemcheckbox", { name: tag }).catch(() => screen.findByRole("option", { name: tag })));
    await waitFor(() => {
      expect(list).toHaveBeenLastCalledWith(expect.objectContaining({ tags: [tag] }));
      expect(names().length).toBeGreaterThan(0);
      expect(names().length).toBeLessThan(all);
    });
    const found = names();
    await user.keyboard("{Escape}{Escape}");
    for (const leave of [() => user.click(screen.getByRole("link", { name: "Home" })), () => { window.location.hash = `#/customers/${kept}`; return Promise.resolve(); }]) {
      await leave();
      await waitFor(() => { expect(screen.queryByRole("treegrid")).toBeNull(); });
      await user.click(screen.getAllByRole("link", { name: "Customers" })[0] ?? document.body);
      await headed("Customers");
      expect(await screen.findByRole("button", { name: `${tag} Remove filter` })).toBeTruthy();
      await waitFor(() => { expect(names()).toEqual(found); });
    }
    await user.click(screen.getByRole("button", { name: `${tag} Remove filter` }));
    await waitFor(() => { expect(names()).toHaveLength(all); }, { timeout: 5000 });
  });

  it("begins with the customers of a month when it is reached from a picture on Home", async () => {
    const { host, user } = openWindow("/home");
    const list = vi.spyOn(host.commands, "listCustomers");
    await headed("Home");
    await user.click((await screen.findAllByRole("button", { name: "Show as table" }))[0] ?? document.body);
    const months = within(await screen.findByRole("table", { name: "Renewals by month" })).getAllByRole("button");
    await user.click(months[1] ?? document.body);
    await headed("Customers");
    expect(list).toHaveBeenCalledWith(expect.objectContaining({ renewsIn: expect.stringMatching(/^\d{4}-\d{2}$/u) as string }));
    expect(screen.getByRole("button", { name: /^Renews in .* Remove filter$/u })).toBeTruthy();
  });

  it("asks for the next page by its key, and sorts by a head", async () => {
    const { user, host } = openWindow("/customers");
    const list = vi.spyOn(host.commands, "listCustomers");
    await screen.findByText("Augenzentrum Förde");
    await user.click(screen.getByRole("button", { name: "Name" }));
    await waitFor(() => {
      expect(list).toHaveBeenLastCalledWith(expect.objectContaining({ sort: "name", descending: true, after: "", limit: 100 }));
    });
    expect(screen.getByRole("columnheader", { name: "Name" }).getAttribute("aria-sort")).toBe("descending");
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

describe("many customers at once", () => {
  const bar = () => screen.findByRole("toolbar", { name: "Selected customers" });

  /** Wants a tag for the chosen, as far as the review. */
  const lookAtTag = async (user: ReturnType<typeof openWindow>["user"]) => {
    await bar();
    const direct = screen.queryByRole("button", { name: "Add tag" });
    if (direct) await user.click(direct);
    else {
      await user.click(screen.getByRole("button", { name: "Change" }));
      await user.click(await screen.findByRole("menuitem", { name: "Add tag" }));
    }
    const panel = await screen.findByRole("complementary", { name: "Add tag" });
    await user.type(within(panel).getByRole("combobox", { name: "Tag" }), "Spring fair");
    await user.click(within(panel).getByRole("button", { name: "Next: Review" }));
    return panel;
  };

  it("chooses by keyboard, leaves some out of all, and forgets it all when the list is narrowed down", async () => {
    const { user } = openWindow("/customers");
    await screen.findByText("Augenzentrum Förde");
    const [first] = screen.getAllByRole("row").filter((row) => row.getAttribute("aria-level") === "1");
    first?.focus();
    await user.keyboard(" ");
    expect(within(await bar()).getByText("1 customer selected")).toBeTruthy();
    expect(first?.getAttribute("aria-selected")).toBe("true");
    await user.keyboard("{Shift>}{ArrowDown}{ArrowDown}{/Shift}");
    expect(await screen.findByText("3 customers selected")).toBeTruthy();
    await user.keyboard("{Control>}a{/Control}");
    expect(await screen.findByText("All that are found are selected")).toBeTruthy();
    const box = screen.getByRole("checkbox", { name: "Select Augenzentrum Förde" });
    expect(box.getAttribute("aria-checked")).toBe("true");
    await user.click(box);
    expect(await screen.findByText("All that are found but 1")).toBeTruthy();
    expect(screen.getByRole("checkbox", { name: "Select all" })).toHaveProperty("indeterminate", true);
    await user.type(screen.getByRole("searchbox", { name: "Search customers" }), "mlyn");
    await waitFor(() => {
      expect(screen.queryByRole("toolbar", { name: "Selected customers" })).toBeNull();
      expect(names()).toHaveLength(1);
    });
  });

  it("keeps who is chosen while another page is open, and takes it for no other list", async () => {
    const { user } = openWindow("/customers");
    await screen.findByText("Augenzentrum Förde");
    await user.click(screen.getByRole("checkbox", { name: "Select Augenzentrum Förde" }));
    await within(await bar()).findByText("1 customer selected");
    await user.click(screen.getByRole("link", { name: "Home" }));
    await headed("Home");
    await user.click(screen.getByRole("link", { name: "Customers" }));
    await headed("Customers");
    await within(await bar()).findByText("1 customer selected");
    expect((await screen.findByRole("checkbox", { name: "Select Augenzentrum Förde" })).getAttribute("aria-checked")).toBe("true");
    await user.type(screen.getByRole("searchbox", { name: "Search customers" }), "mlyn");
    await waitFor(() => {
      expect(screen.queryByRole("toolbar", { name: "Selected customers" })).toBeNull();
    });
  });

  it("shows to whom a tag goes before it is given, and how it ended", async () => {
    const { user, host } = openWindow("/customers");
    const prepare = vi.spyOn(host.commands, "prepareBulk");
    const start = vi.spyOn(host.commands, "startBulk");
    await screen.findByText("Augenzentrum Förde");
    await user.click(screen.getByRole("checkbox", { name: "Select all" }));
    await user.click(screen.getByRole("checkbox", { name: "Select Augenzentrum Förde" }));
    const panel = await lookAtTag(user);
    expect(await within(panel).findByText(/^35 customers:/)).toBeTruthy();
    expect(prepare.mock.lastCall?.[0]).toMatchObject({ all: true, ids: [expect.any(String)] });
    expect(prepare.mock.lastCall?.[1]).toEqual({ kind: "add_tag", value: "Spring fair" });
    expect(start).not.toHaveBeenCalled();
    // Two presses, slower than a double one: the second is not refused, it is the same.
    const submit = await within(panel).findByRole("button", { name: "Submit" });
    fireEvent.click(submit, { detail: 1 });
    fireEvent.click(submit, { detail: 1 });
    expect(await screen.findByText("Done: 35 customers changed, 0 left as they were.")).toBeTruthy();
    expect(start).toHaveBeenCalledTimes(1);
    await user.click(screen.getByRole("button", { name: "Close" }));
    await waitFor(() => {
      expect(screen.queryByText(/^Done: 35/)).toBeNull();
    });
  });

  it("does nothing that was not looked at: not by a second press, and not for another choice", async () => {
    const { user, host } = openWindow("/customers");
    const start = vi.spyOn(host.commands, "startBulk");
    await screen.findByText("Augenzentrum Förde");
    await user.click(screen.getByRole("checkbox", { name: "Select all" }));
    const panel = await lookAtTag(user);
    await within(panel).findByRole("button", { name: "Submit" });
    // Another choice: what was looked at is gone, and has to be looked at again.
    await user.click(screen.getByRole("checkbox", { name: "Select Augenzentrum Förde" }));
    expect(within(panel).queryByRole("button", { name: "Submit" })).toBeNull();
    // A double press that is slower than the system's: the second finds no Submit where Next was.
    const next = within(panel).getByRole("button", { name: "Next: Review" });
    fireEvent.click(next, { detail: 1 });
    fireEvent.click(next, { detail: 1 });
    expect(await within(panel).findByText(/^35 customers:/)).toBeTruthy();
    expect(await within(panel).findByRole("button", { name: "Submit" })).not.toBe(next);
    fireEvent.click(next, { detail: 1 });
    expect(start).not.toHaveBeenCalled();
  });

  it("exports what is listed, in the words of the screen, and says how much it was", async () => {
    const { user, host } = openWindow("/customers");
    const write = vi.spyOn(host.commands, "exportCustomers");
    await screen.findByText("Augenzentrum Förde");
    await user.type(screen.getByRole("searchbox", { name: "Search customers" }), "mlyn");
    await waitFor(() => {
      expect(names()).toHaveLength(1);
    });
    await user.click(screen.getByRole("button", { name: "More lists" }));
    await user.click(await screen.findByRole("menuitem", { name: "Export customers" }));
    expect(await screen.findByText(/^1 customer is in Channelbook customers \d{4}-\d\d-\d\d\.xlsx\.$/)).toBeTruthy();
    const [query, table, words] = write.mock.calls[0] ?? [];
    expect(query?.search).toBe("mlyn");
    expect(table).toBe("customers");
    const said = new Map(words?.map((word) => [word.key, word.text]));
    for (const [key, text] of [["head.microsoft_id", "Microsoft ID"], ["state.confirmed", "Confirmed"], ["country.PL", "Poland"], ["term.P1Y", "1 year"], ["yes_no.yes", "Yes"]] as const) {
      expect(said.get(key)).toBe(text);
    }
    await user.click(screen.getByRole("button", { name: "Close" }));
    expect(screen.queryByText(/is in Channelbook/)).toBeNull();
  });

  it("says why an export was not written, and keeps the list", async () => {
    const { user, host } = openWindow("/customers");
    vi.spyOn(host.commands, "exportCustomers").mockRejectedValue(new CommandError({ code: "disk_full", fields: [] }));
    await screen.findByText("Augenzentrum Förde");
    await user.click(screen.getByRole("button", { name: "More lists" }));
    await user.click(await screen.findByRole("menuitem", { name: "Export subscriptions" }));
    expect(await screen.findByText("The disk is full. No file was written.")).toBeTruthy();
    expect(names().length).toBeGreaterThan(5);
  });
});
