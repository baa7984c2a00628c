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
    for (const [typed, said] of [["", "Write a whole number."], ["1", /^Write a number from/], ["100000", /300/]] as const) {
      fireEvent.change(within(panel).getByRole("spinbutton"), { target: { value: typed } });
      expect((await within(panel).findAllByText(said)).length).toBeGreaterThan(0);
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
