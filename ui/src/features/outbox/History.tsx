// What was tried and what was answered, newest first, with the id to quote to Microsoft support.
import { Caption1, Caption1Strong, Subtitle2, makeStyles, tokens } from "@fluentui/react-components";
import { useFormat, useTranslation } from "@/shared/i18n";
import type { AttentionReasonView, HistoryEntry, HoldReasonView } from "@/shared/ipc";
import { CopyText } from "@/shared/parts/CopyText";

const useStyles = makeStyles({
  title: { display: "block", margin: "20px 0 8px" },
  list: { listStyleType: "none", margin: 0, padding: 0, display: "grid", gridTemplateColumns: "max-content 1fr", columnGap: "16px", rowGap: "8px" },
  entry: { display: "grid", gridColumn: "1 / -1", gridTemplateColumns: "subgrid" },
  when: { color: tokens.colorNeutralForeground2 },
  words: { minWidth: 0 },
  correlation: { display: "flex", alignItems: "center", flexWrap: "wrap", gap: "6px", marginTop: "16px", color: tokens.colorNeutralForeground2 },
});

const HOLDS: readonly string[] = ["customer_under_review", "agreement_open", "reseller_not_fit", "tenant_being_made"] satisfies HoldReasonView[];

function Reason({ entry }: { entry: HistoryEntry }) {
  const { t } = useTranslation(["outbox", "shared"]);
  if (entry.kind === "held" && HOLDS.includes(entry.reason)) return <>{t(`shared:hold.${entry.reason as HoldReasonView}`)}</>;
  if (entry.kind === "needs_attention" && entry.reason !== "") return <>{t(`shared:attention.${entry.reason as AttentionReasonView}`)}</>;
  if (entry.status > 0) return <>{entry.code > 0 ? t("outbox:answerCode", { status: entry.status, code: entry.code }) : t("outbox:answer", { status: entry.status })}</>;
  return null;
}

/** The list. */
export function History({ entries }: { entries: readonly HistoryEntry[] }) {
  const styles = useStyles();
  const { t } = useTranslation("outbox");
  const format = useFormat();
  const correlation = entries.find((entry) => entry.correlationId !== "")?.correlationId;
  return (
    <section>
      <Subtitle2 as="h3" className={styles.title}>
        {t("historyTitle")}
      </Subtitle2>
      <ol className={styles.list}>
        {entries.map((entry, index) => (
          <li key={index} className={styles.entry}>
            <Caption1 className={styles.when} title={format.dateTime(entry.at)}>
              {format.moment(entry.at)}
            </Caption1>
            <Caption1 className={styles.words}>
              <Caption1Strong>{t(`history.${entry.kind}`)}</Caption1Strong> <Reason entry={entry} />
            </Caption1>
          </li>
        ))}
      </ol>
      {correlation !== undefined && (
        <Caption1 className={styles.correlation}>
          {t("correlation")}
          <CopyText text={correlation} name={t("correlation")} />
          {t("forSupport")}
        </Caption1>
      )}
    </section>
  );
}
