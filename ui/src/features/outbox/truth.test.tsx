// What a row and its question say is so: of a lost answer, of a change that waits for another, of two customers of one name.
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import type { OperationName, OperationRow } from "@/shared/ipc";
import { operationDetail, operations } from "@/shared/ipc/fake/outbox";
import { openWindow } from "@/test/render";

const first: OperationName = { id: "first", kind: "change_subscription", licences: 7, product: "Power BI Pro", change: "licences", autoRenew: null, target: "" };
const second: OperationName = { ...first, id: "second", licences: 0, change: "auto_renew", autoRenew: false };

function row(change: Partial<OperationRow>): OperationRow {
  const [template] = operations([]);
  if (template === undefined) throw new Error("the fake has an operation");
  return { ...template, onboardingId: change.id ?? "", state: "waiting", attention: null, customerName: "Brandt GmbH", ...change };
}

function opened(rows: OperationRow[], address = "/outbox") {
  const page = openWindow(address);
  const all = rows.length;
  vi.spyOn(page.host.commands, "listOperations").mockResolvedValue({ rows, all, waiting: all, onHold: 0, needsAttention: 0, confirmed: 0 });
  return page;
}

describe("a lost answer", () => {
  it.each([
    ["look_up", /^The answer was lost\. It is looked up before anything is sent again$/u],
    ["working_offline", /^The answer was lost\. It is looked up before anything is sent again, once you work online$/u],
    ["network", /when you are online$/u],
    ["paused", /once you resume$/u],
    ["throttled", /from \d\d:\d\d on$/u],
    ["retry", /^The answer was lost\. It is looked up again /u],
  ] as const)("is never said to be on its way: %s", async (waitsFor, said) => {
    opened([row({ id: "a", kind: "checkout_cart", state: "sending", waitsFor, notBefore: "2026-11-24T10:40:00Z" })]);
    expect(await screen.findByText(said)).toBeDefined();
    expect(screen.queryByText("On its way to Partner Center")).toBeNull();
  });

  it("is said at the head of the opened operation", async () => {
    const lost = row({ id: "a", kind: "checkout_cart", state: "sending", waitsFor: "look_up" });
    const page = opened([lost], "/outbox?operation=a");
    vi.spyOn(page.host.commands, "operationDetail").mockResolvedValue(operationDetail(lost));
    const panel = await screen.findByRole("complementary", { name: /Brandt GmbH$/ });
    expect(await within(panel).findByText("Sending: answer not known yet")).toBeDefined();
  });

  it("is told from what is on its way", async () => {
    opened([row({ id: "a", state: "sending", waitsFor: "nothing" })]);
    expect(await screen.findByText("On its way to Partner Center")).toBeDefined();
  });
});

it("names the change that another one waits for", async () => {
  opened([row({ ...second, waitsFor: "change", after: first })]);
  expect(await screen.findByText("Follows: Change subscription · Power BI Pro · to 7 licences")).toBeDefined();
});

it("says what is cancelled with a change", async () => {
  const waits = row({ ...first, waitsFor: "turn" });
  const page = opened([waits], "/outbox?operation=first");
  vi.spyOn(page.host.commands, "operationDetail").mockResolvedValue({ ...operationDetail(waits), actions: ["cancel"], cancels: 2, cancelsChanges: [second] });
  await page.user.click(await screen.findByRole("button", { name: "Cancel operation" }));
  const question = await screen.findByRole("alertdialog");
  expect(within(question).getByText("This change waits for it and is cancelled with it:")).toBeDefined();
  expect(within(question).getByRole("listitem").textContent).toBe("Change subscription · Power BI Pro · auto-renew off");
  await page.user.keyboard("{Escape}");
  await waitFor(() => {
    expect(screen.queryByRole("alertdialog")).toBeNull();
  });
});

it("tells two customers of one name apart", async () => {
  opened([row({ id: "a", customerId: "1", customerHint: "Kiel" }), row({ id: "b", customerId: "2", customerHint: "Husum" })]);
  expect(await screen.findByRole("region", { name: "Brandt GmbH, Kiel" })).toBeDefined();
  expect(screen.getByRole("region", { name: "Brandt GmbH, Husum" })).toBeDefined();
});

it("tells them apart by when they were entered where nothing else does", async () => {
  const place = { customerName: "Brandt GmbH", customerHint: "Kiel, brandt" };
  opened([row({ id: "a", customerId: "1", ...place, customerEntered: "2025-01-09T12:00:00Z" }), row({ id: "b", customerId: "2", ...place, customerEntered: "2025-03-20T12:00:00Z" })]);
  expect(await screen.findByRole("region", { name: /^Brandt GmbH, Kiel, brandt, entered 9 Jan/u })).toBeDefined();
  expect(screen.getByRole("region", { name: /^Brandt GmbH, Kiel, brandt, entered 20 Mar/u })).toBeDefined();
});

it("tells them apart where one of them is opened", async () => {
  const kiel = row({ id: "a", customerId: "1", customerHint: "Kiel" });
  const page = opened([kiel, row({ id: "b", customerId: "2", customerHint: "Husum" })], "/outbox?operation=a");
  vi.spyOn(page.host.commands, "operationDetail").mockResolvedValue(operationDetail({ ...kiel, customerHint: "" }));
  const panel = await screen.findByRole("complementary", { name: /Brandt GmbH, Kiel$/ });
  expect(within(panel).getByText("Kiel")).toBeDefined();
});

it("takes two presses of Not ours for one", async () => {
  const asks = row({ id: "a", kind: "checkout_cart", state: "needs_attention", attention: "order_may_exist" });
  const page = opened([asks], "/outbox?operation=a");
  vi.spyOn(page.host.commands, "operationDetail").mockResolvedValue(operationDetail(asks));
  const disown = vi.spyOn(page.host.commands, "disownOrder").mockResolvedValue(null);
  await page.user.click(await screen.findByRole("button", { name: /^Not ours: / }));
  const yes = within(await screen.findByRole("alertdialog")).getByRole("button", { name: "Not ours" });
  fireEvent.click(yes);
  fireEvent.click(yes);
  await waitFor(() => {
    expect(disown).toHaveBeenCalled();
  });
  expect(disown).toHaveBeenCalledTimes(1);
});
