// Where keys lead in a list.
import { expect, it } from "vitest";
import { nextRow, type ListKey } from "./listKeys";

it.each([
  ["ArrowDown", 0, 1],
  ["ArrowDown", 9, 9],
  ["ArrowUp", 0, 0],
  ["Home", 7, 0],
  ["End", 2, 9],
  ["PageDown", 5, 9],
  ["PageUp", 5, 0],
] as const)("%s from %i leads to %i", (key, from, to) => {
  expect(nextRow(key, from, 10)).toBe(to);
});

it("leaves other keys alone", () => {
  expect(nextRow("Enter" as ListKey, 3, 10)).toBeUndefined();
  expect(nextRow("toString" as ListKey, 3, 10)).toBeUndefined();
});
