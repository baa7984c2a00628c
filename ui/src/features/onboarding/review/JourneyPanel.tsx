// What will happen, in which order, and what is checked on the way.
import { Body1Strong, Caption1, Divider, makeStyles, tokens } from "@fluentui/react-components";
import { TimerRegular } from "@fluentui/react-icons";
import { useFormat, useTranslation } from "@/shared/i18n";
import type { JourneyStep, ReviewView } from "@/shared/ipc";

const useStyles = makeStyles({
  list: { listStyleType: "none", margin: "10px 0 0", padding: 0 },
  step: { display: "grid", gridTemplateColumns: "24px minmax(0, 1fr)", columnGap: "12px", position: "relative", paddingBottom: "18px" },
  number: {
    width: "24px",
    height: "24px",
    boxSizing: "border-box",
    borderRadius: "12px",
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    backgroundColor: tokens.colorNeutralBackground2,
    display: "inline-flex",
    alignItems: "center",
    justifyContent: "center",
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
    zIndex: 1,
  },
  rail: { position: "absolute", left: "12px", top: "28px", bottom: "4px", width: "1px", backgroundColor: tokens.colorNeutralStroke2 },
  title: { display: "block", lineHeight: "24px" },
  text: { display: "block", color: tokens.colorNeutralForeground2 },
  divider: { marginBottom: "16px" },
  window: { display: "grid", gridTemplateColumns: "20px minmax(0, 1fr)", columnGap: "8px" },
  icon: { fontSize: "20px" },
});

/** Panel of step 3. */
export function JourneyPanel({ review }: { review: ReviewView }) {
  const styles = useStyles();
  const { t } = useTranslation("onboarding");
  const format = useFormat();
  const signer = review.signerName;
  const text = (step: JourneyStep) => {
    if (step === "record_agreement" && review.agreementDate !== null) {
      return t("journey.text.record_agreementAccepted", { signer, date: format.date(review.agreementDate) });
    }
    return t(`journey.text.${step}`, { signer });
  };
  return (
    <>
      <ol className={styles.list}>
        {review.journey.map((step, index) => (
          <li key={step} className={styles.step}>
            <span className={styles.number} aria-hidden>
              {index + 1}
            </span>
            {index < review.journey.length - 1 && <span className={styles.rail} aria-hidden />}
            <span>
              <Body1Strong className={styles.title}>{t(`journey.${step}`)}</Body1Strong>
              <Caption1 className={styles.text}>{text(step)}</Caption1>
            </span>
          </li>
        ))}
      </ol>
      {review.journey.includes("place_order") && (
        <>
          <Divider className={styles.divider} />
          <div className={styles.window}>
            <TimerRegular className={styles.icon} aria-hidden />
            <span>
              <Body1Strong className={styles.title}>{t("review.sevenDays")}</Body1Strong>
              <Caption1 className={styles.text}>{t("review.sevenDaysText")}</Caption1>
            </span>
          </div>
        </>
      )}
    </>
  );
}
