// Term × billing of a product as radios: what is on sale can be chosen, what is not says so in its place.
import { Caption1, Radio, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { useId } from "react";
import { useTranslation } from "@/shared/i18n";
import type { LineFormView, OfferView, PlanView } from "@/shared/ipc";
import { linePath } from "../draft/fields";
import { useForm } from "../draft/FormContext";
import { CYCLES, planMatrix, unbilledPlan, type Cell } from "./matrix";
import { usePlanText } from "./planText";

const useStyles = makeStyles({
  scroll: { overflowX: "auto", minWidth: 0 },
  table: { borderCollapse: "collapse", width: "100%", minWidth: "400px" },
  head: {
    textAlign: "left",
    fontWeight: tokens.fontWeightRegular,
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2,
    padding: "4px 8px 6px 0",
    borderBottom: `1px solid ${tokens.colorNeutralStroke1}`,
  },
  row: { textAlign: "left", fontWeight: tokens.fontWeightRegular, padding: "0 8px 0 0", whiteSpace: "nowrap" },
  cell: { padding: 0, height: "38px", borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  radio: { marginLeft: "-8px" },
  chosen: { fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground3, whiteSpace: "nowrap" },
  reason: { display: "block", color: tokens.colorNeutralForeground2, whiteSpace: "nowrap" },
});

export interface PlanMatrixProps {
  offer: OfferView;
  line: LineFormView;
  onChoose: (plan: PlanView) => void;
}

/** The table. A trial has one plan and no bill: a sentence says so instead. */
export function PlanMatrix({ offer, line, onChoose }: PlanMatrixProps) {
  const styles = useStyles();
  const { t } = useTranslation("onboarding");
  const text = usePlanText();
  const form = useForm();
  const name = useId();
  const path = linePath(line.line, "term");
  const unbilled = unbilledPlan(offer);
  if (unbilled !== undefined) return <p>{t("order.trial", { term: text.term(unbilled.term) })}</p>;

  return (
    <div className={styles.scroll}>
      <table className={styles.table} role="radiogroup" aria-label={t("order.planLegend", { title: offer.title })}>
        <thead role="presentation">
          <tr role="presentation">
            <th role="presentation" className={styles.head}>{t("order.term")}</th>
            {CYCLES.map((cycle) => (
              <th role="presentation" key={cycle} className={styles.head}>
                {t(`order.cycleHead.${cycle}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="presentation">
          {planMatrix(offer, line.quantity).map(({ term, cells }) => (
            <tr key={term} role="presentation">
              <td role="presentation" className={mergeClasses(styles.cell, styles.row)}>{text.term(term)}</td>
              {cells.map(({ cycle, cell }) => (
                <td key={cycle} role="presentation" className={styles.cell}>
                  {place(cell)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );

  function place(cell: Cell) {
    switch (cell.kind) {
      case "none":
        return (
          <span className={styles.quiet} aria-hidden>
            –
          </span>
        );
      case "notOffered":
        return <Caption1 className={styles.quiet}>{t("order.notOffered")}</Caption1>;
      case "tooFew":
      case "offered":
        return choice(cell);
    }
  }

  function choice(cell: Extract<Cell, { plan: PlanView }>) {
    const { plan } = cell;
    const chosen = plan.term === line.term && plan.cycle === line.cycle;
    const price = plan.monthlyPrice === null ? t("panelOrder.noPrice") : text.amount(plan.monthlyPrice);
    // A plan that was chosen and is forbidden since stays pressed; its problem stands at the licences.
    const forbidden = cell.kind === "tooFew" && !chosen;
    return (
      <Radio
        className={styles.radio}
        name={name}
        value={`${plan.term} ${plan.cycle}`}
        checked={chosen}
        disabled={forbidden}
        data-field={chosen ? path : undefined}
        aria-label={t("order.planPriced", { term: text.term(plan.term), cycle: text.cycle(plan.cycle), price })}
        onChange={() => {
          onChoose(plan);
        }}
        onFocus={() => {
          form.entered(path);
        }}
        label={
          <>
            <span className={chosen ? styles.chosen : undefined}>{price}</span>
            {forbidden && <Caption1 className={styles.reason}>{t("order.needs", { count: cell.minimum })}</Caption1>}
          </>
        }
      />
    );
  }
}
