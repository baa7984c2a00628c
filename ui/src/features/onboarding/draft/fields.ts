// Field paths and their places on screen: what a problem, a preflight line or a reopened draft leads to.
import { useTranslation } from "@/shared/i18n";
import type { CountryFormView, CustomerFormView, LineFormView, OrderLineView } from "@/shared/ipc";

/** Fields of step 1, without `customer.`. */
export type CustomerField = keyof CustomerFormView;

/** Path of a field of step 1. */
export function pathOf(field: CustomerField): string {
  return `customer.${field}`;
}

/** Paths of step 1 in the order in which they stand on screen. */
export function customerPaths(country: CountryFormView): string[] {
  const address = country.addressFields.map((field) => `customer.${field}`);
  return [
    "resellerId",
    "customer.companyName",
    "customer.country",
    "customer.registrationNumber",
    "customer.domainPrefix",
    "customer.fallbackPrefix1",
    "customer.fallbackPrefix2",
    ...address,
    "customer.firstName",
    "customer.lastName",
    "customer.email",
    "customer.phone",
    "customer.language",
    "customer.culture",
    "customer.signerFirstName",
    "customer.signerLastName",
    "customer.agreementDate",
    "customer.signerEmail",
    "customer.signerPhone",
    "customer.qualification",
  ];
}

/** Paths of step 2 in the order of its lines. */
export function orderPaths(lines: readonly LineFormView[]): string[] {
  return ["lines", ...lines.flatMap(({ line }) => ["sku", "term", "quantity", "customEnd", "baseLine"].map((part) => linePath(line, part))), "resellerOfRecord"];
}

/** Path of a part of a line; the line itself for an empty part. */
export function linePath(line: number, part: string): string {
  return part === "" ? `lines.${String(line)}` : `lines.${String(line)}.${part}`;
}

/** The line that a path belongs to. */
export function lineOfPath(path: string): number | undefined {
  const number = /^lines\.(\d+)/u.exec(path)?.[1];
  return number === undefined ? undefined : Number(number);
}

/** Brings a field into view, and the summary of what is wrong with it where both have room. */
function scrollTo(place: HTMLElement, root: ParentNode): void {
  const summary = root.querySelector<HTMLElement>("[data-testid='error-summary']");
  const room = summary?.closest("[data-wizard-middle]")?.clientHeight ?? 0;
  const fits = summary !== null && place.getBoundingClientRect().bottom - summary.getBoundingClientRect().top < room - 40;
  if (fits) summary.scrollIntoView({ block: "start" });
  else place.scrollIntoView({ block: "center" });
}

/** Puts the focus on a field; `false` when it is not on screen. */
export function focusField(path: string, root: ParentNode = document): boolean {
  const places = [...root.querySelectorAll<HTMLElement>("[data-field]")];
  // A problem of a line may be about something that has no field of its own: any field of that line leads there.
  const line = lineOfPath(path);
  const place =
    places.find((each) => each.dataset.field === path) ??
    (line === undefined ? undefined : places.find((each) => lineOfPath(each.dataset.field ?? "") === line));
  if (place === undefined) return false;
  scrollTo(place, root);
  place.focus({ preventScroll: true });
  return document.activeElement === place;
}

const SIGNER: Partial<Record<CustomerField, CustomerField>> = {
  signerFirstName: "firstName",
  signerLastName: "lastName",
  signerEmail: "email",
  signerPhone: "phone",
};

/**
 * Name of a field on screen, by path. Fields of the signer carry their group, since the contact has the same ones; those
 * of a line carry its product, since each line has the same ones.
 */
export function useFieldName(country: CountryFormView, lines: readonly Pick<OrderLineView, "line" | "title">[]): (path: string) => string {
  const { t } = useTranslation("onboarding");
  return (path) => {
    if (path === "resellerId") return t("field.resellerId");
    if (path === "resellerOfRecord") return t("field.resellerOfRecord");
    const line = lineOfPath(path);
    const product = lines.find((one) => one.line === line)?.title ?? "";
    if (product !== "") return path.endsWith(".quantity") ? t("field.lineQuantity", { product }) : product;
    if (path.startsWith("lines")) return t("field.lines");
    const field = path.replace("customer.", "") as CustomerField;
    const own = SIGNER[field];
    if (own !== undefined) return `${t(`field.${own as "firstName"}`)} (${t("group.agreement")})`;
    if (field === "postalCode") return t(`postalLabel.${known(country.postalLabel, POSTAL, "postal_code")}`);
    if (field === "state") return t(`stateLabel.${known(country.stateLabel, STATE, "state")}`);
    return t(`field.${field as "companyName"}`);
  };
}

/** Labels of the postal code that have a text. */
export const POSTAL = ["postal_code", "zip", "postcode", "eircode"] as const;
/** Labels of the state that have a text. */
export const STATE = ["state", "province", "canton", "county"] as const;

/** A key of a closed list, or the ordinary one. */
export function known<T extends string>(key: string, list: readonly T[], ordinary: T): T {
  return list.find((each) => each === key) ?? ordinary;
}
