// Whether the page in sight was reopened from the last run, and not asked for by the person.
import { useLocation } from "react-router";

/** State that the frame gives the address with which it reopens the last page. */
export const RESTORED = { restored: true };

/** True on the page that the start reopened. A thing that has gone since then is no news there. */
export function useRestored(): boolean {
  const state: unknown = useLocation().state;
  return typeof state === "object" && state !== null && "restored" in state;
}
