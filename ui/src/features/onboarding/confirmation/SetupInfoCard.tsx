// Setup info: sign-in address and user name to copy, the password behind Reveal, which opens a window of its own. The
// password itself never comes into this page.
import { Body1, Button, Caption1, Subtitle2 } from "@fluentui/react-components";
import { EyeRegular, KeyRegular, LockClosedRegular } from "@fluentui/react-icons";
import { useEffect, useRef, type ReactNode } from "react";
import { useTranslation } from "@/shared/i18n";
import { useWrite, type SetupInfoView } from "@/shared/ipc";
import { useCardStyles } from "./cardStyles";
import { CopyRow } from "./CopyRow";
import { HandOver } from "./HandOver";
import { NewPassword } from "./NewPassword";

const MASK = "•".repeat(12);

/** The card, by where the password stands. */
export function SetupInfoCard({ info }: { info: SetupInfoView }) {
  const styles = useCardStyles();
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
          <NewPassword info={info} />
        </Card>
      );
    }
  }
}

function Card({ label, state, children }: { label: string; state?: string; children: ReactNode }) {
  const styles = useCardStyles();
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
  const styles = useCardStyles();
  const { t } = useTranslation("onboarding");
  const reveal = useWrite("beginReveal");
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
                disabledFocusable={reveal.isPending}
                onClick={() => {
                  if (!reveal.isPending) reveal.mutate([info.onboardingId]);
                }}
              >
                {showing ? t("setup.revealAgain") : t("setup.reveal")}
              </Button>
            </dd>
          </div>
        </dl>
        <HandOver info={info} />
      </Card>
      <Caption1 className={styles.note}>{t("setup.footnote")}</Caption1>
    </>
  );
}
