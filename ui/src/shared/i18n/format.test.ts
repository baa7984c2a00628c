// Formats of both languages, at a fixed now.
import { describe, expect, it } from "vitest";
import { createFormat } from "./format";

const NOW = new Date(2026, 10, 24, 10, 32);
const at = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute).toISOString();
const en = createFormat("en", () => NOW);
const de = createFormat("de", () => NOW);

describe("dates", () => {
  it("are written as each language writes them", () => {
    expect(en.date("2026-11-24")).toBe("24 Nov 2026");
    expect(de.date("2026-11-24")).toBe("24.11.2026");
    expect(en.longDate("2026-11-24")).toBe("Tuesday, 24 November 2026");
    expect(de.longDate("2026-11-24")).toBe("Dienstag, 24. November 2026");
    expect(en.fullMonth("2027-02")).toBe("February 2027");
  });

  it("tell the past as short as it stays clear", () => {
    expect(en.moment(at(24, 7, 52))).toBe("07:52");
    expect(en.moment(at(23, 18, 4))).toBe("yesterday 18:04");
    expect(de.moment(at(23, 18, 4))).toBe("gestern 18:04");
    expect(en.moment(at(20, 11, 5))).toBe("Fri 11:05");
    expect(en.moment(at(9, 9))).toBe("9 Nov");
  });

  it("tell deadlines relative first", () => {
    expect(en.relative(at(24, 19, 33))).toBe("in 9 hours");
    expect(de.relative(at(24, 19, 33))).toBe("in 9 Stunden");
    expect(en.relative(at(28, 12))).toBe("in 4 days");
    expect(en.relative(at(24, 10, 50))).toBe("in 18 minutes");
    expect(en.daysSince(at(9, 23))).toBe(15);
    expect(en.daysSince(at(30, 1))).toBe(0);
  });

  it("stand alone with a capital", () => {
    expect(en.dayAlone(at(24, 1))).toBe("Today");
    expect(de.dayAlone(at(23, 1))).toBe("Gestern");
  });
});

describe("figures and names", () => {
  it("follow the language", () => {
    expect(en.number(2140)).toBe("2,140");
    expect(de.number(2140)).toBe("2.140");
    expect(en.money(5053.2, "EUR")).toBe("€5,053.20");
    expect(de.amount(396.3)).toBe("396,30");
    expect(de.country("PL")).toBe("Polen");
    expect(en.country("not a code")).toBe("not a code");
  });
});
