// Customers that are chosen for something that is done to many: one by one, or all that the list finds but a few. A list
// that is narrowed down otherwise is another list, and nothing of it is chosen. What is chosen stays so while another
// page is open, as the filter does.
import { useCallback, useMemo, useSyncExternalStore } from "react";
import { call, useRead, type BulkSelection, type CustomerListQuery, type CustomerRow } from "@/shared/ipc";

/** As many as can be chosen, or left out, one by one. */
export const MOST_CHOSEN = 5000;
/** Rows of one page of a range. */
const PAGE = 500;

interface Chosen {
  key: string;
  all: boolean;
  /** Chosen; or with `all`, left out. */
  ids: ReadonlySet<string>;
}

const NOBODY: Chosen = { key: "", all: false, ids: new Set() };
/** Outlives the page; its key names the book and the list, so that it is never taken for a choice of another. */
let kept: Chosen = NOBODY;
const listeners = new Set<() => void>();

function keep(next: Chosen): void {
  kept = next;
  for (const tell of listeners) tell();
}

function listen(tell: () => void): () => void {
  listeners.add(tell);
  return () => {
    listeners.delete(tell);
  };
}

/** Forgets who was chosen; for tests. */
export function forgetSelection(): void {
  keep(NOBODY);
}

export interface Selection {
  /** Another one whenever another customer is chosen or no longer. */
  token: object;
  /** How many, as far as the list knows how many it finds. */
  count: number;
  all: boolean;
  /** Left out of all. */
  without: number;
  has: (row: CustomerRow) => boolean;
  onAll: (on: boolean) => void;
  onRow: (row: CustomerRow, on: boolean) => void;
  onRange: (from: number, to: number) => void;
  chosen: () => BulkSelection;
}

/** The selection of a list; `tooMany` is called where no more can be chosen one by one. */
export function useSelection(query: CustomerListQuery, matching: number, tooMany: () => void): Selection {
  const book = useRead("startView").data?.workspace?.id ?? "";
  // The order of a list changes nothing about what it finds.
  const key = useMemo(() => JSON.stringify({ book, ...query, sort: "name", descending: false }), [book, query]);
  const nobody = useMemo<Chosen>(() => ({ key, all: false, ids: new Set() }), [key]);
  const held = useSyncExternalStore(listen, () => kept);
  const now = held.key === key ? held : nobody;

  const turn = useCallback(
    (some: readonly string[], on: boolean) => {
      const start = kept.key === key ? kept : nobody;
      const ids = new Set(start.ids);
      for (const id of some) {
        if (on === start.all) ids.delete(id);
        else if (ids.size < MOST_CHOSEN) ids.add(id);
        else {
          tooMany();
          break;
        }
      }
      keep({ ...start, ids });
    },
    [key, nobody, tooMany],
  );
  const onRange = useCallback(
    (from: number, to: number) => {
      const last = Math.min(to, from + MOST_CHOSEN - 1);
      if (last < to) tooMany();
      void (async () => {
        // Rows that are not held are read: they may lie far from those in sight.
        for (let row = from; row <= last; row += PAGE) {
          const page = await call("listCustomers", { ...query, after: "", row, limit: Math.min(PAGE, last - row + 1) });
          turn(page.rows.map((one) => one.id), true);
        }
      })();
    },
    [query, turn, tooMany],
  );
  return {
    token: now,
    count: now.all ? Math.max(0, matching - now.ids.size) : now.ids.size,
    all: now.all,
    without: now.all ? now.ids.size : 0,
    has: (row) => now.ids.has(row.id) !== now.all,
    onAll: (on) => { keep({ key, all: on, ids: new Set() }); },
    onRow: (row, on) => { turn([row.id], on); },
    onRange,
    chosen: () => ({ query: { ...query, after: "", limit: 1 }, all: now.all, ids: [...now.ids] }),
  };
}
