// The whole surface of the host as screens see it: types, reads, writes.
export type * from "./bindings";
export { CommandError, asCommandError, setHost, type CommandArgs, type CommandData, type CommandName, type Commands, type Host } from "./host";
export { call, createQueryClient, followChanges, readKey, useCustomerPages, useJournalPages, useRead, useReadForForm, useReadWhen, useWrite, type ReadName, type WriteName } from "./queries";
export { errorPresentation, type ErrorPresentation } from "./presentation";
