// A product in the catalogue's list: what it is, what it costs, and the way into the order.
import { Body1Strong, Button, Caption1, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { AddRegular, EditRegular, ProhibitedRegular } from "@fluentui/react-icons";
import { useFormat, useTranslation } from "@/shared/i18n";
import type { LineFormView, OfferView } from "@/shared/ipc";
import { lowestMonthly, unbilledPlan } from "./matrix";
import { usePlanText } from "./planText";
import { StarButton } from "./StarButton";

const useStyles = makeStyles({
  row: { display: "flex", alignItems: "center", gap: "10px", minHeight: "56px", borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  words: { flex: "1 1 auto", minWidth: 0 },
  title: { display: "block", overflow: "hidden", textOverflow: "ellipsis" },
  greyed: { color: tokens.colorNeutralForeground3 },
  second: { display: "block", color: tokens.colorNeutralForeground2, overflow: "hidden", textOverflow: "ellipsis" },
  reason: { display: "inline-flex", alignItems: "center", gap: "4px", color: tokens.colorNeutralForeground2 },
  price: { display: "flex", flexDirection: "column", alignItems: "flex-end", flex: "0 0 auto", minWidth: "112px" },
  act: { flex: "0 0 auto", minWidth: "104px", display: "flex", justifyContent: "flex-end" },
});

export interface ProductRowProps {
  offer: OfferView;
  /** Its line, when it is in the order. */
  line: LineFormView | undefined;
  /** Why it can't be added by itself; empty when it can. */
  reason: string;
  onAdd: () => void;
  onEdit: () => void;
}

/** A closed product. */
export function ProductRow({ offer, line, reason, onAdd, onEdit }: ProductRowProps) {
  const styles = useStyles();
  const { t } = useTranslation("onboarding");
  const format = useFormat();
  const text = usePlanText();
  const lowest = lowestMonthly(offer);
  const greyed = reason !== "" && line === undefined;

  const price = () => {
    if (unbilledPlan(offer) !== undefined) return t("order.free");
    if (lowest === null) return t("order.noPrice");
    const amount = format.money(lowest, offer.currency);
    return offer.plans.length > 1 ? t("order.fromPrice", { price: amount }) : amount;
  };
  const second = () => {
    if (line !== undefined) return t("order.inOrderLine", { plan: text.plan(line), count: line.quantity });
    return offer.recent ? `${offer.description} · ${t("order.recent")}` : offer.description;
  };
  return (
    <li className={styles.row} data-product={offer.productId} data-sku={offer.skuId}>
      <StarButton offer={offer} />
      <span className={styles.words}>
        <Body1Strong className={mergeClasses(styles.title, greyed && styles.greyed)}>{offer.title}</Body1Strong>
        {greyed ? (
          <Caption1 className={styles.reason}>
            <ProhibitedRegular aria-hidden />
            {reason}
          </Caption1>
        ) : (
          <Caption1 className={styles.second}>{second()}</Caption1>
        )}
      </span>
      {!greyed && (
        <>
          <span className={styles.price}>
            {price()}
            {lowest !== null && <Caption1 className={styles.second}>{t("order.perMonth")}</Caption1>}
          </span>
          <span className={styles.act}>
            {line === undefined ? (
              <Button size="small" icon={<AddRegular />} aria-label={t("order.addProduct", { title: offer.title })} onClick={onAdd}>
                {t("order.add")}
              </Button>
            ) : (
              <Button size="small" appearance="subtle" icon={<EditRegular />} aria-label={t("order.editProduct", { title: offer.title })} onClick={onEdit}>
                {t("order.edit")}
              </Button>
            )}
          </span>
        </>
      )}
    </li>
  );
}
