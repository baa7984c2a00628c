// Terms and billing cycles in words.
import { useTranslation } from "@/shared/i18n";

const TERMS = ["P1M", "P1Y", "P3Y"] as const;
const CYCLES = ["monthly", "annual", "triennial", "none"] as const;

/** The words of the language on screen; a code that is not known stays as it is. */
export function usePlanWords(): { plan: (line: { term: string; cycle: string }) => string; period: (cycle: string) => string } {
  const { t } = useTranslation("session");
  return {
    plan: (line) => {
      const term = TERMS.find((one) => one === line.term);
      const cycle = CYCLES.find((one) => one === line.cycle);
      const named = term === undefined ? line.term : t(`plan.term.${term}`);
      const billed = cycle === undefined ? line.cycle : t(`plan.cycle.${cycle}`);
      return `${named}, ${billed}`;
    },
    period: (code) => {
      const cycle = CYCLES.find((one) => one === code);
      return cycle === undefined ? "" : t(`plan.period.${cycle}`);
    },
  };
}
