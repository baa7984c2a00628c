// All onboarding sessions, newest first: what runs, what still waits, and the way to each review and report.
import { Body1Strong, Caption1, Link as FluentLink, makeStyles, tokens } from "@fluentui/react-components";
import { BriefcaseRegular } from "@fluentui/react-icons";
import { Link, useNavigate } from "react-router";
import { useFormat, useTranslation } from "@/shared/i18n";
import { useRead, type SessionRow } from "@/shared/ipc";
import { Crumbs } from "@/shared/parts/Crumbs";
import { EmptyState, ErrorState, LoadingRows, PageFrame, SMALL, StateBadge, own, type VisualState } from "@/shared/ui";

const useStyles = makeStyles({
  list: { listStyleType: "none", margin: 0, padding: 0, maxWidth: "1040px" },
  item: { display: "flex", alignItems: "center", gap: "16px", minHeight: "54px", boxSizing: "border-box", borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, ":hover": { backgroundColor: own.channelbookRow }, [SMALL]: { flexWrap: "wrap", gap: "4px 12px", padding: "6px 0" } },
  icon: { display: "inline-flex", fontSize: "20px", color: tokens.colorNeutralForeground2, flex: "0 0 auto" },
  to: {
    display: "flex",
    flexDirection: "column",
    flex: "1 1 auto",
    minWidth: 0,
    padding: "7px 0",
    overflowWrap: "anywhere",
    color: tokens.colorNeutralForeground1,
    textDecorationLine: "none",
    ":hover": { textDecorationLine: "underline" },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "-2px", borderRadius: "6px" },
  },
  second: { color: tokens.colorNeutralForeground2 },
  state: { flex: "0 1 auto", minWidth: 0, maxWidth: "40%", [SMALL]: { maxWidth: "100%" } },
  report: { flex: "0 0 auto", whiteSpace: "nowrap", padding: "4px 2px" },
});

/** Where a session stands: the most urgent thing. Nothing is said of one in which nothing was submitted. */
function useStanding(): (row: SessionRow) => { state: VisualState; text: string } | undefined {
  const { t } = useTranslation("session");
  return (row) => {
    if (row.running) return { state: "pending", text: t("list.running") };
    if (row.held > 0) return { state: "on_hold", text: t("list.held", { count: row.held }) };
    if (row.open > 0) return { state: "waiting", text: t("list.openOnes", { count: row.open }) };
    return row.onboardings === 0 ? undefined : { state: "confirmed", text: t("list.done") };
  };
}

function Session({ row }: { row: SessionRow }) {
  const styles = useStyles();
  const { t } = useTranslation("session");
  const format = useFormat();
  const navigate = useNavigate();
  const standing = useStanding()(row);
  const day = format.date(row.startedAt);
  // On one day the day is told once.
  const until = row.endedAt === null ? "" : format.date(row.endedAt) === day ? format.time(row.endedAt) : format.dateTime(row.endedAt);
  const begun = format.dateTime(row.startedAt);
  const facts = [
    row.endedAt === null ? t("review.since", { when: begun }) : t("review.fromTo", { from: begun, to: until }),
    row.who,
    row.onboardings === 0 ? t("list.nothing") : `${t("review.count", { count: row.onboardings })}, ${t("list.operations", { count: row.operations })}`,
  ];
  return (
    <li className={styles.item}>
      <span className={styles.icon} aria-hidden>
        <BriefcaseRegular />
      </span>
      <Link to={`/session/${row.id}`} className={styles.to}>
        <Body1Strong>{row.name}</Body1Strong>
        <Caption1 className={styles.second}>{facts.filter((part) => part !== "").join(" · ")}</Caption1>
      </Link>
      {standing !== undefined && (
        <span className={styles.state}>
          <StateBadge state={standing.state} text={standing.text} whole />
        </span>
      )}
      <FluentLink as="button" className={styles.report} aria-label={t("list.reportNamed", { name: row.name, when: day })} onClick={() => void navigate(`/session/${row.id}/report`)}>
        {t("list.report")}
      </FluentLink>
    </li>
  );
}

/** The page. */
export function SessionsPage() {
  const styles = useStyles();
  const { t } = useTranslation(["session", "shared"]);
  const sessions = useRead("sessions");
  const all = sessions.data?.all;
  return (
    <PageFrame crumbs={<Crumbs above={[{ name: t("session:list.outbox"), to: "/outbox" }]} />} title={t("session:list.title")} caption={all === undefined || all.length === 0 ? undefined : t("session:list.caption", { count: all.length })}>
      {all === undefined ? (
        sessions.error ? <ErrorState why={t(`shared:error.${sessions.error.code}`)} onRetry={() => void sessions.refetch()} /> : <LoadingRows height={54} />
      ) : all.length === 0 ? (
        <EmptyState icon={BriefcaseRegular} title={t("session:list.none")} why={t("session:list.noneWhy")} />
      ) : (
        <ul className={styles.list} aria-label={t("session:list.title")}>
          {all.map((row) => (
            <Session key={row.id} row={row} />
          ))}
        </ul>
      )}
    </PageFrame>
  );
}
