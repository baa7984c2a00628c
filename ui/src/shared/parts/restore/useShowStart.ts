// Leads to the start that an answer brought, once the panel that asked has gone: a modal that is open when its page
// goes would leave the next page hidden from screen readers.
import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { readKey, type StartView } from "@/shared/ipc";

/** As long as panels and dialogs take to leave, and a little. */
const GONE = 400;
/** No modal lasts longer after its work is done, in milliseconds. */
const LONGEST = 3000;
/** A modal, or what it hides from screen readers until it has left. */
const MODAL = '[aria-modal="true"], #root[aria-hidden], #root > [aria-hidden]';

/**
 * `close` closes what is open; the start is shown after it, and everything is read again. `leave` leaves the page under
 * what was open, just before that: not before the last modal has left, however slow the machine is.
 */
export function useShowStart(): (start: StartView, close: () => void, leave?: () => void) => void {
  const client = useQueryClient();
  return useCallback(
    (start, close, leave) => {
      close();
      const since = Date.now();
      const show = () => {
        if (leave && document.querySelector(MODAL) !== null && Date.now() - since < LONGEST) {
          setTimeout(show, 30);
          return;
        }
        leave?.();
        client.setQueryData(readKey("startView"), start);
        void client.invalidateQueries();
      };
      setTimeout(show, GONE);
    },
    [client],
  );
}
