// The fake's outbox: one operation in each state that a screen must be able to show.
import type { AttentionReasonView, CustomerRow, HistoryEntry, OperationAction, OperationDetail, OperationLine, OperationRow, OutboxFilter, OutboxView, ProfileView } from "../bindings";
import { ago, days, hours } from "./book";

const operation = (number: number, customer: { id: string; name: string }, own: Partial<OperationRow>): OperationRow => ({
  id: `0192e000-0000-7000-8000-${String(number).padStart(12, "0")}`,
  onboardingId: `0192f000-0000-7000-8000-${customer.id.slice(-12)}`,
  sessionId: null,
  sessionName: "",
  kind: "create_customer",
  state: "waiting",
  customerId: customer.id,
  customerName: customer.name,
  lines: 0,
  licences: 0,
  product: "",
  change: null,
  autoRenew: null,
  target: "",
  waitsFor: "nothing",
  after: null,
  customerHint: "",
  customerEntered: null,
  notBefore: null,
  hold: null,
  holdSince: null,
  attention: null,
  setupInfoWaits: false,
  updatedAt: ago(hours(3)),
  ...own,
});

export function operations(customers: { id: string; name: string }[]): OperationRow[] {
  const named = (name: string) => customers.find((customer) => customer.name.startsWith(name)) ?? { id: "0", name };
  const lehmann = named("Praxis");
  const eye = named("Augen");
  const hotel = named("Seehotel");
  const dyke = named("Deichgraf");
  const brandt = named("Tischlerei");
  const mill = named("Młyn");
  return [
    operation(1, lehmann, { state: "needs_attention", attention: "postal_code", updatedAt: ago(hours(1)) }),
    operation(2, lehmann, { kind: "confirm_agreement", waitsFor: "customer" }),
    operation(3, lehmann, { kind: "create_cart", waitsFor: "agreement", lines: 2, licences: 12 }),
    operation(4, lehmann, { kind: "checkout_cart", waitsFor: "cart", lines: 2, licences: 12 }),
    operation(5, eye, { kind: "create_cart", state: "on_hold", hold: "customer_under_review", holdSince: ago(hours(17)), waitsFor: "review", lines: 1, licences: 18 }),
    operation(6, hotel, { kind: "confirm_agreement", state: "on_hold", hold: "agreement_open", holdSince: ago(days(2)) }),
    operation(7, mill, { kind: "checkout_cart", state: "sending", lines: 1, licences: 9 }),
    operation(8, dyke, { kind: "create_cart", waitsFor: "network", lines: 1, licences: 16 }),
    operation(9, dyke, { kind: "checkout_cart", waitsFor: "cart", lines: 1, licences: 16 }),
    operation(10, brandt, { state: "confirmed", setupInfoWaits: true, updatedAt: ago(hours(2)) }),
    operation(11, brandt, { kind: "confirm_agreement", state: "confirmed", updatedAt: ago(hours(2)) }),
    operation(12, brandt, { kind: "create_cart", state: "confirmed", lines: 2, licences: 14, updatedAt: ago(hours(2)) }),
    operation(13, brandt, { kind: "checkout_cart", state: "confirmed", lines: 2, licences: 14, updatedAt: ago(hours(2)) }),
    { ...operation(14, hotel, { kind: "update_customer_profile", state: "needs_attention", attention: "difference", updatedAt: ago(hours(4)) }), onboardingId: "0192f000-0000-7000-8000-000000000014" },
    { ...operation(15, mill, { kind: "create_cart", state: "needs_attention", attention: "price_changed", lines: 2, licences: 30, updatedAt: ago(hours(5)) }), onboardingId: "0192f000-0000-7000-8000-000000000015" },
    { ...operation(16, eye, { kind: "checkout_cart", state: "needs_attention", attention: "partial_checkout", lines: 2, licences: 30, updatedAt: ago(hours(6)) }), onboardingId: "0192f000-0000-7000-8000-000000000016" },
    { ...operation(17, dyke, { kind: "checkout_cart", state: "needs_attention", attention: "order_may_exist", lines: 2, licences: 30, updatedAt: ago(hours(7)) }), onboardingId: "0192f000-0000-7000-8000-000000000017" },
  ];
}

const FILTERS: Record<OutboxFilter, (row: OperationRow) => boolean> = {
  all: () => true,
  waiting: (row) => row.state === "waiting" || row.state === "sending",
  on_hold: (row) => row.state === "on_hold",
  needs_attention: (row) => row.state === "needs_attention",
  confirmed: (row) => row.state === "confirmed",
};

export function outboxView(rows: OperationRow[], filter: OutboxFilter): OutboxView {
  const count = (name: OutboxFilter) => rows.filter(FILTERS[name]).length;
  return {
    rows: rows.filter(FILTERS[filter]),
    all: count("all"),
    waiting: count("waiting"),
    onHold: count("on_hold"),
    needsAttention: count("needs_attention"),
    confirmed: count("confirmed"),
  };
}

