// The filter of the customers list. It stands in the address or is remembered, so that it survives going away, also
// when the page is left in the middle of typing.
import { useEffect, useRef, useState } from "react";
import { useSearchParams } from "react-router";
import { useRead, type CustomerStateView, type SortBy } from "@/shared/ipc";

export interface CustomerFilter {
  search: string;
  resellerIds: string[];
  countries: string[];
  states: CustomerStateView[];
  tags: string[];
  /** `2026-11`; empty for all. */
  renewsIn: string;
  sort: SortBy;
  descending: boolean;
}

const EMPTY: CustomerFilter = { search: "", resellerIds: [], countries: [], states: [], tags: [], renewsIn: "", sort: "name", descending: false };
/** As the list was left, and in which book: resellers and tags of another are none of this one. */
let remembered = { book: "", filter: EMPTY };

/** Forgets the filter; for tests. */
export function forgetFilter(): void {
  remembered = { book: "", filter: EMPTY };
}

export interface FilterUse {
  filter: CustomerFilter;
  change: (part: Partial<CustomerFilter>) => void;
  clear: () => void;
  filtered: boolean;
  open: string | undefined;
  setOpen: (id: string | undefined) => void;
  /** Row to go to when the page opened with one. */
  reveal: string | undefined;
}

/** Something hides customers. */
export function isFiltered(filter: CustomerFilter): boolean {
  return filter.search !== "" || filter.renewsIn !== "" || [filter.resellerIds, filter.countries, filter.states, filter.tags].some((list) => list.length > 0);
}

/** Filter, sort and open row. An address with a reseller or a month begins a filter of its own; one with a customer has none. */
export function useCustomerFilter(): FilterUse {
  const [address, setAddress] = useSearchParams();
  const book = useRead("startView").data?.workspace?.id ?? "";
  const reseller = address.get("reseller");
  const month = address.get("renews");
  const asked = reseller === null && month === null ? undefined : { ...EMPTY, resellerIds: reseller === null ? [] : [reseller], renewsIn: month ?? "" };
  const open = address.get("open") ?? undefined;
  const [reveal] = useState(open);
  const [filter, setFilter] = useState<CustomerFilter>(() => asked ?? (open === undefined && remembered.book === book ? remembered.filter : EMPTY));

  // The page may stay while its address changes, as by a press on the rail's own link or by going back.
  const key = `${reseller ?? ""} ${month ?? ""}`;
  const before = useRef(key);
  useEffect(() => {
    if (before.current !== key && asked !== undefined) setFilter(asked);
    before.current = key;
    // What is asked follows from the key.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key]);
  useEffect(() => {
    remembered = { book, filter };
  }, [book, filter]);

  const setOpen = (id: string | undefined) => {
    setAddress(id === undefined ? {} : { open: id }, { replace: true });
  };
  const change = (part: Partial<CustomerFilter>) => {
    if (asked !== undefined) setAddress({}, { replace: true });
    const next = { ...filter, ...part };
    // At once: a page that is left has no effects any more.
    remembered = { book, filter: next };
    setFilter(next);
  };
  return {
    filter,
    change,
    clear: () => { change({ ...EMPTY, sort: filter.sort, descending: filter.descending }); },
    filtered: isFiltered(filter),
    open,
    setOpen,
    reveal,
  };
}
