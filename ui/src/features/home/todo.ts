// What a thing to do says and where it leads, as plain functions.
import type { TodoKind, TodoView, Urgency } from "@/shared/ipc";

export const URGENCIES: readonly Urgency[] = ["now", "this_week", "later"];

/** Things to do by how soon, in their order; empty groups left out. */
export function groups(todo: readonly TodoView[]): { urgency: Urgency; items: TodoView[] }[] {
  return URGENCIES.map((urgency) => ({ urgency, items: todo.filter((item) => item.urgency === urgency) })).filter((group) => group.items.length > 0);
}

/** The page on which it gets done. */
export function address(item: TodoView): string {
  const pages: Record<TodoKind, string> = {
    setup_info: `/confirmation/${item.id}`,
    needs_attention: `/outbox?operation=${item.id}`,
    on_hold: `/outbox?operation=${item.id}`,
    window_closes: `/subscriptions/${item.id}`,
    term_ends: `/subscriptions/${item.id}?do=decide`,
    session_held: `/session/${item.id}`,
    draft: `/draft/${item.id}`,
    partnership_unanswered: `/resellers?open=${item.id}`,
    invitation_unanswered: `/customers/connect/${item.id}`,
    reseller_not_fit: `/resellers/${item.id}`,
    partnership_accepted: `/resellers/${item.id}`,
    partnership_ended: `/resellers/${item.id}`,
    partnership_to_place: "/resellers/place",
  };
  return pages[item.kind];
}
