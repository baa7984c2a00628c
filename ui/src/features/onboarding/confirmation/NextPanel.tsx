// What comes next: who may administer the customer, until when the order can shrink, when it renews.
import { Body1Strong, Caption1, Link, makeStyles, tokens } from "@fluentui/react-components";
import { CalendarClockRegular, PersonKeyRegular, PersonSupportRegular, TimerRegular, type FluentIcon } from "@fluentui/react-icons";
import { useState, type ReactNode } from "react";
import { useFormat, useTranslation } from "@/shared/i18n";
import type { ConfirmationView, Language } from "@/shared/ipc";
import { LanguageChoice } from "@/shared/parts/LanguageChoice";
import { useMail } from "./useMail";

const useStyles = makeStyles({
  list: { listStyleType: "none", margin: "12px 0 0", padding: 0, display: "flex", flexDirection: "column", gap: "18px" },
  item: { display: "grid", gridTemplateColumns: "20px minmax(0, 1fr)", columnGap: "8px" },
  icon: { fontSize: "20px", display: "inline-flex", color: tokens.colorNeutralForeground2 },
  mail: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "6px 12px" },
  title: { display: "block" },
  text: { display: "block", color: tokens.colorNeutralForeground2, margin: "2px 0 4px" },
});

/** Panel of the confirmation. */
export function NextPanel({ view }: { view: ConfirmationView }) {
  const styles = useStyles();
  const { t } = useTranslation("onboarding");
  const format = useFormat();
  const [language, setLanguage] = useState<Language>(view.setupInfo?.resellerMailLanguage ?? "en");
  const mail = useMail("openAdminAccessMail", view.onboardingId, language);
  const { cancellableUntil, renewsAt, resellerName } = view;
  const ordered = view.order.lines.length > 0;
  return (
    <>
      <ul className={styles.list}>
        {view.purpose !== "add_subscription" && resellerName !== "" && (
          <Item icon={PersonKeyRegular} title={t("next.access")} text={t("next.accessText", { reseller: resellerName })}>
            <div className={styles.mail}>
              <Link as="button" onClick={mail.open}>
                {t("next.accessMail")}
              </Link>
              <LanguageChoice label={t("next.accessLanguage")} value={language} onChange={setLanguage} />
            </div>
            {mail.opened && <Caption1 className={styles.text}>{t("mail.opened")}</Caption1>}
          </Item>
        )}
        {cancellableUntil !== null ? (
          <Item
            icon={TimerRegular}
            title={t("next.window", { date: format.dateTime(cancellableUntil) })}
            text={t("next.windowText", { utc: cancellableUntil.slice(11, 16) })}
          />
        ) : (
          ordered && <Item icon={TimerRegular} title={t("next.windowLater")} text={t("next.windowLaterText")} />
        )}
        {ordered && resellerName !== "" && (
          <Item icon={PersonSupportRegular} title={t("next.support")} text={t("next.supportText", { reseller: resellerName })} />
        )}
        {renewsAt !== null && (
          <Item icon={CalendarClockRegular} title={t("next.renewal", { date: format.date(renewsAt) })} text={t("next.renewalText")} />
        )}
      </ul>
      {mail.shown}
    </>
  );
}

function Item({ icon: Icon, title, text, children }: { icon: FluentIcon; title: string; text: string; children?: ReactNode }) {
  const styles = useStyles();
  return (
    <li className={styles.item}>
      <span className={styles.icon} aria-hidden>
        <Icon />
      </span>
      <span>
        <Body1Strong className={styles.title}>{title}</Body1Strong>
        <Caption1 className={styles.text}>{text}</Caption1>
        {children}
      </span>
    </li>
  );
}
