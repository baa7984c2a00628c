// The customers list: thousands of rows by keyset pages, search as you type, filter by reseller, rows that open.
import { Dropdown, InteractionTag, InteractionTagPrimary, InteractionTagSecondary, Link, Option, SearchBox, makeStyles, tokens } from "@fluentui/react-components";
import { BuildingMultipleRegular, BuildingRegular, CloudArrowDownRegular } from "@fluentui/react-icons";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useFormat, useTranslation } from "@/shared/i18n";
import { asCommandError, useCustomerPages, useRead, type CustomerRow, type SortBy } from "@/shared/ipc";
import { useDebounced } from "@/shared/lib/useDebounced";
import { AddCustomerMenu } from "@/shared/parts/AddCustomerMenu";
import { StandsBadge } from "@/shared/parts/StandsBadge";
import { DataList, EmptyState, ErrorState, LoadingRows, PageFrame, type Column } from "@/shared/ui";
import { CustomerInside } from "./CustomerInside";
import { Drafts } from "./Drafts";
import { useCustomerFilter } from "./filter";

const useStyles = makeStyles({
  listbox: { zIndex: 100, maxHeight: "60vh" },
  search: { width: "256px", maxWidth: "100%" },
  reseller: { minWidth: "176px", maxWidth: "280px" },
  chips: { display: "flex", flexWrap: "wrap", gap: "6px", alignItems: "center", flexBasis: "100%" },
  name: { fontWeight: tokens.fontWeightSemibold },
  alias: { color: tokens.colorNeutralForeground2 },
});

function useColumns(): Column<CustomerRow, SortBy>[] {
  const styles = useStyles();
  const { t } = useTranslation("customers");
  const format = useFormat();
  return useMemo(
    () => [
      {
        key: "name",
        head: t("name"),
        width: "minmax(160px, 1.8fr)",
        sort: "name",
        render: (row) => (
          <span title={row.name}>
            <span className={styles.name}>{row.name}</span>
            {row.alias !== "" && <span className={styles.alias}>{` · ${row.alias}`}</span>}
          </span>
        ),
      },
      { key: "domain", head: t("domain"), width: "minmax(92px, 0.8fr)", from: 1280, render: (row) => <span title={row.domainPrefix}>{row.domainPrefix}</span> },
      { key: "town", head: t("town"), width: "minmax(90px, 0.8fr)", from: 1600, render: (row) => row.town },
      { key: "country", head: t("country"), width: "88px", from: 1280, sort: "country", render: (row) => format.country(row.country) },
      { key: "reseller", head: t("reseller"), width: "minmax(110px, 1fr)", sort: "reseller", render: (row) => <span title={row.resellerName}>{row.resellerName || t("direct")}</span> },
      { key: "subscriptions", head: t("subscriptions"), width: "88px", end: true, sort: "subscriptions", render: (row) => format.number(row.subscriptions) },
      { key: "seats", head: t("seats"), width: "64px", end: true, sort: "seats", render: (row) => format.number(row.seats) },
      { key: "stands", head: t("stands"), width: "minmax(212px, 1.5fr)", render: (row) => <StandsBadge stands={row.stands} /> },
    ],
    [styles, t, format],
  );
}

