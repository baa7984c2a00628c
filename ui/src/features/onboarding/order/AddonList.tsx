// Add-ons under their base product: a box to tick, and their own number of licences.
import { Caption1, Checkbox, makeStyles, tokens } from "@fluentui/react-components";
import { useTranslation } from "@/shared/i18n";
import type { LineFormView, OfferView } from "@/shared/ipc";
import { linePath } from "../draft/fields";
import { useForm } from "../draft/FormContext";
import { LicenceField } from "./LicenceField";
import { addAddon, addonLineOf, changeLine, fewest, planOf, removeLine, skuKey } from "./lines";
import { lowestMonthly } from "./matrix";
import { usePlanText } from "./planText";

const useStyles = makeStyles({
  head: { display: "block", color: tokens.colorNeutralForeground2, margin: "0 0 2px", fontWeight: tokens.fontWeightRegular },
  row: { display: "flex", alignItems: "center", gap: "16px", minHeight: "34px", flexWrap: "wrap" },
  box: { flex: "1 1 260px", minWidth: 0, marginLeft: "-8px" },
  price: { minWidth: "64px", textAlign: "right" },
  quantity: { width: "92px", flex: "0 0 auto" },
  error: { color: tokens.colorPaletteRedForeground1, flexBasis: "100%", paddingLeft: "32px" },
});

export interface AddonListProps {
  offer: OfferView;
  line: LineFormView;
  offers: readonly OfferView[];
}

/** The add-ons that fit a product, as far as they are on sale here. */
export function AddonList({ offer, line, offers }: AddonListProps) {
  const styles = useStyles();
  const { t } = useTranslation("onboarding");
  const addons = offer.addons.map((key) => offers.find((each) => skuKey(each) === key)).filter((each) => each !== undefined);
  if (addons.length === 0) return null;
  return (
    <div role="group" aria-label={t("order.addons")}>
      <Caption1 as="h3" className={styles.head}>
        {t("order.addons")}
      </Caption1>
      {addons.map((addon) => (
        <Addon key={skuKey(addon)} addon={addon} base={line} />
      ))}
    </div>
  );
}

function Addon({ addon, base }: { addon: OfferView; base: LineFormView }) {
  const styles = useStyles();
  const { t } = useTranslation("onboarding");
  const form = useForm();
  const text = usePlanText();
  const line = addonLineOf(form.content.lines, base, addon);
  const price = (line === undefined ? planOf(addon, base)?.monthlyPrice : planOf(addon, line)?.monthlyPrice) ?? lowestMonthly(addon);
  const problem =
    line === undefined
      ? undefined
      : ["sku", "term", "quantity", "baseLine"].map((part) => form.problem(linePath(line.line, part))).find((each) => each !== undefined);
  return (
    <div className={styles.row}>
      <span className={styles.box}>
        <Checkbox
          checked={line !== undefined}
          label={addon.title}
          onChange={(_event, data) => {
            form.edit((content) => ({
              ...content,
              lines: data.checked === true ? addAddon(content.lines, base, addon) : removeLine(content.lines, line?.line ?? -1),
            }));
          }}
        />
      </span>
      <span className={styles.price}>{price === null ? t("panelOrder.noPrice") : text.amount(price)}</span>
      <span className={styles.quantity}>
        {line !== undefined && (
          <LicenceField
            small
            path={linePath(line.line, "quantity")}
            name={t("order.addonLicences", { title: addon.title })}
            value={line.quantity}
            fewest={fewest(addon, undefined)}
            most={addon.maximumQuantity}
            onChange={(quantity) => {
              form.edit((content) => ({ ...content, lines: changeLine(content.lines, line.line, { quantity }) }));
            }}
          />
        )}
      </span>
      {problem !== undefined && (
        <Caption1 className={styles.error} role="alert">
          {problem}
        </Caption1>
      )}
    </div>
  );
}
