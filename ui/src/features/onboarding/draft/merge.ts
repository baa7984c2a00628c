// How what Rust answers and what the person typed meanwhile become one content: what was not touched since the
// request left follows the answer, what was touched stays. So a proposal never fights the caret.
import type { CustomerFormView, DraftContentView } from "@/shared/ipc";

/** Three-way merge: `base` was sent, `theirs` came back, `mine` is on screen. */
export function mergeContent(
  base: DraftContentView,
  mine: DraftContentView,
  theirs: DraftContentView,
): DraftContentView {
  return {
    resellerId: pick(base.resellerId, mine.resellerId, theirs.resellerId),
    customer: mergeCustomer(base.customer, mine.customer, theirs.customer),
    lines: sameLines(base, mine) ? theirs.lines : mine.lines,
    resellerOfRecord: pick(base.resellerOfRecord, mine.resellerOfRecord, theirs.resellerOfRecord),
  };
}

function mergeCustomer(base: CustomerFormView, mine: CustomerFormView, theirs: CustomerFormView): CustomerFormView {
  const merged = { ...mine };
  for (const field of Object.keys(theirs) as (keyof CustomerFormView)[]) {
    assign(merged, field, pick(base[field], mine[field], theirs[field]));
  }
  return merged;
}

function assign<K extends keyof CustomerFormView>(form: CustomerFormView, field: K, value: unknown): void {
  form[field] = value as CustomerFormView[K];
}

function pick<T>(base: T, mine: T, theirs: T): T {
  return mine === base ? theirs : mine;
}

function sameLines(base: DraftContentView, mine: DraftContentView): boolean {
  return base.lines === mine.lines || JSON.stringify(base.lines) === JSON.stringify(mine.lines);
}
