// A second press before the first is answered and shown is the same press: what it did is not offered any more, and to be
// told so would be an error message about nothing.
import { useRef } from "react";
import type { OperationDetail } from "@/shared/ipc";

type Write = (free: { onError: () => void }) => void;

/** Lets through one press for each way in which the operation stands; after an error it may be pressed again. */
export function useOnce({ row, approval }: OperationDetail): (write: Write) => void {
  const pressed = useRef<string | undefined>(undefined);
  const stands = `${row.state} ${row.updatedAt} ${approval}`;
  return (write) => {
    if (pressed.current === stands) return;
    pressed.current = stands;
    write({
      onError: () => {
        pressed.current = undefined;
      },
    });
  };
}
