// Texts and formats. Keys are typed from the English files; German has the same keys (see scripts/check-texts.js).
import { createInstance, type i18n as I18n, type Resource } from "i18next";
import { initReactI18next } from "react-i18next";

export { useTranslation } from "react-i18next";
export { createFormat, useFormat, type Format } from "./format";

/** Languages of the screens. */
export type ScreenLanguage = "en" | "de";

/** Texts of all features, ready to use at once: nothing is loaded later. */
export function createI18n(resources: Record<ScreenLanguage, Resource[string]>, language: ScreenLanguage): I18n {
  const instance = createInstance();
  void instance.use(initReactI18next).init({
    resources,
    lng: language,
    fallbackLng: "en",
    defaultNS: "shared",
    ns: Object.keys(resources.en),
    initAsync: false,
    // React escapes; escaping twice would show entities.
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  return instance;
}
