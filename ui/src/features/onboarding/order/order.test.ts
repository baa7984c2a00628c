// Lines come and go together with their add-ons; the matrix has a place for every choice, forbidden ones too.
import { describe, expect, it } from "vitest";
import { offer, plan } from "../testkit";
import { FAVOURITES, browse, familiesOf, firstTab } from "./browse";
import { addAddon, addLine, addonLineOf, changeLine, choosePlan, lineOf, removeLine } from "./lines";
import { lowestMonthly, planMatrix, unbilledPlan } from "./matrix";

const base = offer("P1", { addons: ["A1:0001"], plans: [plan("P1M", "monthly", 22), plan("P1Y", "monthly", 19), plan("P1Y", "annual", 18)] });
const addon = offer("A1", { isAddon: true, bases: ["P1:0001"], plans: [plan("P1Y", "monthly", 7), plan("P1Y", "annual", 6)] });
const offers = [base, addon];

describe("lines of the order", () => {
  it("begin with a year billed monthly and the fewest licences", () => {
    expect(addLine([], base)).toEqual([
      { line: 1, productId: "P1", skuId: "0001", term: "P1Y", cycle: "monthly", quantity: 1, baseLine: null, customEnd: null },
    ]);
  });

  it("take their add-ons along", () => {
    let lines = changeLine(addLine([], base), 1, { quantity: 12 });
    const line = lineOf(lines, base);
    if (line === undefined) throw new Error("the base is in the order");
    lines = addAddon(lines, line, addon);
    expect(addonLineOf(lines, line, addon)).toMatchObject({ line: 2, quantity: 12, term: "P1Y", cycle: "monthly" });
    lines = choosePlan(lines, 1, { term: "P1Y", cycle: "annual" }, offers);
    expect(lines.map((each) => each.cycle)).toEqual(["annual", "annual"]);
    lines = choosePlan(lines, 1, { term: "P1M", cycle: "monthly" }, offers);
    expect(lines.map((each) => each.term), "an add-on keeps a plan that it has").toEqual(["P1M", "P1Y"]);
    expect(removeLine(lines, 1)).toEqual([]);
    expect(removeLine(lines, 2).length).toBe(1);
  });

  it("lose an aligned end with the term it belonged to", () => {
    const lines = changeLine(addLine([], base), 1, { customEnd: "2027-03-31" });
    expect(choosePlan(lines, 1, { term: "P1Y", cycle: "annual" }, offers)[0]?.customEnd).toBeNull();
  });
});

describe("the term and billing table", () => {
  it("shows what is not on sale and what needs more licences", () => {
    const e5 = offer("E5", { plans: [plan("P1Y", "monthly", 50), plan("P3Y", "annual", 45, 100)] });
    const cells = planMatrix(e5, 10).flatMap((row) => row.cells.map(({ cycle, cell }) => `${row.term} ${cycle} ${cell.kind}`));
    expect(cells).toEqual([
      "P1M monthly notOffered",
      "P1M annual none",
      "P1M triennial none",
      "P1Y monthly offered",
      "P1Y annual notOffered",
      "P1Y triennial none",
      "P3Y monthly notOffered",
      "P3Y annual tooFew",
      "P3Y triennial notOffered",
    ]);
    expect(planMatrix(e5, 100)[2]?.cells[1]?.cell.kind).toBe("offered");
    expect(lowestMonthly(e5)).toBe(45);
  });

  it("has no table for a trial", () => {
    expect(unbilledPlan(offer("T", { isTrial: true, plans: [plan("P1M", "none", null)] }))).toBeDefined();
    expect(lowestMonthly(offer("T", { plans: [plan("P1M", "none", null)] }))).toBeNull();
  });
});

describe("browsing the catalogue", () => {
  const all = [
    offer("P1", { title: "Microsoft 365 Business Premium", family: "business", favourite: true }),
    offer("P2", { title: "Défense avancée", family: "security", recent: true }),
    offer("P3", { title: "Visio Plan 2", family: "other" }),
  ];
  it("opens with favourites where there are any", () => {
    expect(firstTab(all)).toBe(FAVOURITES);
    expect(firstTab([offer("P3", { family: "other" })])).toBe("other");
    expect(browse(all, FAVOURITES, "").map((each) => each.productId)).toEqual(["P1", "P2"]);
    expect(familiesOf(all)).toEqual(["business", "security", "other"]);
  });
  it("searches all families, without accents and in any order of words", () => {
    expect(browse(all, "business", "avancee def").map((each) => each.productId)).toEqual(["P2"]);
    expect(browse(all, FAVOURITES, "p3")[0]?.title).toBe("Visio Plan 2");
  });
});

describe("a trial", () => {
  it("is added in its fixed number", () => {
    const trial = offer("T", { isTrial: true, minimumQuantity: 1, maximumQuantity: 25, plans: [plan("P1M", "none", null)] });
    expect(addLine([], trial)[0]).toMatchObject({ quantity: 25, term: "P1M", cycle: "none" });
  });
});
