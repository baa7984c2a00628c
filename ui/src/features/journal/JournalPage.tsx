// The journal of the whole book, or of one customer or reseller: newest first, page after page, filtered, exported.
import { Button, Caption1, Dropdown, Link, MessageBar, MessageBarBody, Option, SearchBox, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { ArrowExportRegular, HistoryRegular } from "@fluentui/react-icons";
import { useCallback, useMemo, useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { useFormat, useTranslation } from "@/shared/i18n";
import { asCommandError, useJournalPages, useRead, type JournalAreaView, type JournalFilter, type JournalRow } from "@/shared/ipc";
import { useDebounced } from "@/shared/lib/useDebounced";
import { EntryDetail, useJournalExport, useJournalWords } from "@/shared/parts/journal";
import { DataList, EmptyState, ErrorState, LoadingRows, PageFrame, type Column } from "@/shared/ui";
import { ChainBar } from "./ChainBar";

const AREAS: readonly JournalAreaView[] = ["customers", "subscriptions", "resellers", "outbox", "setup_info", "sessions", "book"];

/** How far back, in days before today; `all` has no limit. */
const PERIODS = ["all", "today", "week", "month", "year"] as const;
type Period = (typeof PERIODS)[number];
const DAYS: Record<Exclude<Period, "all">, number> = { today: 0, week: 6, month: 29, year: 364 };

/** The first day of a period, `YYYY-MM-DD` by the person's own calendar; empty for no limit. */
export function firstDay(period: Period, now: Date): string {
  if (period === "all") return "";
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() - DAYS[period]);
  return [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

const useStyles = makeStyles({
  listbox: { zIndex: 100 },
  search: { width: "256px", maxWidth: "100%" },
  choice: { minWidth: "150px", maxWidth: "220px" },
  two: { display: "flex", flexDirection: "column", minWidth: 0 },
  cut: { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  quiet: { color: tokens.colorNeutralForeground2 },
  bars: { flex: "0 0 auto" },
});

interface Own {
  areas: JournalAreaView[];
  period: Period;
  search: string;
}

const NOTHING: Own = { areas: [], period: "all", search: "" };

function useFilter(): { filter: JournalFilter; own: Own; change: (part: Partial<Own>) => void; clear: () => void; filtered: boolean } {
  const [address] = useSearchParams();
  const [own, setOwn] = useState(NOTHING);
  const search = useDebounced(own.search.trim(), 150);
  const [customerId, resellerId] = [address.get("customer") ?? "", address.get("reseller") ?? ""];
  const { areas, period } = own;
  const filter = useMemo(() => ({ customerId, resellerId, areas, from: firstDay(period, new Date()), to: "", search }), [customerId, resellerId, areas, period, search]);
  return {
    filter,
    own,
    change: (part) => { setOwn((now) => ({ ...now, ...part })); },
    clear: () => { setOwn(NOTHING); },
    filtered: own.areas.length > 0 || own.period !== "all" || own.search !== "",
  };
}

function useColumns(ofOne: boolean): Column<JournalRow>[] {
  const styles = useStyles();
  const { t } = useTranslation("journal");
  const format = useFormat();
  const words = useJournalWords();
  return useMemo(() => {
    const what = (row: JournalRow) => {
      const second = words.summary(row);
      return (
        <span className={styles.two}>
          <span className={styles.cut}>{words.what(row)}</span>
          {second !== "" && <Caption1 className={mergeClasses(styles.cut, styles.quiet)}>{second}</Caption1>}
        </span>
      );
    };
    return [
      { key: "at", head: t("head.at"), width: "116px", render: (row) => <span title={`${format.dateTime(row.at)} · ${row.at.slice(0, 19).replace("T", " ")} UTC`}>{format.moment(row.at)}</span> },
      { key: "what", head: t("head.what"), width: "minmax(220px, 2.2fr)", render: what },
      ...(ofOne ? [] : [{ key: "about", head: t("head.subject"), width: "minmax(140px, 1.1fr)", render: (row: JournalRow) => words.about(row) }]),
      { key: "who", head: t("head.actor"), width: "minmax(96px, 0.6fr)", render: (row) => words.who(row) },
      { key: "answer", head: t("head.status"), width: "108px", from: 1280, render: (row) => words.answer(row) },
    ];
  }, [format, ofOne, styles, t, words]);
}

/** The page. */
export function JournalPage() {
  const styles = useStyles();
  const { t } = useTranslation(["journal", "shared"]);
  const format = useFormat();
  const navigate = useNavigate();
  const { filter, own, change, clear, filtered } = useFilter();
  const [open, setOpen] = useState<string | undefined>(undefined);
  const pages = useJournalPages(filter);
  const check = useRead("journalCheck").data;
  const exporting = useJournalExport();
  const ofOne = filter.customerId !== "" || filter.resellerId !== "";
  const columns = useColumns(filter.customerId !== "");
  const first = pages.data?.pages[0];
  const rows = useMemo(() => pages.data?.pages.flatMap((page) => page.rows) ?? [], [pages.data]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = pages;
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  const count = first === undefined ? "" : filtered || ofOne ? t("journal:captionSome", { matching: format.number(first.matching), total: format.number(first.total) }) : t("journal:caption", { count: first.total, number: format.number(first.total) });
  const chain = check === undefined || check.broken ? "" : check.checkedAt === null ? t("journal:checking") : t("journal:checked", { when: format.moment(check.checkedAt) });
  const empty = first !== undefined && rows.length === 0;
  const nothingYet = empty && !filtered && !ofOne;
  return (
    <PageFrame
      title={ofOne && first && first.of !== "" ? t("journal:titleOf", { name: first.of }) : t("journal:title")}
      caption={[count, chain].filter((part) => part !== "").join(" · ")}
      filled={rows.length > 0}
      actions={
        <>
          {ofOne && <Button onClick={() => void navigate("/journal")}>{t("journal:all")}</Button>}
          <Button appearance="primary" data-primary icon={<ArrowExportRegular />} title={t("journal:exportHint")} disabledFocusable={exporting.pending || first === undefined} onClick={() => { if (!exporting.pending && first !== undefined) exporting.run(filter); }}>
            {t("journal:export")}
          </Button>
        </>
      }
      filters={
        nothingYet ? undefined : (
          <>
            <SearchBox className={styles.search} dismiss={{ "aria-label": t("shared:clearSearch") }} value={own.search} aria-label={t("journal:search")} placeholder={t("journal:searchHint")} onChange={(_event, data) => { change({ search: data.value }); }} />
            <Dropdown
              inlinePopup
              listbox={{ className: styles.listbox }}
              className={styles.choice}
              multiselect
              aria-label={t("journal:areas")}
              placeholder={t("journal:areasPlaceholder")}
              value={filter.areas.length === 0 ? "" : t("journal:areaCount", { count: filter.areas.length })}
              selectedOptions={filter.areas}
              onOptionSelect={(_event, data) => { change({ areas: AREAS.filter((area) => data.selectedOptions.includes(area)) }); }}
            >
              {AREAS.map((area) => (
                <Option key={area} value={area}>{t(`journal:area.${area}`)}</Option>
              ))}
            </Dropdown>
            <Dropdown
              inlinePopup
              listbox={{ className: styles.listbox }}
              className={styles.choice}
              aria-label={t("journal:periods")}
              value={t(`journal:period.${own.period}`)}
              selectedOptions={[own.period]}
              onOptionSelect={(_event, data) => { change({ period: PERIODS.find((one) => one === data.optionValue) ?? "all" }); }}
            >
              {PERIODS.map((one) => (
                <Option key={one} value={one}>{t(`journal:period.${one}`)}</Option>
              ))}
            </Dropdown>
            {filtered && <Link as="button" onClick={clear}>{t("shared:ui.clearFilter")}</Link>}
          </>
        )
      }
    >
      <div className={styles.bars}>
        <ChainBar whole />
        {exporting.told && (
          <MessageBar intent={exporting.told.failed ? "error" : "success"}>
            <MessageBarBody>{exporting.told.text}</MessageBarBody>
          </MessageBar>
        )}
      </div>
      {pages.error ? (
        <ErrorState why={t(`shared:error.${asCommandError(pages.error).code}`)} onRetry={() => void pages.refetch()} />
      ) : first === undefined ? (
        <LoadingRows height={44} />
      ) : empty ? (
        <EmptyState
          icon={HistoryRegular}
          title={nothingYet ? t("journal:empty.title") : t("journal:empty.none")}
          why={nothingYet ? t("journal:empty.why") : t("journal:empty.noneWhy")}
          action={filtered ? <Link as="button" onClick={clear}>{t("shared:ui.clearFilter")}</Link> : undefined}
        />
      ) : (
        <DataList
          label={t("journal:title")}
          rows={rows}
          rowKey={(row) => String(row.number)}
          columns={columns}
          rowHeight={46}
          total={first.matching}
          open={open}
          onOpen={setOpen}
          expanded={(row) => <EntryDetail row={row} />}
          onEnd={onEnd}
        />
      )}
    </PageFrame>
  );
}
