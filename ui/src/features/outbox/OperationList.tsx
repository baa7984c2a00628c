// Operations grouped by Submit, and Submits by session where there is one. One Tab stop; arrows move, Enter opens the detail.
import { Body1, Body1Strong, Caption1, Link as FluentLink, Subtitle2, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { BriefcaseRegular } from "@fluentui/react-icons";
import { useRef, type KeyboardEvent } from "react";
import { useNavigate } from "react-router";
import { useTranslation } from "@/shared/i18n";
import type { OperationRow } from "@/shared/ipc";
import { own, StateIcon } from "@/shared/ui";
import { grouped, sectioned, type OperationGroup, type OperationSection } from "./groups";
import { isLost, useHint, useOperationLine, useSubject } from "./words";

const useStyles = makeStyles({
  group: { marginBottom: "24px" },
  head: { display: "flex", alignItems: "baseline", gap: "8px", minHeight: "32px", overflowWrap: "anywhere", borderBottom: `1px solid ${tokens.colorNeutralStroke1}` },
  section: { marginBottom: "32px" },
  sectionHead: { display: "flex", alignItems: "center", gap: "10px", minHeight: "40px", marginBottom: "8px", padding: "0 12px", borderRadius: "6px", backgroundColor: tokens.colorNeutralBackground2, overflowWrap: "anywhere" },
  sectionIcon: { fontSize: "18px", display: "inline-flex", flex: "0 0 auto", color: tokens.colorNeutralForeground2 },
  review: { marginLeft: "auto", whiteSpace: "nowrap" },
  quiet: { color: tokens.colorNeutralForeground2 },
  list: { listStyleType: "none", margin: 0, padding: 0 },
  item: { borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  row: {
    display: "flex",
    alignItems: "center",
    gap: "12px",
    width: "100%",
    // Grows with a long subject beside an opened operation.
    minHeight: "50px",
    boxSizing: "border-box",
    padding: "4px 8px",
    border: "none",
    borderRadius: "6px",
    backgroundColor: "transparent",
    color: tokens.colorNeutralForeground1,
    font: "inherit",
    textAlign: "start",
    cursor: "pointer",
    position: "relative",
    ":hover": { backgroundColor: own.channelbookRow },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "-2px" },
  },
  chosen: {
    backgroundColor: own.channelbookChosen,
    "::before": { content: '""', position: "absolute", left: 0, top: "12px", bottom: "12px", borderLeft: `3px solid ${tokens.colorCompoundBrandForeground1}`, borderRadius: "2px" },
  },
  words: { flex: "1 1 auto", minWidth: 0, display: "flex", flexDirection: "column" },
  line: { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  state: { flex: "0 0 auto", color: tokens.colorNeutralForeground2 },
});

/** A customer's second Submit has a name of its own, so that a screen reader can tell them apart. */
function labelOf(groups: readonly OperationGroup[], index: number, hint: (group: OperationGroup) => string): string {
  const named = (group: OperationGroup | undefined) => (group === undefined ? "" : [group.customerName, hint(group)].filter((part) => part !== "").join(", "));
  const name = named(groups[index]);
  const before = groups.slice(0, index).filter((group) => named(group) === name).length;
  return before === 0 ? name : `${name} (${String(before + 1)})`;
}

export interface OperationListProps {
  rows: readonly OperationRow[];
  chosen: string | undefined;
  /** Sessions have heads of their own; not needed where only one session is shown. */
  bySession: boolean;
  onChoose: (id: string, element: HTMLElement) => void;
}

/** The rows. */
export function OperationList({ rows, chosen, bySession, onChoose }: OperationListProps) {
  const styles = useStyles();
  const hint = useHint();
  const root = useRef<HTMLDivElement>(null);
  const groups = grouped(rows);
  const first = rows.some((row) => row.id === chosen) ? chosen : groups[0]?.rows[0]?.id;
  const sections: OperationSection[] = bySession ? sectioned(groups) : [{ session: undefined, groups }];
  const headed = sections.some((section) => section.session !== undefined);

  const onKeyDown = (event: KeyboardEvent) => {
    const buttons = [...(root.current?.querySelectorAll<HTMLButtonElement>("button[data-operation]") ?? [])];
    const at = buttons.findIndex((button) => button === document.activeElement);
    const moves: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 };
    const to = moves[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    buttons[Math.max(0, Math.min(buttons.length - 1, to))]?.focus();
  };

  return (
    <div ref={root} onKeyDown={onKeyDown} role="presentation">
      {sections.map((section) => {
        const inside = section.groups.map((group) => <Group key={group.onboardingId} group={group} label={labelOf(groups, groups.indexOf(group), hint)} deep={headed} chosen={chosen} first={first} onChoose={onChoose} />);
        const key = section.groups[0]?.onboardingId ?? "";
        return headed ? (
          <div key={key} className={styles.section}>
            <SectionHead section={section} />
            {inside}
          </div>
        ) : (
          inside
        );
      })}
    </div>
  );
}

function SectionHead({ section }: { section: OperationSection }) {
  const styles = useStyles();
  const { t } = useTranslation(["outbox", "session"]);
  const navigate = useNavigate();
  const { session } = section;
  const count = section.groups.reduce((sum, group) => sum + group.rows.length, 0);
  return (
    <div className={styles.sectionHead}>
      {session !== undefined && (
        <span className={styles.sectionIcon} aria-hidden>
          <BriefcaseRegular />
        </span>
      )}
      <Subtitle2 as="h2">{session === undefined ? t("session:filter.none") : session.name}</Subtitle2>
      <Caption1 className={styles.quiet}>{t("outbox:operations", { count })}</Caption1>
      {session !== undefined && (
        <FluentLink as="button" className={styles.review} aria-label={t("session:filter.reviewNamed", { name: session.name })} onClick={() => void navigate(`/session/${session.id}`)}>
          {t("session:filter.review")}
        </FluentLink>
      )}
    </div>
  );
}

interface GroupProps {
  group: OperationGroup;
  label: string;
  /** Below the head of a section. */
  deep: boolean;
  chosen: string | undefined;
  /** The one Tab stop. */
  first: string | undefined;
  onChoose: (id: string, element: HTMLElement) => void;
}

function Group({ group, label, deep, chosen, first, onChoose }: GroupProps) {
  const styles = useStyles();
  const { t } = useTranslation(["outbox", "shared"]);
  const line = useOperationLine();
  const subject = useSubject();
  const hint = useHint();
  return (
    <section className={styles.group} aria-label={label}>
      <div className={styles.head}>
        <Subtitle2 as={deep ? "h3" : "h2"}>{group.customerName}</Subtitle2>
        {hint(group) !== "" && <Caption1>{hint(group)}</Caption1>}
        <Caption1 className={styles.quiet}>{t("outbox:operations", { count: group.rows.length })}</Caption1>
      </div>
      <ul className={styles.list}>
        {group.rows.map((row) => (
          <li key={row.id} className={styles.item}>
            <button
              type="button"
              data-operation={row.id}
              aria-current={row.id === chosen || undefined}
              tabIndex={row.id === first ? 0 : -1}
              className={mergeClasses(styles.row, row.id === chosen && styles.chosen)}
              onClick={(event) => { onChoose(row.id, event.currentTarget); }}
            >
              <StateIcon state={row.state} rests={isLost(row)} />
              <span className={styles.words}>
                <span className={styles.line}>
                  <Body1Strong>{t(`outbox:kind.${row.kind}`)}</Body1Strong>
                  {subject(row) !== "" && <Body1 className={styles.quiet} title={subject(row)}>{` · ${subject(row)}`}</Body1>}
                </span>
                <Caption1 className={mergeClasses(styles.line, styles.quiet)}>{line(row)}</Caption1>
              </span>
              <Caption1 className={styles.state}>{t(`shared:state.${row.state}`)}</Caption1>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
