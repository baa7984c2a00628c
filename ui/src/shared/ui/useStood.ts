// Whether what is reviewed has stood in sight for a moment. Until then there is no Submit to press.
import { useEffect, useState } from "react";

/**
 * Longer than the second press of a slow double one comes after the first, shorter than anybody takes who reads. Submit
 * is not merely deaf for that long: it is not there, under no role and no name. A press that was meant for *Next*, at the
 * same place, finds nothing; a key held down has nothing to repeat on; a press that began before ends on no button; and
 * whoever looks for *Submit* by its name (a person with a screen reader, a test) finds it only once it does what it says.
 */
export const MOMENT_MS = 600;

/** True once `what` was painted and has stood unchanged for a moment; `undefined` is nothing in sight. */
export function useStood(what: string | undefined): boolean {
  const [stood, setStood] = useState<string | undefined>(undefined);
  useEffect(() => {
    if (what === undefined) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    // On a slow machine the page may come to sight long after it was made: the moment begins with its first frame.
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => {
        setStood(what);
      }, MOMENT_MS);
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      setStood(undefined);
    };
  }, [what]);
  return what !== undefined && stood === what;
}
