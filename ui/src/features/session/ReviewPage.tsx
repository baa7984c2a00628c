// Everything in a session on one page: what it comes to, what is checked, what speaks against it, and its release.
import { Body1, Button, Caption1, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, Link as FluentLink, Subtitle2, makeStyles, tokens } from "@fluentui/react-components";
import { ArrowLeftRegular, BriefcaseRegular, CheckmarkCircleRegular, DocumentTextRegular, RenameRegular, SendRegular } from "@fluentui/react-icons";
import { useRef, useState } from "react";
import { useNavigate, useParams } from "react-router";
import { useFormat, useTranslation } from "@/shared/i18n";
import { useReadWhen, type SessionView } from "@/shared/ipc";
import { Crumbs } from "@/shared/parts/Crumbs";
import { EmptyState, ErrorState, LoadingRows, PageFrame, StateBadge } from "@/shared/ui";
import { CheckPanel } from "./CheckPanel";
import { Entries } from "./Entries";
import { Problems } from "./Problems";
import { RenameDialog } from "./RenameDialog";
import { Totals } from "./Totals";
import { useRelease } from "./useSession";

const useStyles = makeStyles({
  section: { marginBottom: "28px" },
  list: { listStyleType: "none", margin: "4px 0 0", padding: 0 },
  draft: { display: "flex", alignItems: "center", gap: "12px", minHeight: "40px", borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  grow: { flex: "1 1 auto", minWidth: 0, overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  quiet: { color: tokens.colorNeutralForeground2 },
  note: { flex: "1 1 auto", minWidth: 0, color: tokens.colorNeutralForeground2 },
  wrong: { flex: "1 1 auto", minWidth: 0, color: tokens.colorPaletteRedForeground1 },
  act: { whiteSpace: "nowrap" },
  side: { width: "360px", flex: "0 0 auto", boxSizing: "border-box", overflowY: "auto", padding: "20px 24px 28px", backgroundColor: tokens.colorNeutralBackground2, borderLeft: `1px solid ${tokens.colorNeutralStroke2}`, "@media (max-width: 1099px)": { width: "300px", padding: "16px 16px 24px" } },
});

/** The page of the session in the address. */
export function ReviewPage() {
  const { id = "" } = useParams();
  const { t } = useTranslation(["session", "shared"]);
  const review = useReadWhen(id !== "", "sessionReview", id);
  if (review.data) return <Review view={review.data} again={() => void review.refetch()} />;
  return <PageFrame title={t("session:review.title")}>{review.error ? <ErrorState why={t(`shared:error.${review.error.code}`)} onRetry={() => void review.refetch()} /> : <LoadingRows height={50} />}</PageFrame>;
}

function Review({ view, again }: { view: SessionView; again: () => void }) {
  const styles = useStyles();
  const { t } = useTranslation(["session", "shared"]);
  const format = useFormat();
  const navigate = useNavigate();
  const { session } = view;
  const [asking, setAsking] = useState(false);
  const [renaming, setRenaming] = useState(false);
  const renamer = useRef<HTMLButtonElement>(null);
  const { release, busy, failure } = useRelease(view, again);
  const when = session.endedAt === null ? t("session:review.since", { when: format.moment(session.startedAt) }) : t("session:review.fromTo", { from: format.moment(session.startedAt), to: format.moment(session.endedAt) });
  const caption = [when, session.who, t("session:review.count", { count: session.onboardings })].filter((part) => part !== "").join(" · ");
  const serious = view.problems.filter((problem) => problem.kind !== "fallback_used").length;
  const unchecked = view.check.at === null || view.check.outdated || view.check.unanswered > 0;
  const waits = session.held > 0;

  const press = () => {
    if (serious > 0 || unchecked) setAsking(true);
    else void release();
  };

  const footer = (
    <>
      {failure !== undefined ? (
        <Body1 className={styles.wrong} role="alert">
          {failure === "review_changed" ? t("session:release.changed") : t(`shared:error.${failure}`)}
        </Body1>
      ) : (
        <Caption1 className={styles.note}>{waits ? (view.corrections > 0 ? t("session:release.corrections", { count: view.corrections }) : view.offline ? t("session:release.offline") : t("session:release.says")) : session.releasedAt !== null ? t("session:release.released", { when: format.moment(session.releasedAt) }) : session.holds ? t("session:release.nothing") : t("session:release.free")}</Caption1>
      )}
      {waits && (
        <Button appearance="primary" icon={<SendRegular />} className={styles.act} data-primary disabledFocusable={busy || view.corrections > 0} onClick={press}>
          {t("session:release.press", { count: session.held })}
        </Button>
      )}
    </>
  );

  return (
    <PageFrame
      crumbs={<Crumbs above={[{ name: t("session:list.outbox"), to: "/outbox" }, { name: t("session:list.title"), to: "/sessions" }]} />}
      title={session.name}
      caption={caption}
      actions={
        <>
          <Button appearance="subtle" icon={<ArrowLeftRegular />} className={styles.act} onClick={() => void navigate(`/outbox?session=${session.id}`)}>
            {t("session:review.outbox")}
          </Button>
          <Button ref={renamer} appearance="subtle" icon={<RenameRegular />} className={styles.act} aria-haspopup="dialog" onClick={() => { setRenaming(true); }}>
            {t("session:rename.press")}
          </Button>
          <Button icon={<DocumentTextRegular />} className={styles.act} onClick={() => void navigate(`/session/${session.id}/report`)}>
            {t("session:bar.report")}
          </Button>
        </>
      }
      footer={footer}
      panel={
        view.entries.length === 0 ? undefined : (
          <aside className={styles.side} aria-label={t("session:totals.title")} data-region="panel" tabIndex={0}>
            <Totals view={view} />
            {waits && <CheckPanel view={view} />}
          </aside>
        )
      }
    >
      {view.entries.length === 0 && view.drafts.length === 0 ? (
        <EmptyState icon={BriefcaseRegular} title={t("session:empty.title")} why={session.running ? t("session:empty.running") : t("session:empty.ended")} action={session.running ? <Button onClick={() => void navigate("/resellers?partnership=active")}>{t("session:empty.begin")}</Button> : undefined} />
      ) : (
        <>
          {waits && (view.problems.length > 0 || !unchecked) && (
            <section className={styles.section} aria-labelledby="session-problems">
              <Subtitle2 as="h2" block id="session-problems">
                {t("session:problems.title")}
              </Subtitle2>
              {view.problems.length > 0 ? <Problems problems={view.problems} /> : <StateBadge state="confirmed" text={t("session:problems.none")} />}
            </section>
          )}
          {view.entries.length > 0 && (
            <section className={styles.section} aria-labelledby="session-entries">
              <Subtitle2 as="h2" id="session-entries">
                {t("session:entries.title")}
              </Subtitle2>
              <Entries view={view} />
            </section>
          )}
          {view.drafts.length > 0 && (
            <section className={styles.section} aria-labelledby="session-drafts">
              <Subtitle2 as="h2" id="session-drafts">
                {t("session:drafts.title")}
              </Subtitle2>
              <ul className={styles.list}>
                {view.drafts.map((draft) => (
                  <li key={draft.id} className={styles.draft}>
                    <StateBadge state="draft" />
                    <span className={styles.grow}>{draft.name === "" ? t("session:drafts.unnamed") : draft.name}</span>
                    <Caption1 className={styles.quiet}>{t("session:drafts.saved", { when: format.moment(draft.savedAt) })}</Caption1>
                    <FluentLink as="button" onClick={() => void navigate(`/draft/${draft.id}`)} aria-label={t("session:drafts.finishNamed", { name: draft.name === "" ? t("session:drafts.unnamed") : draft.name })}>
                      {t("session:drafts.finish")}
                    </FluentLink>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </>
      )}
      {renaming && <RenameDialog session={session} onClose={() => { setRenaming(false); requestAnimationFrame(() => { renamer.current?.focus(); }); }} />}
      <Dialog open={asking} modalType="alert" onOpenChange={(_event, data) => { if (!data.open) setAsking(false); }}>
        <DialogSurface>
          <DialogBody>
            <DialogTitle>{t("session:release.askTitle", { count: session.held })}</DialogTitle>
            <DialogContent>{serious > 0 ? t("session:release.askProblems", { count: serious }) : t("session:release.askUnchecked")}</DialogContent>
            <DialogActions>
              <Button className={styles.act} onClick={() => { setAsking(false); }}>
                {t("session:end.back")}
              </Button>
              <Button appearance="primary" icon={<CheckmarkCircleRegular />} className={styles.act} disabledFocusable={busy} onClick={() => { setAsking(false); void release(); }}>
                {t("session:release.anyway")}
              </Button>
            </DialogActions>
          </DialogBody>
        </DialogSurface>
      </Dialog>
    </PageFrame>
  );
}
