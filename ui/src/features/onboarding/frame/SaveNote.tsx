// Where the draft stands on disk: "saved" is said only after the commit, and a disk that refuses is said loudly.
import { Caption1, makeStyles, tokens } from "@fluentui/react-components";
import { CheckmarkRegular, ErrorCircleFilled } from "@fluentui/react-icons";
import { useFormat, useTranslation } from "@/shared/i18n";
import type { DraftSnapshot } from "../draft/session";

const useStyles = makeStyles({
  note: { display: "flex", alignItems: "center", gap: "6px", color: tokens.colorNeutralForeground2 },
  failed: { display: "flex", alignItems: "center", gap: "6px", color: tokens.colorPaletteRedForeground1 },
  icon: { fontSize: "16px", display: "inline-flex" },
});

/** *Draft saved 10:32*. */
export function SaveNote({ shown }: { shown: DraftSnapshot }) {
  const styles = useStyles();
  const { t } = useTranslation("onboarding");
  const format = useFormat();
  if (shown.saveState === "failed") {
    return (
      <span className={styles.failed} role="alert">
        <ErrorCircleFilled className={styles.icon} aria-hidden />
        <Caption1>{shown.error === "disk_full" ? t("footer.diskFull") : t("footer.notSaved")}</Caption1>
      </span>
    );
  }
  return (
    <span className={styles.note} data-save-state={shown.saveState}>
      <CheckmarkRegular className={styles.icon} aria-hidden />
      <Caption1>{shown.saveState === "saving" ? t("footer.saving") : t("footer.saved", { time: format.time(shown.savedAt) })}</Caption1>
    </span>
  );
}
