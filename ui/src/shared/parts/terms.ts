// Term and billing in words.
import { useTranslation } from "@/shared/i18n";

const TERMS = ["P1M", "P1Y", "P3Y"] as const;
const CYCLES = ["monthly", "annual", "triennial", "none"] as const;

/** *1 year, monthly*; what is not known is shown as it is written. */
export function useTermWords(): (plan: { term: string; cycle: string }) => string {
  const { t } = useTranslation("shared");
  return (plan) => {
    const term = TERMS.find((known) => known === plan.term);
    const cycle = CYCLES.find((known) => known === plan.cycle);
    return t("termAndCycle", { term: term ? t(`term.${term}`) : plan.term, cycle: cycle ? t(`cycle.${cycle}`) : plan.cycle });
  };
}
