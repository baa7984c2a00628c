// The last failed write, told by the frame until dismissed.
import { createContext } from "react";
import type { CommandError } from "@/shared/ipc";

export const ProblemContext = createContext<{ problem: CommandError | undefined; dismiss: () => void }>({
  problem: undefined,
  dismiss: () => undefined,
});
