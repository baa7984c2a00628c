// What hangs on a reseller: its customers, their orders, and the requests sent to it.
import { Body1, Caption1, Link as FluentLink, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { Link, useNavigate } from "react-router";
import { useFormat, useTranslation } from "@/shared/i18n";
import type { ResellerPageView } from "@/shared/ipc";
import { StageBadge } from "@/shared/parts/partnership";
import { StandsBadge } from "@/shared/parts/StandsBadge";

const useStyles = makeStyles({
  list: { listStyleType: "none", margin: 0, padding: 0 },
  row: { display: "grid", columnGap: "16px", alignItems: "center", minHeight: "36px", borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, gridTemplateColumns: "minmax(0, 1.5fr) 92px minmax(0, 1.5fr)" },
  order: { gridTemplateColumns: "96px minmax(0, 1fr) minmax(0, 1.4fr) 84px" },
  request: { gridTemplateColumns: "minmax(0, 1fr) minmax(0, 1.4fr) 96px" },
  cut: { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  link: { color: tokens.colorBrandForegroundLink, textDecorationLine: "none", overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap", ":hover": { textDecorationLine: "underline" } },
  end: { textAlign: "end" },
  quiet: { color: tokens.colorNeutralForeground2 },
  empty: { display: "block", color: tokens.colorNeutralForeground2, padding: "12px 0" },
  more: { display: "block", paddingTop: "10px" },
});

/** Newest customers. */
export function Customers({ view }: { view: ResellerPageView }) {
  const styles = useStyles();
  const { t } = useTranslation(["resellers", "shared"]);
  const format = useFormat();
  const navigate = useNavigate();
  const { row, customers } = view;
  if (customers.length === 0) return <Body1 className={styles.empty}>{row.takesCustomers ? t("resellers:page.noCustomersYet") : t("resellers:page.noCustomers")}</Body1>;
  return (
    <>
      <ul className={styles.list}>
        {customers.map((customer) => (
          <li key={customer.id} className={styles.row}>
            <Link className={styles.link} to={`/customers?open=${customer.id}`}>
              {customer.name}
            </Link>
            <span className={mergeClasses(styles.end, styles.quiet)}>{t("resellers:page.seatCount", { count: customer.seats, number: format.number(customer.seats) })}</span>
            <StandsBadge stands={customer.stands} whole />
          </li>
        ))}
      </ul>
      {row.customers > customers.length && (
        <span className={styles.more}>
          <FluentLink as="button" onClick={() => void navigate(`/customers?reseller=${row.id}`)}>
            {t("resellers:allCustomers", { count: row.customers, number: format.number(row.customers) })}
          </FluentLink>
        </span>
      )}
    </>
  );
}

/** Newest orders. */
export function Orders({ view }: { view: ResellerPageView }) {
  const styles = useStyles();
  const { t } = useTranslation("resellers");
  const format = useFormat();
  if (view.orders.length === 0) return <Body1 className={styles.empty}>{t("page.noOrders")}</Body1>;
  return (
    <ul className={styles.list}>
      {view.orders.map((order) => (
        <li key={`${order.orderId} ${order.customerId}`} className={mergeClasses(styles.row, styles.order)}>
          <span className={styles.quiet}>{format.date(order.at)}</span>
          <Link className={styles.link} to={`/customers?open=${order.customerId}`}>
            {order.customerName}
          </Link>
          <span className={styles.cut}>
            {order.products.join(", ")}
          </span>
          <span className={mergeClasses(styles.end, styles.quiet)}>{t("page.seatCount", { count: order.licences, number: format.number(order.licences) })}</span>
        </li>
      ))}
    </ul>
  );
}

/** Requests sent to it. */
export function Requests({ view }: { view: ResellerPageView }) {
  const styles = useStyles();
  const { t } = useTranslation("resellers");
  const format = useFormat();
  if (view.requests.length === 0) return <Body1 className={styles.empty}>{view.row.partnership === "active" ? t("page.noRequestsActive") : t("page.noRequests")}</Body1>;
  return (
    <ul className={styles.list}>
      {view.requests.map((request) => (
        <li key={request.id} className={mergeClasses(styles.row, styles.request)}>
          <StageBadge stage={request.stage} at={request.at} />
          <span className={mergeClasses(styles.cut, styles.quiet)}>{request.email}</span>
          <Caption1 className={mergeClasses(styles.end, styles.quiet)}>{format.date(request.at)}</Caption1>
        </li>
      ))}
    </ul>
  );
}
