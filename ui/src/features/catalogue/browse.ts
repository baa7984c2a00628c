// Which offers a tab and a search show, as plain functions.
import type { OfferView } from "@/shared/ipc";

/** Families in the order of their tabs; anything unknown belongs to `other`. */
export const FAMILIES = ["business", "enterprise", "frontline", "teams", "security", "dynamics", "other"] as const;
export type Family = (typeof FAMILIES)[number];
export type Shelf = "favourites" | "all" | Family;

export function familyOf(offer: OfferView): Family {
  return FAMILIES.find((family) => family === offer.family) ?? "other";
}

function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Offers of a shelf whose title, description or SKU has every word searched. A search looks on all shelves. */
export function onShelf(offers: readonly OfferView[], shelf: Shelf, search: string): OfferView[] {
  const words = fold(search).split(/\s+/).filter(Boolean);
  if (words.length > 0) {
    return offers.filter((offer) => {
      const text = fold(`${offer.title} ${offer.description} ${offer.productId}:${offer.skuId}`);
      return words.every((word) => text.includes(word));
    });
  }
  if (shelf === "all") return [...offers];
  if (shelf === "favourites") return offers.filter((offer) => offer.favourite || offer.recent);
  return offers.filter((offer) => familyOf(offer) === shelf);
}

/** Lowest price of a licence a month, and undefined without a price list. */
export function fromPrice(offer: OfferView): number | undefined {
  const prices = offer.plans.flatMap((plan) => (plan.monthlyPrice === null ? [] : [plan.monthlyPrice]));
  return prices.length === 0 ? undefined : Math.min(...prices);
}
