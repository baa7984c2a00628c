// Templates of the mails, per language, with a preview beside the text and a way back to the original.
import { Body1Strong, Button, Caption1, Dropdown, Field, Input, Option, makeStyles, tokens } from "@fluentui/react-components";
import { useEffect, useState } from "react";
import { useTranslation } from "@/shared/i18n";
import { call, useRead, useWrite, type Language, type MailTemplateView, type TemplateKindView, type TemplatePreview } from "@/shared/ipc";
import { useDebounced } from "@/shared/lib/useDebounced";
import { GrowingText } from "@/shared/parts/mail";
import { FormField, useAnnounce } from "@/shared/ui";

const KINDS: readonly TemplateKindView[] = ["partnership_request", "partnership_reminder", "customer_invitation"];
const LANGUAGES: readonly Language[] = ["en", "de"];
const PLACEHOLDERS = "{provider} {contact} {reseller} {link} {sender} {phone}";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "14px", marginTop: "14px" },
  choose: { display: "flex", gap: "16px", flexWrap: "wrap" },
  kind: { minWidth: "260px" },
  language: { minWidth: "140px" },
  listbox: { zIndex: 100 },
  input: { width: "100%", minWidth: 0, "& > input": { minWidth: 0, width: "100%" } },
  acts: { display: "flex", gap: "8px", flexWrap: "wrap", alignItems: "center" },
  quiet: { color: tokens.colorNeutralForeground2 },
  preview: { border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: "8px", padding: "12px 16px", backgroundColor: tokens.colorNeutralBackground2, display: "flex", flexDirection: "column", gap: "8px", minWidth: 0 },
  body: { whiteSpace: "pre-wrap", overflowWrap: "anywhere", margin: 0 },
  subject: { fontWeight: tokens.fontWeightSemibold, margin: 0 },
  previewHead: { display: "flex", gap: "8px", alignItems: "baseline" },
});

function One({ template }: { template: MailTemplateView }) {
  const styles = useStyles();
  const { t } = useTranslation(["partnership", "shared"]);
  const announce = useAnnounce();
  const [subject, setSubject] = useState(template.subject);
  const [body, setBody] = useState(template.body);
  const [shown, setShown] = useState<TemplatePreview | undefined>(undefined);
  const late = useDebounced(`${subject}\u0000${body}`, 150);
  useEffect(() => {
    let gone = false;
    const [wanted = "", text = ""] = late.split("\u0000");
    void call("previewMailTemplate", template.kind, template.language, wanted, text).then(
      (answer) => {
        if (!gone) setShown(answer);
      },
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [late, template.kind, template.language]);
  const save = useWrite("saveMailTemplate", { onDone: () => { announce(t("partnership:settings.templateKept")); } });
  const reset = useWrite("resetMailTemplate", { onDone: () => { announce(t("partnership:settings.resetDone")); } });
  const changed = subject !== template.subject || body !== template.body;
  const wrong = (field: string) => {
    const found = shown?.problems.find((problem) => problem.field === field);
    return found === undefined ? undefined : t(`partnership:problem.${found.key as "required"}`, { expected: found.expected, link: "{link}" });
  };
  const stuck = (shown?.problems.length ?? 0) > 0;
  return (
    <>
      <FormField label={t("partnership:settings.templateSubject")} error={wrong("subject")}>
        <Input className={styles.input} lang={template.language} value={subject} autoComplete="off" onChange={(_event, data) => { setSubject(data.value); }} />
      </FormField>
      <Field label={t("partnership:settings.templateBody")} hint={t("partnership:settings.placeholders", { list: PLACEHOLDERS })} validationState={wrong("body") === undefined ? "none" : "error"} validationMessage={wrong("body")}>
        <div lang={template.language}>
          <GrowingText roomy value={body} label={t("partnership:settings.templateBody")} onChange={setBody} />
        </div>
      </Field>
      <div className={styles.acts}>
        <Button disabledFocusable={!changed || stuck || save.isPending} appearance={changed && !stuck ? "primary" : "secondary"} onClick={() => { if (changed && !stuck) save.mutate([template.kind, template.language, subject, body]); }}>
          {t("partnership:settings.keepTemplate")}
        </Button>
        <Button
          disabledFocusable={(!template.changed && !changed) || reset.isPending}
          onClick={() => {
            if (template.changed) reset.mutate([template.kind, template.language]);
            else {
              setSubject(template.subject);
              setBody(template.body);
            }
          }}
        >
          {t("partnership:settings.reset")}
        </Button>
        <Caption1 className={styles.quiet}>{t(template.changed ? "partnership:settings.changed" : "partnership:settings.original")}</Caption1>
      </div>
      {shown && (
        <section className={styles.preview} aria-label={t("partnership:settings.preview")}>
          <div className={styles.previewHead}>
            <Body1Strong>{t("partnership:settings.preview")}</Body1Strong>
            <Caption1 className={styles.quiet}>{t("partnership:settings.previewOf")}</Caption1>
          </div>
          <div lang={template.language}>
            <p className={styles.subject}>{shown.subject}</p>
            <p className={styles.body}>{shown.body}</p>
          </div>
        </section>
      )}
    </>
  );
}

/** The chooser and the template that is chosen. */
export function Templates() {
  const styles = useStyles();
  const { t, i18n } = useTranslation(["partnership", "shared"]);
  const [kind, setKind] = useState<TemplateKindView>("partnership_request");
  const [language, setLanguage] = useState<Language>(i18n.language === "de" ? "de" : "en");
  const all = useRead("mailTemplates").data;
  const template = all?.find((one) => one.kind === kind && one.language === language);
  return (
    <div className={styles.root}>
      <Body1Strong as="h3">{t("partnership:settings.templates")}</Body1Strong>
      <div className={styles.choose}>
        <Field label={t("partnership:settings.mail")}>
          <Dropdown
            inlinePopup
            className={styles.kind}
            listbox={{ className: styles.listbox }}
            value={t(`partnership:settings.templateKind.${kind}`)}
            selectedOptions={[kind]}
            onOptionSelect={(_event, data) => {
              const chosen = KINDS.find((one) => one === data.optionValue);
              if (chosen) setKind(chosen);
            }}
          >
            {KINDS.map((one) => (
              <Option key={one} value={one}>
                {t(`partnership:settings.templateKind.${one}`)}
              </Option>
            ))}
          </Dropdown>
        </Field>
        <Field label={t("partnership:field.language")}>
          <Dropdown
            inlinePopup
            className={styles.language}
            listbox={{ className: styles.listbox }}
            value={t(`shared:language.${language}`)}
            selectedOptions={[language]}
            onOptionSelect={(_event, data) => {
              const chosen = LANGUAGES.find((one) => one === data.optionValue);
              if (chosen) setLanguage(chosen);
            }}
          >
            {LANGUAGES.map((one) => (
              <Option key={one} value={one}>
                {t(`shared:language.${one}`)}
              </Option>
            ))}
          </Dropdown>
        </Field>
      </div>
      {template && <One key={`${kind} ${language} ${template.subject} ${template.body}`} template={template} />}
    </div>
  );
}