export function operationDetail(row: OperationRow): OperationDetail {
  const bad = row.state === "needs_attention";
  const correlation = "8d41e07a-52c9-4f0e-b6a1-0c3f7e9912ab";
  const step = (own: Partial<HistoryEntry>): HistoryEntry => ({ at: ago(hours(4)), kind: "submitted", status: 0, code: 0, correlationId: "", reason: "", ...own });
  const offered: Partial<Record<AttentionReasonView, OperationAction[]>> = { difference: ["resolve"], price_changed: ["approve_again", "mend", "cancel"], partial_checkout: ["order_rest", "give_up_rest"], order_may_exist: ["link", "disown", "check_again"] };
  const special = row.attention === null ? undefined : offered[row.attention];
  const actions: OperationAction[] = bad ? (special ?? ["mend", "cancel"]) : row.state === "waiting" || row.state === "on_hold" ? ["cancel"] : [];
  const risen = row.attention === "price_changed";
  const partial = row.attention === "partial_checkout";
  const line = (title: string, quantity: number, approvedPrice: number, priceNow: number, refused: boolean): OperationLine => ({ title, quantity, term: "P1Y", cycle: "monthly", approvedPrice, priceNow, state: partial ? (refused ? "refused" : "bought") : "open", code: refused && partial ? 800066 : 0, reason: refused && partial ? "quantity" : null });
  return {
    row,
    fixer: bad ? "us" : row.state === "on_hold" ? "microsoft" : null,
    field: bad && !special ? "customer.postalCode" : "",
    fieldValue: bad && !special ? "2410" : "",
    ambiguous: row.attention === "order_may_exist",
    actions,
    cancelsChanges: [],
    cancels: row.kind === "create_customer" ? 4 : 1,
    cancelsOrders: row.kind === "create_customer" || row.kind === "checkout_cart" ? 1 : 0,
    history: [
      ...(bad ? [step({ at: ago(hours(1)), kind: "needs_attention", reason: "postal_code" }), step({ at: ago(hours(1)), kind: "answered", status: 400, code: 3000, correlationId: correlation })] : []),
      ...(row.state === "on_hold" ? [step({ at: ago(hours(17)), kind: "held", reason: row.hold ?? "" })] : []),
      ...(row.state === "confirmed" ? [step({ at: row.updatedAt, kind: "confirmed" }), step({ at: row.updatedAt, kind: "answered", status: 201, correlationId: correlation })] : []),
      ...(row.state === "waiting" ? [] : [step({ at: ago(hours(3)), kind: "sent", correlationId: correlation }), step({ at: ago(hours(3.15)), kind: "looked_up" }), step({ at: ago(hours(3.2)), kind: "no_answer", correlationId: correlation })]),
      step({ kind: "submitted" }),
    ],
    orderLines: row.lines > 0 ? [line("Microsoft 365 Business Premium", row.licences, 4860, risen ? 5346 : 4860, false), ...(special ? [line("Exchange Online (Plan 1)", 5, 234, 234, true)] : [])] : [],
    prices: risen || partial ? { approved: risen ? 5094 : 234, now: risen ? 5580 : 234, currency: "EUR" } : null,
    approval: "seen",
    attempts: row.state === "waiting" ? [] : [
      { number: 2, startedAt: ago(hours(1)), outcome: bad ? "refused" : "done", status: bad ? 400 : 201, code: bad ? 3000 : 0, explanation: bad ? { cause: "address_invalid", fixer: "us", step: "edit" } : null, correlationId: correlation },
      { number: 1, startedAt: ago(hours(3)), outcome: "unknown", status: 0, code: 0, explanation: null, correlationId: "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed" },
    ],
    changes: row.kind === "update_customer_profile" ? [{ field: "lastName", before: "Marxen", after: "Marxen-Lüders" }, { field: "phone", before: "", after: "+49 431 555 019" }] : [],
    titles: [],
    found: row.attention === "order_may_exist" ? [{ id: "a3f19c2b7e50", name: "Microsoft 365 Business Premium × 30", at: ago(hours(8)), same: true }] : [],
    disowned: [],
    difference: row.attention === "difference" ? {
      baseAt: ago(days(3)), mineAt: ago(hours(5)), theirsAt: ago(hours(4)),
      fields: [
        { field: "lastName", base: "Marxen", mine: "Marxen-Lüders", theirs: "Neumann", conflict: true },
        { field: "phone", base: "", mine: "+49 431 555 019", theirs: "", conflict: false },
        { field: "addressLine1", base: "Strandweg 4", mine: "Strandweg 4", theirs: "Hafenstraße 7", conflict: false },
      ],
    } : null,
  };
}

export function profileView(owner: CustomerRow): ProfileView {
  const values = { companyName: owner.name, firstName: "Ute", lastName: "Marxen", email: "ute.marxen@example.org", phone: "+49 431 555 019", addressLine1: "Strandweg 4", addressLine2: "", postalCode: "24103", city: owner.town, state: "" };
  const fields = Object.entries(values).map(([field, value]) => ({ field, value }));
  const reviewed = fields.filter((one) => !["firstName", "lastName", "email", "phone"].includes(one.field));
  return { customerId: owner.id, customerName: owner.name, known: true, whole: true, reading: false, readAt: ago(days(1)), operationId: "", state: null, fields, reviewed, country: owner.country };
}

export function waitingChange(owner: CustomerRow): OperationRow {
  return { ...operation(90, owner, { kind: "update_customer_profile", waitsFor: "turn", updatedAt: ago(0) }), onboardingId: "0192f000-0000-7000-8000-000000000090" };
}
