// The language of what leaves the house: a mail, a printed sheet. Each is named in its own words.
import { Select } from "@fluentui/react-components";
import { useTranslation } from "@/shared/i18n";
import type { Language } from "@/shared/ipc";

const LANGUAGES: readonly Language[] = ["de", "en"];

/** `label` says what the language is for; it is the control's name. */
export function LanguageChoice({ label, value, onChange }: { label: string; value: Language; onChange: (language: Language) => void }) {
  const { t } = useTranslation("shared");
  return (
    <Select
      aria-label={label}
      title={label}
      value={value}
      onChange={(_event, data) => {
        const chosen = LANGUAGES.find((language) => language === data.value);
        if (chosen) onChange(chosen);
      }}
    >
      {LANGUAGES.map((language) => (
        <option key={language} value={language} lang={language}>
          {t(`language.${language}`)}
        </option>
      ))}
    </Select>
  );
}
