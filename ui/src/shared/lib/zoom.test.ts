import { describe, expect, it } from "vitest";
import { larger, smaller, zoomOfKey } from "./zoom";

const key = (name: string, held: Partial<KeyboardEvent> = { ctrlKey: true }) => ({ key: name, ctrlKey: false, metaKey: false, altKey: false, ...held });

describe("zoom", () => {
  it("goes step by step and stops at the ends", () => {
    expect([larger(100), larger(200), smaller(100), smaller(80), larger(137), smaller(137)]).toEqual([110, 200, 90, 80, 150, 125]);
  });

  it("follows the keys of any keyboard, and none of those that are typed", () => {
    expect(zoomOfKey(key("+"), 100)).toBe(110);
    expect(zoomOfKey(key("=", { metaKey: true }), 100)).toBe(110);
    expect(zoomOfKey(key("-"), 100)).toBe(90);
    expect(zoomOfKey(key("0"), 175)).toBe(100);
    expect(zoomOfKey(key("+", {}), 100)).toBeUndefined();
    expect(zoomOfKey(key("0", { ctrlKey: true, altKey: true }), 175)).toBeUndefined();
    expect(zoomOfKey(key("1"), 100)).toBeUndefined();
  });
});
