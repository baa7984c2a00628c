// The panel of one action: what is chosen, what will happen, and Submit. Everything is asked of the book: it works
// offline, and what is submitted is exactly what was looked at.
import { Body1, Button, Caption1, makeStyles, tokens } from "@fluentui/react-components";
import { SendRegular } from "@fluentui/react-icons";
import { useMemo, useState } from "react";
import { useTranslation } from "@/shared/i18n";
import { useReadWhen, useWrite, type SubscriptionActionView, type SubscriptionChangeForm, type SubscriptionPageView } from "@/shared/ipc";
import { LoadingRows, SidePanel } from "@/shared/ui";
import { PracticeLine } from "./PracticeLine";
import { WhatWillHappen } from "./effects";
import { DecideFields, NextTermFields, QuantityField, UpgradeFields, type FieldsProps } from "./fields";
import { formOf, isWhole, isWrongNumber, valuesOf } from "./form";

const useStyles = makeStyles({
  body: { display: "flex", flexDirection: "column", gap: "20px" },
  whom: { display: "block", color: tokens.colorNeutralForeground2 },
  why: { flex: "1 1 100%", color: tokens.colorNeutralForeground2, ":empty": { display: "none" } },
  grow: { flex: "1 1 auto" },
});

function Fields(props: FieldsProps & { action: SubscriptionActionView }) {
  const { t } = useTranslation("subscription");
  const from = valuesOf(props.page).quantity;
  switch (props.action) {
    case "more_licences":
    case "fewer_licences":
      return <QuantityField {...props} label={t("field.newNumber")} from={from} />;
    case "upgrade":
      return <UpgradeFields {...props} />;
    case "change_at_renewal":
      return <NextTermFields {...props} />;
    case "decide":
      return <DecideFields {...props} />;
    case "auto_renew_on":
    case "auto_renew_off":
    case "drop_change_at_renewal":
    case "cancel":
    case "suspend":
    case "resume":
    case "reseller_of_record":
    case "support_contact":
      return null;
  }
}

export interface ChangePanelProps {
  page: SubscriptionPageView;
  action: SubscriptionActionView;
  onClose: () => void;
  /** It waits in the outbox, or stands in the book. */
  onDone: (bookOnly: boolean) => void;
  /** Says for whom, on a page with several. */
  whom?: boolean;
}

/** One action on one subscription. */
export function ChangePanel({ page, action, onClose, onDone, whom = false }: ChangePanelProps) {
  const styles = useStyles();
  const { t } = useTranslation(["subscription", "shared"]);
  const [form, setForm] = useState<SubscriptionChangeForm | undefined>(() => formOf(action, page));
  const whole = form !== undefined && isWhole(form);
  const asked = useMemo(() => form ?? ({ kind: "resume", quantity: 0, autoRenew: false, productId: "", skuId: "", term: "", cycle: "", contactId: "", decision: null } satisfies SubscriptionChangeForm), [form]);
  const read = useReadWhen(whole, "previewSubscriptionChange", page.id, asked);
  const preview = whole ? read.data : undefined;
  const submit = useWrite("submitSubscriptionChange", { silent: true, onDone: () => { onDone(preview?.bookOnly ?? false); } });
  const ready = preview !== undefined && preview.blocked === null && preview.problems.length === 0 && preview.hash !== "";
  const title = t(`subscription:action.${action}`);
  const limits = page.actions.find((one) => one.action === action);
  const why = !whole ? t(form !== undefined && isWrongNumber(form) ? "subscription:fixFirst" : "subscription:chooseFirst") : preview === undefined ? "" : preview.problems.length > 0 ? t("subscription:fixFirst") : preview.isFinal ? t("subscription:final") : "";
  return (
    <SidePanel
      label={title}
      width={408}
      onClose={onClose}
      focusKey={`${page.id} ${action}`}
      footer={
        <>
          <PracticeLine />
          <Caption1 className={styles.why}>{why}</Caption1>
          <span className={styles.grow} />
          <Button onClick={onClose}>{t("subscription:cancel")}</Button>
          <Button
            appearance="primary"
            icon={<SendRegular />}
            data-primary
            disabledFocusable={!ready || submit.isPending}
            onClick={() => {
              if (ready) submit.mutate([page.id, asked, preview.hash]);
            }}
          >
            {t("subscription:submit")}
          </Button>
        </>
      }
    >
      <div className={styles.body}>
        {whom && (
          <Body1 className={styles.whom}>
            {page.customerName} · {valuesOf(page).productName}
          </Body1>
        )}
        {form !== undefined && (
          <Fields
            action={action}
            page={page}
            form={form}
            limits={limits}
            problems={preview?.problems ?? []}
            change={(part) => { setForm((before) => (before === undefined ? before : { ...before, ...part })); submit.reset(); }}
          />
        )}
        {submit.error && (
          <Body1 role="alert">{t(`shared:error.${submit.error.code}`)}</Body1>
        )}
        {whole && read.error && <Body1 role="alert">{t(`shared:error.${read.error.code}`)}</Body1>}
        {preview !== undefined ? preview.problems.length === 0 && <WhatWillHappen preview={preview} /> : whole && read.error === null && <LoadingRows rows={3} height={40} />}
      </div>
    </SidePanel>
  );
}
