// Things to do, grouped by how soon; each is a link.
import { Body1Strong, Caption1, Subtitle2, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import {
  BriefcaseRegular,
  CalendarClockRegular,
  ChevronRightRegular,
  EditRegular,
  ErrorCircleRegular,
  HandshakeRegular,
  KeyRegular,
  LinkDismissRegular,
  MailClockRegular,
  PauseCircleRegular,
  PersonQuestionMarkRegular,
  ShieldDismissRegular,
  TimerRegular,
  type FluentIcon,
} from "@fluentui/react-icons";
import { useId } from "react";
import { Link } from "react-router";
import { useFormat, useTranslation } from "@/shared/i18n";
import type { TodoKind, TodoView } from "@/shared/ipc";
import { SMALL, own } from "@/shared/ui";
import { address, groups } from "./todo";
import { useTodoWords } from "./words";

const ICONS: Record<TodoKind, FluentIcon> = {
  setup_info: KeyRegular,
  needs_attention: ErrorCircleRegular,
  window_closes: TimerRegular,
  term_ends: CalendarClockRegular,
  on_hold: PauseCircleRegular,
  session_held: BriefcaseRegular,
  draft: EditRegular,
  partnership_unanswered: MailClockRegular,
  invitation_unanswered: MailClockRegular,
  reseller_not_fit: ShieldDismissRegular,
  partnership_accepted: HandshakeRegular,
  partnership_ended: LinkDismissRegular,
  partnership_to_place: PersonQuestionMarkRegular,
};

const useStyles = makeStyles({
  group: { marginBottom: "28px" },
  head: { display: "flex", alignItems: "baseline", gap: "6px", marginBottom: "4px" },
  count: { color: tokens.colorNeutralForeground2 },
  list: { listStyleType: "none", margin: 0, padding: 0 },
  item: {
    display: "flex",
    alignItems: "center",
    gap: "20px",
    minHeight: "54px",
    padding: "6px 0",
    boxSizing: "border-box",
    [SMALL]: { gap: "12px" },
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: "none",
    ":hover": { backgroundColor: own.channelbookRow },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "-2px", borderRadius: "6px" },
  },
  icon: { display: "inline-flex", fontSize: "20px", color: tokens.colorNeutralForeground2, flex: "0 0 auto" },
  now: { color: tokens.colorPaletteRedForeground1 },
  soon: { color: tokens.colorPaletteMarigoldForeground2 },
  words: { flex: "1 1 auto", minWidth: 0, display: "flex", flexDirection: "column" },
  // Two lines at most: what is to be done and for whom must be readable without a pointer.
  line: { overflow: "hidden", display: "-webkit-box", WebkitLineClamp: 2, WebkitBoxOrient: "vertical", overflowWrap: "anywhere" },
  second: { color: tokens.colorNeutralForeground2 },
  when: { flex: "0 0 auto", color: tokens.colorNeutralForeground2 },
  whenNow: { color: tokens.colorPaletteRedForeground1, fontWeight: tokens.fontWeightSemibold },
  chevron: { display: "inline-flex", fontSize: "16px", color: tokens.colorNeutralForeground3, marginRight: "4px" },
});

const SOON: readonly TodoKind[] = ["term_ends", "on_hold", "window_closes"];

function Item({ item }: { item: TodoView }) {
  const styles = useStyles();
  const words = useTodoWords()(item);
  const Icon = ICONS[item.kind];
  const now = item.urgency === "now";
  return (
    <li>
      <Link to={address(item)} className={styles.item}>
        <span className={mergeClasses(styles.icon, now && styles.now, !now && item.urgency === "this_week" && SOON.includes(item.kind) && styles.soon)} aria-hidden>
          <Icon />
        </span>
        <span className={styles.words}>
          <Body1Strong className={styles.line}>{words.title}</Body1Strong>
          <Caption1 className={mergeClasses(styles.line, styles.second)}>{words.detail}</Caption1>
        </span>
        <Caption1 className={mergeClasses(styles.when, now && styles.whenNow)}>{words.when}</Caption1>
        <span className={styles.chevron} aria-hidden>
          <ChevronRightRegular />
        </span>
      </Link>
    </li>
  );
}

/** The list. */
export function TodoList({ todo }: { todo: readonly TodoView[] }) {
  const styles = useStyles();
  const id = useId();
  const { t } = useTranslation("home");
  const format = useFormat();
  return groups(todo).map(({ urgency, items }) => (
    <section key={urgency} className={styles.group} aria-labelledby={`${id}-${urgency}`}>
      <div className={styles.head}>
        <Subtitle2 as="h2" id={`${id}-${urgency}`}>
          {t(`urgency.${urgency}`)}
        </Subtitle2>
        <Caption1 className={styles.count}>{format.number(items.length)}</Caption1>
      </div>
      <ul className={styles.list}>
        {items.map((item) => (
          <Item key={`${item.kind}-${item.id}-${item.kind === "window_closes" ? (item.at ?? "") : ""}`} item={item} />
        ))}
      </ul>
    </section>
  ));
}
