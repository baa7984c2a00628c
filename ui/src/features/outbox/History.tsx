// What happened to an operation, newest first.
import { Caption1, Caption1Strong, Subtitle2, makeStyles, tokens } from "@fluentui/react-components";
import { useFormat, useTranslation } from "@/shared/i18n";
import type { AttentionReasonView, HistoryEntry, HoldReasonView } from "@/shared/ipc";

const useStyles = makeStyles({
  title: { display: "block", margin: "20px 0 8px" },
  list: { listStyleType: "none", margin: 0, padding: 0, display: "grid", gridTemplateColumns: "max-content 1fr", columnGap: "16px", rowGap: "8px" },
  entry: { display: "grid", gridColumn: "1 / -1", gridTemplateColumns: "subgrid" },
  when: { color: tokens.colorNeutralForeground2 },
  words: { minWidth: 0 },
});

const HOLDS: readonly string[] = ["customer_under_review", "agreement_open", "reseller_not_fit", "tenant_being_made", "keychain_missing", "session_not_released"] satisfies HoldReasonView[];
const DECISIONS = ["mine", "theirs", "edited"] as const;
const NOTES = ["linked", "part", "domain_taken", "absent", "restarted"] as const;

function Reason({ entry }: { entry: HistoryEntry }) {
  const { t } = useTranslation(["outbox", "shared"]);
  if (entry.kind === "held" && HOLDS.includes(entry.reason)) return <>{t(`shared:hold.${entry.reason as HoldReasonView}`)}</>;
  if (entry.kind === "needs_attention" && entry.reason !== "") return <>{t(`shared:attention.${entry.reason as AttentionReasonView}`)}</>;
  const decision = DECISIONS.find((one) => one === entry.reason);
  if (entry.kind === "resolved" && decision !== undefined) return <>{t(`outbox:decision.${decision}`)}</>;
  if (entry.kind === "disowned") return <span style={{ overflowWrap: "anywhere" }}>{entry.reason}</span>;
  const note = NOTES.find((one) => one === entry.reason);
  if (note !== undefined) return <>{t(`outbox:note.${note}`)}</>;
  if (entry.status > 0) return <>{entry.code > 0 ? t("outbox:answerCode", { status: entry.status, code: entry.code }) : t("outbox:answer", { status: entry.status })}</>;
  return null;
}

/** The list. */
export function History({ entries }: { entries: readonly HistoryEntry[] }) {
  const styles = useStyles();
  const { t } = useTranslation("outbox");
  const format = useFormat();
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
    </section>
  );
}
