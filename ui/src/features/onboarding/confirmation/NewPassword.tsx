// The guided way to a new password, once the temporary one is destroyed or never came: who may set it, how, where, and a
// mail to the reseller that asks for it. Channelbook itself never sees the new one.
import { Body1, Button, Caption1, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { MailRegular } from "@fluentui/react-icons";
import { useState } from "react";
import { useTranslation } from "@/shared/i18n";
import type { Language, SetupInfoView } from "@/shared/ipc";
import { LanguageChoice } from "@/shared/parts/LanguageChoice";
import { useCardStyles } from "./cardStyles";
import { CopyRow } from "./CopyRow";
import { useMail } from "./useMail";

const useStyles = makeStyles({
  guide: { padding: "12px 20px 4px", borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  heading: { fontSize: tokens.fontSizeBase300, lineHeight: tokens.lineHeightBase300, fontWeight: tokens.fontWeightSemibold, margin: "0 0 4px" },
  second: { marginTop: "14px" },
  list: { margin: "4px 0 0", paddingLeft: "20px", "& li": { marginBottom: "4px" } },
  role: { fontWeight: tokens.fontWeightSemibold },
});

/** Below the facts of the card. */
export function NewPassword({ info }: { info: SetupInfoView }) {
  const card = useCardStyles();
  const styles = useStyles();
  const { t } = useTranslation("onboarding");
  const reseller = info.resellerName;
  return (
    <>
      <div className={styles.guide}>
        <h3 className={styles.heading}>{t("reset.who")}</h3>
        <Body1>{t("reset.whoText")}</Body1>
        <ul className={styles.list}>
          <li>{t("reset.you", { role: info.resetRole })}</li>
          {reseller !== "" && <li>{t("reset.reseller", { reseller, role: info.resetRole })}</li>}
          <li>{t("reset.customer", { customer: info.customerName })}</li>
        </ul>
        <h3 className={mergeClasses(styles.heading, styles.second)}>{t("reset.how")}</h3>
        <ol className={styles.list}>
          <li>{t("reset.step1", { customer: info.customerName })}</li>
          <li>{t("reset.step2", { userName: info.userName })}</li>
          <li>{t("reset.step3")}</li>
        </ol>
      </div>
      <dl className={card.list}>
        <CopyRow name={t("reset.partnerCenter")} value={info.partnerCenterAddress} label={t("reset.copyPartnerCenter")} />
        <CopyRow name={t("reset.entra")} value={info.entraAddress} label={t("reset.copyEntra")} />
      </dl>
      {reseller !== "" && <AskReseller info={info} />}
    </>
  );
}

function AskReseller({ info }: { info: SetupInfoView }) {
  const card = useCardStyles();
  const { t } = useTranslation("onboarding");
  const [language, setLanguage] = useState<Language>(info.resellerMailLanguage);
  const mail = useMail("openResetMail", info.onboardingId, language);
  return (
    <div className={card.foot}>
      <Button icon={<MailRegular />} onClick={mail.open}>
        {t("reset.mail")}
      </Button>
      <LanguageChoice label={t("reset.language")} value={language} onChange={setLanguage} />
      <Caption1 className={card.whole}>{mail.opened ? t("mail.opened") : t("reset.mailText", { reseller: info.resellerName })}</Caption1>
      {mail.shown}
    </div>
  );
}
