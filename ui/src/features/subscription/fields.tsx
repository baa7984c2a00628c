// The fields of a change: number of licences, upgrade target, next term, decision.
import { Caption1, Dropdown, Input, Option, Radio, RadioGroup, makeStyles, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { useFormat, useTranslation } from "@/shared/i18n";
import { useRead, useReadWhen, type FieldProblem, type OfferView, type SubscriptionActionRow, type SubscriptionChangeForm, type SubscriptionPageView, type TermDecisionView, type UpgradeTarget } from "@/shared/ipc";
import { useTermWords } from "@/shared/parts/terms";
import { FormField } from "@/shared/ui";
import { isNumber, licences, valuesOf } from "./form";
import { moneyText } from "./money";

const useStyles = makeStyles({
  listbox: { zIndex: 100, maxHeight: "50vh" },
  number: { display: "flex", alignItems: "baseline", gap: "12px" },
  narrow: { width: "128px" },
  quiet: { color: tokens.colorNeutralForeground2 },
  option: { display: "flex", flexDirection: "column" },
  // What is chosen stands out from what it means.
  name: { color: tokens.colorNeutralForeground1 },
  group: { display: "flex", flexDirection: "column", gap: "14px" },
});

export interface FieldsProps {
  page: SubscriptionPageView;
  form: SubscriptionChangeForm;
  change: (part: Partial<SubscriptionChangeForm>) => void;
  limits: SubscriptionActionRow | undefined;
  problems: readonly FieldProblem[];
}

/** What is wrong with a field, in words. */
export function useProblemOf(problems: readonly FieldProblem[]): (field: string) => string | undefined {
  const { t, i18n } = useTranslation("onboarding");
  return (field) => {
    const found = problems.find((one) => one.field === field);
    if (found === undefined) return undefined;
    return i18n.exists(`problem.${found.key}`, { ns: "onboarding" }) ? t(`problem.${found.key as "tooLong"}`, { expected: found.expected }) : t("problem.unknown");
  };
}

/** A number of licences, typed; what is no number is said at once and asked of nobody. */
export function QuantityField({ label, form, change, limits, problems, from }: FieldsProps & { label: string; from?: number }) {
  const styles = useStyles();
  const { t } = useTranslation("subscription");
  const format = useFormat();
  const problem = useProblemOf(problems);
  const [text, setText] = useState(String(form.quantity));
  const lowest = limits?.lowest ?? 0;
  const highest = limits?.highest ?? 0;
  const range = lowest > 0 && highest > 0 ? t("field.between", { lowest: format.number(lowest), highest: format.number(highest) }) : lowest > 0 ? t("field.lowest", { lowest: format.number(lowest) }) : "";
  const typed = licences(text);
  const outside = typed > 0 && (typed < lowest || (highest > 0 && typed > highest));
  const refusal = highest > 0 ? t("field.outside", { lowest: format.number(Math.max(1, lowest)), highest: format.number(highest) }) : t("field.tooFew", { lowest: format.number(lowest) });
  const hint = [...(from === undefined ? [] : [t("field.from", { number: format.number(from) })]), range].filter((part) => part !== "").join("; ");
  return (
    <FormField label={label} hint={hint} error={typed === 0 && !isNumber(text) ? t("field.noNumber") : typed === 0 || outside ? refusal : problem("quantity")}>
      <Input
        className={styles.narrow}
        type="number"
        inputMode="numeric"
        min={lowest > 0 ? lowest : 1}
        max={highest > 0 ? highest : undefined}
        value={text}
        onChange={(_event, data) => {
          setText(data.value);
          // Whoever takes away never adds by a slip, nor the other way round: what is outside is asked of nobody.
          const number = licences(data.value);
          change({ quantity: number < lowest || (highest > 0 && number > highest) ? 0 : number });
        }}
      />
    </FormField>
  );
}

const targetKey = (target: { productId: string; skuId: string }) => `${target.productId}:${target.skuId}`;

/** To what, and how many of the licences. */
export function UpgradeFields(props: FieldsProps) {
  const styles = useStyles();
  const { t } = useTranslation(["subscription", "shared"]);
  const format = useFormat();
  const { page, form, change, problems } = props;
  const targets = useRead("upgradeTargets", page.id);
  const problem = useProblemOf(problems);
  const chosen = targets.data?.find((one) => one.productId === form.productId && one.skuId === form.skuId);
  const all = valuesOf(page).quantity;
  const detail = (one: UpgradeTarget) =>
    [one.price === null ? t("subscription:field.noPrice") : t("subscription:field.perLicence", { money: moneyText(format, one.price) }), one.confirmed ? "" : t("subscription:field.checkedWhenSent")].filter((part) => part !== "").join(" · ");
  if (targets.error) return <Caption1 role="alert">{t(`shared:error.${targets.error.code}`)}</Caption1>;
  return (
    <div className={styles.group}>
      <FormField label={t("subscription:field.target")} error={problem("productId")}>
        <Dropdown
          inlinePopup
          listbox={{ className: styles.listbox }}
          disabled={targets.data === undefined}
          placeholder={t("subscription:field.choose")}
          value={chosen?.title ?? ""}
          selectedOptions={chosen === undefined ? [] : [targetKey(chosen)]}
          onOptionSelect={(_event, data) => {
            const target = targets.data?.find((one) => targetKey(one) === data.optionValue);
            if (target) change({ productId: target.productId, skuId: target.skuId, ...(target.partial ? {} : { quantity: all }) });
          }}
        >
          {(targets.data ?? []).map((one) => (
            <Option key={targetKey(one)} value={targetKey(one)} text={one.title}>
              <span className={styles.option}>
                <span>{one.title}</span>
                <Caption1 className={styles.quiet}>{detail(one)}</Caption1>
              </span>
            </Option>
          ))}
        </Dropdown>
      </FormField>
      {chosen !== undefined && (chosen.partial ? <QuantityField key={targetKey(chosen)} {...props} label={t("subscription:field.moved")} from={all} /> : <Caption1 className={styles.quiet}>{t("subscription:field.allMoved", { count: all, number: format.number(all) })}</Caption1>)}
    </div>
  );
}

const planKey = (plan: { term: string; cycle: string }) => `${plan.term} ${plan.cycle}`;

/** What holds from the next term on. */
export function NextTermFields(props: FieldsProps) {
  const styles = useStyles();
  const { t } = useTranslation("subscription");
  const terms = useTermWords();
  const { page, form, change, problems } = props;
  const values = valuesOf(page);
  const problem = useProblemOf(problems);
  const offers: readonly OfferView[] = useReadWhen(true, "catalogue", page.country, page.segment).data?.offers ?? [];
  const targets = useReadWhen(true, "upgradeTargets", page.id).data ?? [];
  const productId = form.productId === "" ? page.productId : form.productId;
  const skuId = form.productId === "" ? page.skuId : form.skuId;
  const offer = offers.find((one) => one.productId === productId && one.skuId === skuId);
  const own = { term: values.term, cycle: values.cycle };
  const known: { term: string; cycle: string }[] = offer === undefined || offer.plans.length === 0 ? [own] : offer.plans;
  const picked = { term: form.term === "" ? own.term : form.term, cycle: form.cycle === "" ? own.cycle : form.cycle };
  const products = [{ productId: "", skuId: "", title: values.productName }, ...targets];
  const chosen = targets.find((one) => one.productId === form.productId && one.skuId === form.skuId);
  return (
    <div className={styles.group}>
      <QuantityField {...props} label={t("field.nextQuantity")} from={values.quantity} />
      <FormField label={t("field.nextPlan")} error={problem("term") ?? problem("cycle")}>
        <Dropdown inlinePopup listbox={{ className: styles.listbox }} value={terms(picked)} selectedOptions={[planKey(picked)]} onOptionSelect={(_event, data) => { const [term = "", cycle = ""] = (data.optionValue ?? "").split(" "); change({ term, cycle }); }}>
          {known.map((plan) => (
            <Option key={planKey(plan)} value={planKey(plan)}>
              {terms(plan)}
            </Option>
          ))}
        </Dropdown>
      </FormField>
      {targets.length > 0 && (
        <FormField label={t("field.nextProduct")} error={problem("productId")}>
          <Dropdown
            inlinePopup
            listbox={{ className: styles.listbox }}
            value={chosen?.title ?? values.productName}
            selectedOptions={[chosen === undefined ? "" : targetKey(chosen)]}
            onOptionSelect={(_event, data) => {
              const target = targets.find((one) => targetKey(one) === data.optionValue);
              change({ productId: target?.productId ?? "", skuId: target?.skuId ?? "" });
            }}
          >
            {products.map((one) => (
              <Option key={targetKey(one)} value={one.productId === "" ? "" : targetKey(one)}>
                {one.title}
              </Option>
            ))}
          </Dropdown>
        </FormField>
      )}
    </div>
  );
}

/** Renew, cut, change, cancel, or the paid extension: none is chosen for the person. */
export function DecideFields(props: FieldsProps) {
  const styles = useStyles();
  const { t } = useTranslation("subscription");
  const format = useFormat();
  const { page, form, change, problems } = props;
  const problem = useProblemOf(problems);
  const end = page.termEnd;
  const values = valuesOf(page);
  const offered = end?.decisions ?? [];
  const price = end?.extensionPrice ?? null;
  const extension = price === null ? "" : t("decision.extendPrice", { money: moneyText(format, price) });
  return (
    <div className={styles.group}>
      <FormField label={t("decision.question")} error={problem("decision")}>
        <RadioGroup value={form.decision ?? ""} onChange={(_event, data) => { const decision = data.value as TermDecisionView; change({ decision, quantity: decision === "cut" ? Math.max(1, values.quantity - 1) : decision === "change" ? values.quantity : 0, productId: "", skuId: "", term: "", cycle: "" }); }}>
          {offered.map((one) => (
            <Radio key={one} value={one} label={<span className={styles.option}><span className={styles.name}>{t(`decision.${one}`)}</span><Caption1 className={styles.quiet}>{one === "extend" && extension !== "" ? extension : t(`decision.means.${one}`)}</Caption1></span>} />
          ))}
        </RadioGroup>
      </FormField>
      {form.decision === "cut" && <QuantityField key="cut" {...props} limits={props.limits && { ...props.limits, highest: Math.max(1, values.quantity - 1) }} label={t("field.nextQuantity")} from={values.quantity} />}
      {form.decision === "change" && <NextTermFields key="change" {...props} />}
    </div>
  );
}
