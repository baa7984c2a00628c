// A change as it is being chosen, and when it says enough to be looked at.
import type { SubscriptionActionView, SubscriptionChangeForm, SubscriptionPageView, SubscriptionValues } from "@/shared/ipc";

/** As it is wanted, with all changes that wait. */
export function valuesOf(page: SubscriptionPageView): SubscriptionValues {
  return page.wanted ?? page.confirmed;
}

const NOTHING: Omit<SubscriptionChangeForm, "kind"> = { quantity: 0, autoRenew: false, productId: "", skuId: "", term: "", cycle: "", contactId: "", decision: null };

/** What an action's panel opens with; nothing for those that have a panel of another kind. */
export function formOf(action: SubscriptionActionView, page: SubscriptionPageView): SubscriptionChangeForm | undefined {
  const values = valuesOf(page);
  const limits = page.actions.find((one) => one.action === action);
  const next = values.nextTerm;
  switch (action) {
    case "more_licences":
      return { ...NOTHING, kind: "licences", quantity: limits?.lowest ?? values.quantity + 1 };
    case "fewer_licences":
      return { ...NOTHING, kind: "licences", quantity: limits?.highest ?? values.quantity - 1 };
    case "upgrade":
      return { ...NOTHING, kind: "upgrade", quantity: values.quantity };
    case "auto_renew_on":
      return { ...NOTHING, kind: "auto_renew", autoRenew: true };
    case "auto_renew_off":
      return { ...NOTHING, kind: "auto_renew", autoRenew: false };
    case "change_at_renewal":
      return { ...NOTHING, kind: "at_renewal", quantity: next?.quantity ?? values.quantity, term: next?.term ?? values.term, cycle: next?.cycle ?? values.cycle };
    case "drop_change_at_renewal":
      return { ...NOTHING, kind: "drop_at_renewal" };
    case "cancel":
      return { ...NOTHING, kind: "cancel" };
    case "suspend":
      return { ...NOTHING, kind: "suspend" };
    case "resume":
      return { ...NOTHING, kind: "resume" };
    case "decide":
      return { ...NOTHING, kind: "decide" };
    case "support_contact":
      return { ...NOTHING, kind: "support_contact", contactId: page.support.contactId };
    case "reseller_of_record":
      return undefined;
  }
}

/** Only then is it asked what it will do. */
export function isWhole(form: SubscriptionChangeForm): boolean {
  switch (form.kind) {
    case "licences":
    case "at_renewal":
      return form.quantity > 0;
    case "upgrade":
      return form.quantity > 0 && form.productId !== "";
    case "decide":
      return form.decision !== null && (!["cut", "change"].includes(form.decision) || form.quantity > 0);
    case "auto_renew":
    case "drop_at_renewal":
    case "cancel":
    case "suspend":
    case "resume":
    case "support_contact":
      return true;
  }
}

/** Digits alone: a number, whatever its size. */
export function isNumber(text: string): boolean {
  return /^\d+$/.test(text.trim());
}

/** Chosen is what there is to choose; what is missing is a number that is right. */
export function isWrongNumber(form: SubscriptionChangeForm): boolean {
  return form.quantity === 0 && (["licences", "at_renewal"].includes(form.kind) || (form.kind === "upgrade" && form.productId !== "") || (form.kind === "decide" && (form.decision === "cut" || form.decision === "change")));
}

/** A number of licences as typed; 0 when it is none. */
export function licences(text: string): number {
  const trimmed = text.trim();
  return /^\d{1,7}$/.test(trimmed) ? Number(trimmed) : 0;
}
