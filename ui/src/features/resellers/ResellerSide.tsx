// Beside a reseller: contact, both identifiers, what Partner Center answered, and what only the book knows.
import { Body1, Body1Strong, Caption1, Dropdown, Option, makeStyles, tokens } from "@fluentui/react-components";
import { useTranslation } from "@/shared/i18n";
import { useWrite, type AnswerView, type ResellerPageView } from "@/shared/ipc";
import { CopyText } from "@/shared/parts/CopyText";
import { Block, KeptNote, KeptTags } from "@/shared/parts/keep";
import { FormField, SMALL, useAnnounce } from "@/shared/ui";

const useStyles = makeStyles({
  side: { width: "360px", flex: "0 0 auto", display: "flex", flexDirection: "column", gap: "24px", "@media (max-width: 1099px)": { width: "100%", display: "grid", gridTemplateColumns: "1fr 1fr", columnGap: "28px" }, [SMALL]: { gridTemplateColumns: "minmax(0, 1fr)" } },
  quiet: { color: tokens.colorNeutralForeground2 },
  id: { display: "flex", flexDirection: "column", gap: "2px", paddingTop: "4px" },
  answer: { display: "flex", justifyContent: "space-between", gap: "12px" },
});

function Ids({ view }: { view: ResellerPageView }) {
  const styles = useStyles();
  const { t } = useTranslation("resellers");
  const { tenantId, partnerId } = view.row;
  return (
    <Block title={t("ids.title")}>
      <div className={styles.id}>
        <Body1Strong>{t("ids.partnerId")}</Body1Strong>
        {partnerId === "" ? <Body1 className={styles.quiet}>{t("ids.unknown")}</Body1> : <CopyText text={partnerId} name={t("ids.partnerId")} whole />}
        <Caption1 className={styles.quiet}>{t("ids.partnerIdIs")}</Caption1>
      </div>
      <div className={styles.id}>
        <Body1Strong>{t("ids.tenantId")}</Body1Strong>
        {tenantId === "" ? <Body1 className={styles.quiet}>{t("ids.tenantUnknown")}</Body1> : <CopyText text={tenantId} name={t("ids.tenantId")} whole />}
        <Caption1 className={styles.quiet}>{t("ids.tenantIdIs")}</Caption1>
      </div>
    </Block>
  );
}

function Answers({ view }: { view: ResellerPageView }) {
  const styles = useStyles();
  const { t } = useTranslation("resellers");
  const lines: [string, AnswerView, string][] = [
    [t("answers.agreement"), view.agreement, ""],
    [t("answers.onRecord"), view.onRecord, view.code === 0 ? "" : t("answers.code", { code: view.code })],
  ];
  return (
    <Block title={t("answers.title")}>
      {lines.map(([question, answer, code]) => (
        <div key={question} className={styles.answer}>
          <Body1>{question}</Body1>
          <Body1 className={answer === "open" ? styles.quiet : undefined}>{[t(`answers.${answer}`), code].filter((part) => part !== "").join(" · ")}</Body1>
        </div>
      ))}
    </Block>
  );
}

function Support({ view }: { view: ResellerPageView }) {
  const { t } = useTranslation(["resellers", "shared"]);
  const announce = useAnnounce();
  const save = useWrite("saveResellerSupport", { onDone: () => { announce(t("shared:keep.saved")); } });
  const id = view.row.id;
  const own = view.supportChoices.find((choice) => choice.id === id);
  const others = view.supportChoices.filter((choice) => choice.id !== id);
  const name = view.supportId === "" ? t("support.provider") : (view.supportChoices.find((choice) => choice.id === view.supportId)?.name ?? t("support.gone"));
  return (
    <Block title={t("support.title")}>
      <FormField label={t("support.label")} hint={t("support.hint")}>
        <Dropdown inlinePopup value={name} selectedOptions={[view.supportId]} onOptionSelect={(_event, data) => { save.mutate([id, data.optionValue ?? ""]); }}>
          <Option value="">{t("support.provider")}</Option>
          {own && <Option value={own.id}>{own.name}</Option>}
          {others.map((choice) => (
            <Option key={choice.id} value={choice.id}>
              {choice.name}
            </Option>
          ))}
        </Dropdown>
      </FormField>
    </Block>
  );
}

/** All of it. */
export function ResellerSide({ view }: { view: ResellerPageView }) {
  const styles = useStyles();
  const { t } = useTranslation("resellers");
  const row = view.row;
  const has = row.contactName !== "" || row.contactEmail !== "" || row.contactPhone !== "";
  return (
    <div className={styles.side}>
      <Block title={t("contact")}>
        {!has && <Body1 className={styles.quiet}>{t("noContact")}</Body1>}
        {row.contactName !== "" && <Body1Strong>{row.contactName}</Body1Strong>}
        {row.contactRole !== "" && <Caption1 className={styles.quiet}>{row.contactRole}</Caption1>}
        {row.contactEmail !== "" && <CopyText text={row.contactEmail} name={t("mail")} whole />}
        {row.contactPhone !== "" && <Body1>{row.contactPhone}</Body1>}
      </Block>
      <Ids view={view} />
      {row.partnership === "active" && <Answers view={view} />}
      <Support view={view} />
      <KeptTags save="saveResellerTags" id={row.id} kept={row.tags} known={view.knownTags} />
      <KeptNote save="saveResellerNote" id={row.id} kept={view.note} />
    </div>
  );
}
