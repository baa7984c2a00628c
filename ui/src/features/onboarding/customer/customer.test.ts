// Dates as people write them, lines of Preflight in their order, problems at their fields.
import { describe, expect, it } from "vitest";
import { problemAt, problemsOfStep, sortByScreen, stepOfField } from "../draft/problems";
import { createFormat } from "@/shared/i18n";
import { calendarWords } from "./calendarWords";
import { dateFromText, dayOfIso, isoOfDay } from "./dateText";
import { groupLines, splitLink } from "./preflight";

describe("the acceptance date", () => {
  it.each([
    ["24.11.2026", "2026-11-24"],
    ["24/11/2026", "2026-11-24"],
    ["4.1.2026", "2026-01-04"],
    ["24 Nov 2026", "2026-11-24"],
    ["24. November 2026", "2026-11-24"],
    ["4 März 2026", "2026-03-04"],
    ["2026-11-24", "2026-11-24"],
    ["31.02.2026", "31.02.2026"],
    ["gestern", "gestern"],
    ["", ""],
  ])("reads %s", (typed, stored) => {
    expect(dateFromText(typed, "de-DE")).toBe(stored);
  });
  it("knows a day from text that is none", () => {
    expect(dayOfIso("soon")).toBeNull();
    const day = dayOfIso("2026-11-24");
    expect(day === null ? "" : isoOfDay(day)).toBe("2026-11-24");
  });
});

describe("the calendar", () => {
  it.each([
    ["de", "Januar", "So", "Dienstag, 24. November 2026", "November 2026"],
    ["en", "January", "Su", "Tuesday 24 November 2026", "November 2026"],
  ])("speaks %s", (language, month, sunday, day, monthYear) => {
    const { strings, formatter } = calendarWords(createFormat(language));
    expect([strings.months[0], strings.shortDays[0], strings.months.length, strings.days.length]).toEqual([month, sunday, 12, 7]);
    const date = new Date(2026, 10, 24);
    expect(formatter.formatMonthDayYear(date, strings).replace(",", "")).toBe(day.replace(",", ""));
    expect(formatter.formatMonthYear(date, strings)).toBe(monthYear);
  });
});

describe("Preflight", () => {
  it("puts the urgent first and keeps apart what only Partner Center knows", () => {
    const line = (item: "signer" | "postal_code" | "company_name" | "domain_free", state: "good" | "open" | "problem" | "when_sent") => ({ item, state, field: "", detail: "", at: null });
    const { here, sent } = groupLines([line("company_name", "good"), line("signer", "open"), line("postal_code", "problem"), line("domain_free", "when_sent")]);
    expect(here.map((each) => each.item)).toEqual(["postal_code", "company_name", "signer"]);
    expect(sent.length).toBe(1);
  });
  it("finds the link in a sentence", () => {
    expect(splitLink("[Postal code] does not fit Poland")).toEqual({ before: "", link: "Postal code", after: " does not fit Poland" });
    expect(splitLink("A sentence").link).toBe("");
  });
});

describe("problems", () => {
  const problems = ["customer.city", "lines.2.quantity", "customer.companyName", "resellerId", "linesEmpty"].map((field) => ({
    field,
    key: "required",
    expected: "",
  }));
  it("belong to the step of their field", () => {
    expect(stepOfField("lines")).toBe("subscriptions");
    expect(stepOfField("resellerOfRecord")).toBe("subscriptions");
    expect(problemsOfStep(problems, "subscriptions").map((each) => each.field)).toEqual(["lines.2.quantity"]);
    expect(problemsOfStep(problems, "review").length).toBe(problems.length);
  });
  it("stand in the order of the screen", () => {
    const order = ["resellerId", "customer.companyName", "customer.city"];
    expect(sortByScreen(problems, order).slice(0, 3).map((each) => each.field)).toEqual(order);
  });
  it("show at a field once it was left", () => {
    expect(problemAt(problems, "customer.city", new Set(), false)).toBeUndefined();
    expect(problemAt(problems, "customer.city", new Set(["customer.city"]), false)).toBeDefined();
    expect(problemAt(problems, "customer.city", new Set(), true)).toBeDefined();
  });
});
