// The order as a table: product, licences, term and billing, price, total.
import { Caption1, Subtitle1, Table, TableBody, TableCell, TableHeader, TableHeaderCell, TableRow, makeStyles, tokens } from "@fluentui/react-components";
import { useFormat, useTranslation } from "@/shared/i18n";
import type { OrderLineView, ReviewView } from "@/shared/ipc";
import { usePlanText } from "../order/planText";

const useStyles = makeStyles({
  scroll: { overflowX: "auto" },
  table: { minWidth: "560px", tableLayout: "auto" },
  cell: { height: "36px", paddingLeft: 0, paddingRight: "12px" },
  number: { height: "36px", paddingLeft: 0, paddingRight: "12px", textAlign: "right", whiteSpace: "nowrap" },
  last: { height: "36px", padding: 0, textAlign: "right", whiteSpace: "nowrap" },
  headNumber: { paddingLeft: 0, paddingRight: "12px", justifyContent: "flex-end", "& button, & .fui-TableHeaderCell__button": { justifyContent: "flex-end" } },
  headLast: { padding: 0, "& button, & .fui-TableHeaderCell__button": { justifyContent: "flex-end" } },
  head: { paddingLeft: 0, paddingRight: "12px" },
  foot: { display: "flex", justifyContent: "space-between", alignItems: "flex-start", gap: "16px", marginTop: "12px", flexWrap: "wrap" },
  quiet: { color: tokens.colorNeutralForeground2 },
  sum: { display: "flex", flexDirection: "column", alignItems: "flex-end", marginLeft: "auto" },
});

/** The table with its sum. */
export function OrderTable({ review }: { review: ReviewView }) {
  const styles = useStyles();
  const { t } = useTranslation("onboarding");
  const format = useFormat();
  const { order } = review;
  if (order.lines.length === 0) {
    return <Caption1 className={styles.quiet}>{review.purpose === "mend_customer" || review.purpose === "mend_agreement" ? t("review.keptOrder") : t("review.noOrder")}</Caption1>;
  }
  const incentive =
    review.resellerOfRecordName === ""
      ? t("review.noResellerOfRecord")
      : t("review.resellerOfRecord", { name: review.resellerOfRecordName, partnerId: review.resellerOfRecordPartnerId });
  return (
    <>
      <div className={styles.scroll} tabIndex={0} role="group" aria-label={t("review.order")}>
        <Table size="small" className={styles.table} aria-label={t("review.order")}>
          <TableHeader>
            <TableRow>
              <TableHeaderCell className={styles.head}>{t("review.product")}</TableHeaderCell>
              <TableHeaderCell className={styles.headNumber}>{t("review.licences")}</TableHeaderCell>
              <TableHeaderCell className={styles.head}>{t("review.term")}</TableHeaderCell>
              <TableHeaderCell className={styles.headNumber}>{t("review.price")}</TableHeaderCell>
              <TableHeaderCell className={styles.headLast}>{t("review.total")}</TableHeaderCell>
            </TableRow>
          </TableHeader>
          <TableBody>
            {order.lines.map((line) => (
              <Line key={line.line} line={line} />
            ))}
          </TableBody>
        </Table>
      </div>
      <div className={styles.foot}>
        <Caption1 className={styles.quiet}>{incentive}</Caption1>
        {order.termTotal !== null && (
          <span className={styles.sum}>
            <Caption1 className={styles.quiet}>{t("review.wholeNet", { count: order.longestTermMonths })}</Caption1>
            <Subtitle1>{format.money(order.termTotal, order.currency)}</Subtitle1>
          </span>
        )}
      </div>
    </>
  );
}

function Line({ line }: { line: OrderLineView }) {
  const styles = useStyles();
  const { t } = useTranslation("onboarding");
  const format = useFormat();
  const text = usePlanText();
  const none = t("panelOrder.noPrice");
  return (
    <TableRow>
      <TableCell className={styles.cell}>{line.isAddon ? t("review.addon", { title: line.title }) : line.title}</TableCell>
      <TableCell className={styles.number}>{format.number(line.quantity)}</TableCell>
      <TableCell className={styles.cell}>{text.plan(line)}</TableCell>
      <TableCell className={styles.number}>{line.unitPrice === null ? none : format.amount(line.unitPrice)}</TableCell>
      <TableCell className={styles.last}>
        {line.periodTotal === null ? none : t("review.perPeriod", { price: format.amount(line.periodTotal), period: text.period(line.cycle) })}
      </TableCell>
    </TableRow>
  );
}
