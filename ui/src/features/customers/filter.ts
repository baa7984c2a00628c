// The filter of the customers list. It stands in the address and is remembered, so that it survives going away.
import { useEffect, useState } from "react";
import { useSearchParams } from "react-router";
import type { SortBy } from "@/shared/ipc";

export interface CustomerFilter {
  search: string;
  resellerIds: string[];
  sort: SortBy;
  descending: boolean;
}

const EMPTY: CustomerFilter = { search: "", resellerIds: [], sort: "name", descending: false };
let remembered: CustomerFilter = EMPTY;

/** Forgets the filter; for tests. */
export function forgetFilter(): void {
  remembered = EMPTY;
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

/** Filter, sort and open row. An address with a reseller begins a filter of its own; one with a customer has none. */
export function useCustomerFilter(): FilterUse {
  const [address, setAddress] = useSearchParams();
  const reseller = address.get("reseller");
  const open = address.get("open") ?? undefined;
  const [reveal] = useState(open);
  const [filter, setFilter] = useState<CustomerFilter>(() => {
    if (reseller !== null) return { ...EMPTY, resellerIds: [reseller] };
    return open === undefined ? remembered : EMPTY;
  });
  useEffect(() => {
    if (reseller !== null) setFilter((before) => (before.resellerIds.includes(reseller) ? before : { ...EMPTY, resellerIds: [reseller] }));
  }, [reseller]);
  useEffect(() => {
    remembered = filter;
  }, [filter]);

  const setOpen = (id: string | undefined) => {
    setAddress(id === undefined ? {} : { open: id }, { replace: true });
  };
  const change = (part: Partial<CustomerFilter>) => {
    if (reseller !== null) setAddress({}, { replace: true });
    setFilter((before) => ({ ...before, ...part }));
  };
  return {
    filter,
    change,
    clear: () => { change({ search: "", resellerIds: [] }); },
    filtered: filter.search !== "" || filter.resellerIds.length > 0,
    open,
    setOpen,
    reveal,
  };
}
