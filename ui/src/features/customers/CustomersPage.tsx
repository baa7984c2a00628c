// The customers list: thousands of rows by keyset pages, search as you type, filters, rows that open.
import { Link, makeStyles, tokens } from "@fluentui/react-components";
import { BuildingMultipleRegular, BuildingRegular, CloudArrowDownRegular } from "@fluentui/react-icons";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useFormat, useTranslation } from "@/shared/i18n";
import { asCommandError, useCustomerRows, useRead, useReadWhen, type BulkKind, type CustomerRow, type SortBy } from "@/shared/ipc";
import { useDebounced } from "@/shared/lib/useDebounced";
import { AddCustomerMenu } from "@/shared/parts/AddCustomerMenu";
import { CustomerLists } from "@/shared/parts/CustomerLists";
import { useStandsWords } from "@/shared/parts/StandsBadge";
import { ConnectCustomerButton, InvitedCustomers } from "@/shared/parts/connect";
import { DataList, EmptyState, ErrorState, LoadingRows, PageFrame, StateBadge, useAnnounce, type Column, type ListSelection } from "@/shared/ui";
import { CustomerInside } from "./CustomerInside";
import { Drafts } from "./Drafts";
import { Filters } from "./Filters";
import { ExportBar, useCustomersExport } from "./exporting";
import { ManyPanel } from "./ManyPanel";
import { ManyBar, SelectionBar, openerOf } from "./SelectionBar";
import { isFiltered, useCustomerFilter } from "./filter";
import { MOST_CHOSEN, useSelection } from "./selection";

const useStyles = makeStyles({
  name: { fontWeight: tokens.fontWeightSemibold },
  alias: { color: tokens.colorNeutralForeground2 },
});

/** Before the countries are known. */
const NONE: readonly string[] = [];

/** Columns for which there is room beside a panel. */
const BESIDE: readonly string[] = ["name", "reseller", "stands"];

function useColumns(): Column<CustomerRow, SortBy>[] {
  const styles = useStyles();
  const { t } = useTranslation("customers");
  const format = useFormat();
  const stands = useStandsWords();
  return useMemo(
    () => [
      {
        key: "name",
        head: t("name"),
        width: "minmax(188px, 2fr)",
        sort: "name",
        render: (row) => (
          <span>
            <span className={styles.name}>{row.name}</span>
            {row.alias !== "" && <span className={styles.alias}>{` · ${row.alias}`}</span>}
          </span>
        ),
      },
      { key: "domain", head: t("domain"), width: "minmax(84px, 0.6fr)", from: 1280, render: (row) => row.domainPrefix },
      { key: "town", head: t("town"), width: "minmax(90px, 0.8fr)", from: 1600, render: (row) => row.town },
      { key: "country", head: t("country"), width: "84px", from: 1280, sort: "country", render: (row) => format.country(row.country) },
      { key: "reseller", head: t("reseller"), width: "minmax(104px, 1fr)", from: 960, sort: "reseller", render: (row) => row.resellerName || t("direct") },
      { key: "subscriptions", head: t("subscriptions"), width: "82px", from: 960, end: true, sort: "subscriptions", render: (row) => format.number(row.subscriptions) },
      { key: "seats", head: t("seats"), width: "54px", from: 960, end: true, sort: "seats", render: (row) => format.number(row.seats) },
      { key: "stands", head: t("stands"), width: "minmax(248px, 1.6fr)", render: (row) => <StateBadge state={row.stands.kind} text={stands(row.stands)} /> },
    ],
    [styles, t, format, stands],
  );
}

/** Where the customer stands with whom the page was opened. */
function useRowOf(id: string | undefined): { row: number } | undefined {
  const query = { search: "", resellerIds: [], countries: [], states: [], renewsIn: "", sort: "name" as const, descending: false, after: "", around: id ?? "", limit: 2 };
  const page = useReadWhen(id !== undefined, "listCustomers", query).data;
  const found = page?.rows.findIndex((row) => row.id === id) ?? -1;
  const row = page === undefined || found < 0 ? undefined : page.firstRow + found;
  return useMemo(() => (row === undefined ? undefined : { row }), [row]);
}

