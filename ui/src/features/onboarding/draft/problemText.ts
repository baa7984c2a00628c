// The words of a problem: what would be right, in the person's language and forms.
import { useFormat, useTranslation } from "@/shared/i18n";
import type { FieldProblem } from "@/shared/ipc";

/** Keys whose `expected` is a date. */
const DATES = new Set(["dateForm", "dateFuture"]);
/** Keys whose `expected` is a country. */
const COUNTRIES = new Set(["qualificationCountry"]);

/** Keys whose `expected` is a number of licences. */
const NUMBERS = new Set(["quantityBelow", "quantityAbove", "trialQuantity"]);

/** Says a problem. A key without a text says that something is wrong, rather than nothing. */
export function useProblemText(): (problem: FieldProblem) => string {
  const { t, i18n } = useTranslation("onboarding");
  const format = useFormat();
  return ({ key, expected }) => {
    // A number of licences has a word of its own for one.
    const count = NUMBERS.has(key) && expected !== "" ? Number(expected) : undefined;
    if (!i18n.exists(`problem.${key}`, { ns: "onboarding", count })) return t("problem.unknown");
    return t(`problem.${key as "tooLong"}`, { expected: words(key, expected), count });
  };

  function words(key: string, expected: string): string {
    if (expected === "") return "";
    if (DATES.has(key)) return format.date(expected);
    if (NUMBERS.has(key) && /^\d+$/u.test(expected)) return format.number(Number(expected));
    return COUNTRIES.has(key) ? format.country(expected) : expected;
  }
}
