// The term × billing table of a product: every choice has its place, also the ones that are not on sale, so that the
// eye always finds a price where it expects it.
import type { OfferView, PlanView } from "@/shared/ipc";

/** Rows. */
export const TERMS = ["P1M", "P1Y", "P3Y"] as const;
/** Columns. */
export const CYCLES = ["monthly", "annual", "triennial"] as const;

/** One of the rows. */
export type Term = (typeof TERMS)[number];
/** One of the columns. */
export type Cycle = (typeof CYCLES)[number];

/** What stands at a place of the table. */
export type Cell =
  | { readonly kind: "offered"; readonly plan: PlanView }
  /** On sale, but not for so few licences. */
  | { readonly kind: "tooFew"; readonly plan: PlanView; readonly minimum: number }
  | { readonly kind: "notOffered" }
  /** No such thing: a bill for longer than the term. */
  | { readonly kind: "none" };

const MONTHS: Record<Term | Cycle, number> = { P1M: 1, P1Y: 12, P3Y: 36, monthly: 1, annual: 12, triennial: 36 };

/** The table for so many licences. */
export function planMatrix(offer: OfferView, quantity: number): { term: Term; cells: { cycle: Cycle; cell: Cell }[] }[] {
  return TERMS.map((term) => ({
    term,
    cells: CYCLES.map((cycle) => ({ cycle, cell: cellOf(offer, term, cycle, quantity) })),
  }));
}

function cellOf(offer: OfferView, term: Term, cycle: Cycle, quantity: number): Cell {
  const plan = offer.plans.find((each) => each.term === term && each.cycle === cycle);
  if (plan === undefined) return MONTHS[cycle] > MONTHS[term] ? { kind: "none" } : { kind: "notOffered" };
  if (plan.minimumQuantity > quantity) return { kind: "tooFew", plan, minimum: plan.minimumQuantity };
  return { kind: "offered", plan };
}

/** Trials and free products have one plan and no bill: no table is shown for them. */
export function unbilledPlan(offer: OfferView): PlanView | undefined {
  return offer.plans.find((plan) => plan.cycle === "none");
}

/** Lowest price of a licence a month, to compare products by. */
export function lowestMonthly(offer: OfferView): number | null {
  const prices = offer.plans.map((plan) => plan.monthlyPrice).filter((price): price is number => price !== null);
  return prices.length === 0 ? null : Math.min(...prices);
}
