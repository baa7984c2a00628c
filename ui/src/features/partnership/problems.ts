// Texts of what is wrong with a request, by field path.
import { useTranslation } from "@/shared/i18n";
import type { PartnershipRequestView } from "@/shared/ipc";

/** What is wrong at a field, in words; empty when nothing. */
export function useProblemText(): (view: PartnershipRequestView, field: string) => string {
  const { t } = useTranslation("partnership");
  return (view, field) => {
    const found = view.problems.find((problem) => problem.field === field);
    return found === undefined ? "" : t(`problem.${found.key as "required"}`, { expected: found.expected });
  };
}
