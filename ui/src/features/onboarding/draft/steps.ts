// Which steps a draft has, by what it is for, and which catalogue belongs to it.
import type { DraftContentView, DraftPurposeView, DraftView, WizardStepView } from "@/shared/ipc";

const STEPS: Record<DraftPurposeView, readonly WizardStepView[]> = {
  new_customer: ["customer", "subscriptions", "review"],
  add_subscription: ["subscriptions", "review"],
  // The order that waits behind a refused customer was approved already; only the customer is mended.
  mend_customer: ["customer", "review"],
  mend_order: ["subscriptions", "review"],
  mend_agreement: ["customer", "review"],
  // Has a form of its own; never a draft.
  edit_customer: ["review"],
};

/** The order alone, for a customer of the book. */
export function isOrder(purpose: DraftPurposeView): boolean {
  return purpose === "add_subscription" || purpose === "mend_order";
}

/** Something refused is opened again. */
export function mends(purpose: DraftPurposeView): boolean {
  return purpose === "mend_customer" || purpose === "mend_order" || purpose === "mend_agreement";
}

/** The steps of a draft, in order; Confirmation follows them. */
export function stepsOf(purpose: DraftPurposeView): readonly WizardStepView[] {
  return STEPS[purpose];
}

/** The step after one; none after the last. */
export function stepAfter(purpose: DraftPurposeView, step: WizardStepView): WizardStepView | undefined {
  const steps = stepsOf(purpose);
  return steps[steps.indexOf(step) + 1];
}

/** The step before one; none before the first. */
export function stepBefore(purpose: DraftPurposeView, step: WizardStepView): WizardStepView | undefined {
  const steps = stepsOf(purpose);
  const at = steps.indexOf(step);
  return at > 0 ? steps[at - 1] : undefined;
}

/** The step to show: the one stored, or the first where the draft has no such step. */
export function stepToShow(purpose: DraftPurposeView, step: WizardStepView): WizardStepView {
  const steps = stepsOf(purpose);
  return steps.includes(step) ? step : (steps[0] ?? "review");
}

/** Country whose catalogue is sold from. */
export function marketOf(draft: DraftView, content: DraftContentView): string {
  return isOrder(draft.purpose) ? draft.customerCountry : content.customer.country;
}

const SEGMENTS: Record<string, string> = { education: "education", government_community_cloud: "government" };

/** Segment of the catalogue, by the special qualification. */
export function segmentOf(content: DraftContentView): string {
  return SEGMENTS[content.customer.qualification] ?? "commercial";
}

/** The customer's name, as far as it is known. */
export function nameOf(draft: DraftView, content: DraftContentView): string {
  return isOrder(draft.purpose) || draft.purpose === "mend_agreement" ? draft.customerName : content.customer.companyName.trim();
}
