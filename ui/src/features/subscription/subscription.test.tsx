// A subscription as a person uses it: facts, actions with what they will do, decisions, support contacts in bulk.
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { expectAccessible, headed, openWindow } from "@/test/render";
import { formOf, isWhole, licences } from "./form";

const OLDER = "0192d0-0000-7000-8000-000000000016";
const NEW = "0192d0-0000-7000-8000-000000000017";

describe.each(["en", "de"] as const)("subscriptions in %s", (language) => {
  it.each([
    [`/subscriptions/${OLDER}`, "Dynamics 365 Business Central Essentials", "Dynamics 365 Business Central Essentials"],
    ["/customers/ending", "Ends of terms", "Laufzeitenden"],
    ["/customers/support", "Support contacts", "Supportkontakte"],
  ])("shows %s without a violation", async (route, en, de) => {
    openWindow(route, { language });
    await headed(language === "en" ? en : de);
    await expectAccessible();
  });

  it("shows an action's panel without a violation", async () => {
    const { user } = openWindow(`/subscriptions/${NEW}`, { language });
    await user.click(await screen.findByRole("button", { name: language === "en" ? "More licences" : "Mehr Lizenzen" }));
    expect(await screen.findByRole("heading", { name: language === "en" ? "What will happen" : "Was geschehen wird" })).toBeTruthy();
    await expectAccessible();
  });
});

describe("a subscription", () => {
  it("shows what will happen before Submit, and then what waits", async () => {
    const { user, host } = openWindow(`/subscriptions/${NEW}`);
    const before = (await host.commands.subscriptionPage(NEW)).confirmed.quantity;
    await user.click(await screen.findByRole("button", { name: "More licences" }));
    const panel = screen.getByRole("complementary", { name: "More licences" });
    fireEvent.change(within(panel).getByRole("spinbutton"), { target: { value: String(before + 4) } });
    expect(await within(panel).findByText("4 licences more")).toBeTruthy();
    expect(within(panel).getByText(/is charged$/)).toBeTruthy();
    await user.click(within(panel).getByRole("button", { name: "Submit" }));
    await waitFor(() => {
      expect(screen.queryByRole("complementary", { name: "More licences" })).toBeNull();
    });
    expect((await screen.findAllByText(/It waits in the outbox/)).length).toBeGreaterThan(0);
    expect(await screen.findByText(`${String(before)} at Microsoft, the change waits`)).toBeTruthy();
    expect((await screen.findByRole("region", { name: "Changes" })).textContent).toContain("Waiting");
  });

  it("asks for a number, and submits none that is not right", async () => {
    const { user } = openWindow(`/subscriptions/${NEW}`);
    await user.click(await screen.findByRole("button", { name: "More licences" }));
    const panel = screen.getByRole("complementary", { name: "More licences" });
    for (const [typed, said] of [["", "Write a whole number."], ["1.5", "Write a whole number."], ["0", /^Write a number from/], ["1", /^Write a number from/], ["100000", /to 300\./], ["99999999", /to 300\./]] as const) {
      fireEvent.change(within(panel).getByRole("spinbutton"), { target: { value: typed } });
      expect((await within(panel).findAllByText(said)).length).toBeGreaterThan(0);
      expect(within(panel).getByText("Not right yet")).toBeTruthy();
      expect(within(panel).queryByText("Choose first")).toBeNull();
      expect(within(panel).getByRole("button", { name: "Submit" }).getAttribute("aria-disabled")).toBe("true");
    }
  });

  it("says why something can't be done", async () => {
    const { user } = openWindow(`/subscriptions/${NEW}`);
    const fewer = await screen.findByRole("button", { name: "Fewer licences" });
    expect(fewer.getAttribute("aria-disabled")).toBe("true");
    await user.click(screen.getByRole("button", { name: "More actions" }));
    expect((await screen.findByRole("menuitem", { name: /Cancel subscription/ })).textContent).toContain("The seven days are over");
  });

  it("keeps the support contact as the book's own note for new commerce, and says exactly that", async () => {
    const { user, host } = openWindow(`/subscriptions/${NEW}`);
    const block = await screen.findByRole("region", { name: "Designated support contact" });
    expect(block.textContent).toContain("Microsoft takes no support contact for new commerce subscriptions. The choice is kept as your own note.");
    expect(within(block).getByRole("button", { name: "Change the reseller of record" })).toBeTruthy();
    await user.click(within(block).getByRole("combobox"));
    await user.click(await screen.findByRole("option", { name: "Adria Cloud d.o.o." }));
    expect(await within(block).findByText(/Kept as your own note/)).toBeTruthy();
    await user.click(within(block).getByRole("button", { name: "Submit" }));
    await waitFor(async () => {
      expect((await host.commands.subscriptionPage(NEW)).support.contactName).toBe("Adria Cloud d.o.o.");
    });
  });

  it("speaks of no window where the older kind has none", async () => {
    openWindow(`/subscriptions/${OLDER}`);
    const window = (await screen.findByText("Seven-day window")).parentElement;
    expect(window?.textContent).toContain("None");
    expect(window?.textContent).not.toContain("Closed");
  });

  it("names the provider where the customer would see nobody else", async () => {
    const { user, host } = openWindow(`/subscriptions/${OLDER}`);
    expect((await host.commands.subscriptionPage(OLDER)).support.contactId).not.toBe("");
    const block = await screen.findByRole("region", { name: "Designated support contact" });
    await user.click(within(block).getByRole("combobox"));
    await user.click(await screen.findByRole("option", { name: "The provider (ourselves)" }));
    expect(await within(block).findByText(/^The customer sees the provider\. As support contact/)).toBeTruthy();
  });

  it("names what waits as what it is, not as done, and one licence as one", async () => {
    const { host } = openWindow("/home");
    const page = await host.commands.subscriptionPage(NEW);
    const row = { operationId: "", state: "waiting", at: page.now, quantity: 4, quantityAfter: 1, detail: "", autoRenew: null, decision: null } as const;
    const changes = (["at_renewal", "cancel", "suspend", "resume", "drop_at_renewal"] as const).map((kind, index) => ({ ...row, operationId: `o${String(index)}`, kind }));
    host.commands.subscriptionPage = () => Promise.resolve({ ...page, changes });
    window.location.hash = `#/subscriptions/${NEW}`;
    const said = within(await screen.findByRole("region", { name: "Changes" })).getAllByRole("link").map((link) => link.textContent);
    expect(said).toEqual(["At renewal 1 licence", "Cancellation", "Suspension", "Resumption", "Drop the change at renewal"]);
  });

  it.each([
    ["deleted", "RenewalNone: it was cancelled"],
    ["expired", "RenewalNone: it has expired"],
  ] as const)("tells no renewal of one that is %s", async (status, said) => {
    const { host } = openWindow("/home");
    const page = await host.commands.subscriptionPage(NEW);
    host.commands.subscriptionPage = () => Promise.resolve({ ...page, wanted: null, confirmed: { ...page.confirmed, status, autoRenew: true } });
    window.location.hash = `#/subscriptions/${NEW}`;
    const term = await screen.findByText("Renewal", { selector: "[role=term]" });
    expect(term.parentElement?.textContent).toBe(said);
    expect(screen.queryByText("Auto-renew", { selector: "[role=term]" })).toBeNull();
    expect(screen.queryByText("Renews", { selector: "[role=term]" })).toBeNull();
  });

  it("closes its panel with Esc and gives the focus back", async () => {
    const { user } = openWindow(`/subscriptions/${NEW}`);
    await user.click(await screen.findByRole("button", { name: "More licences" }));
    await waitFor(() => {
      expect(document.activeElement?.getAttribute("aria-label")).toBe("More licences");
    });
    await user.keyboard("{Escape}");
    expect(document.activeElement?.id).toBe("action-more_licences");
  });
});

