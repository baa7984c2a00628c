// Home: a caption with the day, the to-do list on the left, the pictures on the right (below, in a narrow window).
import { Caption1, Skeleton, SkeletonItem, makeStyles, tokens } from "@fluentui/react-components";
import { CheckmarkCircleRegular } from "@fluentui/react-icons";
import { Suspense, lazy } from "react";
import { useFormat, useTranslation } from "@/shared/i18n";
import { useRead } from "@/shared/ipc";
import { useTrade } from "@/shared/parts/clock";
import { AddCustomerMenu } from "@/shared/parts/AddCustomerMenu";
import { RequestPartnershipButton } from "@/shared/parts/partnership";
import { EmptyState, ErrorState, LoadingRows, PageFrame, SMALL } from "@/shared/ui";
import { TodoList } from "./TodoList";

// The charts are the largest part of the UI: the to-do list does not wait for them.
const Pictures = lazy(() => import("./Pictures").then((module) => ({ default: module.Pictures })));

const useStyles = makeStyles({
  columns: { display: "flex", gap: "36px", alignItems: "flex-start", "@media (max-width: 1099px)": { flexDirection: "column", gap: "28px" } },
  todo: { flex: "1 1 0", minWidth: 0, "@media (max-width: 1099px)": { width: "100%", flex: "0 0 auto" } },
  pictures: { width: "372px", flex: "0 0 auto", display: "flex", flexDirection: "column", gap: "16px", "@media (max-width: 1099px)": { width: "100%", display: "grid", gridTemplateColumns: "1fr 1fr" }, [SMALL]: { gridTemplateColumns: "minmax(0, 1fr)" } },
  toCome: { boxSizing: "border-box", padding: "16px", borderRadius: "8px", border: `1px solid ${tokens.colorNeutralStroke2}`, display: "flex", flexDirection: "column", gap: "16px" },
  bars: { flex: "1 1 auto", height: "auto" },
  asOf: { textAlign: "end", color: tokens.colorNeutralForeground2, "@media (max-width: 1099px)": { gridColumn: "1 / -1" } },
});

/** Where the pictures will stand, so that nothing moves when they come. */
function PicturesToCome() {
  const styles = useStyles();
  const { t } = useTranslation("shared");
  return (
    <>
      {[250, 290].map((height) => (
        <Skeleton key={height} className={styles.toCome} style={{ height }} aria-label={t("ui.loading")}>
          <SkeletonItem size={20} style={{ width: "50%" }} />
          <SkeletonItem className={styles.bars} />
        </Skeleton>
      ))}
    </>
  );
}

/** The page. */
export function HomePage() {
  const styles = useStyles();
  const { t } = useTranslation(["home", "shared"]);
  const format = useFormat();
  const home = useRead("home");
  const view = home.data;
  const now = view?.todo.filter((item) => item.urgency === "now").length ?? 0;
  const trade = useTrade();
  const today = trade.format.longDate(trade.now());
  const caption = view === undefined ? today : [today, t("home:things", { count: view.todo.length }), ...(now > 0 ? [t("home:ofThemNow", { count: now })] : [])].join(" · ");
  return (
    <PageFrame title={t("home:title")} caption={caption} actions={<><RequestPartnershipButton primary={false} /><AddCustomerMenu primary /></>}>
      {view ? (
        <div className={styles.columns}>
          <div className={styles.todo}>
            {view.todo.length > 0 ? <TodoList todo={view.todo} /> : <EmptyState icon={CheckmarkCircleRegular} title={t("home:empty.title")} why={t("home:empty.why")} />}
          </div>
          <div className={styles.pictures}>
            <Suspense fallback={<PicturesToCome />}>
              <Pictures home={view} />
            </Suspense>
            {view.asOf !== null && <Caption1 className={styles.asOf}>{t("home:asOf", { when: format.moment(view.asOf) })}</Caption1>}
          </div>
        </div>
      ) : home.error ? (
        <ErrorState why={t(`shared:error.${home.error.code}`)} onRetry={() => void home.refetch()} />
      ) : (
        <LoadingRows height={54} />
      )}
    </PageFrame>
  );
}
