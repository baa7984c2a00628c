// Shelves and search of the catalogue.
import { expect, it } from "vitest";
import { offers } from "@/shared/ipc/fake/book";
import { familyOf, fromPrice, onShelf } from "./browse";

const all = offers();

it("shows a family on its shelf, and favourites with the recently used on theirs", () => {
  expect(onShelf(all, "frontline", "").map((offer) => offer.title)).toEqual(["Microsoft 365 F3", "Microsoft 365 F1"]);
  expect(onShelf(all, "favourites", "").every((offer) => offer.favourite || offer.recent)).toBe(true);
  expect(onShelf(all, "all", "")).toHaveLength(all.length);
});

it("searches every shelf, by parts of words", () => {
  expect(onShelf(all, "teams", "visio pl").map((offer) => offer.title)).toEqual(["Visio Plan 2"]);
});

it("puts an unknown family with the others, and takes the lowest price", () => {
  const [first] = all;
  expect(first).toBeDefined();
  if (!first) return;
  expect(familyOf({ ...first, family: "new one" })).toBe("other");
  expect(fromPrice(first)).toBe(11.05);
  expect(fromPrice({ ...first, plans: [] })).toBeUndefined();
});
