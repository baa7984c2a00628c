// The rows of the customers list by their number, however many there are: only the pages around what can be seen are
// held. A page is asked for behind the last row of the page before it, or by its number when it was jumped to.
import { keepPreviousData, useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import type { CustomerPage, CustomerQuery, CustomerRow } from "./bindings";
import type { CommandError } from "./host";
import { call } from "./queries";

/** Rows of a page. */
const PAGE = 100;
/** Higher, and the window could not lay the list out: an element ends at 33 million pixels. */
const HIGHEST = 900_000;
/** How long a page that is out of sight stays held. */
const HELD = 15_000;

export type CustomerListQuery = Omit<CustomerQuery, "after" | "row" | "around" | "limit">;

export interface CustomerRows {
  /** The first page: totals, countries, letters. */
  first: CustomerPage | undefined;
  /** Rows there are, as far as is known; a row more than is known where there are more. */
  count: number;
  /** A row, or undefined while its page comes. */
  at: (index: number) => CustomerRow | undefined;
  /** These rows can be seen. */
  show: (from: number, to: number) => void;
  error: CommandError | null;
  refetch: () => void;
}

const pageKey = (query: CustomerListQuery, page: number) => ["listCustomers", "rows", query, page] as const;

export function useCustomerRows(query: CustomerListQuery): CustomerRows {
  const client = useQueryClient();
  const key = JSON.stringify(query);
  const [seen, setSeen] = useState({ key, from: 0, to: 0, reach: 0 });
  const { from, to, reach } = seen.key === key ? seen : { from: 0, to: 0, reach: 0 };

  const read = useCallback(
    async (page: number) => {
      const before = page === 0 ? undefined : client.getQueryData<CustomerPage>(pageKey(query, page - 1));
      return call("listCustomers", { ...query, after: before?.next ?? "", row: before === undefined || before.next === "" ? page * PAGE : 0, limit: PAGE });
    },
    // The key stands for the query.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [client, key],
  );
  // The first page stays while its query's list is shown, and the last query's until there is an answer.
  const top = useQuery<CustomerPage, CommandError>({ queryKey: pageKey(query, 0), queryFn: () => read(0), placeholderData: keepPreviousData });
  const numbers = useMemo(() => Array.from({ length: to - from + 1 }, (_, at) => from + at).filter((page) => page > 0), [from, to]);
  const others = useQueries({
    queries: numbers.map((page) => ({ queryKey: pageKey(query, page), queryFn: () => read(page), gcTime: HELD })),
    combine: useCallback((results: { data: CustomerPage | undefined }[]) => results.map((result) => result.data), []),
  });

  const pages = useMemo(() => {
    const held = new Map<number, CustomerPage>();
    if (top.data) held.set(0, top.data);
    // While the last query's first page stands in, none of the others belongs to it.
    if (!top.isPlaceholderData) numbers.forEach((page, at) => {
      const data = others[at];
      if (data) held.set(page, data);
    });
    return held;
  }, [top.data, top.isPlaceholderData, numbers, others]);

  const first = top.data;
  const known = useMemo(() => {
    let end = first === undefined ? 0 : first.matching + (first.more ? 1 : 0);
    if (first?.more === true) for (const [page, data] of pages) end = Math.max(end, page * PAGE + data.rows.length + (data.next === "" ? 0 : 1));
    return end;
  }, [first, pages]);
  const count = Math.min(HIGHEST, first?.more === true ? Math.max(known, reach) : known);

  const at = useCallback((index: number) => pages.get(Math.floor(index / PAGE))?.rows[index % PAGE], [pages]);
  const show = useCallback(
    (firstRow: number, lastRow: number) => {
      const next = { key, from: Math.max(0, Math.floor((firstRow - PAGE / 4) / PAGE)), to: Math.floor((lastRow + PAGE / 4) / PAGE), reach: count };
      setSeen((old) => (old.key === next.key && old.from === next.from && old.to === next.to ? old : next));
    },
    [key, count],
  );
  return { first, count, at, show, error: top.error, refetch: () => void top.refetch() };
}
