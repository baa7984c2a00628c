// Deciding a difference: what one side alone changed is that side's, what both changed is the person's.
import { expect, it } from "vitest";
import type { DifferenceField } from "@/shared/ipc";
import { decide, firstChoice, type Choice } from "./decide";

const field = (name: string, base: string, mine: string, theirs: string): DifferenceField => ({ field: name, base, mine, theirs, conflict: mine !== base && theirs !== base && mine !== theirs });
const fields = [field("city", "Kiel", "Plön", "Kiel"), field("phone", "1", "1", "2"), field("lastName", "Moos", "Mein", "Neumann")];

it("proposes the side that changed, and nothing where both did", () => {
  expect(fields.map((one) => firstChoice(one).side)).toEqual(["mine", "theirs", undefined]);
  expect(decide(fields, new Map())).toEqual({ values: [{ field: "city", value: "Plön" }, { field: "phone", value: "2" }], open: ["lastName"] });
});

it("takes mine, theirs or another value", () => {
  const chosen = (side: Choice["side"]) => decide(fields, new Map(fields.map((one) => [one.field, { side, other: "Drittes" }]))).values.map((one) => one.value);
  expect(chosen("mine")).toEqual(["Plön", "1", "Mein"]);
  expect(chosen("theirs")).toEqual(["Kiel", "2", "Neumann"]);
  expect(chosen("other")).toEqual(["Drittes", "Drittes", "Drittes"]);
});
