// The order so far, with the totals that Rust made, and who earns the incentive.
import { Body1, Body1Strong, Button, Caption1, Divider, Link, makeStyles, tokens } from "@fluentui/react-components";
import { useFormat, useTranslation } from "@/shared/i18n";
import type { OrderLineView, OrderView } from "@/shared/ipc";
import { lineOfPath } from "../draft/fields";
import { useForm } from "../draft/FormContext";
import { useProblemText } from "../draft/problemText";
import { removeLine } from "./lines";
import { usePlanText } from "./planText";
import { ResellerOfRecord } from "./ResellerOfRecord";

const useStyles = makeStyles({
  list: { listStyleType: "none", margin: 0, padding: 0 },
  line: { display: "flex", justifyContent: "space-between", gap: "12px", padding: "10px 0", borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  words: { minWidth: 0, display: "flex", flexDirection: "column", alignItems: "flex-start" },
  title: { fontWeight: tokens.fontWeightSemibold, color: tokens.colorNeutralForeground1, textAlign: "left" },
  second: { color: tokens.colorNeutralForeground2 },
  amount: { whiteSpace: "nowrap", display: "flex", flexDirection: "column", alignItems: "flex-end" },
  sums: { margin: "14px 0 0", display: "grid", gridTemplateColumns: "1fr auto", rowGap: "6px", columnGap: "12px" },
  sum: { margin: 0, textAlign: "right" },
  name: { color: tokens.colorNeutralForeground2 },
  note: { display: "block", margin: "10px 0 0", color: tokens.colorNeutralForeground2 },
  empty: { display: "block", marginTop: "8px", color: tokens.colorNeutralForeground2 },
  wrong: { color: tokens.colorPaletteRedForeground1 },
  divider: { margin: "18px 0" },
});

export interface OrderPanelProps {
  onOpen: (line: number) => void;
}

/** Panel of step 2. */
export function OrderPanel({ onOpen }: OrderPanelProps) {
  const styles = useStyles();
  const { t } = useTranslation("onboarding");
  const { order } = useForm().check;
  return (
    <>
      {order.lines.length === 0 && <Body1 className={styles.empty}>{t("panelOrder.empty")}</Body1>}
      <ul className={styles.list}>
        {order.lines.map((line) => (
          <Line
            key={line.line}
            line={line}
            onOpen={() => {
              onOpen(line.baseLine ?? line.line);
            }}
          />
        ))}
      </ul>
      <Sums order={order} />
      <Divider className={styles.divider} />
      <ResellerOfRecord />
    </>
  );
}

function Line({ line, onOpen }: { line: OrderLineView; onOpen: () => void }) {
  const styles = useStyles();
  const { t } = useTranslation("onboarding");
  const format = useFormat();
  const text = usePlanText();
  const form = useForm();
  const say = useProblemText();
  const plan = text.plan(line);
  // A closed card hides its problem, and a product that is gone has no card at all.
  const wrong = form.check.problems.find((problem) => lineOfPath(problem.field) === line.line);
  return (
    <li className={styles.line} data-order-line={line.line}>
      <span className={styles.words}>
        <Link as="button" className={styles.title} onClick={onOpen}>
          {line.title}
        </Link>
        {/* None is what no number was typed for: nobody wants 0 licences, and what is wrong stands below. */}
        {line.quantity > 0 && (
          <Caption1 className={styles.second}>
            {line.unitPrice === null
              ? t("panelOrder.quantityOnly", { count: line.quantity })
              : t("panelOrder.quantity", { count: line.quantity, price: format.amount(line.unitPrice) })}
          </Caption1>
        )}
        <Caption1 className={styles.second}>{line.isAddon ? t("panelOrder.addon", { plan }) : plan}</Caption1>
        {wrong !== undefined && <Caption1 className={styles.wrong}>{say(wrong)}</Caption1>}
        {wrong?.key === "productGone" && (
          <Button
            size="small"
            aria-label={t("order.removeProduct", { title: line.title })}
            onClick={() => {
              form.edit((content) => ({ ...content, lines: removeLine(content.lines, line.line) }));
            }}
          >
            {t("order.remove")}
          </Button>
        )}
      </span>
      <span className={styles.amount}>
        {line.quantity === 0 ? null : line.periodTotal === null ? (
          <Caption1 className={styles.second}>{t("panelOrder.noPrice")}</Caption1>
        ) : (
          <>
            <Body1Strong>{format.amount(line.periodTotal)}</Body1Strong>
            <Caption1 className={styles.second}>{text.period(line.cycle)}</Caption1>
          </>
        )}
      </span>
    </li>
  );
}

/** Each month, once a year, whole term. */
function Sums({ order }: { order: OrderView }) {
  const styles = useStyles();
  const { t } = useTranslation("onboarding");
  const format = useFormat();
  if (order.lines.length === 0) return null;
  const parts = [
    { name: t("panelOrder.monthly"), value: order.monthlyTotal },
    { name: t("panelOrder.yearly"), value: order.yearlyTotal },
    { name: t("panelOrder.triennial"), value: order.triennialTotal },
  ].filter((part): part is { name: string; value: number } => part.value !== null && part.value !== 0);
  return (
    <>
      <dl className={styles.sums} aria-live="polite">
        {parts.flatMap(({ name, value }) => [
          <dt key={`${name} name`} className={styles.name}>
            {name}
          </dt>,
          <dd key={name} className={styles.sum}>
            {format.amount(value)}
          </dd>,
        ])}
        {order.termTotal !== null && (
          <>
            <dt>
              <Body1Strong>{t("panelOrder.whole", { count: order.longestTermMonths })}</Body1Strong>
            </dt>
            <dd className={styles.sum}>
              <Body1Strong>{format.money(order.termTotal, order.currency)}</Body1Strong>
            </dd>
          </>
        )}
      </dl>
      <Caption1 className={styles.note}>
        {order.pricesFrom === null ? t("panelOrder.noPrices") : t("panelOrder.prices", { date: format.date(order.pricesFrom) })}
      </Caption1>
    </>
  );
}
