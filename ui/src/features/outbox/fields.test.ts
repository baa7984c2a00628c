// Every field that a difference or the journal may name has a text in both languages: the lists come from Rust.
import { expect, it } from "vitest";
import { DIFFERENCE_FIELDS, JOURNAL_FIELDS } from "@/shared/ipc";
import journalDe from "../journal/texts.de.json";
import journalEn from "../journal/texts.en.json";
import { isFree, PROFILE_FIELDS } from "./profileFields";
import de from "./texts.de.json";
import en from "./texts.en.json";

it.each([["en", en, journalEn], ["de", de, journalDe]] as const)("names every field in %s", (_language, outbox, journal) => {
  const named = (texts: Record<string, string>, fields: readonly string[]) => fields.filter((field) => (texts[field] ?? "") === "");
  expect(named(outbox.field, DIFFERENCE_FIELDS)).toEqual([]);
  expect(named(journal.field, JOURNAL_FIELDS)).toEqual([]);
  expect(Object.keys(outbox.field).filter((field) => !(DIFFERENCE_FIELDS as readonly string[]).includes(field))).toEqual([]);
  expect(Object.keys(journal.field).filter((field) => !(JOURNAL_FIELDS as readonly string[]).includes(field))).toEqual([]);
  expect(PROFILE_FIELDS.every((field) => DIFFERENCE_FIELDS.includes(field))).toBe(true);
});

it("lets another value be written in only where it counts", () => {
  const field = (name: string, base: string, mine: string) => ({ field: name, base, mine, theirs: "9", conflict: true });
  expect(isFree(field("city", "Kiel", "Husum"))).toBe(true);
  expect(isFree(field("quantity", "5", "7"))).toBe(true);
  // An upgrade looks at the number of licences and wants no other.
  expect(isFree(field("quantity", "5", "5"))).toBe(false);
  expect(isFree(field("autoRenew", "on", "off"))).toBe(false);
});
