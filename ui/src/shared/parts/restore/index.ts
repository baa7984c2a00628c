// Backups on screen: table, the question before a restore, choosing a file.
export { BackupTable } from "./BackupTable";
export { RestoreDialog, type Restorable } from "./RestoreDialog";
export { useChosenBackup } from "./useChosenBackup";
export { useShowStart } from "./useShowStart";
