// Leads to the start that an answer brought, once the panel that asked has gone: a modal that is open when its page
// goes would leave the next page hidden from screen readers.
import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { readKey, type StartView } from "@/shared/ipc";

/** As long as panels and dialogs take to leave, and a little. */
const GONE = 400;

/**
 * `close` closes what is open; the start is shown after it, and everything is read again. `leave` leaves the page under
 * what was open, just before that.
 */
export function useShowStart(): (start: StartView, close: () => void, leave?: () => void) => void {
  const client = useQueryClient();
  return useCallback(
    (start, close, leave) => {
      close();
      setTimeout(() => {
        leave?.();
        client.setQueryData(readKey("startView"), start);
        void client.invalidateQueries();
      }, GONE);
    },
    [client],
  );
}
