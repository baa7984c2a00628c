// Keys that work on every page: F6 through the regions, Ctrl/Cmd with a number along the rail, N for a new customer,
// Enter for the primary act. (Ctrl/Cmd+K belongs to the search field.)
import { useEffect, useRef } from "react";

const REGIONS = ["bar", "rail", "page", "panel"] as const;
const FOCUSABLE = "a[href], button:not([disabled]), input:not([disabled]), textarea:not([disabled]), [role='row'][tabindex='0'], [tabindex='0']";

function focusIn(region: HTMLElement): boolean {
  const own = region.querySelector<HTMLElement>("[aria-current='page'], [role='row'][tabindex='0']") ?? region.querySelector<HTMLElement>(FOCUSABLE);
  const target = own ?? region;
  target.focus();
  return document.activeElement === target;
}

/** Moves the focus to the next region that is there; backwards with Shift. */
export function cycleRegion(backwards: boolean): void {
  const there = REGIONS.flatMap((name) => {
    const region = document.querySelector<HTMLElement>(`[data-region="${name}"]`);
    return region ? [region] : [];
  });
  const at = there.findIndex((region) => region.contains(document.activeElement));
  for (let step = 1; step <= there.length; step += 1) {
    const next = there[(at + (backwards ? -step : step) + there.length * 2) % there.length];
    if (next && focusIn(next)) return;
  }
}

/** The primary act of the innermost place: a panel or open row takes it from the header. */
export function pressPrimary(): void {
  const acts = [...document.querySelectorAll<HTMLButtonElement>("[data-primary]:not([disabled]):not([aria-disabled='true'])")];
  acts.at(-1)?.click();
}

export function useFrameKeys(acts: { go: (number: number) => void; newCustomer: () => void }): void {
  const latest = useRef(acts);
  useEffect(() => {
    latest.current = acts;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      if (event.key === "F6") {
        event.preventDefault();
        cycleRegion(event.shiftKey);
        return;
      }
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      // A dialog asks its question first.
      if (document.querySelector("[role='dialog'][aria-modal='true'], [role='alertdialog']")) return;
      if (/^[1-6]$/.test(event.key)) {
        event.preventDefault();
        latest.current.go(Number(event.key));
      } else if (event.key.toLowerCase() === "n") {
        event.preventDefault();
        latest.current.newCustomer();
      } else if (event.key === "Enter") {
        event.preventDefault();
        // A key held down is one press: the next page has another act at the same place.
        if (!event.repeat) pressPrimary();
      }
    };
    window.addEventListener("keydown", onKey);
    return () => {
      window.removeEventListener("keydown", onKey);
    };
  }, []);
}
