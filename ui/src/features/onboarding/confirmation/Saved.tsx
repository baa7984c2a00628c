// Offline: everything is on this laptop, and the lid can be closed.
import { Body1, Body1Strong, Caption1, Link, Subtitle2, Title3, makeStyles, tokens } from "@fluentui/react-components";
import { ErrorCircleRegular, KeyRegular, SaveRegular, type FluentIcon } from "@fluentui/react-icons";
import { useNavigate } from "react-router";
import { useTranslation } from "@/shared/i18n";
import type { ConfirmationView } from "@/shared/ipc";
import { JourneyList } from "./JourneyList";
import { waitsForRelease } from "./standing";

const useStyles = makeStyles({
  page: { maxWidth: "640px", margin: "28px auto 0", display: "grid", gridTemplateColumns: "48px minmax(0, 1fr)", columnGap: "18px", "@media (max-width: 719px)": { gridTemplateColumns: "minmax(0, 1fr)", rowGap: "8px", marginTop: "4px" } },
  art: {
    width: "48px",
    height: "48px",
    borderRadius: "24px",
    backgroundColor: tokens.colorNeutralBackground3,
    color: tokens.colorNeutralForeground2,
    display: "inline-flex",
    alignItems: "center",
    justifyContent: "center",
    fontSize: "20px",
  },
  title: { display: "block", margin: 0 },
  text: { display: "block", color: tokens.colorNeutralForeground2, marginTop: "2px" },
  head: { display: "flex", justifyContent: "space-between", alignItems: "baseline", marginTop: "28px" },
  later: { display: "grid", gridTemplateColumns: "repeat(auto-fit, minmax(220px, 1fr))", gap: "24px", marginTop: "32px" },
  item: { display: "grid", gridTemplateColumns: "20px minmax(0, 1fr)", columnGap: "8px" },
  icon: { fontSize: "20px", color: tokens.colorNeutralForeground2 },
  note: { display: "block", color: tokens.colorNeutralForeground2 },
});

/** *Saved. It will be sent when you are online*, or when its session is released. */
export function Saved({ view }: { view: ConfirmationView }) {
  const styles = useStyles();
  const { t } = useTranslation("onboarding");
  const navigate = useNavigate();
  return (
    <div className={styles.page}>
      <span className={styles.art} aria-hidden>
        <SaveRegular />
      </span>
      <div>
        <Title3 as="h2" className={styles.title}>
          {t(waitsForRelease(view) ? "confirmation.heading.session" : "confirmation.heading.saved")}
        </Title3>
        <Body1 className={styles.text}>{t("confirmation.heading.savedText")}</Body1>
        <div className={styles.head}>
          <Subtitle2 as="h3" className={styles.title}>{t("confirmation.waiting")}</Subtitle2>
          <Link as="button" onClick={() => void navigate("/outbox")}>
            {t("confirmation.showOutbox")}
          </Link>
        </div>
        <JourneyList view={view} waiting />
        <div className={styles.later}>
          {view.setupInfo !== null && <Note icon={KeyRegular} title={t("confirmation.laterTitle")} text={t("confirmation.laterText")} />}
          <Note icon={ErrorCircleRegular} title={t("confirmation.refusedTitle")} text={t("confirmation.refusedText")} />
        </div>
      </div>
    </div>
  );
}

function Note({ icon: Icon, title, text }: { icon: FluentIcon; title: string; text: string }) {
  const styles = useStyles();
  return (
    <div className={styles.item}>
      <Icon className={styles.icon} aria-hidden />
      <span>
        <Body1Strong>{title}</Body1Strong>
        <Caption1 className={styles.note}>{text}</Caption1>
      </span>
    </div>
  );
}
