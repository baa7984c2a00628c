// Which products the list shows: by tab, or by what is searched over all tabs.
import type { OfferView } from "@/shared/ipc";

/** First tab: what this workspace sells most. */
export const FAVOURITES = "favourites";

/** Families in the order of the catalogue. */
export function familiesOf(offers: readonly OfferView[]): string[] {
  return [...new Set(offers.map((offer) => offer.family))];
}

/** The tab to open: favourites when there are any, else the first family. */
export function firstTab(offers: readonly OfferView[]): string {
  return offers.some((offer) => offer.favourite || offer.recent) ? FAVOURITES : (familiesOf(offers)[0] ?? FAVOURITES);
}

/** Offers of a tab; with a search text, offers of all tabs that hold each of its words. */
export function browse(offers: readonly OfferView[], tab: string, search: string): OfferView[] {
  const words = fold(search).split(/\s+/u).filter((word) => word !== "");
  if (words.length > 0) {
    return offers.filter((offer) => {
      const text = fold(`${offer.title} ${offer.description} ${offer.family} ${offer.productId} ${offer.skuId}`);
      return words.every((word) => text.includes(word));
    });
  }
  if (tab !== FAVOURITES) return offers.filter((offer) => offer.family === tab);
  const shown = offers.filter((offer) => offer.favourite || offer.recent);
  return [...shown.filter((offer) => offer.favourite), ...shown.filter((offer) => !offer.favourite)];
}

function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
