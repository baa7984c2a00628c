// Where the focus is in the wizard: restored when a draft is reopened, at the title when the step changes, at a field
// when something leads there.
import { useCallback, useEffect, useRef } from "react";
import type { WizardStepView } from "@/shared/ipc";
import { focusField } from "./draft/fields";

/** How long a field may take to come on screen: its step or its card opens first. */
const PATIENCE_MS = 1500;

/** Leads the focus. `stored` is the field that had it when the draft was left; `first` where a new draft begins. */
export function useWizardFocus(step: WizardStepView, stored: string, first: string): (path: string) => void {
  const wanted = useRef(stored === "" ? first : stored);
  const until = useRef(0);
  const lastStep = useRef<WizardStepView | undefined>(undefined);

  const lead = useCallback((path: string) => {
    wanted.current = path;
    until.current = performance.now() + PATIENCE_MS;
    const tryIt = () => {
      if (wanted.current !== path) return;
      if (focusField(path)) wanted.current = "";
      else if (performance.now() < until.current) requestAnimationFrame(tryIt);
      else wanted.current = "";
    };
    requestAnimationFrame(tryIt);
  }, []);

  useEffect(() => {
    const before = lastStep.current;
    lastStep.current = step;
    if (before === step) return;
    if (wanted.current !== "") {
      // At the start the frame puts the focus on the title; the field comes after it.
      lead(wanted.current);
      return;
    }
    if (before === undefined) return;
    document.querySelector("[data-wizard-middle]")?.scrollTo({ top: 0 });
    document.querySelector<HTMLElement>("[data-page-title]")?.focus();
  }, [step, lead]);

  return lead;
}
