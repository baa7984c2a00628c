// An open product: prices by term and billing, limits, and what it goes with.
import { Caption1, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { useFormat, useTranslation } from "@/shared/i18n";
import type { OfferView } from "@/shared/ipc";
import { FactList, type Fact } from "@/shared/ui";

const TERMS = ["P1M", "P1Y", "P3Y"] as const;
const CYCLES = ["monthly", "annual", "triennial"] as const;

const useStyles = makeStyles({
  blocks: { display: "grid", gridTemplateColumns: "minmax(320px, 1.4fr) minmax(220px, 1fr)", gap: "28px", alignItems: "start" },
  table: { width: "100%", borderCollapse: "collapse" },
  head: { textAlign: "end", height: "28px", padding: "0 0 0 16px", borderBottom: `1px solid ${tokens.colorNeutralStroke1}`, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, fontWeight: tokens.fontWeightRegular },
  cell: { textAlign: "end", height: "34px", padding: "0 0 0 16px", borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  start: { textAlign: "start", paddingLeft: 0, fontWeight: tokens.fontWeightRegular },
  quiet: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  note: { display: "block", marginTop: "8px", color: tokens.colorNeutralForeground2 },
});

/** Prices and facts. */
export function Plans({ offer, all }: { offer: OfferView; all: readonly OfferView[] }) {
  const styles = useStyles();
  const { t } = useTranslation(["catalogue", "shared"]);
  const format = useFormat();
  const named = (keys: readonly string[]) => keys.flatMap((key) => all.filter((other) => `${other.productId}:${other.skuId}` === key).map((other) => other.title));
  const terms = TERMS.filter((term) => offer.plans.some((plan) => plan.term === term));
  const cycles = CYCLES.filter((cycle) => offer.plans.some((plan) => plan.cycle === cycle));
  const bases = named(offer.bases);
  const addons = named(offer.addons);
  const facts: Fact[] = [
    { name: t("catalogue:licences"), value: t("catalogue:limits", { least: format.number(offer.minimumQuantity), most: format.number(offer.maximumQuantity) }) },
    { name: t("catalogue:sku"), value: `${offer.productId}:${offer.skuId}` },
    ...(bases.length > 0 ? [{ name: t("catalogue:bases"), value: bases.join(", ") }] : []),
    ...(addons.length > 0 ? [{ name: t("catalogue:addons"), value: addons.join(", ") }] : []),
  ];
  return (
    <div className={styles.blocks}>
      {cycles.length > 0 ? (
        <div>
          <table className={styles.table} aria-label={t("catalogue:pricesOf", { product: offer.title })}>
            <thead>
              <tr>
                <th scope="col" className={mergeClasses(styles.head, styles.start)}>{t("catalogue:term")}</th>
                {cycles.map((cycle) => (
                  <th key={cycle} scope="col" className={styles.head}>{t(`catalogue:billed.${cycle}`)}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {terms.map((term) => (
                <tr key={term}>
                  <th scope="row" className={mergeClasses(styles.cell, styles.start)}>{t(`shared:term.${term}`)}</th>
                  {cycles.map((cycle) => {
                    const plan = offer.plans.find((one) => one.term === term && one.cycle === cycle);
                    return (
                      <td key={cycle} className={styles.cell}>
                        {plan === undefined ? <span className={styles.quiet}>{t("catalogue:notOffered")}</span> : plan.monthlyPrice === null ? t("shared:ui.none") : format.money(plan.monthlyPrice, offer.currency)}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
          <Caption1 className={styles.note}>{t("catalogue:perMonth")}</Caption1>
        </div>
      ) : (
        <Caption1 className={styles.note}>{t("catalogue:notBilled")}</Caption1>
      )}
      <FactList facts={facts} />
    </div>
  );
}
