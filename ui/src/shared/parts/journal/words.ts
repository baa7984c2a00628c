// What an entry of the journal says, in plain words: what happened, to whom, and each value before and after.
import { useMemo } from "react";
import { useFormat, useTranslation, type Format } from "@/shared/i18n";
import type { JournalChange, JournalRow } from "@/shared/ipc";
import { useNextTermWords } from "../terms";

/** A value that changed, as a person reads it. */
export interface ChangeWords {
  field: string;
  before: string;
  after: string;
}

export interface JournalWords {
  /** What happened. */
  what: (row: JournalRow) => string;
  /** Who did it. */
  who: (row: JournalRow) => string;
  /** Whom or what it is about; empty when it is the book itself. */
  about: (row: JournalRow) => string;
  /** Why or how, where the kind says it; empty otherwise. */
  reason: (row: JournalRow) => string;
  changes: (row: JournalRow) => ChangeWords[];
  /** The first changes in one line. */
  summary: (row: JournalRow) => string;
  /** What Partner Center answered; empty when it was not asked. */
  answer: (row: JournalRow) => string;
}

const MOMENTS = ["ends_at"];
/** Changes that a second line has room for. */
const SHOWN = 2;

/** `1234 EUR`, in minor units, as money. */
export function money(text: string, format: Format): string {
  const [minor = "", currency = ""] = text.split(" ");
  const value = Number(minor);
  return minor === "" || Number.isNaN(value) ? text : format.money(value / 100, currency);
}

/** The words of the language on screen. */
export function useJournalWords(): JournalWords {
  const { t, i18n } = useTranslation(["journal", "outbox", "shared"]);
  const format = useFormat();
  const nextTerm = useNextTermWords();
  return useMemo(() => {
    // Fields and words that a later version wrote, and this one has no text for, stand as they are.
    const known = (key: string, otherwise: string, namespace = "journal") => (i18n.exists(`${namespace}:${key}`) ? (t as (key: string) => string)(`${namespace}:${key}`) : otherwise);
    const value = (change: JournalChange, text: string) => {
      if (text === "") return "";
      if (change.field === "country") return format.country(text);
      if (change.field === "price") return money(text, format);
      if (change.field === "agreed_on" || MOMENTS.includes(change.field)) return format.date(text);
      if (change.field === "term" || change.field === "cycle") return known(`${change.field}.${text}`, text, "shared");
      if (change.field === "next_term") return nextTerm(text);
      return known(`value.${change.field}.${text}`, text);
    };
    const changes = (row: JournalRow): ChangeWords[] =>
      row.changes.map((change) => ({ field: known(`field.${change.field}`, change.field), before: value(change, change.before), after: value(change, change.after) }));
    const reason = (row: JournalRow): string => {
      if (row.reason === "") return "";
      switch (row.kind) {
        case "operation_held":
          return known(`hold.${row.reason}`, "", "outbox");
        case "operation_needs_attention":
          return known(`short.${row.reason}`, "", "outbox");
        case "operation_disowned":
          return row.reason;
        case "setting_changed":
          return known(`setting.${row.reason.replaceAll(".", "_")}`, row.reason);
        case "template_changed":
        case "template_reset":
          return "";
        case "journal_exported":
          return t("journal:reason.entries", { number: format.number(Number(row.reason)) });
        case "customers_exported":
        case "subscriptions_exported":
          return t("journal:reason.rows", { count: Number(row.reason), number: format.number(Number(row.reason)) });
        case "persons_forgotten":
          return t("journal:reason.onboardings", { number: format.number(Number(row.reason)) });
        case "session_ended":
          return t("journal:reason.submits", { number: format.number(Number(row.reason)) });
        case "session_released":
          return t("journal:reason.operations", { number: format.number(Number(row.reason)) });
        case "reseller_moved": {
          const [number = "", ...name] = row.reason.split(" ");
          return t("journal:reason.moved", { number, name: name.join(" ") });
        }
        case "reseller_received":
          return t("journal:reason.received", { number: row.reason });
        case "book_restored":
          return t("journal:reason.backupOf", { when: format.dateTime(row.reason) });
        case "operation_resolved":
        case "backup_made":
        case "backup_failed":
        case "restored_released":
          return known(`reason.${row.reason}`, "");
        default:
          return "";
      }
    };
    const what = (row: JournalRow) => {
      const happened = t(`journal:kind.${row.kind}`);
      if (row.operation === null) return happened;
      return t("journal:operationLine", { operation: known(`kind.${row.operation}`, row.operation, "outbox"), what: happened });
    };
    const summary = (row: JournalRow) => {
      const all = changes(row);
      const lines = all.slice(0, SHOWN).map((change) =>
        change.before === "" ? t("journal:set", { ...change }) : change.after === "" ? t("journal:removed", { ...change }) : t("journal:change", { ...change }),
      );
      const rest = all.length > SHOWN ? [t("journal:and", { count: all.length - SHOWN })] : [];
      const why = reason(row);
      return [...(why === "" ? [] : [why]), ...lines, ...rest].join(" · ");
    };
    return {
      what,
      who: (row) => (row.person === "" ? t(`journal:actor.${row.actor}`) : row.person),
      // A product is told by its name, a customer by the one it has now.
      about: (row) => (row.area === "subscriptions" || row.customerName === "" ? row.subject : row.customerName),
      reason,
      changes,
      summary,
      answer: (row) => (row.status === 0 ? "" : row.status < 300 && row.code === 0 ? t("journal:accepted") : row.code === 0 ? t("journal:answered", { status: row.status }) : t("journal:answeredCode", { status: row.status, code: row.code })),
    };
  }, [format, i18n, nextTerm, t]);
}
