// Setup info: sign-in address and user name to copy, the password behind Reveal, which opens a window of its own. The
// password itself never comes into this page.
import { Body1, Button, Caption1, Subtitle2, makeStyles, tokens } from "@fluentui/react-components";
import { CheckmarkRegular, CopyRegular, EyeRegular, KeyRegular, LockClosedRegular, MailRegular } from "@fluentui/react-icons";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "@/shared/i18n";
import { useWrite, type SetupInfoView } from "@/shared/ipc";
import { useAnnounce } from "@/shared/ui";
import { useMail } from "./useMail";

const MASK = "•".repeat(12);
const COPIED_MS = 4000;

const useStyles = makeStyles({
  card: { border: `1px solid ${tokens.colorNeutralStroke1}`, borderRadius: tokens.borderRadiusXLarge, overflow: "hidden", marginTop: "24px" },
  head: {
    display: "flex",
    alignItems: "center",
    flexWrap: "wrap",
    gap: "8px",
    padding: "12px 20px",
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  title: { flex: "1 1 auto", margin: 0 },
  gone: { margin: 0, fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400, fontWeight: tokens.fontWeightSemibold, outlineStyle: "none" },
  icon: { fontSize: "20px" },
  state: { display: "inline-flex", alignItems: "center", gap: "6px", color: tokens.colorNeutralForeground2 },
  list: { margin: 0, padding: "4px 20px 8px" },
  row: {
    display: "grid",
    gridTemplateColumns: "minmax(140px, 230px) minmax(0, 1fr) auto",
    alignItems: "center",
    columnGap: "12px",
    minHeight: "46px",
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    ":last-child": { borderBottom: 0 },
    "@media (max-width: 719px)": { gridTemplateColumns: "minmax(0, 1fr) auto" },
  },
  name: { color: tokens.colorNeutralForeground2, "@media (max-width: 719px)": { gridColumn: "1 / -1" } },
  value: { margin: 0, overflowWrap: "anywhere" },
  mono: { margin: 0, overflowWrap: "anywhere", fontFamily: tokens.fontFamilyMonospace, fontSize: "13px", fontWeight: tokens.fontWeightSemibold },
  act: { margin: 0 },
  foot: {
    display: "flex",
    alignItems: "center",
    flexWrap: "wrap",
    gap: "12px",
    padding: "12px 20px",
    backgroundColor: tokens.colorNeutralBackground2,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  quiet: { color: tokens.colorNeutralForeground2 },
  note: { display: "block", maxWidth: "640px", marginTop: "12px", color: tokens.colorNeutralForeground2 },
  below: { display: "block", marginTop: "4px" },
  text: { display: "block", padding: "14px 20px" },
  again: { padding: "0 20px 14px" },
  steps: { margin: "6px 0 0", paddingLeft: "20px" },
});

/** The card, by where the password stands. */
export function SetupInfoCard({ info }: { info: SetupInfoView }) {
  const styles = useStyles();
  const { t } = useTranslation("onboarding");
  const title = useRef<HTMLHeadingElement>(null);

  // The act that destroys the password ends here: what is left says so, and the focus stands on it.
  const before = useRef(info.state);
  useEffect(() => {
    if (before.current !== "destroyed" && info.state === "destroyed") title.current?.focus();
    before.current = info.state;
  }, [info.state]);

  switch (info.state) {
    case "not_yet":
      return (
        <Card label={t("setup.title")}>
          <Body1 className={styles.text}>{t("setup.notYet")}</Body1>
        </Card>
      );
    case "sealed":
    case "showing":
      return <Sealed info={info} />;
    case "destroyed":
    case "unavailable": {
      const gone = info.state === "destroyed";
      return (
        <Card label={t("setup.title")}>
          <div className={styles.text} data-testid={`setup-${info.state}`}>
            <h3 className={styles.gone} ref={title} tabIndex={-1}>
              {gone ? t("setup.destroyed") : t("setup.unavailable")}
            </h3>
            <Body1 className={styles.below}>{gone ? t("setup.destroyedText") : t("setup.unavailableText")}</Body1>
          </div>
          <dl className={styles.list}>
            <CopyRow name={t("setup.userName")} value={info.userName} label={t("setup.copyUserName")} mono />
          </dl>
          <div className={styles.again}>
            <strong>{t("setup.again")}</strong>
            <ol className={styles.steps}>
              <li>{t("setup.again1", { customer: info.customerName })}</li>
              <li>{t("setup.again2", { userName: info.userName })}</li>
              <li>{t("setup.again3")}</li>
            </ol>
          </div>
        </Card>
      );
    }
  }
}

function Card({ label, state, children }: { label: string; state?: string; children: ReactNode }) {
  const styles = useStyles();
  return (
    <section className={styles.card} aria-label={label}>
      <div className={styles.head}>
        <KeyRegular className={styles.icon} aria-hidden />
        <Subtitle2 as="h2" className={styles.title}>
          {label}
        </Subtitle2>
        {state !== undefined && (
          <Caption1 className={styles.state}>
            <LockClosedRegular aria-hidden />
            {state}
          </Caption1>
        )}
      </div>
      {children}
    </section>
  );
}

function Sealed({ info }: { info: SetupInfoView }) {
  const styles = useStyles();
  const { t } = useTranslation("onboarding");
  const reveal = useWrite("beginReveal");
  const mail = useMail("openSetupMail", info.onboardingId);
  const showing = info.state === "showing";
  return (
    <>
      <Card label={t("setup.title")} state={showing ? t("setup.showing") : t("setup.sealed")}>
        <dl className={styles.list}>
          <CopyRow name={t("setup.signInAddress")} value={info.signInAddress} label={t("setup.copySignIn")} />
          <CopyRow name={t("setup.userName")} value={info.userName} label={t("setup.copyUserName")} mono />
          <div className={styles.row}>
            <dt className={styles.name}>{t("setup.password")}</dt>
            <dd className={styles.value}>
              <span role="img" aria-label={t("setup.hidden")}>
                {MASK}
              </span>
            </dd>
            <dd className={styles.act}>
              <Button
                size="small"
                icon={<EyeRegular />}
                onClick={() => {
                  reveal.mutate([info.onboardingId]);
                }}
              >
                {showing ? t("setup.revealAgain") : t("setup.reveal")}
              </Button>
            </dd>
          </div>
        </dl>
        <div className={styles.foot}>
          <Button icon={<MailRegular />} onClick={mail.open}>
            {t("setup.mail")}
          </Button>
          <Caption1 className={styles.quiet}>{mail.opened ? t("mail.opened") : t("setup.mailText")}</Caption1>
        </div>
      </Card>
      <Caption1 className={styles.note}>{t("setup.footnote")}</Caption1>
      {mail.shown}
    </>
  );
}

function CopyRow({ name, value, label, mono = false }: { name: string; value: string; label: string; mono?: boolean }) {
  const styles = useStyles();
  const { t } = useTranslation("onboarding");
  const announce = useAnnounce();
  const [copied, setCopied] = useState(false);
  const copy = useWrite("copyText", {
    onDone: () => {
      setCopied(true);
      announce(t("setup.copied"));
    },
  });
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => {
      setCopied(false);
    }, COPIED_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [copied]);
  return (
    <div className={styles.row}>
      <dt className={styles.name}>{name}</dt>
      <dd className={mono ? styles.mono : styles.value}>{value}</dd>
      <dd className={styles.act}>
        <Button
          size="small"
          appearance="subtle"
          icon={copied ? <CheckmarkRegular /> : <CopyRegular />}
          aria-label={label}
          title={copied ? t("setup.copied") : label}
          onClick={() => {
            copy.mutate([value]);
          }}
        />
      </dd>
    </div>
  );
}
