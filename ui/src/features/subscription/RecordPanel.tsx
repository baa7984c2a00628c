// Another reseller of record for one subscription: who it can be, what follows, Submit.
import { Body1, Body1Strong, Button, Caption1, Dropdown, Option, Subtitle2, makeStyles, tokens } from "@fluentui/react-components";
import { SendRegular } from "@fluentui/react-icons";
import { useState } from "react";
import { useTranslation } from "@/shared/i18n";
import { useRead, useReadWhen, useWrite, type SubscriptionPageView } from "@/shared/ipc";
import { ShieldNote, useShieldWords } from "@/shared/parts/shield";
import { FormField, SidePanel } from "@/shared/ui";
import { PracticeLine } from "./PracticeLine";

const useStyles = makeStyles({
  body: { display: "flex", flexDirection: "column", gap: "16px" },
  listbox: { zIndex: 100, maxHeight: "60vh" },
  option: { display: "flex", flexDirection: "column" },
  quiet: { color: tokens.colorNeutralForeground2 },
  why: { flex: "1 1 100%", color: tokens.colorNeutralForeground2, ":empty": { display: "none" } },
  what: { margin: "8px 0 0", paddingLeft: "18px", display: "flex", flexDirection: "column", gap: "6px" },
  grow: { flex: "1 1 auto" },
});

/** The panel. */
export function RecordPanel({ page, onClose, onDone }: { page: SubscriptionPageView; onClose: () => void; onDone: () => void }) {
  const styles = useStyles();
  const { t } = useTranslation(["subscription", "resellers", "shared"]);
  const words = useShieldWords();
  const [to, setTo] = useState("");
  const choices = (useRead("hanging", "").data?.choices ?? []).filter((one) => one.id !== page.resellerId);
  const preview = useReadWhen(to !== "", "previewRecord", [page.id], to);
  const submit = useWrite("submitRecord", { onDone });
  const choice = choices.find((one) => one.id === to);
  const view = preview.data;
  const ready = view !== undefined && view.changes.length > 0;
  return (
    <SidePanel
      label={t("subscription:action.reseller_of_record")}
      width={408}
      onClose={onClose}
      focusKey={`${page.id} record`}
      footer={
        <>
          <PracticeLine />
          <Caption1 className={styles.why}>{to === "" ? t("subscription:chooseFirst") : view !== undefined && !ready ? t("subscription:record.nothing") : ""}</Caption1>
          <span className={styles.grow} />
          <Button onClick={onClose}>{t("subscription:cancel")}</Button>
          <Button
            appearance="primary"
            data-primary
            icon={<SendRegular />}
            disabledFocusable={!ready || submit.isPending}
            onClick={() => {
              if (ready) submit.mutate([[page.id], to, view.hash]);
            }}
          >
            {t("subscription:submit")}
          </Button>
        </>
      }
    >
      <div className={styles.body}>
        <FormField label={t("resellers:repair.newReseller")} hint={page.resellerName === "" ? t("subscription:record.none") : t("subscription:record.now", { name: page.resellerName })}>
          <Dropdown inlinePopup listbox={{ className: styles.listbox }} value={choice?.name ?? ""} placeholder={t("resellers:repair.choose")} selectedOptions={[to]} onOptionSelect={(_event, data) => { setTo(data.optionValue ?? ""); }}>
            {choices.map((one) => {
              const unfit = one.shield.kind === "not_fit";
              const { first, second } = words(one.shield);
              return (
                <Option key={one.id} value={one.id} text={one.name} disabled={unfit}>
                  <span className={styles.option}>
                    <span>{one.name}</span>
                    <Caption1 className={styles.quiet}>{[one.partnerId, unfit ? second : first].join(" · ")}</Caption1>
                  </span>
                </Option>
              );
            })}
          </Dropdown>
        </FormField>
        {choice && choice.shield.kind !== "fit" && <ShieldNote shield={choice.shield} name={choice.name} />}
        {ready && (
          <section aria-label={t("subscription:whatWill")}>
            <Subtitle2 as="h3">{t("subscription:whatWill")}</Subtitle2>
            <Body1Strong block>{t("subscription:record.becomes", { name: view.toName, id: view.toPartnerId })}</Body1Strong>
            <ul className={styles.what}>
              <li><Body1>{t("resellers:repair.means.incentive")}</Body1></li>
              <li><Body1>{t("resellers:repair.means.contact")}</Body1></li>
              <li><Body1>{t("resellers:repair.means.rest")}</Body1></li>
            </ul>
          </section>
        )}
        {preview.error !== null && to !== "" && <Body1 role="alert">{t(`shared:error.${preview.error.code}`)}</Body1>}
      </div>
    </SidePanel>
  );
}
