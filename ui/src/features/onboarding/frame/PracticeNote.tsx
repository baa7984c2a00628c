// In a practice workspace the line beside Submit says where it goes; elsewhere the draft's own note stands there.
import { Caption1, Caption1Strong, makeStyles, tokens } from "@fluentui/react-components";
import { BeakerFilled } from "@fluentui/react-icons";
import { useTranslation } from "@/shared/i18n";
import { useRead } from "@/shared/ipc";
import type { DraftSnapshot } from "../draft/session";
import { SaveNote } from "./SaveNote";

const useStyles = makeStyles({
  note: { display: "flex", alignItems: "center", gap: "6px" },
  icon: { fontSize: "16px", color: tokens.colorPalettePurpleBorderActive },
});

/** *Practice. Submit goes to the built-in sandbox.* */
export function PracticeNote({ shown }: { shown: DraftSnapshot }) {
  const styles = useStyles();
  const { t } = useTranslation("onboarding");
  const start = useRead("startView");
  if (shown.saveState === "failed" || start.data?.workspace?.kind !== "practice") return <SaveNote shown={shown} />;
  return (
    <span className={styles.note}>
      <BeakerFilled className={styles.icon} aria-hidden />
      <Caption1>
        <Caption1Strong>{t("footer.practice")}</Caption1Strong> {t("footer.practiceText")}
      </Caption1>
    </span>
  );
}
