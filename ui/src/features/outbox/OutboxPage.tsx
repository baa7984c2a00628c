// The outbox: tabs by state, rows grouped by Submit, and the opened operation beside them; in a narrow window in their
// place.
import { Button, Caption1, Link, Tab, TabList, makeStyles, tokens } from "@fluentui/react-components";
import { CheckmarkCircleRegular, PauseRegular, PlayRegular, SendRegular } from "@fluentui/react-icons";
import { useEffect, useRef, useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { useFormat, useTranslation } from "@/shared/i18n";
import { useRead, useWrite, type OutboxFilter, type OutboxView } from "@/shared/ipc";
import { EmptyState, ErrorState, LoadingRows, PageFrame, useAnnounce, useWidth } from "@/shared/ui";
import { OperationList } from "./OperationList";
import { OperationPanel } from "./OperationPanel";
import { SessionFilter } from "./SessionFilter";

const FILTERS: readonly OutboxFilter[] = ["all", "waiting", "on_hold", "needs_attention", "confirmed"];

const useStyles = makeStyles({
  // Wraps where the opened operation takes half of the width.
  tabs: { marginLeft: "-10px", flexWrap: "wrap", minWidth: 0, maxWidth: "100%" },
  note: { color: tokens.colorNeutralForeground2, display: "block", marginTop: "8px" },
});

function countOf(view: OutboxView | undefined, filter: OutboxFilter): number | undefined {
  if (view === undefined) return undefined;
  const counts: Record<OutboxFilter, number> = { all: view.all, waiting: view.waiting, on_hold: view.onHold, needs_attention: view.needsAttention, confirmed: view.confirmed };
  return counts[filter];
}

/** The page. */
export function OutboxPage() {
  const styles = useStyles();
  const { t } = useTranslation(["outbox", "shared"]);
  const format = useFormat();
  const announce = useAnnounce();
  const navigate = useNavigate();
  const [address, setAddress] = useSearchParams();
  const [filter, setFilter] = useState<OutboxFilter>("all");
  const chosen = address.get("operation") ?? undefined;
  const alone = useWidth() <= 960;
  /** Closed a moment ago: its row gets the focus back as soon as the list is there again. */
  const closed = useRef<string>(undefined);
  const session = address.get("session") ?? "";
  const outbox = useRead("listOperations", filter, session === "" ? null : session);
  const connection = useRead("connection").data;
  const paused = useWrite("setPaused");
  const sendNow = useWrite("sendNow", { onDone: () => { announce(t("outbox:sendStarted")); } });
  const view = outbox.data;
  const held = connection?.paused ?? false;
  const offline = connection?.kind === "offline" || connection?.kind === "working_offline";

  const choose = (id: string | undefined) => {
    setAddress({ ...(session === "" ? {} : { session }), ...(id === undefined ? {} : { operation: id }) }, { replace: true });
  };
  const close = () => {
    closed.current = chosen;
    choose(undefined);
  };
  useEffect(() => {
    if (chosen !== undefined || closed.current === undefined) return;
    const row = [...document.querySelectorAll<HTMLElement>("[data-operation]")].find((one) => one.dataset.operation === closed.current);
    closed.current = undefined;
    (row ?? document.querySelector<HTMLElement>("[data-page-title]"))?.focus();
  }, [chosen]);

  const actions = (
    <>
      <Button icon={held ? <PlayRegular /> : <PauseRegular />} onClick={() => { paused.mutate([!held]); }}>
        {held ? t("outbox:resume") : t("outbox:pause")}
      </Button>
      <Button appearance={chosen === undefined ? "primary" : "secondary"} icon={<SendRegular />} data-primary={chosen === undefined || undefined} disabledFocusable={sendNow.isPending} onClick={() => { sendNow.mutate([]); }}>
        {t("outbox:sendNow")}
      </Button>
    </>
  );
  const captionKey = connection?.kind === "working_offline" ? "outbox:caption.workingOffline" : offline ? "outbox:caption.offline" : held ? "outbox:caption.paused" : "outbox:caption.order";

  const listed = view?.rows.find((row) => row.id === chosen);
  const panel = chosen === undefined ? undefined : <OperationPanel key={chosen} id={chosen} customer={listed && { hint: listed.customerHint, entered: listed.customerEntered }} onClose={close} />;
  if (alone && panel !== undefined) return panel;
  return (
    <PageFrame
      title={t("outbox:title")}
      caption={t(captionKey)}
      actions={actions}
      filters={
        <>
        <TabList className={styles.tabs} selectedValue={filter} onTabSelect={(_event, data) => { setFilter(FILTERS.find((name) => name === data.value) ?? "all"); }} aria-label={t("outbox:title")} size={chosen === undefined ? "medium" : "small"}>
          {FILTERS.map((name) => {
            const count = countOf(view, name);
            return (
              <Tab key={name} value={name}>
                {count === undefined ? t(`outbox:tab.${name}`) : `${t(`outbox:tab.${name}`)} ${format.number(count)}`}
              </Tab>
            );
          })}
        </TabList>
        <SessionFilter chosen={session} onChoose={(id) => { setAddress(id === "" ? {} : { session: id }, { replace: true }); }} />
        </>
      }
      panel={panel}
    >
      {view === undefined ? (
        outbox.error ? <ErrorState why={t(`shared:error.${outbox.error.code}`)} onRetry={() => void outbox.refetch()} /> : <LoadingRows height={50} />
      ) : view.all === 0 ? (
        <EmptyState icon={SendRegular} title={t("outbox:empty.title")} why={t("outbox:empty.why")} action={<Button onClick={() => void navigate("/customers")}>{t("outbox:empty.toCustomers")}</Button>} />
      ) : view.rows.length === 0 ? (
        <EmptyState icon={CheckmarkCircleRegular} title={t(`outbox:none.${filter}`)} why={t("outbox:none.why")} action={<Link as="button" onClick={() => { setFilter("all"); }}>{t("shared:ui.clearFilter")}</Link>} />
      ) : (
        <>
          <OperationList rows={view.rows} chosen={chosen} bySession={session === ""} onChoose={choose} />
          {(filter === "all" || filter === "confirmed") && view.confirmed > 500 && <Caption1 className={styles.note}>{t("outbox:newest", { count: 500 })}</Caption1>}
        </>
      )}
    </PageFrame>
  );
}
