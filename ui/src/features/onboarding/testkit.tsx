// Builders and a page around what is tested. Used by tests only.
import { QueryClientProvider } from "@tanstack/react-query";
import { render, type RenderResult } from "@testing-library/react";
import type { ReactNode } from "react";
import { I18nextProvider } from "react-i18next";
import { MemoryRouter, Route, Routes } from "react-router";
import { createI18n, type ScreenLanguage } from "@/shared/i18n";
import {
  createQueryClient,
  followChanges,
  setHost,
  type Commands,
  type DraftCheck,
  type DraftContentView,
  type DraftView,
  type Host,
  type OfferView,
  type PlanView,
} from "@/shared/ipc";
import { createFake } from "@/shared/ipc/fake";
import sharedDe from "@/shared/texts.de.json";
import sharedEn from "@/shared/texts.en.json";
import { Announcer, ThemeRoot, type ThemeName } from "@/shared/ui";
import { FewStyles } from "@/test/FewStyles";
import { ConfirmationPage } from "./confirmation/ConfirmationPage";
import de from "./texts.de.json";
import en from "./texts.en.json";
import { WizardPage } from "./WizardPage";

/** An empty form. */
export function blankContent(): DraftContentView {
  return {
    resellerId: "",
    customer: {
      companyName: "",
      country: "",
      registrationNumber: "",
      domainPrefix: "",
      domainPrefixTouched: false,
      fallbackPrefix1: "",
      fallbackPrefix2: "",
      addressLine1: "",
      addressLine2: "",
      postalCode: "",
      city: "",
      state: "",
      firstName: "",
      lastName: "",
      email: "",
      phone: "",
      language: "",
      culture: "",
      qualification: "none",
      signerFirstName: "",
      signerLastName: "",
      signerEmail: "",
      signerPhone: "",
      agreementDate: "",
    },
    lines: [],
    resellerOfRecord: "",
  };
}

/** What Rust says of an empty form, as far as a test needs it. */
export function blankCheck(): DraftCheck {
  return {
    country: {
      country: "",
      addressFields: ["addressLine1", "addressLine2", "postalCode", "city"],
      required: [],
      states: [],
      stateLabel: "state",
      postalLabel: "postal_code",
      postalExample: "",
      registrationRequired: false,
      registrationNames: "",
      phoneExample: "",
      phoneRequired: false,
      languages: [],
      cultures: [],
    },
    problems: [],
    preflight: [],
    duplicates: [],
    order: {
      lines: [],
      currency: "",
      monthlyTotal: null,
      yearlyTotal: null,
      triennialTotal: null,
      termTotal: null,
      longestTermMonths: 0,
      pricesFrom: null,
    },
  };
}

/** A draft for a new customer. */
export function draftView(change: Partial<DraftView> = {}): DraftView {
  return {
    id: "d1",
    purpose: "new_customer",
    customerId: "",
    customerName: "",
    customerCountry: "",
    revision: 1,
    step: "customer",
    focus: "",
    content: blankContent(),
    savedAt: "2026-11-24T09:32:00Z",
    check: blankCheck(),
    ...change,
  };
}

/** A plan with its price a month. */
export function plan(term: string, cycle: string, monthlyPrice: number | null, minimumQuantity = 0): PlanView {
  return { term, cycle, monthlyPrice, periodPrice: monthlyPrice, minimumQuantity };
}

/** A product. */
export function offer(productId: string, change: Partial<OfferView> = {}): OfferView {
  return {
    productId,
    skuId: "0001",
    title: productId,
    description: "",
    family: "business",
    minimumQuantity: 1,
    maximumQuantity: 300,
    isTrial: false,
    isAddon: false,
    plans: [plan("P1Y", "monthly", 10)],
    addons: [],
    bases: [],
    favourite: false,
    recent: false,
    currency: "EUR",
    ...change,
  };
}

/** A fake host with some commands replaced. */
export function fakeHost(change: (commands: Commands) => Partial<Commands> = () => ({})): Host {
  const fake = createFake({ workspace: "practice" });
  return { ...fake, commands: { ...fake.commands, ...change(fake.commands) } };
}

export interface PageOptions {
  host: Host;
  language?: ScreenLanguage;
  theme?: ThemeName;
}

/** Shows an address of the feature. */
export function showPage(address: string, { host, language = "en", theme = "light" }: PageOptions): RenderResult {
  return showInside(
    <MemoryRouter initialEntries={[address]}>
      <Routes>
        <Route path="/draft/:id" element={<WizardPage />} />
        <Route path="/confirmation/:onboardingId" element={<ConfirmationPage />} />
        <Route path="*" element={<p data-testid="elsewhere" />} />
      </Routes>
    </MemoryRouter>,
    { host, language, theme },
  );
}

/** Shows anything inside of a window's providers. */
export function showInside(children: ReactNode, { host, language = "en", theme = "light" }: PageOptions): RenderResult {
  setHost(host);
  const client = createQueryClient(() => undefined);
  followChanges(client);
  const resources = { en: { onboarding: en, shared: sharedEn }, de: { onboarding: de, shared: sharedDe } };
  return render(
    <QueryClientProvider client={client}>
      <I18nextProvider i18n={createI18n(resources, language)}>
        <ThemeRoot theme={theme}>
          <Announcer>
            <main>{children}</main>
          </Announcer>
        </ThemeRoot>
      </I18nextProvider>
    </QueryClientProvider>,
    { wrapper: FewStyles },
  );
}
