// Beside Submit in a practice workspace: where it goes.
import { Caption1, makeStyles, tokens } from "@fluentui/react-components";
import { BeakerFilled } from "@fluentui/react-icons";
import { useTranslation } from "@/shared/i18n";
import { useRead } from "@/shared/ipc";

const useStyles = makeStyles({
  line: { display: "flex", alignItems: "flex-start", gap: "6px", flex: "1 1 100%", color: tokens.colorNeutralForeground2 },
  icon: { fontSize: "16px", flex: "0 0 auto", color: tokens.colorPalettePurpleBorderActive },
});

/** Nothing in a live workspace. */
export function PracticeLine() {
  const styles = useStyles();
  const { t } = useTranslation("onboarding");
  const start = useRead("startView");
  if (start.data?.workspace?.kind !== "practice") return null;
  return (
    <span className={styles.line}>
      <BeakerFilled className={styles.icon} aria-hidden />
      <Caption1>
        {t("footer.practice")} {t("footer.practiceText")}
      </Caption1>
    </span>
  );
}
