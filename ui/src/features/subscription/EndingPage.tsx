// Terms that end, soonest first, and what is decided about each. A decision is taken in a panel beside the list.
import { Button, Caption1, Checkbox, Dropdown, Option, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { CalendarClockRegular, CalendarEditRegular } from "@fluentui/react-icons";
import { useRef, useState } from "react";
import { Link } from "react-router";
import { useFormat, useTranslation } from "@/shared/i18n";
import { useEndingPages, useRead, useReadForForm, type EndingRow } from "@/shared/ipc";
import { useTrade } from "@/shared/parts/clock";
import { Crumbs } from "@/shared/parts/Crumbs";
import { EmptyState, ErrorState, LoadingRows, PageFrame, SidePanel, useAnnounce, useWidth } from "@/shared/ui";
import { ChangePanel } from "./ChangePanel";
import { MoreRows } from "./MoreRows";

const WITHIN = [30, 90, 180, 400] as const;
/** Rows of a page. */
const PAGE = 100;

const useStyles = makeStyles({
  list: { listStyleType: "none", margin: 0, padding: 0 },
  row: { display: "grid", gridTemplateColumns: "104px minmax(0, 1.4fr) minmax(0, 1.3fr) auto", columnGap: "16px", alignItems: "center", minHeight: "54px", borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, "@media (max-width: 639px)": { gridTemplateColumns: "minmax(0, 1fr) auto", rowGap: "4px", paddingTop: "8px", paddingBottom: "8px" } },
  two: { display: "flex", flexDirection: "column", minWidth: 0 },
  cut: { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  quiet: { color: tokens.colorNeutralForeground2 },
  link: { color: tokens.colorBrandForegroundLink, textDecorationLine: "none", ":hover": { textDecorationLine: "underline" } },
  state: { display: "flex", gap: "6px", alignItems: "center", minWidth: 0 },
  icon: { fontSize: "16px", display: "inline-flex", flex: "0 0 auto", color: tokens.colorPaletteMarigoldForeground2 },
  filter: { minWidth: "168px" },
  listbox: { zIndex: 100, maxHeight: "50vh" },
  more: { marginTop: "12px" },
});

function DecidePanel({ id, onClose, onDone }: { id: string; onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation(["subscription", "shared"]);
  const read = useReadForForm("subscriptionPage", id);
  if (read.data !== undefined) return <ChangePanel key={id} page={read.data} action="decide" whom onClose={onClose} onDone={onDone} />;
  return (
    <SidePanel label={t("subscription:action.decide")} width={408} onClose={onClose}>
      {read.error ? <ErrorState why={t(`shared:error.${read.error.code}`)} onRetry={() => void read.refetch()} /> : <LoadingRows rows={4} />}
    </SidePanel>
  );
}

function Row({ row, onDecide, pressed }: { row: EndingRow; onDecide: () => void; pressed: boolean }) {
  const styles = useStyles();
  const { t } = useTranslation("subscription");
  const format = useFormat();
  const trade = useTrade().format;
  const end = row.termEnd;
  return (
    <li className={styles.row}>
      <span className={styles.two}>
        <span>{format.date(end.at)}</span>
        <Caption1 className={styles.quiet}>{trade.relative(end.at)}</Caption1>
      </span>
      <span className={styles.two}>
        <Link className={mergeClasses(styles.cut, styles.link)} to={`/subscriptions/${row.subscriptionId}`}>
          {row.productName}
        </Link>
        <Caption1 className={mergeClasses(styles.cut, styles.quiet)}>
          {t("licences", { count: row.quantity, number: format.number(row.quantity) })} · {row.customerName}
        </Caption1>
      </span>
      <span className={styles.state}>
        {end.open && (
          <span className={styles.icon} aria-hidden>
            <CalendarClockRegular />
          </span>
        )}
        <span className={styles.two}>
          <span className={styles.cut}>{end.decided !== null ? t(`decision.${end.decided.decision}`) : end.open ? t("fact.decisionOpen") : t("fact.notDue")}</span>
          <Caption1 className={styles.quiet}>
            {end.decided !== null ? t("fact.decidedOn", { when: format.day(end.decided.at) }) : t(`default.${end.default}`)}
          </Caption1>
        </span>
      </span>
      <Button size="small" id={`decide-${row.subscriptionId}`} icon={<CalendarEditRegular />} aria-pressed={pressed} aria-label={t("ending.decideFor", { customer: row.customerName, product: row.productName })} onClick={onDecide}>
        {end.decided === null ? t("action.decide") : t("ending.again")}
      </Button>
    </li>
  );
}

/** The page. */
export function EndingPage() {
  const styles = useStyles();
  const { t } = useTranslation(["subscription", "shared"]);
  const format = useFormat();
  const announce = useAnnounce();
  const wide = useWidth() >= 1100;
  const [onlyOpen, setOnlyOpen] = useState(true);
  const [within, setWithin] = useState<number>(90);
  const [reseller, setReseller] = useState("");
  const [open, setOpen] = useState("");
  const resellers = useRead("listResellers", { search: "", partnership: [], sort: "name", descending: false }).data?.rows ?? [];
  const read = useEndingPages({ onlyOpen, withinDays: within, resellerId: reseller, limit: PAGE });
  const list = read.data?.pages[0];
  const rows = read.data?.pages.flatMap((page) => page.rows) ?? [];
  const shown = useRef<HTMLUListElement>(null);
  const close = () => {
    document.getElementById(`decide-${open}`)?.focus();
    setOpen("");
  };
  const panel = open === "" ? undefined : <DecidePanel id={open} onClose={close} onDone={() => { close(); announce(t("subscription:ending.done")); }} />;
  const filters = (
    <>
      <Checkbox label={t("subscription:ending.onlyOpen")} checked={onlyOpen} onChange={(_event, data) => { setOnlyOpen(data.checked === true); }} />
      <Dropdown className={styles.filter} inlinePopup listbox={{ className: styles.listbox }} aria-label={t("subscription:ending.within")} value={t("subscription:ending.days", { count: within })} selectedOptions={[String(within)]} onOptionSelect={(_event, data) => { setWithin(Number(data.optionValue ?? within)); }}>
        {WITHIN.map((days) => (
          <Option key={days} value={String(days)}>
            {t("subscription:ending.days", { count: days })}
          </Option>
        ))}
      </Dropdown>
      <Dropdown className={styles.filter} inlinePopup listbox={{ className: styles.listbox }} aria-label={t("subscription:ending.reseller")} value={resellers.find((one) => one.id === reseller)?.name ?? t("subscription:ending.allResellers")} selectedOptions={[reseller]} onOptionSelect={(_event, data) => { setReseller(data.optionValue ?? ""); }}>
        <Option value="">{t("subscription:ending.allResellers")}</Option>
        {resellers.filter((one) => one.partnership === "active").map((one) => (
          <Option key={one.id} value={one.id}>
            {one.name}
          </Option>
        ))}
      </Dropdown>
    </>
  );
  return (
    <PageFrame
      crumbs={<Crumbs above={[{ name: t("subscription:customers"), to: "/customers" }]} />}
      title={t("subscription:ending.title")}
      caption={list === undefined ? undefined : [t(list.more ? "subscription:ending.captionMore" : "subscription:ending.caption", { count: list.matching, number: format.number(list.matching), open: list.moreOpen ? t("subscription:bulk.moreThan", { number: format.number(list.open) }) : format.number(list.open) }), ...(list.asOf === null ? [] : [t("shared:ui.asOf", { when: format.moment(list.asOf) })])].join(" · ")}
      filters={filters}
      panel={wide ? panel : undefined}
    >
      {list === undefined ? (
        read.error ? <ErrorState why={t(`shared:error.${read.error.code}`)} onRetry={() => void read.refetch()} /> : <LoadingRows height={54} />
      ) : rows.length === 0 ? (
        <EmptyState icon={CalendarClockRegular} title={t("subscription:ending.empty.title")} why={onlyOpen ? t("subscription:ending.empty.open") : t("subscription:ending.empty.why")} />
      ) : (
        <>
          <ul ref={shown} className={styles.list} aria-label={t("subscription:ending.title")}>
            {rows.map((row) => (
              <Row key={row.subscriptionId} row={row} pressed={open === row.subscriptionId} onDecide={() => { setOpen(row.subscriptionId); }} />
            ))}
          </ul>
          <MoreRows list={shown} shown={rows.length} more={read.hasNextPage} pending={read.isFetchingNextPage} onMore={() => void read.fetchNextPage()} />
        </>
      )}
      {!wide && panel}
    </PageFrame>
  );
}
