// A mail that is being written: recipient, language, subject, and a body in which the link is a piece of its own.
import { Button, Caption1, Dropdown, Input, Link, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle, Option, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { LinkAddRegular } from "@fluentui/react-icons";
import { useEffect, useId, useRef, type ReactNode } from "react";
import { useTranslation } from "@/shared/i18n";
import type { Language, MailDraftView, MailText } from "@/shared/ipc";
import { useAnnounce } from "@/shared/ui";
import { GrowingText } from "./GrowingText";
import { LinkPiece } from "./LinkPiece";

const LANGUAGES: readonly Language[] = ["en", "de"];

const useStyles = makeStyles({
  card: { border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: "8px", backgroundColor: tokens.colorNeutralBackground1, minWidth: 0 },
  line: { display: "grid", gridTemplateColumns: "84px minmax(0, 1fr) auto", alignItems: "center", columnGap: "8px", minHeight: "48px", padding: "0 20px", borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  label: { color: tokens.colorNeutralForeground2 },
  star: { color: tokens.colorPaletteRedForeground1 },
  value: { minWidth: 0, display: "flex", flexDirection: "column", padding: "7px 0" },
  input: { width: "100%", minWidth: 0, "& > input": { minWidth: 0, width: "100%" } },
  subject: { "& > input": { fontWeight: tokens.fontWeightSemibold } },
  languages: { display: "flex", alignItems: "center", gap: "12px", flexWrap: "wrap", padding: "8px 0" },
  language: { minWidth: "132px" },
  listbox: { zIndex: 100 },
  quiet: { color: tokens.colorNeutralForeground2 },
  wrong: { color: tokens.colorPaletteRedForeground1 },
  body: { display: "flex", flexDirection: "column", alignItems: "flex-start", gap: "8px", padding: "12px" },
  bar: { borderRadius: 0 },
});

export interface MailDraftEditorProps {
  to: string;
  /** Absent where the address can't be changed here. */
  onTo?: (address: string) => void;
  mail: MailDraftView;
  onLanguage: (language: Language) => void;
  /** Changed text in the language that is shown. */
  onText: (text: MailText) => void;
  /** Brings the template back in the language that is shown. */
  onReset: () => void;
  /** Who could not accept without the link; empty when nobody is named yet. */
  whom: string;
  /** What is wrong with `to`, `subject` or `body`; empty when nothing, or when it is not to be shown yet. */
  problem: (field: "to" | "subject" | "body") => string;
  onLeave?: (field: "to" | "subject") => void;
  /** At the end of the recipient's line. */
  toEnd?: ReactNode;
  readOnly?: boolean;
}

/** Text of the language that is sent. */
export function shownText(mail: MailDraftView): MailText {
  return mail.language === "de" ? mail.de : mail.en;
}

/** The link is known and stands nowhere in the text that is sent. */
export function lacksLink(mail: MailDraftView): boolean {
  const text = shownText(mail);
  return mail.link !== "" && !text.hasLink && !`${text.before}\n${text.after}`.includes(mail.link);
}

/** The editor. */
export function MailDraftEditor({ to, onTo, mail, onLanguage, onText, onReset, whom, problem, onLeave, toEnd, readOnly = false }: MailDraftEditorProps) {
  const styles = useStyles();
  const { t } = useTranslation("shared");
  const announce = useAnnounce();
  const ids = { to: useId(), toWrong: useId(), subject: useId(), subjectWrong: useId(), language: useId() };
  const text = shownText(mail);
  const edited = mail.language === "de" ? mail.deEdited : mail.enEdited;
  const missing = lacksLink(mail);
  const after = useRef<HTMLTextAreaElement>(null);
  const putBack = useRef<HTMLButtonElement>(null);
  const was = useRef(missing);
  useEffect(() => {
    if (was.current === missing) return;
    was.current = missing;
    if (missing) {
      announce(t("mail.linkMissingTitle"), true);
      putBack.current?.focus();
    } else {
      announce(t("mail.linkBack"));
      after.current?.focus();
    }
  }, [missing, announce, t]);
  const remove = () => {
    onText({ ...text, hasLink: false, bodyFollows: false });
  };
  const wrong = { to: problem("to"), subject: problem("subject"), body: problem("body") };

  return (
    <section className={styles.card} aria-label={t("mail.draft")}>
      <div className={styles.line}>
        <label className={styles.label} htmlFor={ids.to}>
          {t("mail.to")}
          {onTo && (
            <span className={styles.star} aria-hidden>
              {" *"}
            </span>
          )}
        </label>
        <div className={styles.value}>
          <Input
            id={ids.to}
            className={styles.input}
            type="email"
            value={to}
            required={onTo !== undefined}
            readOnly={readOnly || onTo === undefined}
            autoComplete="off"
            data-field="form.email"
            aria-invalid={wrong.to !== ""}
            aria-describedby={wrong.to === "" ? undefined : ids.toWrong}
            onChange={(_event, data) => onTo?.(data.value)}
            onBlur={() => onLeave?.("to")}
          />
          {wrong.to !== "" && (
            <Caption1 id={ids.toWrong} className={styles.wrong} role="alert">
              {wrong.to}
            </Caption1>
          )}
        </div>
        {toEnd}
      </div>
      <div className={styles.line}>
        <span className={styles.label} id={ids.language}>
          {t("mail.language")}
        </span>
        <div className={styles.languages}>
          <Dropdown
            inlinePopup
            disabled={readOnly}
            className={styles.language}
            listbox={{ className: styles.listbox }}
            aria-labelledby={ids.language}
            value={t(`language.${mail.language}`)}
            selectedOptions={[mail.language]}
            onOptionSelect={(_event, data) => {
              const chosen = LANGUAGES.find((one) => one === data.optionValue);
              if (chosen) onLanguage(chosen);
            }}
          >
            {LANGUAGES.map((one) => (
              <Option key={one} value={one}>
                {t(`language.${one}`)}
              </Option>
            ))}
          </Dropdown>
          {edited && !readOnly ? (
            <Link as="button" onClick={onReset}>
              {t("mail.backToTemplate")}
            </Link>
          ) : (
            <Caption1 className={styles.quiet}>{t("mail.keptPerLanguage")}</Caption1>
          )}
        </div>
      </div>
      <div className={styles.line}>
        <label className={styles.label} htmlFor={ids.subject}>
          {t("mail.subject")}
        </label>
        <div className={styles.value}>
          <Input
            id={ids.subject}
            className={mergeClasses(styles.input, styles.subject)}
            value={text.subject}
            readOnly={readOnly}
            lang={mail.language}
            autoComplete="off"
            data-field="mail.subject"
            aria-invalid={wrong.subject !== ""}
            aria-describedby={wrong.subject === "" ? undefined : ids.subjectWrong}
            onChange={(_event, data) => {
              onText({ ...text, subject: data.value, subjectFollows: false });
            }}
            onBlur={() => onLeave?.("subject")}
          />
          {wrong.subject !== "" && (
            <Caption1 id={ids.subjectWrong} className={styles.wrong} role="alert">
              {wrong.subject}
            </Caption1>
          )}
        </div>
      </div>
      {missing && (
        <MessageBar intent="warning" layout="multiline" className={styles.bar} data-warning="link">
          <MessageBarBody>
            <MessageBarTitle>{t("mail.linkMissingTitle")}</MessageBarTitle>
            {whom === "" ? t("mail.linkMissingWhyNobody") : t("mail.linkMissingWhy", { whom })}
          </MessageBarBody>
          <MessageBarActions>
            <Button
              ref={putBack}
              icon={<LinkAddRegular />}
              onClick={() => {
                onText({ ...text, hasLink: true, bodyFollows: false });
              }}
            >
              {t("mail.putLinkBack")}
            </Button>
          </MessageBarActions>
        </MessageBar>
      )}
      {!readOnly && mail.formerCompany !== "" && (
        <MessageBar intent="warning" layout="multiline" className={styles.bar} data-warning="former">
          <MessageBarBody>
            <MessageBarTitle>{t("mail.formerTitle", { company: mail.formerCompany })}</MessageBarTitle>
            {t("mail.formerWhy")}
          </MessageBarBody>
        </MessageBar>
      )}
      <div className={styles.body} lang={mail.language}>
        <GrowingText
          value={text.before}
          label={t("mail.before")}
          plain
          readOnly={readOnly}
          field="mail.before"
          onChange={(before) => {
            onText({ ...text, before, bodyFollows: false });
          }}
          onKeyDown={(event) => {
            const field = event.currentTarget;
            if (event.key === "Delete" && text.hasLink && !readOnly && field.selectionStart === field.value.length && field.selectionEnd === field.value.length) {
              event.preventDefault();
              remove();
            }
          }}
        />
        {mail.link !== "" && <LinkPiece link={mail.link} there={!missing} onRemove={readOnly || !text.hasLink ? undefined : remove} />}
        <GrowingText
          value={text.after}
          label={t("mail.after")}
          plain
          readOnly={readOnly}
          roomy
          field="mail.after"
          textRef={after}
          onChange={(behind) => {
            onText({ ...text, after: behind, bodyFollows: false });
          }}
          onKeyDown={(event) => {
            const field = event.currentTarget;
            if (event.key === "Backspace" && text.hasLink && !readOnly && field.selectionStart === 0 && field.selectionEnd === 0) {
              event.preventDefault();
              remove();
            }
          }}
        />
        {wrong.body !== "" && (
          <Caption1 className={styles.wrong} role="alert">
            {wrong.body}
          </Caption1>
        )}
      </div>
    </section>
  );
}
