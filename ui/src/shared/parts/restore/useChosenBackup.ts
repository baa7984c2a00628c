// Choosing a backup file: the dialog is the system's, opened by Rust, and its path stays there.
import { useState } from "react";
import { useWrite } from "@/shared/ipc";
import type { Restorable } from "./RestoreDialog";

/** The question that is open, and how to open it. */
export function useChosenBackup() {
  const [backup, setBackup] = useState<Restorable | undefined>(undefined);
  const choose = useWrite("chooseBackup", { onDone: (row) => { if (row) setBackup({ name: "", madeAt: row.madeAt }); } });
  return { backup, ask: setBackup, choose: () => { choose.mutate([]); }, choosing: choose.isPending, done: () => { setBackup(undefined); } };
}
