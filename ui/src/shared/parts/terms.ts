// Term and billing in words.
import { useCallback } from "react";
import { useTranslation } from "@/shared/i18n";

const TERMS = ["P1M", "P1Y", "P3Y"] as const;
const CYCLES = ["monthly", "annual", "triennial", "none"] as const;

/** *1 year, monthly*; what is not known is shown as it is written. */
export function useTermWords(): (plan: { term: string; cycle: string }) => string {
  const { t } = useTranslation("shared");
  return useCallback((plan) => {
    const term = TERMS.find((known) => known === plan.term);
    const cycle = CYCLES.find((known) => known === plan.cycle);
    return t("termAndCycle", { term: term ? t(`term.${term}`) : plan.term, cycle: cycle ? t(`cycle.${cycle}`) : plan.cycle });
  }, [t]);
}

/** What is planned for a renewal as it is kept (`50 × CFQ7TTC0LDPB:0001, P1Y, monthly`), with its plan in words. */
export function useNextTermWords(): (text: string) => string {
  const { t } = useTranslation("shared");
  const words = useTermWords();
  return useCallback((text) => {
    const [, quantity, product, term = "", cycle = ""] = /^(\d+) × (.+), (\w+), (\w+)$/u.exec(text) ?? [];
    return quantity === undefined || product === undefined ? text : t("nextTerm", { quantity, product, plan: words({ term, cycle }) });
  }, [t, words]);
}