/** The page. */
export function CustomersPage() {
  const styles = useStyles();
  const { t } = useTranslation(["customers", "shared"]);
  const format = useFormat();
  const { filter, change, clear, filtered, open, setOpen, reveal } = useCustomerFilter();
  const [text, setText] = useState(filter.search);
  const search = useDebounced(text, 120);
  useEffect(() => {
    if (search !== filter.search) change({ search });
    // Only the text that settled matters here; the filter follows it.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [search]);

  const resellers = useRead("listResellers", { search: "", partnership: [], sort: "name", descending: false }).data?.rows ?? [];
  const pages = useCustomerPages({ search: filter.search, resellerIds: filter.resellerIds, sort: filter.sort, descending: filter.descending, limit: 200 });
  const columns = useColumns();
  const rows = useMemo(() => pages.data?.pages.flatMap((page) => page.rows) ?? [], [pages.data]);
  const first = pages.data?.pages[0];
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = pages;
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  const chosen = filter.resellerIds.map((id) => ({ id, name: resellers.find((row) => row.id === id)?.name ?? id }));
  const clearAll = () => {
    setText("");
    clear();
  };
  const caption =
    first === undefined
      ? undefined
      : [
          first.total === 0 ? t("customers:none") : filtered ? t("customers:shown", { count: first.total, matching: format.number(first.matching), total: format.number(first.total) }) : t("customers:count", { count: first.total, total: format.number(first.total) }),
          ...(first.asOf === null || first.total === 0 ? [] : [t("customers:asOf", { when: format.moment(first.asOf) })]),
        ].join(" · ");

  const filters = (
    <>
      <SearchBox className={styles.search} dismiss={{ "aria-label": t("shared:clearSearch") }} value={text} placeholder={t("customers:searchHint")} aria-label={t("customers:search")} onChange={(_event, data) => { setText(data.value); }} />
      <Dropdown inlinePopup listbox={{ className: styles.listbox }}
        className={styles.reseller}
        multiselect
        aria-label={t("customers:filterByReseller")}
        placeholder={t("customers:resellerPlaceholder")}
        value={chosen.length === 0 ? "" : t("customers:resellerCount", { count: chosen.length })}
        selectedOptions={filter.resellerIds}
        onOptionSelect={(_event, data) => { change({ resellerIds: data.selectedOptions }); }}
      >
        {resellers.filter((row) => row.customers > 0 || filter.resellerIds.includes(row.id)).map((row) => (
          <Option key={row.id} value={row.id}>
            {row.name}
          </Option>
        ))}
      </Dropdown>
      {(chosen.length > 0 || filter.search !== "") && (
        <div className={styles.chips}>
          {chosen.map(({ id, name }) => (
            <InteractionTag key={id} size="small" value={id}>
              <InteractionTagPrimary hasSecondaryAction onClick={() => { change({ resellerIds: [id] }); }}>
                {name}
              </InteractionTagPrimary>
              <InteractionTagSecondary aria-label={t("shared:ui.removeFilter")} onClick={() => { change({ resellerIds: filter.resellerIds.filter((other) => other !== id) }); }} />
            </InteractionTag>
          ))}
          <Link as="button" onClick={clearAll}>
            {t("shared:ui.clearFilter")}
          </Link>
        </div>
      )}
    </>
  );

  const list = () => {
    if (first === undefined) {
      return pages.error ? <ErrorState why={t(`shared:error.${asCommandError(pages.error).code}`)} onRetry={() => void pages.refetch()} /> : <LoadingRows height={34} rows={12} />;
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
    if (rows.length === 0) {
      return (
        <EmptyState
          icon={BuildingMultipleRegular}
          title={t("customers:nothing.title")}
          why={filter.search === "" ? t("customers:nothing.filter") : chosen.length > 0 ? t("customers:nothing.both", { text: filter.search }) : t("customers:nothing.search", { text: filter.search })}
          action={
            <Link as="button" onClick={clearAll}>
              {t("shared:ui.clearFilter")}
            </Link>
          }
        />
      );
    }
    return (
      <DataList
        label={t("customers:title")}
        rows={rows}
        rowKey={(row) => row.id}
        columns={columns}
        rowHeight={34}
        total={first.matching}
        sort={{ by: filter.sort, descending: filter.descending }}
        onSort={(by) => { change({ sort: by, descending: filter.sort === by ? !filter.descending : by === "seats" || by === "subscriptions" }); }}
        open={open}
        onOpen={setOpen}
        onEnd={onEnd}
        reveal={reveal}
        expanded={(row) => <CustomerInside row={row} />}
      />
    );
  };

  return (
    <PageFrame title={t("customers:title")} caption={caption} actions={first !== undefined && first.total > 0 ? <AddCustomerMenu primary={open === undefined} /> : undefined} filters={first === undefined || first.total > 0 ? filters : undefined} filled>
      {!filtered && <Drafts />}
      {list()}
    </PageFrame>
  );
}
