// Where something stands: always an icon and a word, never colour alone.
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import {
  ArrowSyncRegular,
  CalendarClockRegular,
  CheckmarkCircleRegular,
  ClockRegular,
  DismissCircleRegular,
  EditRegular,
  ErrorCircleFilled,
  PauseCircleRegular,
  ProhibitedRegular,
  TimerRegular,
  type FluentIcon,
} from "@fluentui/react-icons";
import { useTranslation } from "@/shared/i18n";

/** States of the table in the design. */
export type VisualState =
  | "draft"
  | "waiting"
  | "sending"
  | "confirmed"
  | "on_hold"
  | "needs_attention"
  | "cancelled"
  | "window_closes"
  | "term_ends"
  | "active"
  | "suspended"
  | "expired"
  | "pending";

type Tone = "quiet" | "plain" | "brand" | "good" | "soon" | "now";

const LOOK: Record<VisualState, { icon: FluentIcon; tone: Tone }> = {
  draft: { icon: EditRegular, tone: "quiet" },
  waiting: { icon: ClockRegular, tone: "plain" },
  sending: { icon: ArrowSyncRegular, tone: "brand" },
  confirmed: { icon: CheckmarkCircleRegular, tone: "good" },
  on_hold: { icon: PauseCircleRegular, tone: "soon" },
  needs_attention: { icon: ErrorCircleFilled, tone: "now" },
  cancelled: { icon: DismissCircleRegular, tone: "quiet" },
  window_closes: { icon: TimerRegular, tone: "soon" },
  term_ends: { icon: CalendarClockRegular, tone: "soon" },
  active: { icon: CheckmarkCircleRegular, tone: "good" },
  suspended: { icon: ProhibitedRegular, tone: "soon" },
  expired: { icon: DismissCircleRegular, tone: "quiet" },
  pending: { icon: ClockRegular, tone: "plain" },
};

const useStyles = makeStyles({
  root: { display: "inline-flex", alignItems: "center", gap: "6px", minWidth: 0, maxWidth: "100%", verticalAlign: "middle" },
  icon: { fontSize: "16px", flex: "0 0 auto", display: "inline-flex" },
  word: { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap", color: tokens.colorNeutralForeground1 },
  // The icon stands beside the first line.
  wholeRoot: { alignItems: "flex-start", "& > :first-child": { marginTop: "2px" } },
  wholeWord: { whiteSpace: "normal", overflowWrap: "anywhere" },
  quiet: { color: tokens.colorNeutralForeground3 },
  plain: { color: tokens.colorNeutralForeground2 },
  brand: { color: tokens.colorCompoundBrandForeground1 },
  good: { color: tokens.colorPaletteGreenForeground1 },
  soon: { color: tokens.colorPaletteMarigoldForeground2 },
  now: { color: tokens.colorPaletteRedForeground1 },
  turns: {
    animationName: { from: { transform: "rotate(0deg)" }, to: { transform: "rotate(360deg)" } },
    animationDuration: "1.6s",
    animationIterationCount: "infinite",
    animationTimingFunction: "linear",
    "@media (prefers-reduced-motion: reduce)": { animationName: "none" },
  },
});

/** The icon of a state alone, where its word stands elsewhere in the same row. `rests`: nothing goes on just now. */
export function StateIcon({ state, rests = false }: { state: VisualState; rests?: boolean }) {
  const styles = useStyles();
  const look = LOOK[state];
  const Icon = look.icon;
  return (
    <span className={mergeClasses(styles.icon, styles[look.tone], state === "sending" && !rests && styles.turns)} aria-hidden>
      <Icon />
    </span>
  );
}

interface BadgeProps {
  state: VisualState;
  text?: string;
  rests?: boolean;
  whole?: boolean;
}

/** Icon and word; `text` says more than the bare word (what it waits for, until when). `whole`: it wraps and is not cut. */
export function StateBadge({ text, ...rest }: BadgeProps) {
  // A list has one in each row: those that bring their words look none up.
  return text === undefined ? <BareBadge {...rest} /> : <Badge {...rest} text={text} />;
}

function BareBadge(props: Omit<BadgeProps, "text">) {
  const { t } = useTranslation("shared");
  return <Badge {...props} text={t(`state.${props.state}`)} />;
}

function Badge({ state, text, rests, whole = false }: BadgeProps & { text: string }) {
  const styles = useStyles();
  return (
    <span className={mergeClasses(styles.root, whole && styles.wholeRoot)}>
      <StateIcon state={state} rests={rests} />
      <span className={mergeClasses(styles.word, whole && styles.wholeWord)}>{text}</span>
    </span>
  );
}
