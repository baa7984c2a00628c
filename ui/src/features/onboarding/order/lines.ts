// Edits of the order's lines as pure functions. What is allowed is Rust's to say; here lines only come and go
// together with their add-ons.
import type { LineFormView, OfferView, PlanView } from "@/shared/ipc";

/** Key of a product's SKU as the catalogue writes it. */
export function skuKey(offer: { productId: string; skuId: string }): string {
  return `${offer.productId}:${offer.skuId}`;
}

/** The line of a product that stands for itself (not as an add-on of another line). */
export function lineOf(lines: readonly LineFormView[], offer: OfferView): LineFormView | undefined {
  return lines.find((line) => line.baseLine === null && skuKey(line) === skuKey(offer));
}

/** The add-on's line under a base line. */
export function addonLineOf(
  lines: readonly LineFormView[],
  base: LineFormView,
  addon: OfferView,
): LineFormView | undefined {
  return lines.find((line) => line.baseLine === base.line && skuKey(line) === skuKey(addon));
}

/** The plan to begin with: a year billed monthly, as most buy, else the first on sale. */
export function firstPlan(offer: OfferView): PlanView | undefined {
  return offer.plans.find((plan) => plan.term === "P1Y" && plan.cycle === "monthly") ?? offer.plans[0];
}

/** Fewest licences with a plan. */
export function fewest(offer: OfferView, plan: Pick<PlanView, "minimumQuantity"> | undefined): number {
  return Math.max(offer.minimumQuantity, plan?.minimumQuantity ?? 0, 1);
}

/** Plan of a line in its offer. */
export function planOf(offer: OfferView, line: Pick<LineFormView, "term" | "cycle">): PlanView | undefined {
  return offer.plans.find((plan) => plan.term === line.term && plan.cycle === line.cycle);
}

/** Adds a product, a trial in its fixed number; unchanged when it has no plan on sale. */
export function addLine(lines: readonly LineFormView[], offer: OfferView): LineFormView[] {
  const plan = firstPlan(offer);
  if (plan === undefined) return [...lines];
  return [...lines, newLine(lines, offer, plan, offer.isTrial ? offer.maximumQuantity : fewest(offer, plan), null)];
}

/** Adds an add-on under its base, with the base's plan and licences where the add-on has them. */
export function addAddon(lines: readonly LineFormView[], base: LineFormView, addon: OfferView): LineFormView[] {
  const plan = planOf(addon, base) ?? addon.plans.find((each) => each.term === base.term) ?? firstPlan(addon);
  if (plan === undefined) return [...lines];
  const most = addon.maximumQuantity > 0 ? addon.maximumQuantity : base.quantity;
  const quantity = Math.max(fewest(addon, plan), Math.min(base.quantity, most));
  return [...lines, newLine(lines, addon, plan, quantity, base.line)];
}

/** Removes a line and the add-ons under it. */
export function removeLine(lines: readonly LineFormView[], number: number): LineFormView[] {
  return lines.filter((line) => line.line !== number && line.baseLine !== number);
}

/** Changes a line. */
export function changeLine(
  lines: readonly LineFormView[],
  number: number,
  change: Partial<Pick<LineFormView, "quantity" | "customEnd">>,
): LineFormView[] {
  return lines.map((line) => (line.line === number ? { ...line, ...change } : line));
}

/** Changes term and billing; add-ons go along where they are on sale so. An aligned end belongs to the old term. */
export function choosePlan(
  lines: readonly LineFormView[],
  number: number,
  plan: Pick<PlanView, "term" | "cycle">,
  offers: readonly OfferView[],
): LineFormView[] {
  return lines.map((line) => {
    if (line.line === number) return { ...line, term: plan.term, cycle: plan.cycle, customEnd: null };
    if (line.baseLine !== number) return line;
    const offer = offers.find((each) => skuKey(each) === skuKey(line));
    const follows = offer !== undefined && planOf(offer, plan) !== undefined;
    return follows ? { ...line, term: plan.term, cycle: plan.cycle, customEnd: null } : line;
  });
}

function newLine(
  lines: readonly LineFormView[],
  offer: OfferView,
  plan: PlanView,
  quantity: number,
  baseLine: number | null,
): LineFormView {
  const line = lines.reduce((most, each) => Math.max(most, each.line), 0) + 1;
  const { productId, skuId } = offer;
  return { line, productId, skuId, term: plan.term, cycle: plan.cycle, quantity, baseLine, customEnd: null };
}
