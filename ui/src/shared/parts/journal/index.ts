// Entries of the journal, wherever they are shown.
export { EntryDetail } from "./EntryDetail";
export { exportWords, useJournalExport, WHOLE } from "./exporting";
export { JournalBlock } from "./JournalBlock";
export { useJournalWords } from "./words";
