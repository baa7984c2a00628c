// All texts of all features, in both languages; their English types are the keys that compile.
import type { Resource } from "i18next";
import type { ScreenLanguage } from "@/shared/i18n";
import catalogueDe from "@/features/catalogue/texts.de.json";
import catalogueEn from "@/features/catalogue/texts.en.json";
import connectDe from "@/features/connect/texts.de.json";
import connectEn from "@/features/connect/texts.en.json";
import connectWorkspaceDe from "@/features/connect-workspace/texts.de.json";
import connectWorkspaceEn from "@/features/connect-workspace/texts.en.json";
import customerDe from "@/features/customer/texts.de.json";
import customerEn from "@/features/customer/texts.en.json";
import customersDe from "@/features/customers/texts.de.json";
import customersEn from "@/features/customers/texts.en.json";
import homeDe from "@/features/home/texts.de.json";
import homeEn from "@/features/home/texts.en.json";
import journalDe from "@/features/journal/texts.de.json";
import journalEn from "@/features/journal/texts.en.json";
import onboardingDe from "@/features/onboarding/texts.de.json";
import onboardingEn from "@/features/onboarding/texts.en.json";
import outboxDe from "@/features/outbox/texts.de.json";
import outboxEn from "@/features/outbox/texts.en.json";
import partnershipDe from "@/features/partnership/texts.de.json";
import partnershipEn from "@/features/partnership/texts.en.json";
import practiceDe from "@/features/practice/texts.de.json";
import practiceEn from "@/features/practice/texts.en.json";
import resellersDe from "@/features/resellers/texts.de.json";
import resellersEn from "@/features/resellers/texts.en.json";
import sessionDe from "@/features/session/texts.de.json";
import sessionEn from "@/features/session/texts.en.json";
import settingsDe from "@/features/settings/texts.de.json";
import settingsEn from "@/features/settings/texts.en.json";
import setupInfoDe from "@/features/setup-info/texts.de.json";
import setupInfoEn from "@/features/setup-info/texts.en.json";
import startDe from "@/features/start/texts.de.json";
import startEn from "@/features/start/texts.en.json";
import subscriptionDe from "@/features/subscription/texts.de.json";
import subscriptionEn from "@/features/subscription/texts.en.json";
import sharedDe from "@/shared/texts.de.json";
import sharedEn from "@/shared/texts.en.json";
import appDe from "./texts.de.json";
import appEn from "./texts.en.json";

const english = {
  app: appEn,
  catalogue: catalogueEn,
  connect: connectEn,
  "connect-workspace": connectWorkspaceEn,
  customer: customerEn,
  customers: customersEn,
  home: homeEn,
  journal: journalEn,
  onboarding: onboardingEn,
  outbox: outboxEn,
  partnership: partnershipEn,
  practice: practiceEn,
  resellers: resellersEn,
  session: sessionEn,
  settings: settingsEn,
  "setup-info": setupInfoEn,
  shared: sharedEn,
  start: startEn,
  subscription: subscriptionEn,
};

const german = {
  app: appDe,
  catalogue: catalogueDe,
  connect: connectDe,
  "connect-workspace": connectWorkspaceDe,
  customer: customerDe,
  customers: customersDe,
  home: homeDe,
  journal: journalDe,
  onboarding: onboardingDe,
  outbox: outboxDe,
  partnership: partnershipDe,
  practice: practiceDe,
  resellers: resellersDe,
  session: sessionDe,
  settings: settingsDe,
  "setup-info": setupInfoDe,
  shared: sharedDe,
  start: startDe,
  subscription: subscriptionDe,
};

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "shared";
    resources: typeof english;
  }
}

/** Texts by language and feature. */
export const texts: Record<ScreenLanguage, Resource[string]> = { en: english, de: german };
