// Whether something has been under way for longer than a moment: only then is it worth a word.
import { useEffect, useState } from "react";

/** Most answers come within this, in milliseconds; a word for less would only flicker. */
export const LASTS_MS = 500;

/** True once `under` has been true for that long, until it ends. */
export function useLasting(under: boolean): boolean {
  const [long, setLong] = useState(false);
  useEffect(() => {
    if (!under) return undefined;
    const timer = setTimeout(() => {
      setLong(true);
    }, LASTS_MS);
    return () => {
      clearTimeout(timer);
      setLong(false);
    };
  }, [under]);
  return under && long;
}
