// Fields of a customer's profile or of a subscription, their values and problems, in the person's words.
import { useTranslation } from "@/shared/i18n";
import { DIFFERENCE_FIELDS, type CommandError, type DifferenceField, type FieldProblem, type ProductTitle } from "@/shared/ipc";
import { useNextTermWords } from "@/shared/parts/terms";

export const PROFILE_FIELDS = ["companyName", "firstName", "lastName", "email", "phone", "addressLine1", "addressLine2", "postalCode", "city", "state"] as const;
export type ProfileField = (typeof PROFILE_FIELDS)[number];

/** The name of a field; the field itself when a later version wrote it. */
export function useFieldName(): (field: string) => string {
  const { t } = useTranslation("outbox");
  return (field) => {
    const known = DIFFERENCE_FIELDS.find((one) => one === field);
    return known === undefined ? field : t(`field.${known}`);
  };
}

/** A value of a field in words: a state, a term, a plan, a product by its name. What a person wrote stands as it was written. */
export function useFieldValue(titles: readonly ProductTitle[]): (field: string, value: string) => string {
  const { t, i18n } = useTranslation(["outbox", "shared"]);
  const nextTerm = useNextTermWords();
  const known = (key: string, value: string) => (i18n.exists(key) ? (t as (key: string) => string)(key) : value);
  const named = (value: string) => titles.reduce((text, { key, title }) => text.replace(key, () => title), value);
  return (field, value) => {
    switch (field) {
      case "autoRenew":
      case "termEnd":
      case "status":
        return known(`outbox:fieldValue.${field}.${value}`, value);
      case "term":
      case "cycle":
        return known(`shared:${field}.${value}`, value);
      case "nextTerm":
        return nextTerm(named(value));
      case "product":
        return named(value);
      case "supportContact":
        // By PartnerID; one that the book does not know keeps it.
        return known(`outbox:fieldValue.supportContact.${value}`, named(value));
      default:
        return value;
    }
  };
}

/** Another value than the two can be written into it: a field of a profile, or a number of licences wanted here. */
export function isFree(field: DifferenceField): boolean {
  return PROFILE_FIELDS.some((one) => one === field.field) || (field.field === "quantity" && field.mine !== field.base);
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
