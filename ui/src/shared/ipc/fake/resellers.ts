// The fake's resellers in depth: page, work list, partnerships to place.
import type { CustomerRow, HangingList, PartnershipToPlace, RecordPreview, ResellerPageView, ResellerRow, ShieldView } from "../bindings";
import { CommandError, type Commands } from "../host";
import { ago, days, hours } from "./book";

/** The shield of a row of the fake's book. */
export function shieldOf(partnership: ResellerRow["partnership"], fitness: ResellerRow["fitness"]): ShieldView {
  const none = { reason: null, fixer: null, checkedAt: null, days: 0 };
  if (partnership === "draft") return { ...none, kind: "not_fit", reason: "not_requested", fixer: "us" };
  if (partnership === "requested") return { ...none, kind: "not_fit", reason: "not_accepted", fixer: "reseller" };
  if (partnership === "declined" || partnership === "ended") return { ...none, kind: "not_fit", reason: partnership, fixer: "us" };
  if (fitness === "fit") return { ...none, kind: "fit", checkedAt: ago(hours(16)) };
  if (fitness === "unknown") return { ...none, kind: "stale", checkedAt: ago(days(34)), days: 34 };
  return { ...none, kind: "not_fit", reason: fitness, fixer: "reseller", checkedAt: ago(hours(16)) };
}

type InDepth = Pick<Commands, "checkResellers" | "resellerPage" | "saveResellerNote" | "saveResellerTags" | "saveResellerSupport" | "seeResellerNews" | "partnershipsToPlace" | "placePartnership" | "hanging" | "previewRecord" | "submitRecord" | "practiceReseller">;
type Answers = { [K in keyof InDepth]: (...args: Parameters<InDepth[K]>) => Awaited<ReturnType<InDepth[K]>> };

/** Answers over the fake's book. */
export function resellersInDepth(partners: ResellerRow[], owners: CustomerRow[], changed: (topic: "resellers") => void): Answers {
  const notes = new Map<string, string>();
  const supports = new Map<string, string>();
  const moved = new Set<string>();
  const row = (id: string): ResellerRow => {
    const found = partners.find((one) => one.id === id);
    if (!found) throw new CommandError({ code: "not_found", fields: [] });
    return found;
  };
  const choices = partners.filter((one) => one.partnership === "active").map(({ id, name, partnerId, shield }) => ({ id, name, partnerId, shield }));
  const onRecord = (reseller: ResellerRow): HangingList["groups"][number]["subscriptions"] =>
    owners
      .filter((owner) => owner.resellerId === reseller.id)
      .map((owner, index) => {
        const subscriptionId = `${owner.id}-record`;
        const waits = moved.has(subscriptionId);
        return {
          subscriptionId,
          productName: index % 3 === 0 ? "Microsoft 365 Business Premium" : "Microsoft 365 Business Standard",
          quantity: 5 + index,
          endsAt: ago(-days(40 + index * 9)),
          customerId: owner.id,
          customerName: owner.name,
          stays: waits ? ("under_way" as const) : index === 2 ? ("legacy" as const) : null,
          operationId: waits ? `${subscriptionId}-change` : "",
          operationState: waits ? ("waiting" as const) : null,
        };
      });
  const page = (id: string): ResellerPageView => {
    const found = row(id);
    const customers = owners.filter((owner) => owner.resellerId === id);
    const active = found.partnership === "active";
    return {
      row: found,
      agreement: !active || found.fitness === "unknown" ? "open" : found.fitness === "agreement_not_signed" ? "no" : "yes",
      onRecord: !active || found.fitness === "unknown" ? "open" : found.fitness === "partner_id_not_valid" || found.fitness === "suspended" ? "no" : "yes",
      code: found.fitness === "suspended" ? 900154 : 0,
      customers: customers.slice(0, 50),
      orders: customers.slice(0, 4).map((owner, index) => ({ orderId: `f0e1d2c3b4a${String(index)}`, customerId: owner.id, customerName: owner.name, at: ago(days(12 + index * 31)), products: ["Microsoft 365 Business Standard"], licences: 7 + index })),
      requests: [],
      note: notes.get(id) ?? "",
      supportId: supports.get(id) ?? "",
      supportChoices: choices.map(({ id: choice, name }) => ({ id: choice, name })),
      onRecordCount: onRecord(found).length,
      knownTags: [...new Set(partners.flatMap((one) => one.tags))],
    };
  };
  return {
    checkResellers: () => null,
    resellerPage: page,
    saveResellerNote: (id, note) => {
      notes.set(id, note);
      changed("resellers");
      return null;
    },
    saveResellerTags: (id, tags) => {
      row(id).tags = tags;
      changed("resellers");
      return null;
    },
    saveResellerSupport: (id, contactId) => {
      supports.set(id, contactId);
      changed("resellers");
      return null;
    },
    seeResellerNews: () => null,
    partnershipsToPlace: (): PartnershipToPlace[] => {
      const candidate = partners.find((one) => one.partnership === "requested");
      return candidate === undefined ? [] : [{ tenantId: "7c0f5a52-1f7e-4a6e-9a35-52f0c2a4d111", partnerId: "6530771", name: candidate.name, country: candidate.country, seenAt: ago(hours(2)), candidates: [candidate] }];
    },
    placePartnership: (_tenant, id) => {
      const found = partners.find((one) => one.id === id);
      if (found) found.partnership = "active";
      changed("resellers");
      return null;
    },
    hanging: (only): HangingList => ({
      groups: partners
        .filter((one) => (only === "" ? one.partnership === "active" && one.shield.kind === "not_fit" : one.id === only))
        .map((reseller) => ({ reseller, subscriptions: onRecord(reseller) }))
        .filter((group) => group.subscriptions.length > 0),
      choices,
    }),
    previewRecord: (ids, to): RecordPreview => {
      const wanted = row(to);
      const all = partners.flatMap((reseller) => onRecord(reseller).map((one) => ({ reseller, one })));
      const found = all.filter(({ one }) => ids.includes(one.subscriptionId) && one.stays === null);
      return {
        changes: found.map(({ reseller, one }) => ({ subscriptionId: one.subscriptionId, customerName: one.customerName, productName: one.productName, quantity: one.quantity, fromName: reseller.name, fromPartnerId: reseller.partnerId })),
        leftOut: ids.length - found.length,
        toName: wanted.name,
        toPartnerId: wanted.partnerId,
        shield: wanted.shield,
        hash: ids.join(","),
      };
    },
    submitRecord: (ids) => {
      for (const id of ids) moved.add(id);
      changed("resellers");
      return ids.length;
    },
    practiceReseller: () => null,
  };
}