describe("ends of terms", () => {
  it("takes a decision that nobody has made for the person", async () => {
    const { user } = openWindow("/customers/ending");
    const row = (await screen.findAllByRole("button", { name: /^Decide:/ }))[0];
    const name = row?.getAttribute("aria-label") ?? "";
    await user.click(row ?? document.body);
    const panel = await screen.findByRole("complementary", { name: "Decide" });
    expect(within(panel).queryAllByRole("radio", { checked: true })).toEqual([]);
    expect(within(panel).getByRole("button", { name: "Submit" }).getAttribute("aria-disabled")).toBe("true");
    await user.click(within(panel).getByRole("radio", { name: /Let it end/ }));
    expect(await within(panel).findByText(/^Ends /)).toBeTruthy();
    await user.click(within(panel).getByRole("button", { name: "Submit" }));
    await waitFor(() => {
      expect(screen.queryByRole("button", { name })).toBeNull();
    });
  });
});

describe("a decision", () => {
  it.each([
    [OLDER, ["Renew as it is", "Let it end"]],
    [NEW, ["Renew as it is", "Renew with fewer licences", "Renew changed", "Let it end", "Extend month by month"]],
  ])("about %s is asked with what can be decided", async (id, offered) => {
    openWindow(`/subscriptions/${id}?do=decide`);
    const panel = await screen.findByRole("complementary", { name: "Decide" });
    const names = within(panel).getAllByRole("radio").map((radio) => radio.closest("span")?.textContent ?? "");
    expect(names).toHaveLength(offered.length);
    for (const [index, name] of offered.entries()) expect(names[index]).toContain(name);
  });
});

describe("lists over all subscriptions", () => {
  it.each(["/customers/ending", "/customers/support"])("%s says from when its data is", async (address) => {
    openWindow(address);
    expect(await screen.findByText(/ · as of /)).toBeTruthy();
  });
});

