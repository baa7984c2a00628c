// Lists on a customer's page: what waits, subscriptions, resellers, orders.
import { Body1, Caption1, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { Link } from "react-router";
import { useFormat, useTranslation } from "@/shared/i18n";
import type { CustomerPageView, SubscriptionRow } from "@/shared/ipc";
import { StandsBadge } from "@/shared/parts/StandsBadge";
import { useShieldWords } from "@/shared/parts/shield";
import { useTermWords } from "@/shared/parts/terms";
import { StateBadge, useWidth } from "@/shared/ui";

const useStyles = makeStyles({
  list: { listStyleType: "none", margin: 0, padding: 0 },
  row: { display: "grid", columnGap: "16px", alignItems: "center", minHeight: "36px", borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, ":last-child": { borderBottom: "none" } },
  waiting: { gridTemplateColumns: "minmax(0, 1.4fr) minmax(0, 1fr) 96px", "@media (max-width: 639px)": { gridTemplateColumns: "minmax(0, 1fr)", rowGap: "2px", paddingTop: "6px", paddingBottom: "6px" } },
  reseller: { gridTemplateColumns: "minmax(0, 1.4fr) 84px minmax(0, 1fr) minmax(0, 1.2fr)", "@media (max-width: 639px)": { gridTemplateColumns: "minmax(0, 1fr)", rowGap: "2px", paddingTop: "6px", paddingBottom: "6px" } },
  order: { gridTemplateColumns: "92px minmax(0, 1fr) minmax(0, 150px)", alignItems: "start", minHeight: 0, paddingTop: "8px", paddingBottom: "8px" },
  lines: { display: "flex", flexDirection: "column", gap: "2px", minWidth: 0 },
  line: { display: "flex", justifyContent: "space-between", gap: "12px" },
  table: { width: "100%", borderCollapse: "collapse", tableLayout: "fixed" },
  head: { textAlign: "start", height: "28px", padding: "0 16px 0 0", borderBottom: `1px solid ${tokens.colorNeutralStroke1}`, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, fontWeight: tokens.fontWeightRegular },
  cell: { height: "36px", padding: "0 16px 0 0", borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap", textAlign: "start", fontWeight: tokens.fontWeightRegular },
  end: { textAlign: "end" },
  cut: { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  quiet: { color: tokens.colorNeutralForeground2 },
  empty: { display: "block", color: tokens.colorNeutralForeground2, padding: "8px 0" },
  link: { color: tokens.colorBrandForegroundLink, textDecorationLine: "none", overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap", ":hover": { textDecorationLine: "underline" } },
});

/** Operations that are not done. */
export function Waiting({ view }: { view: CustomerPageView }) {
  const styles = useStyles();
  const { t } = useTranslation(["customer", "outbox", "shared"]);
  const format = useFormat();
  return (
    <ul className={styles.list}>
      {view.open.map((one) => (
        <li key={one.id} className={mergeClasses(styles.row, styles.waiting)}>
          <Link className={styles.link} to={`/outbox?operation=${one.id}`}>
            {t(`outbox:kind.${one.kind}`)}
          </Link>
          <StateBadge state={one.state} text={one.hold === null ? undefined : t("shared:stands.onHold", { reason: t(`shared:hold.${one.hold}`) })} />
          <Caption1 className={mergeClasses(styles.end, styles.quiet)}>{format.moment(one.updatedAt)}</Caption1>
        </li>
      ))}
    </ul>
  );
}

/** Its subscriptions. */
export function Subscriptions({ view }: { view: CustomerPageView }) {
  const styles = useStyles();
  const { t } = useTranslation(["customer", "shared"]);
  const format = useFormat();
  const width = useWidth();
  const wide = width >= 1440;
  const small = width < 640;
  const terms = useTermWords();
  const ends = (one: SubscriptionRow) => {
    if (one.endsAt === null) return t("shared:ui.none");
    return one.autoRenew ? format.date(one.endsAt) : t("customer:subscriptions.endsOn", { date: format.date(one.endsAt) });
  };
  if (view.subscriptions.length === 0) return <Body1 className={styles.empty}>{t("customer:subscriptions.none")}</Body1>;
  return (
    <table className={styles.table} aria-label={t("customer:subscriptions.of", { name: view.row.name })}>
      <thead>
        <tr>
          <th scope="col" className={styles.head}>{t("customer:subscriptions.product")}</th>
          <th scope="col" className={mergeClasses(styles.head, styles.end)} style={{ width: 72 }}>{t("customer:subscriptions.licences")}</th>
          {wide && <th scope="col" className={styles.head} style={{ width: 112 }}>{t("customer:subscriptions.termAndBilling")}</th>}
          {!small && <th scope="col" className={styles.head} style={{ width: 136 }}>{t("customer:subscriptions.renews")}</th>}
          <th scope="col" className={styles.head} style={{ width: "30%" }}>{t("customer:subscriptions.stands")}</th>
        </tr>
      </thead>
      <tbody>
        {view.subscriptions.map((one) => (
          <tr key={one.id}>
            <th scope="row" className={styles.cell}>
              <Link className={styles.link} to={`/subscriptions/${one.id}`}>
                {one.productName}
              </Link>
            </th>
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
  );
}

/** Resellers that have to do with it. */
export function Resellers({ view }: { view: CustomerPageView }) {
  const styles = useStyles();
  const { t } = useTranslation("customer");
  const words = useShieldWords();
  if (view.resellers.length === 0) return <Body1 className={styles.empty}>{t("resellers.none")}</Body1>;
  return (
    <ul className={styles.list}>
      {view.resellers.map(({ row, listed, onRecord }) => {
        const shield = words(row.shield);
        const roles = [...(listed ? [t("resellers.listed")] : []), ...(onRecord > 0 ? [t("resellers.onRecord", { count: onRecord })] : [])].join(" · ");
        return (
          <li key={row.id} className={mergeClasses(styles.row, styles.reseller)}>
            <Link className={styles.link} to={`/resellers/${row.id}`}>
              {row.name}
            </Link>
            <span className={styles.quiet}>{row.partnerId}</span>
            <Caption1 className={mergeClasses(styles.cut, styles.quiet)}>
              {shield.first}
            </Caption1>
            <Caption1 className={mergeClasses(styles.cut, styles.quiet)}>
              {roles}
            </Caption1>
          </li>
        );
      })}
    </ul>
  );
}

/** What was bought, newest first. */
export function Orders({ view }: { view: CustomerPageView }) {
  const styles = useStyles();
  const { t } = useTranslation("customer");
  const format = useFormat();
  if (view.orders.length === 0) return <Body1 className={styles.empty}>{t("orders.none")}</Body1>;
  return (
    <ul className={styles.list}>
      {view.orders.map((order) => (
        <li key={order.orderId} className={mergeClasses(styles.row, styles.order)}>
          <span className={styles.quiet} title={t("orders.id", { id: order.orderId })}>
            {format.date(order.at)}
          </span>
          <span className={styles.lines}>
            {order.lines.map((line, index) => (
              <span key={`${line.productName} ${String(index)}`} className={styles.line}>
                <span className={styles.cut}>
                  {line.productName}
                </span>
                <span className={styles.quiet}>{t("orders.licences", { count: line.quantity, number: format.number(line.quantity) })}</span>
              </span>
            ))}
          </span>
          <Caption1 className={mergeClasses(styles.cut, styles.quiet, styles.end)}>
            {order.resellerName}
          </Caption1>
        </li>
      ))}
    </ul>
  );
}
