// What stands between Next and Submit: a moment in which there is nothing to press, and a second word where an order of
// the same product is not settled.
import { act, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { afterEach, describe, expect, it, vi } from "vitest";
import { CommandError, type Commands, type DraftView, type Host, type UnsettledOrderView } from "@/shared/ipc";
import { fakeHost, showPage } from "../testkit";
import { MOMENT_MS, useStood } from "@/shared/ui";

async function added(change: (commands: Commands) => Partial<Commands>): Promise<{ host: Host; draft: DraftView }> {
  const host = fakeHost(change);
  const customers = await host.commands.listCustomers({ search: "", resellerIds: [], countries: [], states: [], tags: [], sort: "name", descending: false, after: "", limit: 5, renewsIn: "" });
  const draft = await host.commands.startSubscriptionDraft(customers.rows[0]?.id ?? "");
  const { offers } = await host.commands.catalogue(draft.customerCountry, "commercial");
  const offer = offers.find((one) => !one.isAddon && one.plans.length > 0);
  const plan = offer?.plans[0];
  if (offer === undefined || plan === undefined) throw new Error("the sample catalogue has a product");
  const line = { line: 1, productId: offer.productId, skuId: offer.skuId, term: plan.term, cycle: plan.cycle, quantity: 18, baseLine: null, customEnd: null };
  await host.commands.saveDraft({ id: draft.id, revision: draft.revision, step: "subscriptions", focus: "", content: { ...draft.content, lines: [line] } });
  return { host, draft };
}

function unsettled(order: string, change: Partial<UnsettledOrderView> = {}): UnsettledOrderView {
  return { order, operation: `${order}-at`, standing: "is_it_ours", approvedAt: "2026-11-23T08:00:00Z", lines: [{ title: "Exchange Online (Plan 1)", quantity: 12 }], ...change };
}

async function toReview(): Promise<HTMLElement> {
  const next = await screen.findByRole("button", { name: "Next: Review" });
  await userEvent.click(next);
  await screen.findByRole("heading", { level: 1, name: "Review" });
  return next;
}

describe("the moment before Submit", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it("begins when something is in sight, and anew when that is another thing", () => {
    vi.useFakeTimers();
    const Probe = ({ what }: { what?: string }) => <p>{useStood(what) ? "stood" : "not yet"}</p>;
    const page = render(<Probe />);
    const pass = (ms: number) => { act(() => { vi.advanceTimersByTime(ms); }); };
    const says = () => page.container.textContent;
    const frame = 20;
    pass(5000);
    expect(says(), "nothing is in sight").toBe("not yet");
    page.rerender(<Probe what="a" />);
    pass(MOMENT_MS - 1);
    expect(says()).toBe("not yet");
    pass(1 + frame);
    expect(says()).toBe("stood");
    page.rerender(<Probe what="b" />);
    expect(says(), "nobody has seen this one").toBe("not yet");
    pass(MOMENT_MS + frame);
    expect(says()).toBe("stood");
    page.rerender(<Probe />);
    expect(says()).toBe("not yet");
    page.rerender(<Probe what="b" />);
    expect(says(), "gone and come back is another look").toBe("not yet");
    pass(MOMENT_MS + frame);
    expect(says()).toBe("stood");
  });

  it("leaves nothing to press where Next was, however slow the second press of a double one is", async () => {
    const submit = vi.fn<Commands["submitDraft"]>();
    const { host, draft } = await added(() => ({ submitDraft: submit }));
    showPage(`/draft/${draft.id}`, { host });
    const next = await toReview();
    // Slower than the system's double-click: each is a first press.
    fireEvent.click(next, { detail: 1 });
    const button = await screen.findByRole("button", { name: "Submit" });
    expect(button, "a press that began on Next ends on no Submit").not.toBe(next);
    fireEvent.click(next, { detail: 1 });
    fireEvent.click(next, { detail: 0 });
    expect(submit).not.toHaveBeenCalled();
  });

  it("is over for everybody who presses what they find", async () => {
    const submit = vi.fn<Commands["submitDraft"]>();
    const { host, draft } = await added((commands) => {
      submit.mockImplementation(commands.submitDraft);
      return { submitDraft: submit };
    });
    showPage(`/draft/${draft.id}`, { host });
    await toReview();
    await userEvent.click(await screen.findByRole("button", { name: "Submit" }));
    expect(await screen.findByRole("heading", { level: 1, name: "Confirmation" })).toBeDefined();
    expect(submit).toHaveBeenCalledTimes(1);
  });
});

