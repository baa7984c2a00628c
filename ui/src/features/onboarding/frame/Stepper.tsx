// The steps of the wizard: where one is, and the way back to what is done.
import { Button, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { CheckmarkRegular } from "@fluentui/react-icons";
import { useTranslation } from "@/shared/i18n";
import { useMedia } from "@/shared/ui";

/** A step as the head shows it. */
export interface Step {
  key: "customer" | "subscriptions" | "review" | "confirmation";
  /** What it is called where its usual name does not fit: something is mended in it. */
  word?: string;
  /** Goes back to it; absent for steps that can't be opened from here. */
  open?: () => void;
}

const useStyles = makeStyles({
  list: { display: "flex", alignItems: "center", listStyleType: "none", margin: 0, padding: 0, gap: "8px" },
  step: { display: "flex", alignItems: "center", gap: "8px", position: "relative" },
  line: { width: "28px", height: "1px", backgroundColor: tokens.colorNeutralStroke2, flex: "0 0 auto" },
  lineDone: { backgroundColor: tokens.colorBrandStroke1 },
  word: { whiteSpace: "nowrap", color: tokens.colorNeutralForeground2 },
  current: { fontWeight: tokens.fontWeightSemibold, color: tokens.colorNeutralForeground1 },
  button: { minWidth: 0, padding: "2px 4px", gap: "8px", fontWeight: tokens.fontWeightRegular, color: tokens.colorNeutralForeground2 },
  unseen: { position: "absolute", width: "1px", height: "1px", overflow: "hidden", clipPath: "inset(50%)" },
  circle: {
    width: "24px",
    height: "24px",
    borderRadius: "12px",
    display: "inline-flex",
    alignItems: "center",
    justifyContent: "center",
    boxSizing: "border-box",
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    color: tokens.colorNeutralForeground2,
    flex: "0 0 auto",
  },
  done: {
    backgroundColor: tokens.colorBrandBackground2,
    // Seen in high contrast alone, where there is no pale ground.
    border: `1px solid ${tokens.colorTransparentStroke}`,
    color: tokens.colorBrandForeground2,
    fontSize: "14px",
  },
  filled: {
    backgroundColor: tokens.colorBrandBackground,
    border: `1px solid ${tokens.colorBrandBackground}`,
    color: tokens.colorNeutralForegroundOnBrand,
  },
});

/** The stepper in the wizard's head. Below 1100 px only the current step keeps its word. */
export function Stepper({ steps, current }: { steps: Step[]; current: Step["key"] }) {
  const styles = useStyles();
  const { t } = useTranslation("onboarding");
  const short = useMedia("(max-width: 1099px)");
  const at = steps.findIndex((step) => step.key === current);

  return (
    <nav aria-label={t("steps.label")}>
      <ol className={styles.list}>
        {steps.map((step, index) => {
          const done = index < at;
          const name = step.word ?? t(`steps.${step.key}`);
          const circle = (
            <span className={mergeClasses(styles.circle, done && styles.done, index === at && styles.filled)} aria-hidden>
              {done ? <CheckmarkRegular /> : index + 1}
            </span>
          );
          return (
            <li key={step.key} className={styles.step} aria-current={index === at ? "step" : undefined}>
              {index > 0 && <span className={mergeClasses(styles.line, index <= at && styles.lineDone)} aria-hidden />}
              {done && step.open !== undefined ? (
                <Button appearance="transparent" className={styles.button} onClick={step.open} aria-label={short ? name : undefined}>
                  {circle}
                  {!short && name}
                </Button>
              ) : (
                <>
                  {circle}
                  {short && index !== at ? (
                    <span className={styles.unseen}>{name}</span>
                  ) : (
                    <span className={mergeClasses(styles.word, index === at && styles.current)}>{name}</span>
                  )}
                </>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
