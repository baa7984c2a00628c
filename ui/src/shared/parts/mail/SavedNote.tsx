// Where a draft mail stands on disk, and what became of it; "saved" is said only after the commit.
import { Caption1, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { CheckmarkRegular } from "@fluentui/react-icons";

const useStyles = makeStyles({
  note: { display: "flex", alignItems: "center", gap: "6px", color: tokens.colorNeutralForeground2, whiteSpace: "nowrap" },
  failed: { color: tokens.colorPaletteRedForeground1 },
  icon: { display: "inline-flex", fontSize: "16px" },
});

/** The note at the end of the header. `parts` stand in one line, with dots between them. */
export function SavedNote({ state, parts }: { state: "saved" | "saving" | "failed"; parts: readonly string[] }) {
  const styles = useStyles();
  return (
    <Caption1 className={mergeClasses(styles.note, state === "failed" && styles.failed)}>
      {state === "saved" && (
        <span className={styles.icon} aria-hidden>
          <CheckmarkRegular />
        </span>
      )}
      {parts.join(" · ")}
    </Caption1>
  );
}
