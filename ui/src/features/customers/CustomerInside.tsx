// An open customer: its subscriptions, *Add subscription*, setup info that waits, and its Microsoft ID.
import { Button, Caption1, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { AddRegular, EditRegular, HistoryRegular, KeyRegular, OpenRegular } from "@fluentui/react-icons";
import { Link, useNavigate } from "react-router";
import { useFormat, useTranslation } from "@/shared/i18n";
import { useReadWhen, type CustomerRow, type SubscriptionRow } from "@/shared/ipc";
import { CopyText } from "@/shared/parts/CopyText";
import { StandsBadge } from "@/shared/parts/StandsBadge";
import { useAddSubscription } from "@/shared/parts/startDraft";
import { LoadingRows, useWidth } from "@/shared/ui";

const useStyles = makeStyles({
  table: { width: "100%", borderCollapse: "collapse", tableLayout: "fixed" },
  head: { textAlign: "start", height: "28px", padding: "0 16px 0 0", borderBottom: `1px solid ${tokens.colorNeutralStroke1}`, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, fontWeight: tokens.fontWeightRegular },
  cell: { height: "34px", padding: "0 16px 0 0", borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap", textAlign: "start", fontWeight: tokens.fontWeightRegular },
  end: { textAlign: "end" },
  foot: { display: "flex", alignItems: "center", flexWrap: "wrap", gap: "8px", marginTop: "12px" },
  grow: { flex: "1 1 auto" },
  id: { display: "inline-flex", alignItems: "center", gap: "6px", color: tokens.colorNeutralForeground2, minWidth: 0 },
  link: { color: tokens.colorBrandForegroundLink, textDecorationLine: "none", ":hover": { textDecorationLine: "underline" } },
  none: { color: tokens.colorNeutralForeground2, display: "block", padding: "8px 0" },
});

/** Heights of the table's head and of one row, each with its line. */
const HEAD = 29;
const ROW = 35;

const TERMS = ["P1M", "P1Y", "P3Y"] as const;
const CYCLES = ["monthly", "annual", "triennial", "none"] as const;

function useTermWords(): (row: SubscriptionRow) => string {
  const { t } = useTranslation("shared");
  return (row) => {
    const term = TERMS.find((known) => known === row.term);
    const cycle = CYCLES.find((known) => known === row.cycle);
    return t("termAndCycle", { term: term ? t(`term.${term}`) : row.term, cycle: cycle ? t(`cycle.${cycle}`) : row.cycle });
  };
}

/** Subscriptions and what can be done. */
export function CustomerInside({ row }: { row: CustomerRow }) {
  const styles = useStyles();
  const { t } = useTranslation(["customers", "shared"]);
  const format = useFormat();
  const navigate = useNavigate();
  const width = useWidth();
  const wide = width >= 1280;
  // The product's name is read first; what does not fit beside it stands on the customer's page.
  const small = width === 480;
  const terms = useTermWords();
  const detail = useReadWhen(true, "customerDetail", row.id);
  const { add, busy } = useAddSubscription();
  const subscriptions = detail.data?.subscriptions ?? [];
  const waiting = detail.data?.setupInfoOnboardingId ?? "";
  const ends = (one: SubscriptionRow) => {
    if (one.endsAt === null) return t("shared:ui.none");
    return one.autoRenew ? format.date(one.endsAt) : t("customers:endsOn", { date: format.date(one.endsAt) });
  };
  return (
    <div>
      {detail.data === undefined ? (
        // The place is kept from the first moment: what can be pressed below it does not move away.
        <div style={{ minHeight: row.subscriptions === 0 ? ROW : HEAD + ROW * row.subscriptions }}>
          <LoadingRows rows={row.subscriptions} height={ROW} />
        </div>
      ) : subscriptions.length === 0 ? (
        <Caption1 className={styles.none}>{t("customers:noSubscriptions")}</Caption1>
      ) : (
        <table className={styles.table} aria-label={t("customers:subscriptionsOf", { name: row.name })}>
          <thead>
            <tr>
              <th scope="col" className={styles.head}>{t("customers:subscription")}</th>
              <th scope="col" className={mergeClasses(styles.head, styles.end)} style={{ width: small ? 64 : 80 }}>{t("customers:licences")}</th>
              {wide && <th scope="col" className={styles.head} style={{ width: 136 }}>{t("customers:termAndBilling")}</th>}
              {!small && <th scope="col" className={styles.head} style={{ width: 136 }}>{t("customers:renews")}</th>}
              <th scope="col" className={styles.head} style={{ width: "30%" }}>{t("customers:stands")}</th>
            </tr>
          </thead>
          <tbody>
            {subscriptions.map((one) => (
              <tr key={one.id}>
                <th scope="row" className={styles.cell}><Link className={styles.link} to={`/subscriptions/${one.id}`}>{one.productName}</Link></th>
                <td className={mergeClasses(styles.cell, styles.end)}>{format.number(one.quantity)}</td>
                {wide && <td className={styles.cell}>{terms(one)}</td>}
                {!small && <td className={styles.cell}>{ends(one)}</td>}
                <td className={styles.cell}>
                  <StandsBadge stands={one.stands} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div className={styles.foot}>
        <Button size="small" appearance="primary" icon={<AddRegular />} data-primary disabledFocusable={busy} onClick={() => { add(row.id); }}>
          {t("shared:act.addSubscription")}
        </Button>
        <Button size="small" icon={<OpenRegular />} onClick={() => void navigate(`/customers/${row.id}`)}>
          {t("customers:openCustomer")}
        </Button>
        {row.tenantId !== "" && (
          <Button size="small" icon={<EditRegular />} onClick={() => void navigate(`/customers/${row.id}/edit`)}>
            {t("customers:edit")}
          </Button>
        )}
        <Button size="small" icon={<HistoryRegular />} onClick={() => void navigate(`/journal?customer=${row.id}`)}>
          {t("customers:journal")}
        </Button>
        {waiting !== "" && (
          <Button size="small" icon={<KeyRegular />} onClick={() => void navigate(`/confirmation/${waiting}`)}>
            {t("customers:handOver")}
          </Button>
        )}
        <span className={styles.grow} />
        {row.tenantId !== "" && (
          <Caption1 className={styles.id}>
            {t("customers:microsoftId")}
            <CopyText text={row.tenantId} name={t("customers:microsoftId")} />
          </Caption1>
        )}
      </div>
    </div>
  );
}
