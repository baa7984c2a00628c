// Fields of a customer's profile and their problems, in the person's words.
import { useTranslation } from "@/shared/i18n";
import type { CommandError, FieldProblem } from "@/shared/ipc";

export const PROFILE_FIELDS = ["companyName", "firstName", "lastName", "email", "phone", "addressLine1", "addressLine2", "postalCode", "city", "state"] as const;
export type ProfileField = (typeof PROFILE_FIELDS)[number];

/** The name of a field; the field itself when it is none of ours. */
export function useFieldName(): (field: string) => string {
  const { t } = useTranslation("outbox");
  return (field) => {
    const known = PROFILE_FIELDS.find((one) => one === field);
    return known === undefined ? field : t(`field.${known}`);
  };
}

/** What would be right in a field: the same words as in the wizard. */
export function useProblemWords(): (problem: FieldProblem) => string {
  const { t, i18n } = useTranslation("onboarding");
  return ({ key, expected }) => (i18n.exists(`problem.${key}`, { ns: "onboarding" }) ? t(`problem.${key as "tooLong"}`, { expected }) : t("problem.unknown"));
}

/** Problems by field; empty for any other error. */
export function problemsOf(error: CommandError | null): FieldProblem[] {
  return error === null || error.code !== "validation" ? [] : error.fields;
}
