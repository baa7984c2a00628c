// The resellers list: search, filter by partnership, sort, and rows that open.
import { Dropdown, Link, Option, SearchBox, makeStyles, tokens } from "@fluentui/react-components";
import { HandshakeRegular } from "@fluentui/react-icons";
import { useEffect, useMemo, useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { useFormat, useTranslation } from "@/shared/i18n";
import { useRead, type PartnershipView, useWrite, type ResellerRow, type ShieldKind, type SortBy } from "@/shared/ipc";
import { useDebounced } from "@/shared/lib/useDebounced";
import { InviteSeveralButton, RequestPartnershipButton } from "@/shared/parts/partnership";
import { DataList, EmptyState, ErrorState, LoadingRows, PageFrame, type Column } from "@/shared/ui";
import { ResellerInside } from "./ResellerInside";
import { Fitness, Partnership } from "./look";

const SHIELD_KINDS: readonly ShieldKind[] = ["fit", "not_fit", "stale", "unknown"];
const STATES: readonly PartnershipView[] = ["active", "requested", "draft", "declined", "ended"];

const useStyles = makeStyles({
  listbox: { zIndex: 100, maxHeight: "60vh" },
  search: { width: "240px", maxWidth: "100%" },
  state: { minWidth: "176px" },
  fitness: { minWidth: "150px" },
  bar: { display: "flex", flexWrap: "wrap", columnGap: "20px", rowGap: "4px", paddingBottom: "8px" },
  // Rows are two lines high anyway: a long name takes both.
  name: { fontWeight: tokens.fontWeightSemibold, display: "-webkit-box", WebkitLineClamp: 2, WebkitBoxOrient: "vertical", overflow: "hidden", whiteSpace: "normal", lineHeight: tokens.lineHeightBase200 },
  quiet: { color: tokens.colorNeutralForeground2 },
});

function useColumns(): Column<ResellerRow, SortBy>[] {
  const styles = useStyles();
  const { t } = useTranslation(["resellers", "shared"]);
  const format = useFormat();
  return useMemo(() => {
    const figure = (row: ResellerRow, value: number) => (row.partnership === "active" || value > 0 ? format.number(value) : t("shared:ui.none"));
    return [
      { key: "name", head: t("resellers:name"), width: "minmax(160px, 2fr)", sort: "name", render: (row) => <span className={styles.name}>{row.name}</span> },
      { key: "partnerId", head: t("resellers:partnerId"), width: "76px", from: 1280, render: (row) => row.partnerId || t("shared:ui.none") },
      { key: "country", head: t("resellers:country"), width: "86px", from: 1280, sort: "country", render: (row) => format.country(row.country) },
      { key: "partnership", head: t("resellers:partnershipHead"), width: "minmax(120px, 0.8fr)", render: (row) => <Partnership row={row} /> },
      { key: "fitness", head: t("resellers:fitnessHead"), width: "minmax(168px, 1.4fr)", from: 960, render: (row) => <Fitness row={row} /> },
      { key: "contact", head: t("resellers:contact"), width: "minmax(120px, 0.8fr)", from: 1600, render: (row) => row.contactName },
      { key: "customers", head: t("resellers:customers"), width: "72px", from: 960, end: true, sort: "customers", render: (row) => figure(row, row.customers) },
      { key: "seats", head: t("resellers:seats"), width: "60px", end: true, from: 1280, sort: "seats", render: (row) => figure(row, row.seats) },
      { key: "activity", head: t("resellers:lastActivity"), width: "96px", from: 1280, sort: "last_activity", render: (row) => (row.lastActivityAt === null ? t("shared:ui.none") : format.dayAlone(row.lastActivityAt)) },
    ];
  }, [styles, t, format]);
}

/** The page. */
export function ResellersPage() {
  const styles = useStyles();
  const { t } = useTranslation(["resellers", "shared"]);
  const format = useFormat();
  const [address, setAddress] = useSearchParams();
  const open = address.get("open") ?? undefined;
  const wanted = STATES.find((state) => state === address.get("partnership"));
  const fitness = SHIELD_KINDS.find((kind) => kind === address.get("fitness"));
  const country = address.get("country") ?? "";
  const navigate = useNavigate();
  const check = useWrite("checkResellers", { silent: true });
  const look = check.mutate;
  useEffect(() => {
    look([false]);
  }, [look]);
  const [text, setText] = useState("");
  const search = useDebounced(text, 120);
  const [sort, setSort] = useState<{ by: SortBy; descending: boolean }>({ by: "name", descending: false });
  const [reveal] = useState(open);
  const list = useRead("listResellers", { search, partnership: wanted ? [wanted] : [], fitness: fitness ? [fitness] : [], country, sort: sort.by, descending: sort.descending });
  const columns = useColumns();
  const view = list.data;

  const put = (name: string, value: string | undefined) => {
    setAddress((before) => {
      const after = new URLSearchParams(before);
      if (value === undefined) after.delete(name);
      else after.set(name, value);
      return after;
    }, { replace: true });
  };
  const clear = () => {
    setText("");
    setAddress({}, { replace: true });
  };

  const caption = view === undefined ? undefined : [
    t("resellers:count", { count: view.total }),
    t("resellers:activeCount", { count: view.active }),
    ...(view.asOf === null ? [] : [t("shared:ui.asOf", { when: format.moment(view.asOf) })]),
  ].join(" · ");
  const filtered = search !== "" || wanted !== undefined || fitness !== undefined || country !== "";
  const filters = (
    <>
      <SearchBox className={styles.search} dismiss={{ "aria-label": t("shared:clearSearch") }} value={text} placeholder={t("resellers:searchHint")} aria-label={t("resellers:search")} onChange={(_event, data) => { setText(data.value); }} />
      <Dropdown inlinePopup listbox={{ className: styles.listbox }} className={styles.state} aria-label={t("resellers:partnershipHead")} value={wanted ? t(`resellers:partnership.${wanted}`) : t("resellers:everyState")} selectedOptions={[wanted ?? ""]} onOptionSelect={(_event, data) => { put("partnership", data.optionValue === "" ? undefined : data.optionValue); }}>
        <Option value="">{t("resellers:everyState")}</Option>
        {STATES.map((state) => (
          <Option key={state} value={state}>
            {t(`resellers:partnership.${state}`)}
          </Option>
        ))}
      </Dropdown>
      <Dropdown inlinePopup listbox={{ className: styles.listbox }} className={styles.fitness} aria-label={t("resellers:fitnessHead")} value={fitness ? t(`resellers:fitnessFilter.${fitness}`) : t("resellers:everyFitness")} selectedOptions={[fitness ?? ""]} onOptionSelect={(_event, data) => { put("fitness", data.optionValue === "" ? undefined : data.optionValue); }}>
        <Option value="">{t("resellers:everyFitness")}</Option>
        {SHIELD_KINDS.map((kind) => (
          <Option key={kind} value={kind}>
            {t(`resellers:fitnessFilter.${kind}`)}
          </Option>
        ))}
      </Dropdown>
      <Dropdown inlinePopup listbox={{ className: styles.listbox }} className={styles.fitness} aria-label={t("resellers:country")} value={country === "" ? t("resellers:everyCountry") : format.country(country)} selectedOptions={[country]} onOptionSelect={(_event, data) => { put("country", data.optionValue === "" ? undefined : data.optionValue); }}>
        <Option value="">{t("resellers:everyCountry")}</Option>
        {(view?.countries ?? []).map((code) => (
          <Option key={code} value={code}>
            {format.country(code)}
          </Option>
        ))}
      </Dropdown>
      {filtered && (
        <Link as="button" onClick={clear}>
          {t("shared:ui.clearFilter")}
        </Link>
      )}
    </>
  );

  const bar = view !== undefined && (view.toPlace > 0 || view.hanging > 0) && (
    <div className={styles.bar}>
      {view.toPlace > 0 && (
        <Link as="button" onClick={() => void navigate("/resellers/place")}>
          {t("resellers:bar.toPlace", { count: view.toPlace })}
        </Link>
      )}
      {view.hanging > 0 && (
        <Link as="button" onClick={() => void navigate("/resellers/repair")}>
          {t("resellers:bar.hanging", { count: view.hanging })}
        </Link>
      )}
    </div>
  );

  return (
    <PageFrame title={t("resellers:title")} caption={caption} actions={<><InviteSeveralButton /><RequestPartnershipButton primary={open === undefined} /></>} filters={view !== undefined && view.total === 0 ? undefined : filters} filled>
      {bar}
      {view === undefined ? (
        list.error ? <ErrorState why={t(`shared:error.${list.error.code}`)} onRetry={() => void list.refetch()} /> : <LoadingRows />
      ) : view.total === 0 ? (
        <EmptyState icon={HandshakeRegular} title={t("resellers:empty.title")} why={t("resellers:empty.why")} action={<RequestPartnershipButton primary={false} />} />
      ) : view.rows.length === 0 ? (
        <EmptyState icon={HandshakeRegular} title={t("resellers:nothing.title")} why={search === "" ? (wanted === undefined || fitness !== undefined || country !== "" ? t("resellers:nothing.filter") : t("resellers:nothing.state", { state: t(`resellers:partnership.${wanted}`) })) : t("resellers:nothing.search", { text: search })} action={<Link as="button" onClick={clear}>{t("shared:ui.clearFilter")}</Link>} />
      ) : (
        <DataList
          label={t("resellers:title")}
          rows={view.rows}
          rowKey={(row) => row.id}
          columns={columns}
          rowHeight={44}
          sort={sort}
          onSort={(by) => { setSort((before) => ({ by, descending: before.by === by ? !before.descending : by !== "name" && by !== "country" })); }}
          open={open}
          onOpen={(key) => { put("open", key); }}
          reveal={reveal}
          expanded={(row) => <ResellerInside row={row} />}
        />
      )}
    </PageFrame>
  );
}
