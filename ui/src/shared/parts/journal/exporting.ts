// The journal as a file: the words of the language on screen go with it, so that the file speaks as the page does.
import { useCallback } from "react";
import { useFormat, useTranslation } from "@/shared/i18n";
import { useWrite, type CommandError, type ExportDone, type ExportWord, type JournalFilter } from "@/shared/ipc";
import { fileDay, flat, type Texts } from "../exporting";

/** Columns of the file, as Rust names them. */
const COLUMNS = ["number", "at", "utc", "actor", "area", "what", "subject", "customer", "operation", "field", "before", "after", "reason", "status", "code", "request_id", "correlation_id"] as const;

/** All words that stand in a file, by the keys that Rust looks them up with. */
export function exportWords(bundle: (namespace: string) => Record<string, Texts>): ExportWord[] {
  const [journal, outbox, shared] = [bundle("journal"), bundle("outbox"), bundle("shared")];
  return [
    ...["actor", "area", "kind", "field", "value"].flatMap((name) => flat(journal[name], name)),
    ...flat(journal.reason, "reason"),
    ...flat(outbox.kind, "operation"),
    ...flat(outbox.hold, "reason"),
    ...flat(outbox.short, "reason"),
    ...flat(shared.term, "value.term"),
    ...flat(shared.cycle, "value.cycle"),
  ];
}

export interface Exporting {
  run: (filter: JournalFilter) => void;
  pending: boolean;
  /** What was written, or why nothing was. */
  told: { text: string; failed: boolean } | undefined;
}

/** Asks where, writes, and says how much it was. */
export function useJournalExport(): Exporting {
  const { t, i18n } = useTranslation("journal");
  const format = useFormat();
  const words = (done: ExportDone) => t("exported", { entries: format.number(done.entries), rows: format.number(done.rows), file: done.file });
  const write = useWrite("exportJournal", { silent: true });
  const mutate = write.mutate;
  const run = useCallback(
    (filter: JournalFilter) => {
      const bundle = (namespace: string) => i18n.getResourceBundle(i18n.language, namespace) as Record<string, Texts>;
      const head = COLUMNS.map((column) => ({ key: `head.${column}`, text: t(`head.${column}`) }));
      mutate([filter, [...head, ...exportWords(bundle)], t("exportFile", { date: fileDay() })]);
    },
    [i18n, mutate, t],
  );
  const failure: CommandError | null = write.error;
  const told = failure
    ? { text: t(failure.code === "disk_full" ? "exportFailed.disk_full" : "exportFailed.other"), failed: true }
    : write.data
      ? { text: words(write.data), failed: false }
      : undefined;
  return { run, pending: write.isPending, told };
}

/** Nothing left out. */
export const WHOLE: JournalFilter = { customerId: "", resellerId: "", areas: [], from: "", to: "", search: "" };
