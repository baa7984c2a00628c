// Submit, once what it submits has stood in sight for a moment; its place is kept until then.
import { Button, Spinner, makeStyles, tokens } from "@fluentui/react-components";
import { SendRegular } from "@fluentui/react-icons";
import { useStood } from "./useStood";

const useStyles = makeStyles({
  // As a button that can't be pressed looks, so that nothing beside it moves when it comes.
  place: {
    display: "inline-flex",
    alignItems: "center",
    justifyContent: "center",
    gap: "6px",
    minWidth: "96px",
    boxSizing: "border-box",
    padding: "5px 12px",
    border: "1px solid transparent",
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackgroundDisabled,
    color: tokens.colorNeutralForegroundDisabled,
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
    fontWeight: tokens.fontWeightSemibold,
    userSelect: "none",
  },
  // The word is for the eye alone: nobody shall find a Submit that can't be pressed.
  word: { "::before": { content: "attr(data-word)" } },
  icon: { fontSize: "20px", width: "20px", height: "20px" },
});

export interface SubmitButtonProps {
  /** Names what is in sight; `undefined` while nothing is. */
  reviewed: string | undefined;
  /** What stands on it, in the words of the page. */
  label: string;
  busy: boolean;
  /** What is in sight can't be submitted as it is. */
  disabled?: boolean;
  onSubmit: () => void;
}

/** The button. */
export function SubmitButton({ reviewed, label, busy, disabled = false, onSubmit }: SubmitButtonProps) {
  const styles = useStyles();
  if (!useStood(reviewed)) {
    return (
      <span className={styles.place} aria-hidden>
        <SendRegular className={styles.icon} />
        <span className={styles.word} data-word={label} />
      </span>
    );
  }
  return (
    <Button appearance="primary" data-primary icon={busy ? <Spinner size="tiny" /> : <SendRegular />} disabledFocusable={disabled} onClick={onSubmit}>
      {label}
    </Button>
  );
}