describe("a product in an order that is not settled", () => {
  it.each(["en", "de"] as const)("is named with the way to that order, and wants a second word (%s)", async (language) => {
    const submit = vi.fn<Commands["submitDraft"]>();
    let orders = [unsettled("first")];
    const { host, draft } = await added((commands) => {
      submit.mockImplementation(commands.submitDraft);
      return { submitDraft: submit, reviewDraft: async (id) => ({ ...(await commands.reviewDraft(id)), unsettled: orders }) };
    });
    const words = language === "en"
      ? { next: "Next: Review", submit: "Submit", again: "Order it a second time all the same", missing: /Tick this if you want both/u, open: "Open in the outbox: Exchange Online (Plan 1), 12 licences", done: "Confirmation", two: /2 orders of the same products/u }
      : { next: "Weiter: Überprüfung", submit: "Übermitteln", again: "Trotzdem ein zweites Mal bestellen", missing: /Haken Sie dies an/u, open: "Im Ausgang öffnen: Exchange Online (Plan 1), 12 Lizenzen", done: "Bestätigung", two: /2 Aufträge über dieselben Produkte/u };
    const user = userEvent.setup();
    showPage(`/draft/${draft.id}`, { host, language });
    await user.click(await screen.findByRole("button", { name: words.next }));
    const bar = await screen.findByTestId("second-order");
    expect(within(bar).getByRole("button", { name: words.open })).toBeDefined();
    const found = await axe.run(document.body, { rules: { "color-contrast": { enabled: false }, region: { enabled: false } } });
    expect(found.violations.map((one) => one.id)).toEqual([]);

    // Pressed without the word: nothing goes, and the word is asked for.
    await user.click(await screen.findByRole("button", { name: words.submit }));
    const word = screen.getByRole<HTMLInputElement>("checkbox", { name: words.again });
    await screen.findByText(words.missing);
    await waitFor(() => {
      expect(document.activeElement).toBe(word);
    });
    expect(submit).not.toHaveBeenCalled();

    // Another order comes up after the word was given: it was not given for that one.
    await user.click(word);
    expect(word.checked).toBe(true);
    orders = [unsettled("first"), unsettled("second", { standing: "waiting" })];
    submit.mockRejectedValueOnce(new CommandError({ code: "second_order", fields: [] }));
    await user.click(screen.getByRole("button", { name: words.submit }));
    await screen.findByText(words.two);
    await waitFor(() => {
      expect(screen.getByRole<HTMLInputElement>("checkbox", { name: words.again }).checked).toBe(false);
    });
    await user.click(screen.getByRole("checkbox", { name: words.again }));
    await user.click(screen.getByRole("button", { name: words.submit }));
    expect(await screen.findByRole("heading", { level: 1, name: words.done })).toBeDefined();
    expect(submit.mock.calls.map((call) => call[2])).toEqual([["first"], ["first", "second"]]);
  });

  it("opens that order", async () => {
    const { host, draft } = await added((commands) => ({ reviewDraft: async (id) => ({ ...(await commands.reviewDraft(id)), unsettled: [unsettled("first")] }) }));
    showPage(`/draft/${draft.id}`, { host });
    await toReview();
    await userEvent.click(await screen.findByRole("button", { name: /^Open in the outbox/u }));
    expect(await screen.findByTestId("elsewhere")).toBeDefined();
  });
});

describe("a customer that may be in the book already", () => {
  it("is pointed out on Review, and blocks nothing", async () => {
    const duplicate = { customerId: "c1", name: "Tischlerei Brandt GmbH", town: "Kiel", domainPrefix: "tischlereibrandt", seats: 12, because: "email" };
    const host = fakeHost((commands) => ({
      getDraft: async (id) => {
        const view = await commands.getDraft(id);
        return { ...view, step: "review", check: { ...view.check, duplicates: [duplicate] } };
      },
    }));
    const draft = await host.commands.startCustomerDraft("");
    showPage(`/draft/${draft.id}`, { host });
    await screen.findByRole("heading", { level: 1, name: "Review" });
    const bar = await screen.findByRole("status", { name: "Possible duplicate" });
    expect(bar.textContent).toContain("Tischlerei Brandt GmbH (Kiel, tischlereibrandt) is already in the book, 12 seats. The contact has the same e-mail address.");
    expect(await screen.findByRole("button", { name: "Submit" })).toBeDefined();
  });
});
