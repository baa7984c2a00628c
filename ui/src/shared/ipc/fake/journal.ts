// The journal of the fake host.
import type { JournalRow } from "../bindings";
import type { Commands } from "../host";
import { ago, hours } from "./book";

type Answers<K extends keyof Commands> = { [N in K]: (...args: Parameters<Commands[N]>) => Awaited<ReturnType<Commands[N]>> };

const CUSTOMER = "Nordwind Backstube GmbH";

function entry(number: number, back: number, own: Partial<JournalRow>): JournalRow {
  return {
    number,
    at: ago(hours(back)),
    actor: "person",
    person: "Mara Lindt",
    kind: "customer_changed",
    area: "customers",
    subject: CUSTOMER,
    customerId: "",
    customerName: "",
    resellerId: "",
    operationId: "",
    operation: null,
    changes: [],
    status: 0,
    code: 0,
    reason: "",
    requestId: "",
    correlationId: "",
    forgotten: false,
    ...own,
  };
}

const server = { actor: "partner_center", person: "", correlationId: "5f0c1d2e-8a41-4d0e-9f3b-0d1c2b3a4f5e", requestId: "9b2d6c1a-11aa-4c55-8e0f-7a6b5c4d3e2f" } as const;

function newest(): JournalRow[] {
  const session = { area: "sessions", subject: "Partner day Kiel" } as const;
  return [
    entry(12, 0.1, { ...session, kind: "session_ended", reason: "2", changes: [{ field: "session", before: "running", after: "ended" }] }),
    entry(11, 0.1, { ...session, kind: "session_released", reason: "10", changes: [{ field: "session", before: "held", after: "released" }] }),
    entry(10, 0.15, { ...session, kind: "session_started", changes: [{ field: "session_who", before: "", after: "Ana Moos" }, { field: "session_holds", before: "", after: "true" }] }),
    entry(9, 0.2, { kind: "setting_changed", area: "book", subject: "", reason: "outbox.paused", changes: [{ field: "value", before: "0", after: "1" }] }),
    entry(8, 1, { kind: "backup_made", area: "book", actor: "app", person: "", subject: "", reason: "order" }),
    entry(7, 1.2, { kind: "setup_info_revealed", area: "setup_info" }),
    entry(6, 1.3, { kind: "subscription_changed", area: "subscriptions", subject: "Microsoft 365 Business Premium", customerName: CUSTOMER, ...server, status: 200, changes: [{ field: "status", before: "wanted", after: "active" }, { field: "price", before: "", after: "1970 EUR" }, { field: "ends_at", before: "", after: "2027-11-23T00:00:00Z" }] }),
    entry(5, 1.4, { kind: "operation_confirmed", area: "outbox", operation: "checkout_cart", ...server, status: 201, changes: [{ field: "order_id", before: "", after: "a1b2c3d4e5f6" }] }),
    entry(4, 1.6, { kind: "operation_held", area: "outbox", operation: "checkout_cart", actor: "app", person: "", reason: "customer_under_review" }),
    entry(3, 2, { kind: "customer_changed", ...server, status: 200, changes: [{ field: "review", before: "", after: "under_review" }, { field: "tenant_id", before: "", after: "0198f0c4-0000-7000-8000-000000000001" }] }),
    entry(2, 2.1, { kind: "customer_added", changes: [{ field: "name", before: "", after: CUSTOMER }, { field: "country", before: "", after: "DE" }, { field: "town", before: "", after: "Husum" }] }),
    entry(1, 26, { kind: "sample_loaded", area: "book", subject: "" }),
  ];
}

/** Its answers. A `broken` one says that its chain does not hold. */
export function journal(options: { empty?: boolean; broken?: boolean; brokenHistory?: boolean }) {
  const answers: Answers<"journal" | "journalCheck" | "exportJournal"> = {
    journal: (filter) => {
      const ofOne = filter.customerId !== "" || filter.resellerId !== "";
      const all = options.empty ? [] : newest().filter((row) => !ofOne || row.area !== "sessions");
      const text = filter.search.toLowerCase();
      const rows = all.filter((row) => (filter.areas.length === 0 || filter.areas.includes(row.area)) && (text === "" || JSON.stringify(row).toLowerCase().includes(text)));
      return { rows, next: null, matching: rows.length, total: all.length, of: filter.customerId === "" ? "" : CUSTOMER };
    },
    journalCheck: () => ({ checkedAt: ago(hours(0.1)), broken: options.broken ? { number: 5, fault: "changed", rightUntil: ago(hours(1.6)), foundAt: ago(hours(0.1)) } : null, history: options.brokenHistory ? { number: 3, fault: "changed", rightUntil: ago(hours(2)), foundAt: ago(hours(0.1)) } : null, damaged: false }),
    exportJournal: (_filter, _words, name) => ({ entries: 9, rows: 14, file: name }),
  };
  return answers;
}
