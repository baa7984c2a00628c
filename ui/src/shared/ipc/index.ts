// The whole surface of the host as screens see it: types, reads, writes.
export type * from "./bindings";
export { DIFFERENCE_FIELDS, JOURNAL_FIELDS } from "./bindings";
export { CommandError, asCommandError, setHost, type CommandArgs, type CommandData, type CommandName, type Commands, type Host } from "./host";
export { call, createQueryClient, followChanges, readKey, useEndingPages, useJournalPages, useRead, useReadForForm, useReadWhen, useSettings, useSupportPages, useWrite, type ReadName, type WriteName } from "./queries";
export { useCustomerRows, type CustomerListQuery, type CustomerRows } from "./customerRows";
export { errorPresentation, type ErrorPresentation } from "./presentation";
