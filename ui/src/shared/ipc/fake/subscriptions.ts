// The fake's customers and subscriptions in depth: pages, what a change will do, ends of terms, support contacts.
import type {
  ChangeEffect,
  ChangeEffectKind,
  ChangePreview,
  CustomerPageView,
  CustomerRow,
  EndingRow,
  OfferView,
  OperationRow,
  ResellerRow,
  SubscriptionActionRow,
  SubscriptionActionView,
  SubscriptionChangeForm,
  SubscriptionChangeRow,
  SubscriptionPageView,
  SubscriptionRow,
  SubscriptionValues,
  SupportRow,
  TermDecisionRow,
  Topic,
  UpgradeTarget,
} from "../bindings";
import { CommandError, type Commands } from "../host";
import { ago, days, hours } from "./book";

type InDepth = Pick<
  Commands,
  | "customerPage"
  | "saveCustomerAlias"
  | "saveCustomerNote"
  | "saveCustomerTags"
  | "subscriptionPage"
  | "upgradeTargets"
  | "previewSubscriptionChange"
  | "submitSubscriptionChange"
  | "endingSubscriptions"
  | "supportContacts"
  | "previewSupportContacts"
  | "submitSupportContacts"
  | "practiceClock"
  | "movePracticeClock"
  | "practiceSubscription"
>;
type Answers = { [K in keyof InDepth]: (...args: Parameters<InDepth[K]>) => Awaited<ReturnType<InDepth[K]>> };

export interface FakeBook {
  partners: ResellerRow[];
  owners: CustomerRow[];
  owned: Map<string, SubscriptionRow[]>;
  products: OfferView[];
  operations: () => OperationRow[];
  setupInfoOf: (customerId: string) => string;
  changed: (...topics: Topic[]) => void;
}

const euro = (amount: number): { amount: number; currency: string } => ({ amount: Math.round(amount * 100) / 100, currency: "EUR" });
/** A page behind a cursor: here simply how many rows lie before it. */
function pageOf<R>(all: readonly R[], query: { after: string; limit: number }): { rows: R[]; next: string } {
  const from = Number(query.after);
  const to = from + query.limit;
  return { rows: all.slice(from, to), next: to < all.length ? String(to) : "" };
}

const effect = (kind: ChangeEffectKind, part: Partial<ChangeEffect> = {}): ChangeEffect => ({ kind, at: null, quantity: 0, quantityAfter: 0, money: null, unit: null, days: 0, ofDays: 0, product: "", nextTerm: null, ...part });

