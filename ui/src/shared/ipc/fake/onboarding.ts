// The fake's wizard: keeps drafts as typed and answers a fixed check. The rules live in Rust and are not written twice.
import type {
  ConfirmationView,
  CountryFormView,
  CustomerFormView,
  DraftCheck,
  DraftContentView,
  DraftPurposeView,
  DraftView,
  OfferView,
  OrderLineView,
  OrderView,
  ReviewView,
  SetupInfoState,
  SetupInfoView,
} from "../bindings";
import { ago, days } from "./book";

const EMPTY_FORM: CustomerFormView = {
  companyName: "", country: "", registrationNumber: "", domainPrefix: "", domainPrefixTouched: false, fallbackPrefix1: "", fallbackPrefix2: "",
  addressLine1: "", addressLine2: "", postalCode: "", city: "", state: "", firstName: "", lastName: "", email: "", phone: "", language: "",
  culture: "", qualification: "none", signerFirstName: "", signerLastName: "", signerEmail: "", signerPhone: "", agreementDate: "",
};

function countryForm(country: string): CountryFormView {
  return {
    country,
    addressFields: country === "" ? [] : ["addressLine1", "addressLine2", "postalCode", "city"],
    required: ["companyName", "domainPrefix", "country", "addressLine1", "postalCode", "city", "firstName", "lastName", "email", "language", "culture", "signerFirstName", "signerLastName", "signerEmail"],
    states: [],
    stateLabel: "state",
    postalLabel: "postal_code",
    postalExample: country === "PL" ? "80-765" : "24103",
    registrationRequired: country === "PL",
    registrationNames: country === "PL" ? "NIP, REGON, KRS" : "",
    phoneExample: country === "PL" ? "+48 58 555 02 31" : "+49 431 5550142",
    phoneRequired: false,
    languages: country === "PL" ? ["pl", "en"] : ["de", "en"],
    cultures: country === "PL" ? ["pl-PL"] : ["de-DE"],
  };
}

export function order(content: DraftContentView, offers: OfferView[]): OrderView {
  const months: Record<string, number> = { P1M: 1, P1Y: 12, P3Y: 36 };
  const cents = (value: number) => Math.round(value * 100) / 100;
  const lines = content.lines.map((line): OrderLineView => {
    const offer = offers.find((one) => one.productId === line.productId && one.skuId === line.skuId);
    const unit = offer?.plans.find((plan) => plan.term === line.term && plan.cycle === line.cycle)?.periodPrice ?? null;
    return {
      line: line.line, title: offer?.title ?? line.productId, quantity: line.quantity, term: line.term, cycle: line.cycle, isAddon: offer?.isAddon ?? false,
      baseLine: line.baseLine, unitPrice: unit, periodTotal: unit === null ? null : cents(unit * line.quantity), endChoices: [],
    };
  });
  const total = (cycle: string) => {
    const own = lines.filter((line) => line.cycle === cycle);
    return own.length === 0 ? null : cents(own.reduce((sum, line) => sum + (line.periodTotal ?? 0), 0));
  };
  const periods: Record<string, number> = { monthly: 1, annual: 12, triennial: 36, none: 1 };
  return {
    lines,
    currency: "EUR",
    monthlyTotal: total("monthly"),
    yearlyTotal: total("annual"),
    triennialTotal: total("triennial"),
    termTotal: lines.length === 0 ? null : cents(lines.reduce((sum, line) => sum + ((line.periodTotal ?? 0) * (months[line.term] ?? 1)) / (periods[line.cycle] ?? 1), 0)),
    longestTermMonths: Math.max(0, ...lines.map((line) => months[line.term] ?? 1)),
    pricesFrom: "2026-11-01",
  };
}

export function check(content: DraftContentView, offers: OfferView[]): DraftCheck {
  const form = content.customer;
  const named = form.companyName.trim() !== "";
  return {
    country: countryForm(form.country),
    problems: [],
    preflight: [
      { item: "company_name", state: named ? "good" : "open", field: "customer.companyName", detail: "", at: null },
      { item: "domain_prefix", state: form.domainPrefix === "" ? "open" : "good", field: "customer.domainPrefix", detail: String(form.domainPrefix.length), at: null },
      { item: "postal_code", state: form.postalCode === "" ? "open" : "good", field: "customer.postalCode", detail: form.country, at: null },
      { item: "contact", state: form.email === "" ? "open" : "good", field: "customer.email", detail: "", at: null },
      { item: "signer", state: form.signerEmail === "" ? "open" : "good", field: "customer.signerEmail", detail: "", at: null },
      { item: "domain_free", state: "when_sent", field: "", detail: "", at: null },
      { item: "address_known", state: "when_sent", field: "", detail: "", at: null },
      { item: "reseller_fit", state: "when_sent", field: "", detail: "", at: ago(days(1)) },
    ],
    duplicates: [],
    order: order(content, offers),
  };
}

