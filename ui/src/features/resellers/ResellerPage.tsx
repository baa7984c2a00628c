// A reseller's page: the shield and what it means, customers, orders, requests and journal; beside them contact, both
// identifiers, support contact, tags and the private note.
import { Button, Tab, TabList, makeStyles, tokens } from "@fluentui/react-components";
import { AddRegular, ArrowLeftRegular, ArrowSyncRegular, HandshakeRegular } from "@fluentui/react-icons";
import { useEffect, useState } from "react";
import { useNavigate, useParams } from "react-router";
import { useFormat, useTranslation } from "@/shared/i18n";
import { useReadForForm, useWrite, type ResellerPageView } from "@/shared/ipc";
import { Crumbs } from "@/shared/parts/Crumbs";
import { JournalBlock } from "@/shared/parts/journal";
import { PartnershipActions } from "@/shared/parts/partnership";
import { ShieldNote } from "@/shared/parts/shield";
import { useAddCustomer } from "@/shared/parts/startDraft";
import { EmptyState, ErrorState, LoadingRows, PageFrame, useAnnounce } from "@/shared/ui";
import { Customers, Orders, Requests } from "./ResellerLists";
import { ResellerSide } from "./ResellerSide";
import { Fitness, Partnership } from "./look";

const useStyles = makeStyles({
  columns: { display: "flex", gap: "36px", alignItems: "flex-start", "@media (max-width: 1099px)": { flexDirection: "column", gap: "28px" } },
  main: { flex: "1 1 0", minWidth: 0, display: "flex", flexDirection: "column", gap: "16px", "@media (max-width: 1099px)": { width: "100%", flex: "0 0 auto" } },
  states: { display: "flex", flexWrap: "wrap", columnGap: "36px", rowGap: "12px" },
  tabs: { marginLeft: "-10px", borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, paddingBottom: "2px" },
  figures: { display: "flex", flexDirection: "column" },
  figure: { fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400, fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
});

const TABS = ["customers", "orders", "requests", "journal"] as const;
type TabName = (typeof TABS)[number];

function Inside({ view }: { view: ResellerPageView }) {
  const styles = useStyles();
  const { t } = useTranslation(["resellers", "shared"]);
  const format = useFormat();
  const row = view.row;
  const active = row.partnership === "active";
  const [tab, setTab] = useState<TabName>(active || row.customers > 0 ? "customers" : "requests");
  const counts: Record<TabName, number> = { customers: row.customers, orders: view.orders.length, requests: view.requests.length, journal: 0 };
  return (
    <div className={styles.columns}>
      <div className={styles.main}>
        <div className={styles.states}>
          <Partnership row={row} />
          <Fitness row={row} />
          <span className={styles.figures}>
            <span className={styles.figure}>{format.number(row.customers)}</span>
            <span className={styles.quiet}>{t("resellers:customers")}</span>
          </span>
          <span className={styles.figures}>
            <span className={styles.figure}>{format.number(row.seats)}</span>
            <span className={styles.quiet}>{t("resellers:seats")}</span>
          </span>
        </div>
        {row.shield.kind !== "fit" && (
          <ShieldNote
            shield={row.shield}
            name={row.name}
            action={row.shield.kind === "not_fit" && view.onRecordCount > 0 ? { label: t("resellers:page.hanging", { count: view.onRecordCount }), to: `/resellers/repair?reseller=${row.id}` } : undefined}
          />
        )}
        {row.partnership === "ended" && <p className={styles.quiet}>{t("resellers:page.endedMeans")}</p>}
        {!active && <PartnershipActions resellerId={row.id} partnership={row.partnership} />}
        <TabList className={styles.tabs} selectedValue={tab} onTabSelect={(_event, data) => { setTab(data.value as TabName); }}>
          {TABS.map((name) => (
            <Tab key={name} value={name} id={`reseller-${name}`}>
              {t(`resellers:page.tab.${name}`, { number: format.number(counts[name]) })}
            </Tab>
          ))}
        </TabList>
        <div role="tabpanel" aria-labelledby={`reseller-${tab}`}>
          {tab === "customers" && <Customers view={view} />}
          {tab === "orders" && <Orders view={view} />}
          {tab === "requests" && <Requests view={view} />}
          {tab === "journal" && <JournalBlock resellerId={row.id} />}
        </div>
      </div>
      <ResellerSide key={row.id} view={view} />
    </div>
  );
}

/** The page. */
export function ResellerPage() {
  const { t } = useTranslation(["resellers", "shared"]);
  const format = useFormat();
  const navigate = useNavigate();
  const announce = useAnnounce();
  const id = useParams().id ?? "";
  const page = useReadForForm("resellerPage", id);
  const { add, busy } = useAddCustomer();
  const seen = useWrite("seeResellerNews", { silent: true });
  const check = useWrite("checkResellers", { onDone: () => { announce(t("resellers:page.checking")); } });
  const see = seen.mutate;
  const read = page.data !== undefined;
  useEffect(() => {
    if (read) see([id]);
  }, [see, id, read]);
  const view = page.data;
  const crumbs = <Crumbs above={[{ name: t("resellers:title"), to: `/resellers?open=${id}` }]} />;
  if (view === undefined) {
    const gone = page.error?.code === "not_found";
    return (
      <PageFrame crumbs={crumbs} title={t("resellers:page.title")}>
        {page.error === null ? <LoadingRows /> : gone ? <EmptyState icon={HandshakeRegular} title={t("resellers:page.gone")} why={t("resellers:page.goneWhy")} action={<Button icon={<ArrowLeftRegular />} onClick={() => void navigate("/resellers")}>{t("resellers:title")}</Button>} /> : <ErrorState why={t(`shared:error.${page.error.code}`)} onRetry={() => void page.refetch()} />}
      </PageFrame>
    );
  }
  const row = view.row;
  const place = [row.town, format.country(row.country)].filter((part) => part !== "").join(", ");
  const active = row.lastActivityAt === null ? "" : t("resellers:page.lastActive", { when: format.day(row.lastActivityAt) });
  return (
    <PageFrame
      crumbs={crumbs}
      title={row.name}
      caption={[place, active].filter((part) => part !== "").join(" · ")}
      actions={
        <>
          {row.partnership === "active" && (
            <Button icon={<ArrowSyncRegular />} disabledFocusable={check.isPending} onClick={() => { check.mutate([true]); }}>
              {t("resellers:page.check")}
            </Button>
          )}
          {row.takesCustomers && (
            <Button appearance="primary" icon={<AddRegular />} data-primary disabledFocusable={busy} onClick={() => { add(row.id); }}>
              {t("shared:act.addCustomer")}
            </Button>
          )}
        </>
      }
    >
      <Inside view={view} />
    </PageFrame>
  );
}
