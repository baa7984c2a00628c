// Terms, billing and prices in words.
import { useFormat, useTranslation } from "@/shared/i18n";
import { CYCLES, TERMS } from "./matrix";

const BILLED = [...CYCLES, "none"] as const;

/** Words for what the catalogue keeps as codes. */
export interface PlanText {
  term: (term: string) => string;
  cycle: (cycle: string) => string;
  /** `1 year, billed monthly`. */
  plan: (line: { term: string; cycle: string }) => string;
  /** `a month`, by billing cycle. */
  period: (cycle: string) => string;
  amount: (value: number) => string;
}

/** The words of the language on screen. */
export function usePlanText(): PlanText {
  const { t } = useTranslation("onboarding");
  const format = useFormat();
  const termText = (term: string) => {
    const known = TERMS.find((each) => each === term);
    return known === undefined ? term : t(`order.termName.${known}`);
  };
  const cycleText = (cycle: string) => {
    const known = BILLED.find((each) => each === cycle);
    return known === undefined ? cycle : t(`order.cycle.${known}`);
  };
  return {
    term: termText,
    cycle: cycleText,
    plan: ({ term, cycle }) => t("order.planName", { term: termText(term), cycle: cycleText(cycle) }),
    period: (cycle) => {
      const known = BILLED.find((each) => each === cycle);
      return known === undefined ? "" : t(`panelOrder.period.${known}`);
    },
    amount: format.amount,
  };
}
