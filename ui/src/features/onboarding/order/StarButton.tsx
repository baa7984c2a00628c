// The star of a product: what one sells most comes first.
import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { StarFilled, StarRegular } from "@fluentui/react-icons";
import { useTranslation } from "@/shared/i18n";
import { useWrite, type OfferView } from "@/shared/ipc";

const useStyles = makeStyles({
  on: { color: tokens.colorCompoundBrandForeground1 },
});

/** Marks a product as a favourite. */
export function StarButton({ offer }: { offer: OfferView }) {
  const styles = useStyles();
  const { t } = useTranslation("onboarding");
  const favourite = useWrite("setFavourite");
  return (
    <Button
      appearance="transparent"
      size="small"
      aria-pressed={offer.favourite}
      icon={offer.favourite ? <StarFilled className={styles.on} /> : <StarRegular />}
      aria-label={t("order.star", { title: offer.title })}
      onClick={() => {
        favourite.mutate([offer.productId, offer.skuId, !offer.favourite]);
      }}
    />
  );
}
