// What is done to the chosen customers: choose what, look at what will happen and to whom, submit. Whom it is for is
// settled when it is looked at.
import { Body1, Body1Strong, Button, Caption1, Combobox, Dropdown, Option, Subtitle2, makeStyles, tokens } from "@fluentui/react-components";
import { useRef, useState } from "react";
import { useFormat, useTranslation } from "@/shared/i18n";
import { useRead, useWrite, type BulkKind, type BulkView } from "@/shared/ipc";
import { useShieldWords } from "@/shared/parts/shield";
import { FormField, SidePanel, SubmitButton, useAnnounce } from "@/shared/ui";
import { useChangeValue } from "./SelectionBar";
import type { Selection } from "./selection";

const useStyles = makeStyles({
  body: { display: "flex", flexDirection: "column", gap: "16px" },
  listbox: { zIndex: 100, maxHeight: "50vh" },
  option: { display: "flex", flexDirection: "column" },
  quiet: { color: tokens.colorNeutralForeground2 },
  what: { display: "flex", flexDirection: "column", gap: "10px" },
  grow: { flex: "1 1 auto" },
});

/** The option that stands for the provider, whose value is empty. */
const PROVIDER = "provider";

function ResellerChoice({ kind, value, onValue }: { kind: "reseller_of_record" | "support_contact"; value: string | undefined; onValue: (value: string) => void }) {
  const styles = useStyles();
  const { t } = useTranslation("customers");
  const words = useShieldWords();
  const rows = (useRead("listResellers", { search: "", partnership: ["active"], sort: "name", descending: false }).data?.rows ?? []).filter((row) => row.partnership === "active");
  const name = value === undefined ? "" : value === "" ? t("many.provider") : value === "default" ? t("many.eachDefault") : (rows.find((row) => row.id === value)?.name ?? "");
  return (
    <Dropdown inlinePopup listbox={{ className: styles.listbox }} placeholder={t("many.choose")} value={name} selectedOptions={value === undefined ? [] : [value === "" ? PROVIDER : value]} onOptionSelect={(_event, data) => { onValue(data.optionValue === PROVIDER ? "" : (data.optionValue ?? "")); }}>
      {kind === "support_contact" && <Option value="default">{t("many.eachDefault")}</Option>}
      {kind === "support_contact" && <Option value={PROVIDER}>{t("many.provider")}</Option>}
      {rows.map((row) => {
        const unfit = kind === "reseller_of_record" && (row.shield.kind === "not_fit" || row.partnerId === "");
        const { first, second } = words(row.shield);
        return (
          <Option key={row.id} value={row.id} text={row.name} disabled={unfit}>
            <span className={styles.option}>
              <span>{row.name}</span>
              {kind === "reseller_of_record" && <Caption1 className={styles.quiet}>{[row.partnerId, unfit ? second : first].filter((part) => part !== "").join(" · ")}</Caption1>}
            </span>
          </Option>
        );
      })}
    </Dropdown>
  );
}

function TagChoice({ kind, tags, value, onValue }: { kind: "add_tag" | "remove_tag"; tags: readonly string[]; value: string; onValue: (value: string) => void }) {
  const styles = useStyles();
  const { t } = useTranslation("customers");
  const options = tags.map((tag) => (
    <Option key={tag} value={tag}>
      {tag}
    </Option>
  ));
  if (kind === "remove_tag") {
    return (
      <Dropdown inlinePopup listbox={{ className: styles.listbox }} placeholder={t("many.choose")} value={value} selectedOptions={value === "" ? [] : [value]} onOptionSelect={(_event, data) => { onValue(data.optionValue ?? ""); }}>
        {options}
      </Dropdown>
    );
  }
  return (
    <Combobox inlinePopup freeform listbox={{ className: styles.listbox }} placeholder={t("many.tag")} maxLength={40} value={value} selectedOptions={[value]} onChange={(event) => { onValue(event.target.value); }} onOptionSelect={(_event, data) => { if (data.optionText !== undefined) onValue(data.optionText); }}>
      {options}
    </Combobox>
  );
}

