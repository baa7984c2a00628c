// Designated support contact: sent to Partner Center for older subscriptions; for new commerce the book's own note, and
// the page says so.
import { Button, Caption1, Dropdown, Link as FluentLink, Option, Subtitle2, makeStyles, tokens } from "@fluentui/react-components";
import { InfoRegular, SendRegular } from "@fluentui/react-icons";
import { useEffect, useState } from "react";
import { useTranslation } from "@/shared/i18n";
import { useReadWhen, useWrite, type SubscriptionChangeForm, type SubscriptionPageView } from "@/shared/ipc";
import { StateBadge, useAnnounce } from "@/shared/ui";
import { useEffectWords } from "./effects";

const useStyles = makeStyles({
  row: { display: "flex", flexWrap: "wrap", gap: "8px", alignItems: "center", marginTop: "8px" },
  choice: { width: "320px", minWidth: 0 },
  listbox: { zIndex: 100, maxHeight: "50vh" },
  note: { display: "flex", gap: "8px", alignItems: "flex-start", marginTop: "10px", maxWidth: "600px", color: tokens.colorNeutralForeground2 },
  icon: { fontSize: "16px", flex: "0 0 auto", display: "inline-flex", marginTop: "1px" },
  link: { fontSize: "inherit", lineHeight: "inherit" },
  effects: { margin: "10px 0 0", padding: 0, listStyleType: "none", display: "flex", flexDirection: "column", gap: "4px", maxWidth: "600px" },
});

/** The block. `onRecord` opens the reseller of record's panel, where it can be changed. */
export function Support({ page, onRecord }: { page: SubscriptionPageView; onRecord: (() => void) | undefined }) {
  const styles = useStyles();
  const { t } = useTranslation(["subscription", "shared"]);
  const announce = useAnnounce();
  const words = useEffectWords();
  const support = page.support;
  const [picked, setPicked] = useState(support.contactId);
  useEffect(() => {
    setPicked(support.contactId);
  }, [support.contactId]);
  const form: SubscriptionChangeForm = { kind: "support_contact", quantity: 0, autoRenew: false, productId: "", skuId: "", term: "", cycle: "", contactId: picked, decision: null };
  const changed = picked !== support.contactId;
  const blocked = page.actions.find((one) => one.action === "support_contact")?.blocked ?? null;
  const preview = useReadWhen(changed, "previewSubscriptionChange", page.id, form).data;
  const submit = useWrite("submitSubscriptionChange", {
    onDone: (operation) => { announce(operation === "" ? t("subscription:support.noted") : t("subscription:done.waits")); },
  });
  const ready = changed && preview !== undefined && preview.blocked === null && preview.problems.length === 0;
  const name = picked === "" ? t("subscription:support.provider") : (support.choices.find((one) => one.id === picked)?.name ?? support.contactName);
  return (
    <section aria-label={t("subscription:support.title")}>
      <Subtitle2 as="h2">{t("subscription:support.title")}</Subtitle2>
      {blocked !== null ? (
        <Caption1 block className={styles.note}>{t(`subscription:blocked.${blocked}`)}</Caption1>
      ) : (
        <div className={styles.row}>
          <Dropdown className={styles.choice} inlinePopup listbox={{ className: styles.listbox }} aria-label={t("subscription:support.title")} value={name} selectedOptions={[picked]} onOptionSelect={(_event, data) => { setPicked(data.optionValue ?? ""); }}>
            <Option value="">{t("subscription:support.provider")}</Option>
            {support.choices.map((choice) => (
              <Option key={choice.id} value={choice.id}>
                {choice.name}
              </Option>
            ))}
          </Dropdown>
          <Button
            icon={<SendRegular />}
            disabledFocusable={!ready || submit.isPending}
            onClick={() => {
              if (ready) submit.mutate([page.id, form, preview.hash]);
            }}
          >
            {t("subscription:submit")}
          </Button>
          {support.state !== null && <StateBadge state={support.state} />}
        </div>
      )}
      {changed && preview !== undefined && (
        <ul className={styles.effects} aria-label={t("subscription:whatWill")}>
          {preview.effects.map((effect, index) => {
            const said = words(effect);
            return (
              <li key={`${effect.kind} ${String(index)}`}>
                <Caption1>
                  {said.title}
                  {said.detail === "" ? "" : `. ${said.detail}`}
                </Caption1>
              </li>
            );
          })}
        </ul>
      )}
      <div className={styles.note}>
        <span className={styles.icon} aria-hidden>
          <InfoRegular />
        </span>
        <Caption1>
          {support.noteOnly
            ? page.resellerName === ""
              ? t("subscription:support.newNone")
              : t("subscription:support.new", { reseller: page.resellerName.replace(/\.$/u, "") })
            : t("subscription:support.older")}{" "}
          {support.noteOnly && onRecord !== undefined && (
            <FluentLink as="button" inline className={styles.link} onClick={onRecord}>
              {t("subscription:support.changeRecord")}
            </FluentLink>
          )}
          {support.defaultName !== "" && support.defaultId !== support.contactId && ` ${t("subscription:support.deviates", { name: support.defaultName })}`}
        </Caption1>
      </div>
    </section>
  );
}
