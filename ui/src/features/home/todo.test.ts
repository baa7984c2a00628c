// Things to do: their groups and where they lead.
import { expect, it } from "vitest";
import type { TodoKind, TodoView } from "@/shared/ipc";
import { address, groups } from "./todo";

const item = (kind: TodoKind, urgency: TodoView["urgency"]): TodoView => ({ kind, urgency, id: "i", customerId: "c", name: "", detail: "", count: 0, at: null, termDefault: null });

it("groups by how soon and leaves empty groups out", () => {
  const all = [item("draft", "later"), item("setup_info", "now"), item("on_hold", "now")];
  expect(groups(all).map((group) => [group.urgency, group.items.length])).toEqual([["now", 2], ["later", 1]]);
});

it.each([
  ["setup_info", "/confirmation/i"],
  ["needs_attention", "/outbox?operation=i"],
  ["window_closes", "/subscriptions/i"],
  ["term_ends", "/subscriptions/i?do=decide"],
  ["draft", "/draft/i"],
  ["reseller_not_fit", "/resellers/i"],
] as const)("%s leads to %s", (kind, to) => {
  expect(address(item(kind, "now"))).toBe(to);
});
