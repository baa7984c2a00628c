// What was approved, line by line: what became of each, and what it costs now where that is not what was approved.
import { Body1, Body1Strong, Caption1, Subtitle2, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { CheckmarkCircleRegular, DismissCircleRegular } from "@fluentui/react-icons";
import { useFormat, useTranslation } from "@/shared/i18n";
import type { OperationDetail, OperationLine } from "@/shared/ipc";

const useStyles = makeStyles({
  section: { margin: "20px 0 8px", display: "block" },
  lines: { listStyleType: "none", margin: 0, padding: 0 },
  line: { display: "flex", justifyContent: "space-between", gap: "12px", padding: "6px 0", borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  words: { display: "flex", flexDirection: "column", minWidth: 0, gap: "2px" },
  side: { display: "flex", flexDirection: "column", alignItems: "flex-end", textAlign: "end", gap: "2px", flex: "0 0 auto", whiteSpace: "nowrap" },
  quiet: { color: tokens.colorNeutralForeground2 },
  state: { display: "inline-flex", alignItems: "center", gap: "4px" },
  bought: { color: tokens.colorPaletteGreenForeground1 },
  refused: { color: tokens.colorPaletteRedForeground1 },
  totals: { display: "grid", gridTemplateColumns: "1fr max-content", columnGap: "16px", rowGap: "4px", margin: "8px 0 0", padding: "8px 0 0" },
  value: { margin: 0, textAlign: "end" },
  old: { textDecorationLine: "line-through", color: tokens.colorNeutralForeground2 },
});

const TERMS = ["P1M", "P1Y", "P3Y"] as const;
const CYCLES = ["monthly", "annual", "triennial", "none"] as const;

/** A price that changed by half a cent is the same price. */
function differs(then: number | null, now: number | null): boolean {
  return then !== null && now !== null && Math.abs(then - now) >= 0.005;
}

/** The section; nothing for an operation without an order. */
export function OrderLines({ detail }: { detail: OperationDetail }) {
  const styles = useStyles();
  const { t } = useTranslation("outbox");
  const format = useFormat();
  if (detail.orderLines.length === 0) return null;
  const { prices } = detail;
  const money = (value: number | null) => (value === null || prices === null ? t("prices.unknown") : format.money(value, prices.currency));
  const changed = prices !== null && detail.orderLines.some((line) => line.state !== "bought" && differs(line.approvedPrice, line.priceNow));
  return (
    <section>
      <Subtitle2 as="h3" className={styles.section}>
        {changed ? t("prices.title") : t("order")}
      </Subtitle2>
      <ul className={styles.lines}>
        {detail.orderLines.map((line, index) => (
          <Line key={index} line={line} prices={changed ? money : undefined} />
        ))}
      </ul>
      {prices !== null && changed && (
        <dl className={styles.totals}>
          <dt className={styles.quiet}>{t("prices.then")}</dt>
          <dd className={styles.value}>
            <Body1 className={styles.old}>{money(prices.approved)}</Body1>
          </dd>
          <dt>
            <Body1Strong>{`${t("prices.now")}, ${t("prices.total")}`}</Body1Strong>
          </dt>
          <dd className={styles.value}>
            <Body1Strong>{money(prices.now)}</Body1Strong>
          </dd>
        </dl>
      )}
      {prices !== null && !changed && prices.now !== null && (
        <Caption1 className={styles.quiet}>{`${t("prices.total")}: ${money(prices.now)}. ${t("prices.same")}`}</Caption1>
      )}
    </section>
  );
}

function Line({ line, prices }: { line: OperationLine; prices: ((value: number | null) => string) | undefined }) {
  const styles = useStyles();
  const { t } = useTranslation(["outbox", "shared"]);
  const term = TERMS.find((known) => known === line.term);
  const cycle = CYCLES.find((known) => known === line.cycle);
  return (
    <li className={styles.line}>
      <span className={styles.words}>
        <Body1>{line.title}</Body1>
        <Caption1 className={styles.quiet}>{t("shared:termAndCycle", { term: term ? t(`shared:term.${term}`) : line.term, cycle: cycle ? t(`shared:cycle.${cycle}`) : line.cycle })}</Caption1>
        {line.state === "refused" && line.code > 0 && (
          <Caption1 className={styles.refused}>
            {line.reason === null ? t("outbox:lineState.noCause", { code: String(line.code) }) : t("outbox:lineState.cause", { reason: t(`outbox:short.${line.reason}`), code: String(line.code) })}
          </Caption1>
        )}
        {prices && line.state !== "bought" && (
          <Caption1>{differs(line.approvedPrice, line.priceNow) ? t("outbox:prices.line", { then: prices(line.approvedPrice), now: prices(line.priceNow) }) : t("outbox:prices.unchanged", { now: prices(line.priceNow) })}</Caption1>
        )}
      </span>
      <span className={styles.side}>
        <Body1>{t("outbox:licences", { count: line.quantity })}</Body1>
        {line.state === "bought" && (
          <Caption1 className={mergeClasses(styles.state, styles.bought)}>
            <CheckmarkCircleRegular aria-hidden />
            {t("outbox:lineState.bought")}
          </Caption1>
        )}
        {line.state === "refused" && (
          <Caption1 className={mergeClasses(styles.state, styles.refused)}>
            <DismissCircleRegular aria-hidden />
            {t("outbox:lineState.refused")}
          </Caption1>
        )}
      </span>
    </li>
  );
}
