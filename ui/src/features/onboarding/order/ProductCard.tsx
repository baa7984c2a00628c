// The product being configured: term and billing, licences, end, add-ons.
import { Body1Strong, Button, Caption1, Divider, Select, makeStyles, tokens } from "@fluentui/react-components";
import { CheckmarkRegular, DeleteRegular, DismissRegular } from "@fluentui/react-icons";
import { useFormat, useTranslation } from "@/shared/i18n";
import type { LineFormView, OfferView } from "@/shared/ipc";
import { FormField } from "@/shared/ui";
import { linePath } from "../draft/fields";
import { useForm } from "../draft/FormContext";
import { AddonList } from "./AddonList";
import { LicenceField } from "./LicenceField";
import { changeLine, choosePlan, fewest, planOf } from "./lines";
import { PlanMatrix } from "./PlanMatrix";
import { StarButton } from "./StarButton";

const SMALL = "@media (max-width: 879px)";

const useStyles = makeStyles({
  card: {
    border: `2px solid ${tokens.colorBrandStroke1}`,
    borderRadius: tokens.borderRadiusXLarge,
    padding: "14px 16px 16px",
    margin: "4px 0",
    outlineStyle: "none",
  },
  head: { display: "flex", alignItems: "center", gap: "10px" },
  words: { flex: "1 1 auto", minWidth: 0 },
  title: { display: "block", margin: 0 },
  second: { display: "block", color: tokens.colorNeutralForeground2 },
  in: { display: "inline-flex", alignItems: "center", gap: "6px", whiteSpace: "nowrap" },
  tick: { color: tokens.colorPaletteGreenForeground1, fontSize: "16px" },
  columns: { display: "grid", gridTemplateColumns: "minmax(0, 1fr) 196px", columnGap: "28px", marginTop: "10px", [SMALL]: { gridTemplateColumns: "minmax(0, 1fr)", rowGap: "12px" } },
  side: { display: "flex", flexDirection: "column", gap: "12px", [SMALL]: { flexDirection: "row", flexWrap: "wrap" } },
  error: { display: "block", color: tokens.colorPaletteRedForeground1, marginTop: "4px" },
  divider: { margin: "14px 0 8px" },
});

export interface ProductCardProps {
  offer: OfferView;
  line: LineFormView;
  offers: readonly OfferView[];
  onClose: () => void;
  onRemove: () => void;
}

/** The open product. */
export function ProductCard({ offer, line, offers, onClose, onRemove }: ProductCardProps) {
  const styles = useStyles();
  const { t } = useTranslation("onboarding");
  const form = useForm();
  const problem = ["sku", "term", "baseLine"].map((part) => form.problem(linePath(line.line, part))).find((each) => each !== undefined);
  return (
    <section className={styles.card} aria-label={offer.title} data-line={line.line}>
      <div className={styles.head}>
        <StarButton offer={offer} />
        <span className={styles.words}>
          <Body1Strong as="h2" className={styles.title}>
            {offer.title}
          </Body1Strong>
          <Caption1 className={styles.second}>
            {offer.currency === "" ? offer.description : `${offer.description} · ${t("order.unit", { currency: offer.currency })}`}
          </Caption1>
        </span>
        <Caption1 className={styles.in}>
          <CheckmarkRegular className={styles.tick} aria-hidden />
          {t("order.inOrder")}
        </Caption1>
        <Button appearance="subtle" icon={<DeleteRegular />} aria-label={t("order.removeProduct", { title: offer.title })} title={t("order.remove")} onClick={onRemove} />
        <Button appearance="subtle" icon={<DismissRegular />} aria-label={t("order.closeProduct", { title: offer.title })} title={t("order.close")} onClick={onClose} />
      </div>
      <div className={styles.columns}>
        <div>
          <PlanMatrix
            offer={offer}
            line={line}
            onChoose={(plan) => {
              form.edit((content) => ({ ...content, lines: choosePlan(content.lines, line.line, plan, offers) }));
            }}
          />
          {problem !== undefined && (
            <Caption1 className={styles.error} role="alert">
              {problem}
            </Caption1>
          )}
        </div>
        <div className={styles.side}>
          <Licences offer={offer} line={line} />
          <Ends line={line} />
        </div>
      </div>
      {offer.addons.length > 0 && (
        <>
          <Divider className={styles.divider} />
          <AddonList offer={offer} line={line} offers={offers} />
        </>
      )}
    </section>
  );
}

function Licences({ offer, line }: { offer: OfferView; line: LineFormView }) {
  const { t } = useTranslation("onboarding");
  const form = useForm();
  const format = useFormat();
  const path = linePath(line.line, "quantity");
  const most = offer.maximumQuantity;
  const least = offer.isTrial ? most : fewest(offer, planOf(offer, line));
  const limits = () => {
    if (most === least) return t("order.limitsFixed", { count: least });
    if (most === 0) return t("order.limitsFrom", { fewest: format.number(least) });
    return t("order.limits", { fewest: format.number(least), most: format.number(most) });
  };
  return (
    <FormField label={t("order.licences")} hint={limits()} error={form.problem(path)}>
      <LicenceField
        path={path}
        value={line.quantity}
        fewest={offer.minimumQuantity}
        most={most}
        onChange={(quantity) => {
          form.edit((content) => ({ ...content, lines: changeLine(content.lines, line.line, { quantity }) }));
        }}
      />
    </FormField>
  );
}

function Ends({ line }: { line: LineFormView }) {
  const { t } = useTranslation("onboarding");
  const form = useForm();
  const format = useFormat();
  const path = linePath(line.line, "customEnd");
  const allowed = form.check.order.lines.find((each) => each.line === line.line)?.endChoices ?? [];
  const chosen = line.customEnd;
  const choices = chosen === null || allowed.includes(chosen) ? allowed : [chosen, ...allowed];
  return (
    <FormField label={t("order.ends")} error={form.problem(path)}>
      <Select
        value={chosen ?? ""}
        data-field={path}
        onChange={(_event, data) => {
          const customEnd = data.value === "" ? null : data.value;
          form.edit((content) => ({ ...content, lines: changeLine(content.lines, line.line, { customEnd }) }));
        }}
        onFocus={() => {
          form.entered(path);
        }}
        onBlur={() => {
          form.left(path);
        }}
      >
        <option value="">{t("order.ownTerm")}</option>
        {choices.map((date) => (
          <option key={date} value={date}>
            {t("order.endsOn", { date: format.date(date) })}
          </option>
        ))}
      </Select>
    </FormField>
  );
}
