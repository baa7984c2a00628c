// A customer's page: where it stands, what waits, its subscriptions, profile, resellers and orders; beside them its
// identifiers and what only the book knows.
import { Body1, Body1Strong, Button, Caption1, makeStyles, tokens } from "@fluentui/react-components";
import { AddRegular, BuildingMultipleRegular, EditRegular, KeyRegular } from "@fluentui/react-icons";
import { useNavigate, useParams } from "react-router";
import { useFormat, useTranslation } from "@/shared/i18n";
import { useReadForForm, type CustomerPageView } from "@/shared/ipc";
import { CopyText } from "@/shared/parts/CopyText";
import { Crumbs } from "@/shared/parts/Crumbs";
import { JournalBlock } from "@/shared/parts/journal";
import { Block } from "@/shared/parts/keep";
import { useAddSubscription } from "@/shared/parts/startDraft";
import { EmptyState, ErrorState, LoadingRows, PageFrame } from "@/shared/ui";
import { Facts } from "./Facts";
import { Keep } from "./Keep";
import { Orders, Resellers, Subscriptions, Waiting } from "./Lists";
import { Profile } from "./Profile";
import { Section } from "./Section";

const useStyles = makeStyles({
  columns: { display: "flex", gap: "36px", alignItems: "flex-start", "@media (max-width: 1099px)": { flexDirection: "column", gap: "28px" } },
  main: { flex: "1 1 0", minWidth: 0, display: "flex", flexDirection: "column", gap: "24px", "@media (max-width: 1099px)": { width: "100%", flex: "0 0 auto" } },
  side: { width: "332px", flex: "0 0 auto", display: "flex", flexDirection: "column", gap: "24px", "@media (max-width: 1099px)": { width: "100%", display: "grid", gridTemplateColumns: "repeat(auto-fit, minmax(260px, 1fr))", columnGap: "28px" } },
  id: { display: "flex", flexDirection: "column", gap: "2px", paddingTop: "4px" },
  quiet: { color: tokens.colorNeutralForeground2 },
});

function Ids({ view }: { view: CustomerPageView }) {
  const styles = useStyles();
  const { t } = useTranslation("customer");
  const domain = `${view.row.domainPrefix}.onmicrosoft.com`;
  return (
    <Block title={t("ids.title")}>
      <div className={styles.id}>
        <Body1Strong>{t("ids.domain")}</Body1Strong>
        {view.row.domainPrefix === "" ? <Body1 className={styles.quiet}>{t("unknown")}</Body1> : <CopyText text={domain} name={t("ids.domain")} whole />}
      </div>
      <div className={styles.id}>
        <Body1Strong>{t("ids.microsoftId")}</Body1Strong>
        {view.row.tenantId === "" ? <Body1 className={styles.quiet}>{t("ids.notYet")}</Body1> : <CopyText text={view.row.tenantId} name={t("ids.microsoftId")} whole />}
        <Caption1 className={styles.quiet}>{t("ids.microsoftIdIs")}</Caption1>
      </div>
    </Block>
  );
}

function Inside({ view }: { view: CustomerPageView }) {
  const styles = useStyles();
  const { t } = useTranslation("customer");
  const navigate = useNavigate();
  const edit = view.row.tenantId !== "" && (
    <Button size="small" icon={<EditRegular />} onClick={() => void navigate(`/customers/${view.row.id}/edit`)}>
      {t("edit")}
    </Button>
  );
  return (
    <div className={styles.columns}>
      <div className={styles.main}>
        <Facts view={view} />
        {view.open.length > 0 && (
          <Section title={t("waiting.title")}>
            <Waiting view={view} />
          </Section>
        )}
        <Section title={t("subscriptions.title")}>
          <Subscriptions view={view} />
        </Section>
        <Section title={t("profile.title")} action={edit}>
          <Profile view={view} />
        </Section>
        <Section title={t("resellers.title")}>
          <Resellers view={view} />
        </Section>
        <Section title={t("orders.title")}>
          <Orders view={view} />
        </Section>
        <Section title={t("journal")}>
          <JournalBlock customerId={view.row.id} />
        </Section>
      </div>
      <div className={styles.side}>
        <Ids view={view} />
        <Keep view={view} />
      </div>
    </div>
  );
}

/** The page. */
export function CustomerPage() {
  const { t } = useTranslation(["customer", "shared"]);
  const format = useFormat();
  const navigate = useNavigate();
  const id = useParams().customerId ?? "";
  // Alias and note are typed into: what stands there is read anew for this page.
  const page = useReadForForm("customerPage", id);
  const { add, busy } = useAddSubscription();
  const view = page.data;
  const crumbs = <Crumbs above={[{ name: t("customer:customers"), to: "/customers" }]} />;
  if (view === undefined) {
    const gone = page.error?.code === "not_found";
    return (
      <PageFrame crumbs={crumbs} title={t("customer:title")}>
        {page.error === null ? (
          <LoadingRows />
        ) : gone ? (
          <EmptyState icon={BuildingMultipleRegular} title={t("customer:gone")} why={t("customer:goneWhy")} action={<Button onClick={() => void navigate("/customers")}>{t("customer:customers")}</Button>} />
        ) : (
          <ErrorState why={t(`shared:error.${page.error.code}`)} onRetry={() => void page.refetch()} />
        )}
      </PageFrame>
    );
  }
  const { row } = view;
  const place = [row.town, format.country(row.country)].filter((part) => part !== "").join(", ");
  return (
    <PageFrame
      crumbs={crumbs}
      title={row.name}
      caption={[row.alias, place, row.resellerName === "" ? t("customer:direct") : t("customer:under", { name: row.resellerName })].filter((part) => part !== "").join(" · ")}
      actions={
        <>
          {view.setupInfoOnboardingId !== "" && (
            <Button icon={<KeyRegular />} onClick={() => void navigate(`/confirmation/${view.setupInfoOnboardingId}`)}>
              {t("customer:handOver")}
            </Button>
          )}
          <Button appearance="primary" icon={<AddRegular />} data-primary disabledFocusable={busy} onClick={() => { add(row.id); }}>
            {t("shared:act.addSubscription")}
          </Button>
        </>
      }
    >
      <Inside key={row.id} view={view} />
    </PageFrame>
  );
}
