// The fake's outbox: one operation in each state that a screen must be able to show.
import type { HistoryEntry, OperationAction, OperationDetail, OperationRow, OutboxFilter, OutboxView } from "../bindings";
import { ago, days, hours } from "./book";

const operation = (number: number, customer: { id: string; name: string }, own: Partial<OperationRow>): OperationRow => ({
  id: `0192e000-0000-7000-8000-${String(number).padStart(12, "0")}`,
  onboardingId: `0192f000-0000-7000-8000-${customer.id.slice(-12)}`,
  kind: "create_customer",
  state: "waiting",
  customerId: customer.id,
  customerName: customer.name,
  lines: 0,
  licences: 0,
  waitsFor: "nothing",
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
  const actions: OperationAction[] = bad ? ["mend", "cancel"] : row.state === "waiting" ? ["cancel"] : row.state === "on_hold" ? ["check_again", "cancel"] : [];
  return {
    row,
    fixer: bad ? "us" : row.state === "on_hold" ? "microsoft" : null,
    field: bad ? "customer.postalCode" : "",
    fieldValue: bad ? "2410" : "",
    ambiguous: false,
    actions,
    history: [
      ...(bad ? [step({ at: ago(hours(1)), kind: "needs_attention", reason: "postal_code" }), step({ at: ago(hours(1)), kind: "answered", status: 400, code: 2011, correlationId: correlation })] : []),
      ...(row.state === "on_hold" ? [step({ at: ago(hours(17)), kind: "held", reason: row.hold ?? "" })] : []),
      ...(row.state === "confirmed" ? [step({ at: row.updatedAt, kind: "confirmed" }), step({ at: row.updatedAt, kind: "answered", status: 201, correlationId: correlation })] : []),
      ...(row.state === "waiting" ? [] : [step({ at: ago(hours(3)), kind: "sent", correlationId: correlation }), step({ at: ago(hours(3.15)), kind: "looked_up" }), step({ at: ago(hours(3.2)), kind: "no_answer", correlationId: correlation })]),
      step({ kind: "submitted" }),
    ],
    orderLines: row.lines > 0 ? [{ title: "Microsoft 365 Business Premium", quantity: row.licences, term: "P1Y", cycle: "monthly" }] : [],
  };
}