/** The page. */
export function CustomersPage() {
  const { t } = useTranslation(["customers", "shared"]);
  const format = useFormat();
  const { filter, change, clear, filtered, open, setOpen, reveal } = useCustomerFilter();
  // Remembered with every key, so that nothing typed is lost by leaving; asked once the typing rests.
  const search = useDebounced(filter.search, 120);

  const resellers = useRead("listResellers", { search: "", partnership: [], sort: "name", descending: false }).data?.rows ?? [];
  const query = useMemo(() => ({ search, resellerIds: filter.resellerIds, countries: filter.countries, states: filter.states, tags: filter.tags, renewsIn: filter.renewsIn, sort: filter.sort, descending: filter.descending }), [search, filter]);
  const rows = useCustomerRows(query);
  const { first } = rows;
  const columns = useColumns();
  const exporting = useCustomersExport(query, first?.countries ?? NONE);
  const [goTo, setGoTo] = useState<{ row: number }>();
  // Letters lead somewhere in the whole list only, in the order of names.
  const letters = !filtered && filter.sort === "name" && !filter.descending ? (first?.initials ?? []) : [];
  const toLetter = (typed: string) => {
    const letter = typed.normalize("NFD").charAt(0).toUpperCase();
    const found = letters.find((one) => one.letter >= letter) ?? letters.at(-1);
    if (found) setGoTo({ row: found.row });
  };
  const place = useRowOf(reveal);

  const announce = useAnnounce();
  const tooMany = useCallback(() => { announce(t("customers:many.tooMany", { number: format.number(MOST_CHOSEN) }), true); }, [announce, t, format]);
  const selection = useSelection(query, rows.count, tooMany);
  const some = selection.all || selection.count > 0;
  const [acting, setActing] = useState<BulkKind>();
  const closed = useRef<BulkKind>(undefined);
  useEffect(() => {
    // The bar has its buttons again only now.
    if (acting !== undefined || closed.current === undefined) return;
    (document.getElementById(openerOf(closed.current)) ?? document.getElementById(openerOf()))?.focus();
    closed.current = undefined;
  }, [acting]);
  const many = useRead("bulk").data ?? undefined;
  const choosing: ListSelection<CustomerRow> = {
    ...selection,
    all: selection.all && selection.without === 0 ? true : some ? "mixed" : false,
    allLabel: t("customers:many.selectAll"),
    rowLabel: (row) => t("customers:many.selectRow", { name: row.name }),
  };
  // One change at a time: while one goes on, the next waits.
  const busy = many?.state === "running";
  const footer = many !== undefined && (busy || !some) ? <ManyBar view={many} /> : some ? <SelectionBar selection={selection} beside={acting !== undefined} onAct={setActing} /> : undefined;
  const panel =
    acting !== undefined && some && !busy ? (
      <ManyPanel
        key={acting}
        kind={acting}
        selection={selection}
        tags={first?.tags ?? []}
        onClose={() => {
          closed.current = acting;
          setActing(undefined);
        }}
        onDone={() => {
          setActing(undefined);
          selection.onAll(false);
          // The bar goes with the selection; the list stays.
          document.querySelector<HTMLElement>('[role="treegrid"] [role="row"][tabindex="0"]')?.focus({ preventScroll: true });
        }}
      />
    ) : undefined;

  const caption =
    first === undefined
      ? undefined
      : [
          first.total === 0 ? t("customers:none") : filtered ? t(first.more ? "customers:shownMore" : "customers:shown", { count: first.total, matching: format.number(first.matching), total: format.number(first.total) }) : t("customers:count", { count: first.total, total: format.number(first.total) }),
          ...(first.asOf === null || first.total === 0 ? [] : [t("customers:asOf", { when: format.moment(first.asOf) })]),
        ].join(" · ");

  const filters = <Filters filter={filter} change={change} clear={clear} resellers={resellers} countries={first?.countries ?? []} tags={first?.tags ?? []} letters={letters} onLetter={toLetter} />;

  const list = () => {
    if (first === undefined) {
      return rows.error ? <ErrorState why={t(`shared:error.${asCommandError(rows.error).code}`)} onRetry={rows.refetch} /> : <LoadingRows height={34} rows={12} />;
    }
    if (first.total === 0) {
      return (
        <EmptyState
          icon={BuildingMultipleRegular}
          title={t("customers:empty.title")}
          why={t("customers:empty.why")}
          ways={[
            { icon: BuildingRegular, title: t("customers:empty.add"), detail: t("customers:empty.addDetail"), action: <AddCustomerMenu primary /> },
            { icon: CloudArrowDownRegular, title: t("customers:empty.bring"), detail: t("customers:empty.bringDetail"), action: null },
          ]}
        />
      );
    }
    if (rows.count === 0) {
      return (
        <EmptyState
          icon={BuildingMultipleRegular}
          title={t("customers:nothing.title")}
          why={filter.search === "" ? t("customers:nothing.filter") : isFiltered({ ...filter, search: "" }) ? t("customers:nothing.both", { text: filter.search }) : t("customers:nothing.search", { text: filter.search })}
          action={
            <Link as="button" onClick={clear}>
              {t("shared:ui.clearFilter")}
            </Link>
          }
        />
      );
    }
    return (
      <DataList
        label={t("customers:title")}
        source={rows}
        rowKey={(row) => row.id}
        columns={panel === undefined ? columns : columns.filter((column) => BESIDE.includes(column.key))}
        rowHeight={34}
        sort={{ by: filter.sort, descending: filter.descending }}
        onSort={(by) => { change({ sort: by, descending: filter.sort === by ? !filter.descending : by === "seats" || by === "subscriptions" }); }}
        open={open}
        onOpen={setOpen}
        goTo={goTo ?? place}
        onLetter={letters.length > 0 ? toLetter : undefined}
        expanded={(row) => <CustomerInside row={row} />}
        selection={choosing}
      />
    );
  };

  return (
    <PageFrame title={t("customers:title")} caption={caption} actions={panel === undefined && first !== undefined && first.total > 0 ? <><CustomerLists onExport={exporting.pending || rows.count === 0 ? undefined : exporting.run} /><ConnectCustomerButton /><AddCustomerMenu primary={open === undefined} /></> : undefined} filters={panel === undefined && (first === undefined || first.total > 0) ? filters : undefined} footer={footer} panel={panel} filled>
      <ExportBar exporting={exporting} />
      {!filtered && <Drafts />}
      {!filtered && <InvitedCustomers />}
      {list()}
    </PageFrame>
  );
}