/** Answers over the fake's book. */
export function subscriptionsInDepth(book: FakeBook): Answers {
  const notes = new Map<string, string>();
  const tags = new Map<string, string[]>();
  const contacts = new Map<string, string>();
  const changes = new Map<string, SubscriptionChangeRow[]>();
  const wanted = new Map<string, SubscriptionValues>();
  const decided = new Map<string, TermDecisionRow>();
  let ahead = 0;

  const missing = () => new CommandError({ code: "not_found", fields: [] });
  const owner = (id: string): CustomerRow => {
    const found = book.owners.find((one) => one.id === id);
    if (!found) throw missing();
    return found;
  };
  const all = () => book.owners.flatMap((customer) => (book.owned.get(customer.id) ?? []).map((row) => ({ customer, row })));
  const find = (id: string) => {
    const found = all().find(({ row }) => row.id === id);
    if (!found) throw missing();
    return found;
  };
  const partner = (id: string) => book.partners.find((one) => one.id === id);
  const choices = book.partners.filter((one) => one.partnership === "active").map(({ id, name }) => ({ id, name }));
  const contactOf = (customer: CustomerRow, row: SubscriptionRow) => contacts.get(row.id) ?? (row.commerce === "legacy" && row.quantity % 3 === 0 ? "" : customer.resellerId);
  const values = (row: SubscriptionRow): SubscriptionValues => ({ productName: row.productName, quantity: row.quantity, term: row.term, cycle: row.cycle, status: "active", autoRenew: row.autoRenew, nextTerm: null });
  const offerOf = (row: SubscriptionRow) => book.products.find((one) => one.title === row.productName);
  const priceOf = (row: SubscriptionRow) => {
    const price = offerOf(row)?.plans.find((plan) => plan.term === row.term && plan.cycle === row.cycle)?.periodPrice ?? null;
    return price === null ? null : euro(price);
  };
  const back = (row: SubscriptionRow) => (row.stands.kind === "window_closes" ? 6 : 0);
  const until = ago(-hours(9));

  const actions = (row: SubscriptionRow, now: SubscriptionValues): SubscriptionActionRow[] => {
    const act = (action: SubscriptionActionView, blocked: SubscriptionActionRow["blocked"] = null, lowest = 0, highest = 0, deadline: string | null = null): SubscriptionActionRow => ({ action, blocked, lowest, highest, until: deadline });
    const old = row.commerce === "legacy";
    const open = back(row) > 0;
    return [
      act("more_licences", null, now.quantity + 1, 300),
      old ? act("fewer_licences", null, 1, now.quantity - 1) : open ? act("fewer_licences", null, Math.max(1, row.quantity - 6), now.quantity - 1, until) : act("fewer_licences", "window_closed"),
      act("upgrade", row.productName.includes("E5") ? "no_target" : null, 1, now.quantity),
      act("auto_renew_on", now.autoRenew ? "already_so" : null),
      act("auto_renew_off", now.autoRenew ? null : "already_so"),
      act("change_at_renewal", old ? "older_kind" : now.autoRenew ? null : "auto_renew_off", 1, 300),
      act("drop_change_at_renewal", old ? "older_kind" : now.nextTerm === null ? "nothing_planned" : null),
      act("cancel", old ? "suspend_instead" : open ? null : "window_closed", 0, 0, open ? until : null),
      act("suspend"),
      act("resume", "already_so"),
      act("reseller_of_record", old ? "older_kind" : null),
      act("support_contact"),
      act("decide", null, 1, 300, row.endsAt),
    ];
  };
  const termEnd = (row: SubscriptionRow) => ({
    at: row.endsAt ?? ago(-days(90)),
    open: row.stands.kind === "term_ends" && !decided.has(row.id),
    decided: decided.get(row.id) ?? null,
    default: row.autoRenew ? ("renews" as const) : ("paid_extension" as const),
    extensionPrice: row.commerce === "new" ? euro((priceOf(row)?.amount ?? 10) * row.quantity * 1.03) : null,
    decisions: (["renew", "cut", "change", "cancel", "extend"] as const).filter((one) => one === "renew" || one === "cancel" || (row.commerce === "new" && (one !== "cut" || row.quantity > 1))),
  });

  const page = (id: string): SubscriptionPageView => {
    const { customer, row } = find(id);
    const now = wanted.get(id) ?? values(row);
    const reseller = partner(customer.resellerId);
    const contact = contactOf(customer, row);
    const product = offerOf(row);
    return {
      id,
      remoteId: `c1a2b3d4-${id.slice(-4)}-4e5f-8a6b-9c0d1e2f3a4b`,
      orderId: `f0e1d2c3b4a${id.slice(-2)}`,
      customerId: customer.id,
      customerName: customer.name,
      country: customer.country,
      segment: "Commercial",
      commerce: row.commerce,
      productId: product?.productId ?? "",
      skuId: product?.skuId ?? "",
      trial: false,
      stands: wanted.has(id) ? { kind: "waiting", hold: null, attention: null, at: null, count: 1 } : row.stands,
      confirmed: values(row),
      wanted: wanted.get(id) ?? null,
      asOf: ago(hours(16)),
      startedAt: ago(days(200)),
      endsAt: row.endsAt,
      unitPrice: priceOf(row),
      pricesFrom: "2026-11-01",
      billedUntil: ago(-days(24)),
      resellerId: row.commerce === "new" ? customer.resellerId : "",
      resellerName: row.commerce === "new" ? customer.resellerName : "",
      resellerPartnerId: row.commerce === "new" ? (reseller?.partnerId ?? "") : "",
      cancellableUntil: null,
      window: back(row) > 0 ? [{ quantity: 6, until }] : [],
      termEnd: termEnd(row),
      support: { contactId: contact, contactName: partner(contact)?.name ?? "", chosen: contacts.has(id), defaultId: customer.resellerId, defaultName: customer.resellerName, noteOnly: row.commerce === "new", choices, operationId: "", state: null },
      addons: [],
      actions: actions(row, now),
      changes: changes.get(id) ?? [],
      now: ago(-hours(ahead)),
      zone: "Europe/Berlin",
    };
  };

  const after = (form: SubscriptionChangeForm, row: SubscriptionRow, before: SubscriptionValues): ChangeEffect[] => {
    const unit = priceOf(row);
    const end = row.endsAt ?? ago(-days(90));
    const part = (count: number, kind: "charged" | "credited") => (unit === null ? effect("price_unknown") : effect(kind, { quantity: count, money: euro((unit.amount * count * 24) / 30), unit, days: 24, ofDays: 30, at: ago(-days(24)) }));
    switch (form.kind) {
      case "licences": {
        const more = form.quantity - before.quantity;
        return more > 0
          ? [effect("licences", { quantity: before.quantity, quantityAfter: form.quantity }), part(more, "charged"), effect("window_opens", { quantity: more, at: ago(-days(7)) }), effect("record_checked")]
          : [effect("licences", { quantity: before.quantity, quantityAfter: form.quantity }), effect("users_lose", { quantity: -more }), part(-more, "credited"), effect("only_until", { at: until, quantity: -more }), effect("fixed_until", { quantity: form.quantity, at: end })];
      }
      case "upgrade":
        return form.quantity === before.quantity
          ? [effect("reassigned", { quantity: form.quantity, product: "Microsoft 365 Business Premium" }), part(form.quantity, "charged"), effect("irreversible")]
          : [effect("second_subscription", { at: end }), effect("assign_by_hand", { quantity: form.quantity, product: "Microsoft 365 Business Premium" }), part(form.quantity, "charged"), effect("irreversible")];
      case "auto_renew":
        return form.autoRenew ? [effect("renews", { at: end, quantity: before.quantity })] : [effect("auto_renew_goes_off"), effect("ends", { at: end })];
      case "at_renewal":
        return [effect("takes_effect", { at: end }), effect("renews", { at: end, quantity: form.quantity })];
      case "drop_at_renewal":
        return [effect("renews", { at: end, quantity: before.quantity })];
      case "cancel":
        return [effect("access_ends"), part(before.quantity, "credited"), effect("only_until", { at: until, quantity: before.quantity }), effect("irreversible")];
      case "suspend":
        return [effect("access_ends"), effect(row.commerce === "new" ? "billing_continues" : "billing_stops"), effect("auto_renew_goes_off")];
      case "resume":
        return [effect("licences", { quantity: before.quantity, quantityAfter: before.quantity })];
      case "support_contact":
        return row.commerce === "new" ? [effect("note_only", { product: find(row.id).customer.resellerName })] : [effect("contact_shown", { product: partner(form.contactId)?.name ?? "" })];
      case "decide":
        return form.decision === "cancel" ? [effect("ends", { at: end })] : form.decision === "extend" ? [effect("paid_extension", { at: end, money: euro(120.4) })] : [effect("renews", { at: end, quantity: form.quantity === 0 ? before.quantity : form.quantity })];
    }
  };
  const preview = (id: string, form: SubscriptionChangeForm): ChangePreview => {
    const { row } = find(id);
    const before = wanted.get(id) ?? values(row);
    const limits = actions(row, before).find((one) => one.action === (form.kind === "licences" ? (form.quantity < before.quantity ? "fewer_licences" : "more_licences") : "decide"));
    const below = form.kind === "licences" && limits !== undefined && form.quantity < limits.lowest;
    const above = form.kind === "licences" && limits !== undefined && limits.highest > 0 && form.quantity > limits.highest;
    const problems = below ? [{ field: "quantity", key: "quantityBelow", expected: String(limits.lowest) }] : above ? [{ field: "quantity", key: "quantityAbove", expected: String(limits.highest) }] : [];
    return { blocked: null, problems, effects: after(form, row, before), isFinal: ["upgrade", "cancel"].includes(form.kind), bookOnly: form.kind === "support_contact" && row.commerce === "new", hash: problems.length > 0 ? "" : JSON.stringify(form), zone: "Europe/Berlin" };
  };
  const supportRows = (): SupportRow[] =>
    all().map(({ customer, row }) => {
      const contact = contactOf(customer, row);
      return { subscriptionId: row.id, customerId: customer.id, customerName: customer.name, resellerId: customer.resellerId, resellerName: customer.resellerName, productName: row.productName, quantity: row.quantity, commerce: row.commerce, contactId: contact, contactName: partner(contact)?.name ?? "", chosen: contacts.has(row.id), defaultId: customer.resellerId, defaultName: customer.resellerName, deviates: contact !== customer.resellerId, operationId: "", state: null };
    });
  const target = (row: SupportRow, to: string) => (to === "default" ? row.defaultId : to);

  return {
    customerPage: (id): CustomerPageView => {
      const row = owner(id);
      const reseller = partner(row.resellerId);
      const subscriptions = book.owned.get(id) ?? [];
      return {
        row,
        registrationNumber: row.country === "PL" ? "583 302 71 49" : "",
        contactName: "Ute Marxen",
        contactEmail: "ute.marxen@example.org",
        review: row.stands.hold === "customer_under_review" ? "under_review" : "allowed",
        agreement: row.stands.hold === "agreement_open" ? "open" : "attested",
        signerName: "Marek Zieliński",
        agreedOn: "2026-03-11",
        resellers: reseller === undefined ? [] : [{ row: reseller, listed: true, onRecord: subscriptions.length }],
        subscriptions,
        orders: subscriptions.slice(0, 3).map((one, index) => ({ orderId: `f0e1d2c3b4a${String(index)}`, at: ago(days(30 + index * 90)), lines: [{ productName: one.productName, quantity: one.quantity }], resellerName: row.resellerName })),
        open: book.operations().filter((one) => one.customerId === id && one.state !== "confirmed"),
        setupInfoOnboardingId: book.setupInfoOf(id),
        note: notes.get(id) ?? "",
        tags: tags.get(id) ?? [],
        knownTags: [...new Set(["Schule", "VIP", ...[...tags.values()].flat()])].sort(),
        createdAt: ago(days(300)),
        confirmedAt: row.tenantId === "" ? null : ago(hours(16)),
      };
    },
    saveCustomerAlias: (id, alias) => {
      owner(id).alias = alias.trim();
      book.changed("customers");
      return null;
    },
    saveCustomerNote: (id, note) => {
      notes.set(id, note);
      book.changed("customers");
      return null;
    },
    saveCustomerTags: (id, list) => {
      tags.set(id, list);
      book.changed("customers");
      return null;
    },
    subscriptionPage: page,
    upgradeTargets: (id): UpgradeTarget[] => {
      const { row } = find(id);
      return book.products
        .filter((one) => one.title !== row.productName && !one.isAddon && (one.title.includes("Premium") || one.title.includes("E5")))
        .map((one, index) => ({ productId: one.productId, skuId: one.skuId, title: one.title, price: euro(one.plans[1]?.periodPrice ?? 0), partial: index === 0, confirmed: index === 0 }));
    },
    previewSubscriptionChange: preview,
    submitSubscriptionChange: (id, form) => {
      const { row } = find(id);
      const before = wanted.get(id) ?? values(row);
      if (form.kind === "support_contact") {
        contacts.set(id, form.contactId);
        book.changed("subscriptions");
        return "";
      }
      if (form.kind === "decide" && form.decision !== null) decided.set(id, { decision: form.decision, at: ago(0), operationId: "" });
      wanted.set(id, { ...before, quantity: form.kind === "licences" ? form.quantity : before.quantity, autoRenew: form.kind === "auto_renew" ? form.autoRenew : before.autoRenew });
      changes.set(id, [{ operationId: `${id}-change`, kind: form.kind, state: "waiting", at: ago(0), quantity: before.quantity, quantityAfter: form.quantity, detail: "", autoRenew: form.kind === "auto_renew" ? form.autoRenew : null, decision: form.decision }, ...(changes.get(id) ?? [])]);
      book.changed("subscriptions", "outbox");
      return `${id}-change`;
    },
    endingSubscriptions: (query) => {
      const rows: EndingRow[] = all()
        .filter(({ row }) => row.endsAt !== null && Date.parse(row.endsAt) < Date.now() + days(query.withinDays))
        .map(({ customer, row }) => ({ subscriptionId: row.id, customerId: customer.id, customerName: customer.name, resellerName: customer.resellerName, productName: row.productName, commerce: row.commerce, quantity: row.quantity, term: row.term, autoRenew: row.autoRenew, termEnd: { ...termEnd(row), open: !row.autoRenew && !decided.has(row.id) } }))
        .filter((row) => !query.onlyOpen || row.termEnd.open)
        .sort((a, b) => a.termEnd.at.localeCompare(b.termEnd.at));
      return { ...pageOf(rows, query), matching: rows.length, more: false, open: rows.filter((row) => row.termEnd.open).length, moreOpen: false, asOf: ago(hours(16)) };
    },
    supportContacts: (query) => {
      const found = supportRows().filter(
        (row) =>
          (query.resellerId === "" || row.resellerId === query.resellerId) &&
          (query.filter === "all" || (query.filter === "deviating" && row.deviates) || (query.filter === "without_contact" && !row.chosen) || (query.filter === "older" && row.commerce === "legacy") || (query.filter === "new" && row.commerce === "new")) &&
          `${row.customerName} ${row.productName}`.toLowerCase().includes(query.search.toLowerCase()),
      );
      return { ...pageOf(found, query), matching: found.length, more: false, deviating: found.filter((row) => row.deviates).length, moreDeviating: false, choices, asOf: ago(hours(16)) };
    },
    previewSupportContacts: (ids, to) => {
      const chosen = supportRows().filter((row) => ids.includes(row.subscriptionId));
      const moved = chosen.filter((row) => target(row, to) !== row.contactId);
      return {
        changes: moved.map((row) => ({ subscriptionId: row.subscriptionId, customerName: row.customerName, productName: row.productName, fromName: row.contactName, toName: partner(target(row, to))?.name ?? "", noteOnly: row.commerce === "new", deviates: target(row, to) !== row.defaultId })),
        sent: moved.filter((row) => row.commerce === "legacy").length,
        notes: moved.filter((row) => row.commerce === "new").length,
        leftOut: chosen.length - moved.length,
        hash: `${ids.join(",")} ${to}`,
      };
    },
    submitSupportContacts: (ids, to) => {
      const moved = supportRows().filter((row) => ids.includes(row.subscriptionId) && target(row, to) !== row.contactId);
      for (const row of moved) contacts.set(row.subscriptionId, target(row, to));
      book.changed("subscriptions");
      return moved.length;
    },
    practiceClock: () => ({ now: ago(-hours(ahead)), hoursAhead: ahead }),
    movePracticeClock: (count) => {
      ahead = count === 0 ? 0 : ahead + count;
      book.changed("practice", "subscriptions");
      return { now: ago(-hours(ahead)), hoursAhead: ahead };
    },
    practiceSubscription: () => null,
  };
}