function Review({ view }: { view: BulkView }) {
  const styles = useStyles();
  const { t } = useTranslation("customers");
  const format = useFormat();
  const value = useChangeValue()(view);
  if (view.total === 0) return <Body1 role="alert">{t("many.nobody")}</Body1>;
  const names = [...view.names, ...(view.total > view.names.length ? [t("many.andMore")] : [])].join(", ");
  return (
    <section aria-label={t("many.whatWill")} className={styles.what}>
      <Subtitle2 as="h3">{t("many.whatWill")}</Subtitle2>
      <Body1Strong>{t("many.customers", { count: view.total, number: format.number(view.total), names })}</Body1Strong>
      <Body1>{t(`many.will.${view.change.kind}`, { value, subscriptions: format.number(view.subscriptions) })}</Body1>
      <Caption1 className={styles.quiet}>{t("many.slices")}</Caption1>
    </section>
  );
}

/** The panel. */
export function ManyPanel({ kind, selection, tags, onClose, onDone }: { kind: BulkKind; selection: Selection; tags: readonly string[]; onClose: () => void; onDone: () => void }) {
  const styles = useStyles();
  const { t } = useTranslation(["customers", "shared"]);
  const announce = useAnnounce();
  const [value, setValue] = useState<string>();
  const [review, setReview] = useState<{ view: BulkView; of: object }>();
  // Another choice is another change: what was looked at before is not what would be done.
  const view = review?.of === selection.token ? review.view : undefined;
  const prepare = useWrite("prepareBulk");
  const start = useWrite("startBulk", { onDone: () => {
    announce(t("customers:many.slices"));
    onDone();
  } });
  // A second press before the first is answered and shown is the same press.
  const started = useRef<number>(undefined);
  const submit = (number: number) => {
    if (started.current === number) return;
    started.current = number;
    start.mutate([number], { onError: () => { started.current = undefined; } });
  };
  const asked = value !== undefined && (kind === "support_contact" || value.trim() !== "");
  const next = () => {
    const of = selection.token;
    if (asked && !prepare.isPending) prepare.mutate([selection.chosen(), { kind, value }], { onSuccess: (found) => { setReview({ view: found, of }); } });
  };
  const ready = view !== undefined && view.total > 0;
  return (
    <SidePanel
      label={t(`customers:many.kind.${kind}`)}
      width={408}
      onClose={onClose}
      focusKey={`${kind} ${String(view === undefined)}`}
      footer={
        view === undefined ? (
          <>
            <span className={styles.grow} />
            <Button onClick={onClose}>{t("customers:many.cancel")}</Button>
            <Button key="next" appearance="primary" data-primary disabledFocusable={!asked || prepare.isPending} onClick={next}>
              {t("customers:many.next")}
            </Button>
          </>
        ) : (
          <>
            <span className={styles.grow} />
            <Button onClick={() => { setReview(undefined); }}>{t("customers:many.back")}</Button>
            <SubmitButton
              reviewed={String(view.number)}
              label={t("customers:many.submit")}
              busy={start.isPending}
              disabled={!ready || start.isPending}
              onSubmit={() => { if (ready) submit(view.number); }}
            />
          </>
        )
      }
    >
      <div className={styles.body}>
        {view === undefined ? (
          <FormField label={t(`customers:many.field.${kind}`)} hint={t(`customers:many.hint.${kind}`)}>
            {kind === "add_tag" || kind === "remove_tag" ? <TagChoice kind={kind} tags={tags} value={value ?? ""} onValue={setValue} /> : <ResellerChoice kind={kind} value={value} onValue={setValue} />}
          </FormField>
        ) : (
          <Review view={view} />
        )}
      </div>
    </SidePanel>
  );
}
