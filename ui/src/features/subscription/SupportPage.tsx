// Support contacts in bulk: customers and subscriptions, the default of each reseller, what deviates from it. Choose
// rows, name the contact, look at what will happen, submit.
import { Body1, Body1Strong, Button, Caption1, Checkbox, Dropdown, Link as FluentLink, Option, SearchBox, Subtitle2, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { PersonSupportRegular, SendRegular } from "@fluentui/react-icons";
import { useRef, useState } from "react";
import { Link, useNavigate } from "react-router";
import { useFormat, useTranslation } from "@/shared/i18n";
import { useRead, useReadWhen, useSupportPages, useWrite, type SupportFilter, type SupportList, type SupportRow } from "@/shared/ipc";
import { useDebounced } from "@/shared/lib/useDebounced";
import { Crumbs } from "@/shared/parts/Crumbs";
import { EmptyState, ErrorState, FormField, LoadingRows, PageFrame, SidePanel, StateBadge, useAnnounce, useWidth } from "@/shared/ui";
import { MoreRows } from "./MoreRows";
import { PracticeLine } from "./PracticeLine";

const FILTERS: readonly SupportFilter[] = ["all", "deviating", "without_contact", "older", "new"];
/** Rows of a page. */
const PAGE = 200;
/** As many are set at once as the book takes in one go. */
const MOST = 500;
/** Changes of a preview shown by name. */
const SHOWN = 6;
/** Instead of a reseller: each one's default. */
const DEFAULT = "default";

const useStyles = makeStyles({
  list: { listStyleType: "none", margin: 0, padding: 0 },
  row: { display: "grid", gridTemplateColumns: "32px minmax(0, 1.5fr) minmax(0, 1.1fr) minmax(0, 1.2fr)", columnGap: "12px", alignItems: "center", minHeight: "48px", borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, "@media (max-width: 639px)": { gridTemplateColumns: "32px minmax(0, 1fr)", rowGap: "4px", paddingTop: "8px", paddingBottom: "8px" } },
  two: { display: "flex", flexDirection: "column", minWidth: 0 },
  cut: { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  quiet: { color: tokens.colorNeutralForeground2 },
  why: { flex: "1 1 100%", color: tokens.colorNeutralForeground2, ":empty": { display: "none" } },
  soon: { color: tokens.colorPaletteMarigoldForeground2 },
  link: { color: tokens.colorBrandForegroundLink, textDecorationLine: "none", ":hover": { textDecorationLine: "underline" } },
  panel: { display: "flex", flexDirection: "column", gap: "16px" },
  changes: { listStyleType: "none", margin: "8px 0 0", padding: 0, display: "flex", flexDirection: "column", gap: "8px" },
  means: { margin: "8px 0 0", paddingLeft: "18px", display: "flex", flexDirection: "column", gap: "4px" },
  inline: { marginBottom: "16px", padding: "16px 20px", border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: "8px", display: "flex", flexDirection: "column", gap: "16px" },
  foot: { display: "flex", alignItems: "center", flexWrap: "wrap", gap: "12px" },
  grow: { flex: "1 1 auto" },
  filter: { minWidth: "168px" },
  listbox: { zIndex: 100, maxHeight: "50vh" },
  search: { width: "220px" },
});

function Row({ row, chosen, onChoose }: { row: SupportRow; chosen: boolean; onChoose: (on: boolean) => void }) {
  const styles = useStyles();
  const { t } = useTranslation("subscription");
  const contact = row.contactName === "" ? t("support.provider") : row.contactName;
  const def = row.defaultName === "" ? t("support.provider") : row.defaultName;
  return (
    <li className={styles.row}>
      <Checkbox checked={chosen} aria-label={`${row.customerName}, ${row.productName}`} onChange={(_event, data) => { onChoose(data.checked === true); }} />
      <span className={styles.two}>
        <span className={styles.cut}>
          {row.customerName}
        </span>
        <Link className={mergeClasses(styles.cut, styles.link)} to={`/subscriptions/${row.subscriptionId}`}>
          <Caption1 truncate wrap={false} block>{row.productName}</Caption1>
        </Link>
      </span>
      <span className={styles.two}>
        <span className={styles.cut}>
          {contact}
        </span>
        <Caption1 className={mergeClasses(styles.cut, styles.quiet)}>{!row.chosen ? t("bulk.byDefault") : row.commerce === "new" ? t("bulk.note") : t("bulk.sent")}</Caption1>
      </span>
      {row.state !== null && row.operationId !== "" ? (
        <Link className={styles.link} to={`/outbox?operation=${row.operationId}`}>
          <StateBadge state={row.state} />
        </Link>
      ) : row.deviates ? (
        <Caption1 className={mergeClasses(styles.cut, styles.soon)}>
          {t("bulk.deviates", { name: def })}
        </Caption1>
      ) : (
        <Caption1 className={mergeClasses(styles.cut, styles.quiet)}>{t("bulk.asDefault")}</Caption1>
      )}
    </li>
  );
}

function Panel({ list, ids, inline, onDone }: { list: SupportList; ids: readonly string[]; inline: boolean; onDone: (count: number) => void }) {
  const styles = useStyles();
  const { t } = useTranslation(["subscription", "shared"]);
  const format = useFormat();
  // No contact is chosen for the person: `undefined` until it is.
  const [to, setTo] = useState<string | undefined>();
  const tooMany = ids.length > MOST;
  const asked = to !== undefined && ids.length > 0 && !tooMany;
  const preview = useReadWhen(asked, "previewSupportContacts", [...ids], to ?? "");
  const submit = useWrite("submitSupportContacts", { onDone });
  const view = asked ? preview.data : undefined;
  const ready = view !== undefined && view.changes.length > 0;
  const nameOf = (id: string | undefined) => (id === undefined ? "" : id === "" ? t("subscription:support.provider") : id === DEFAULT ? t("subscription:bulk.eachDefault") : (list.choices.find((one) => one.id === id)?.name ?? ""));
  const provider = (name: string) => (name === "" ? t("subscription:support.provider") : name);
  const content = (
    <div className={styles.panel}>
      <FormField label={t("subscription:bulk.newContact")} hint={t("subscription:bulk.chosen", { count: ids.length, number: format.number(ids.length) })}>
        <Dropdown inlinePopup listbox={{ className: styles.listbox }} placeholder={t("subscription:field.choose")} value={nameOf(to)} selectedOptions={to === undefined ? [] : [to === "" ? "provider" : to]} onOptionSelect={(_event, data) => { setTo(data.optionValue === "provider" ? "" : data.optionValue); }}>
          <Option value={DEFAULT}>{t("subscription:bulk.eachDefault")}</Option>
          <Option value="provider">{t("subscription:support.provider")}</Option>
          {list.choices.map((one) => (
            <Option key={one.id} value={one.id}>
              {one.name}
            </Option>
          ))}
        </Dropdown>
      </FormField>
      {view !== undefined && (
        <section aria-label={t("subscription:whatWill")}>
          <Subtitle2 as="h3">{t("subscription:whatWill")}</Subtitle2>
          <ul className={styles.means}>
            {view.sent > 0 && <li><Body1>{t("subscription:bulk.willSend", { count: view.sent, number: format.number(view.sent) })}</Body1></li>}
            {view.notes > 0 && <li><Body1>{t("subscription:bulk.willNote", { count: view.notes, number: format.number(view.notes) })}</Body1></li>}
            {view.leftOut > 0 && <li><Body1>{t("subscription:bulk.leftOut", { count: view.leftOut, number: format.number(view.leftOut) })}</Body1></li>}
          </ul>
          <ul className={styles.changes}>
            {view.changes.slice(0, SHOWN).map((one) => (
              <li key={one.subscriptionId} className={styles.two}>
                <Body1Strong className={styles.cut}>{one.customerName}</Body1Strong>
                <Caption1 className={styles.quiet}>{t("subscription:bulk.change", { product: one.productName, from: provider(one.fromName), to: provider(one.toName) })}</Caption1>
              </li>
            ))}
          </ul>
          {view.changes.length > SHOWN && <Caption1 className={styles.quiet}>{t("subscription:bulk.moreChanges", { count: view.changes.length - SHOWN })}</Caption1>}
        </section>
      )}
      {asked && preview.error !== null && <Body1 role="alert">{t(`shared:error.${preview.error.code}`)}</Body1>}
    </div>
  );
  const footer = (
    <>
      <PracticeLine />
      <Caption1 className={styles.why}>{ids.length === 0 ? t("subscription:bulk.chooseRows") : tooMany ? t("subscription:bulk.tooMany", { number: format.number(MOST) }) : to === undefined ? t("subscription:bulk.chooseContact") : ""}</Caption1>
      <span className={styles.grow} />
      <Button
        appearance="primary"
        icon={<SendRegular />}
        data-primary
        disabledFocusable={!ready || submit.isPending}
        onClick={() => {
          if (ready && to !== undefined) submit.mutate([[...ids], to, view.hash]);
        }}
      >
        {t("subscription:submit")}
      </Button>
    </>
  );
  if (inline) {
    return (
      <section className={styles.inline} aria-label={t("subscription:bulk.panel")}>
        {content}
        <div className={styles.foot}>{footer}</div>
      </section>
    );
  }
  return (
    <SidePanel label={t("subscription:bulk.panel")} width={392} footer={footer}>
      {content}
    </SidePanel>
  );
}

/** The page. */
export function SupportPage() {
  const styles = useStyles();
  const { t } = useTranslation(["subscription", "shared"]);
  const format = useFormat();
  const announce = useAnnounce();
  const navigate = useNavigate();
  const wide = useWidth() >= 1280;
  const [filter, setFilter] = useState<SupportFilter>("all");
  const [reseller, setReseller] = useState("");
  const [text, setText] = useState("");
  const search = useDebounced(text, 120);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [done, setDone] = useState(0);
  const resellers = useRead("listResellers", { search: "", partnership: [], sort: "name", descending: false }).data?.rows ?? [];
  const read = useSupportPages({ filter, resellerId: reseller, search, limit: PAGE });
  const list = read.data?.pages[0];
  const rows = read.data?.pages.flatMap((page) => page.rows) ?? [];
  const shown = useRef<HTMLUListElement>(null);
  const ids = rows.map((row) => row.subscriptionId).filter((id) => chosen.has(id));
  const choose = (some: readonly string[], on: boolean) => {
    setChosen((before) => {
      const after = new Set(before);
      for (const id of some) {
        if (on) after.add(id);
        else after.delete(id);
      }
      return after;
    });
  };
  const panel =
    list === undefined || rows.length === 0 ? undefined : (
      <Panel
        list={list}
        ids={ids}
        inline={!wide}
        onDone={(count) => {
          setChosen(new Set());
          setDone(count);
          announce(t("subscription:bulk.done", { count, number: format.number(count) }));
        }}
      />
    );
  const filters = (
    <>
      <SearchBox className={styles.search} aria-label={t("subscription:bulk.search")} placeholder={t("subscription:bulk.search")} value={text} onChange={(_event, data) => { setText(data.value); }} dismiss={{ "aria-label": t("shared:clearSearch") }} />
      <Dropdown className={styles.filter} inlinePopup listbox={{ className: styles.listbox }} aria-label={t("subscription:ending.reseller")} value={resellers.find((one) => one.id === reseller)?.name ?? t("subscription:ending.allResellers")} selectedOptions={[reseller]} onOptionSelect={(_event, data) => { setReseller(data.optionValue ?? ""); }}>
        <Option value="">{t("subscription:ending.allResellers")}</Option>
        {resellers.filter((one) => one.customers > 0 || one.partnership === "active").map((one) => (
          <Option key={one.id} value={one.id}>
            {one.name}
          </Option>
        ))}
      </Dropdown>
      <Dropdown className={styles.filter} inlinePopup listbox={{ className: styles.listbox }} aria-label={t("subscription:bulk.show")} value={t(`subscription:bulk.filter.${filter}`)} selectedOptions={[filter]} onOptionSelect={(_event, data) => { setFilter((data.optionValue ?? "all") as SupportFilter); }}>
        {FILTERS.map((one) => (
          <Option key={one} value={one}>
            {t(`subscription:bulk.filter.${one}`)}
          </Option>
        ))}
      </Dropdown>
    </>
  );
  const of = resellers.find((one) => one.id === reseller);
  return (
    <PageFrame
      crumbs={<Crumbs above={[{ name: t("subscription:customers"), to: "/customers" }]} />}
      title={t("subscription:bulk.title")}
      caption={list === undefined ? undefined : [t(list.more ? "subscription:bulk.captionMore" : "subscription:bulk.caption", { count: list.matching, number: format.number(list.matching), deviating: list.moreDeviating ? t("subscription:bulk.moreThan", { number: format.number(list.deviating) }) : format.number(list.deviating) }), ...(list.asOf === null ? [] : [t("shared:ui.asOf", { when: format.moment(list.asOf) })])].join(" · ")}
      filters={filters}
      panel={wide ? panel : undefined}
    >
      {done > 0 && (
        <p>
          <Body1>{t("subscription:bulk.done", { count: done, number: format.number(done) })} </Body1>
          <FluentLink as="button" onClick={() => void navigate("/outbox")}>
            {t("subscription:toOutbox")}
          </FluentLink>
        </p>
      )}
      {of !== undefined && (
        <Caption1 block className={styles.quiet}>
          {t("subscription:bulk.defaultAt", { name: of.name })}{" "}
          <FluentLink as="button" inline onClick={() => void navigate(`/resellers/${of.id}`)}>
            {t("subscription:bulk.setDefault")}
          </FluentLink>
        </Caption1>
      )}
      {list === undefined ? (
        read.error ? <ErrorState why={t(`shared:error.${read.error.code}`)} onRetry={() => void read.refetch()} /> : <LoadingRows height={48} />
      ) : rows.length === 0 ? (
        <EmptyState icon={PersonSupportRegular} title={t("subscription:bulk.empty.title")} why={t("subscription:bulk.empty.why")} action={<Button onClick={() => { setFilter("all"); setReseller(""); setText(""); }}>{t("shared:ui.clearFilter")}</Button>} />
      ) : (
        <>
          {!wide && panel}
          <Checkbox
            label={t("subscription:bulk.all", { count: rows.length, number: format.number(rows.length) })}
            checked={ids.length === 0 ? false : ids.length === rows.length ? true : "mixed"}
            onChange={(_event, data) => { choose(rows.map((row) => row.subscriptionId), data.checked === true); }}
          />
          <ul ref={shown} className={styles.list} aria-label={t("subscription:bulk.title")}>
            {rows.map((row) => (
              <Row key={row.subscriptionId} row={row} chosen={chosen.has(row.subscriptionId)} onChoose={(on) => { choose([row.subscriptionId], on); }} />
            ))}
          </ul>
          <MoreRows list={shown} shown={rows.length} more={read.hasNextPage} pending={read.isFetchingNextPage} onMore={() => void read.fetchNextPage()} />
        </>
      )}
    </PageFrame>
  );
}