describe("lists of more than a page", () => {
  it("go on, with the focus on the first of the new rows", async () => {
    const { user, host } = openWindow("/customers/ending");
    const ending = host.commands.endingSubscriptions;
    const template = (await ending({ onlyOpen: false, withinDays: 400, resellerId: "", after: "", limit: 1 })).rows[0];
    if (template === undefined) throw new Error("the sample has no end of a term");
    host.commands.endingSubscriptions = (query) => {
      const from = Number(query.after);
      const rows = Array.from({ length: Math.min(5, 12 - from) }, (_, index) => ({ ...template, subscriptionId: `s${String(from + index)}`, productName: `Product ${String(from + index)}` }));
      return Promise.resolve({ rows, next: from + rows.length < 12 ? String(from + rows.length) : "", matching: 12, more: false, open: 12, moreOpen: false, asOf: null });
    };
    await user.click(await screen.findByRole("checkbox", { name: "Only without a decision" }));
    const list = await screen.findByRole("list", { name: "Ends of terms" });
    await waitFor(() => {
      expect(list.children.length).toBe(5);
    });
    for (const shown of [10, 12]) {
      await user.click(screen.getByRole("button", { name: "Show more" }));
      await waitFor(() => {
        expect(list.children.length).toBe(shown);
      });
      expect(document.activeElement?.textContent).toBe(`Product ${String(shown === 10 ? 5 : 10)}`);
    }
    expect(screen.queryByRole("button", { name: "Show more" })).toBeNull();
  });
});

describe("the clock of a practice day", () => {
  it("counts on every screen alike: list, page and ends of terms", async () => {
    const { host } = openWindow("/customers/ending");
    const before = await screen.findAllByText(/^in \d+ (hours|days)$/);
    const days = Number(/\d+/.exec(before.at(-1)?.textContent ?? "")?.[0]);
    await host.commands.movePracticeClock(48);
    await waitFor(() => {
      expect(screen.getAllByText(/^in \d+ (hours|days)$|^\d+ (hours|days) ago$|tomorrow|yesterday/).at(-1)?.textContent).toBe(`in ${String(days - 2)} days`);
    });
  });
});

describe("support contacts", () => {
  it("calls a note only what somebody noted", async () => {
    const { host } = openWindow("/home");
    const list = await host.commands.supportContacts({ filter: "all", resellerId: "", search: "", after: "", limit: 200 });
    const template = list.rows.find((row) => row.commerce === "new");
    if (template === undefined) throw new Error("the sample has no subscription of new commerce");
    const rows = ([["new", false], ["new", true], ["legacy", false], ["legacy", true]] as const).map(([commerce, chosen], index) => ({ ...template, subscriptionId: `s${String(index)}`, commerce, chosen }));
    host.commands.supportContacts = () => Promise.resolve({ ...list, rows, next: "", matching: 4 });
    window.location.hash = "#/customers/support";
    const said = within(await screen.findByRole("list", { name: "Support contacts" })).getAllByText(/^(own note|chosen|by default)$/);
    expect(said.map((one) => one.textContent)).toEqual(["by default", "own note", "by default", "chosen"]);
  });

  it("sets many at once, after a look at which are sent and which are notes", async () => {
    const { user } = openWindow("/customers/support");
    await user.click(await screen.findByRole("checkbox", { name: "Choose all 90" }));
    const panel = screen.getByRole("region", { name: "Set support contact" });
    await user.click(within(panel).getByRole("combobox"));
    await user.click(await screen.findByRole("option", { name: "Hansen IT GmbH" }));
    expect(await within(panel).findByText(/sent to Partner Center/)).toBeTruthy();
    expect(within(panel).getByText(/your own notes/)).toBeTruthy();
    await user.click(within(panel).getByRole("button", { name: "Submit" }));
    expect((await screen.findAllByText(/support contacts are set\./)).length).toBeGreaterThan(0);
    // Gone with what was chosen: nothing is submitted twice.
    expect(within(panel).getByRole("button", { name: "Submit" }).getAttribute("aria-disabled")).toBe("true");
  });
});

describe("a change as it is chosen", () => {
  it.each([["12", 12], [" 7 ", 7], ["", 0], ["-3", 0], ["1.5", 0], ["12x", 0], ["99999999", 0]] as const)("takes %s as %d licences", (typed, number) => {
    expect(licences(typed)).toBe(number);
  });

  it("asks nothing of the book before enough is chosen, and decides nothing by itself", async () => {
    const { host } = openWindow(`/subscriptions/${NEW}`);
    const page = await host.commands.subscriptionPage(NEW);
    const decide = formOf("decide", page);
    const upgrade = formOf("upgrade", page);
    expect(decide?.decision).toBeNull();
    expect([decide, upgrade].map((form) => form !== undefined && isWhole(form))).toEqual([false, false]);
    expect(formOf("auto_renew_off", page)?.autoRenew).toBe(false);
    expect(formOf("reseller_of_record", page)).toBeUndefined();
  });
});