export function draft(number: number, purpose: DraftPurposeView, resellerId: string, customer: { id: string; name: string; country: string } | undefined, offers: OfferView[]): DraftView {
  const content: DraftContentView = { resellerId, customer: { ...EMPTY_FORM, country: customer?.country ?? "" }, lines: [], resellerOfRecord: resellerId };
  return {
    id: `01930000-0000-7000-8000-${String(number).padStart(12, "0")}`,
    purpose,
    customerId: customer?.id ?? "",
    customerName: customer?.name ?? "",
    customerCountry: customer?.country ?? "",
    revision: 1,
    step: purpose === "add_subscription" ? "subscriptions" : "customer",
    focus: "",
    content,
    savedAt: ago(0),
    check: check(content, offers),
  };
}

export function review(view: DraftView, resellerName: string, offers: OfferView[]): ReviewView {
  const form = view.content.customer;
  return {
    draftId: view.id,
    hash: `hash-${String(view.revision)}`,
    purpose: view.purpose,
    customerName: view.customerName || form.companyName,
    country: view.customerCountry || form.country,
    resellerName,
    facts: [
      { field: "companyName", values: [form.companyName] },
      { field: "domainPrefix", values: [form.domainPrefix] },
      { field: "address", values: [form.addressLine1, `${form.postalCode} ${form.city}`] },
      { field: "contact", values: [`${form.firstName} ${form.lastName}`, form.email] },
    ],
    order: order(view.content, offers),
    resellerOfRecordName: resellerName,
    resellerOfRecordPartnerId: "4906182",
    journey: view.purpose === "add_subscription" ? ["place_order"] : ["create_customer", "keep_setup_info", "record_agreement", "place_order"],
    agreementDate: form.agreementDate || null,
    signerName: `${form.signerFirstName} ${form.signerLastName}`.trim(),
    problems: [],
    unsettled: [],
  };
}

export function setupInfo(onboardingId: string, customerName: string, state: SetupInfoState): SetupInfoView {
  return {
    onboardingId, state, signInAddress: "https://admin.microsoft.com", userName: "admin@tischlereibrandt.onmicrosoft.com", customerName, since: ago(7_200_000),
    agreementAddress: "https://admin.microsoft.com/AdminPortal/Home?ref=/BillingAccounts/agreement", resellerName: "Hansen IT GmbH", mailLanguage: "de", resellerMailLanguage: "de",
    partnerCenterAddress: "https://partner.microsoft.com/dashboard", entraAddress: "https://entra.microsoft.com", resetRole: "Privileged Authentication Administrator",
  };
}

export function confirmation(onboardingId: string, view: DraftView | undefined, resellerName: string, offers: OfferView[], state: SetupInfoState, offline: boolean): ConfirmationView {
  const added = view?.purpose === "add_subscription";
  const name = view ? view.customerName || view.content.customer.companyName : "Tischlerei Brandt GmbH";
  const steps = added ? (["place_order"] as const) : (["create_customer", "keep_setup_info", "record_agreement", "place_order"] as const);
  return {
    onboardingId,
    purpose: view?.purpose ?? "new_customer",
    customerId: view?.customerId ?? "",
    customerName: name,
    resellerId: view?.content.resellerId ?? "",
    resellerName,
    journey: steps.map((step) => ({ step, state: offline ? ("waiting" as const) : ("done" as const), at: offline ? null : ago(0), detail: "", operation: null })),
    setupInfo: added ? null : setupInfo(onboardingId, name, offline ? "not_yet" : state),
    order: order(view?.content ?? { resellerId: "", customer: EMPTY_FORM, lines: [], resellerOfRecord: "" }, offers),
    cancellableUntil: ago(-days(7)),
    renewsAt: ago(-days(365)),
    offline,
  };
}
