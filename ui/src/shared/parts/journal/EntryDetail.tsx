// An opened entry: each value before and after, who, when by both clocks, what Partner Center answered, and the ids to
// quote.
import { Body1, Caption1, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { Link } from "react-router";
import { useFormat, useTranslation } from "@/shared/i18n";
import type { JournalRow } from "@/shared/ipc";
import { CopyText } from "@/shared/parts/CopyText";
import { FactList, type Fact } from "@/shared/ui";
import { useJournalWords } from "./words";

const useStyles = makeStyles({
  sides: { display: "flex", flexWrap: "wrap", columnGap: "48px", rowGap: "20px", alignItems: "flex-start", whiteSpace: "normal" },
  changes: { flex: "1 1 380px", minWidth: 0 },
  facts: { flex: "1 1 320px", minWidth: 0, display: "flex", flexDirection: "column", gap: "12px" },
  table: { borderCollapse: "collapse", width: "100%", tableLayout: "fixed" },
  head: { textAlign: "start", fontWeight: tokens.fontWeightRegular, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200, padding: "0 12px 4px 0", borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  cell: { textAlign: "start", verticalAlign: "top", fontWeight: tokens.fontWeightRegular, padding: "5px 12px 5px 0", borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, overflowWrap: "anywhere" },
  before: { color: tokens.colorNeutralForeground2 },
  links: { display: "flex", flexWrap: "wrap", gap: "16px" },
  link: { color: tokens.colorBrandForegroundLink, textDecorationLine: "none", ":hover": { textDecorationLine: "underline" } },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** `2026-11-24 10:32:05 UTC`. */
function inUtc(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
}

/** See the head of this file. */
export function EntryDetail({ row }: { row: JournalRow }) {
  const styles = useStyles();
  const { t } = useTranslation("journal");
  const format = useFormat();
  const words = useJournalWords();
  const changes = words.changes(row);
  const why = words.reason(row);
  const answer = words.answer(row);
  const facts: Fact[] = [
    { name: t("head.number"), value: format.number(row.number) },
    { name: t("head.actor"), value: words.who(row) },
    { name: t("local"), value: `${format.longDate(row.at)}, ${new Date(row.at).toLocaleTimeString(format.locale, { hourCycle: "h23" })}` },
    { name: t("head.utc"), value: inUtc(row.at) },
    ...(why === "" ? [] : [{ name: t("head.reason"), value: why }]),
    ...(answer === "" ? [] : [{ name: t("answer"), value: answer }]),
    ...(row.correlationId === "" ? [] : [{ name: t("head.correlation_id"), value: <CopyText text={row.correlationId} name={t("head.correlation_id")} /> }]),
    ...(row.requestId === "" ? [] : [{ name: t("head.request_id"), value: <CopyText text={row.requestId} name={t("head.request_id")} /> }]),
  ];
  return (
    <div className={styles.sides}>
      {changes.length > 0 && (
        <div className={styles.changes}>
          <table className={styles.table} aria-label={t("changes")}>
            <thead>
              <tr>
                <th scope="col" className={styles.head}>{t("head.field")}</th>
                <th scope="col" className={styles.head}>{t("head.before")}</th>
                <th scope="col" className={styles.head}>{t("head.after")}</th>
              </tr>
            </thead>
            <tbody>
              {changes.map((change, index) => (
                <tr key={`${change.field} ${String(index)}`}>
                  <th scope="row" className={styles.cell}>{change.field}</th>
                  <td className={mergeClasses(styles.cell, styles.before)}>{change.before === "" ? t("nothing") : change.before}</td>
                  <td className={styles.cell}>{change.after === "" ? t("nothing") : change.after}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div className={styles.facts}>
        {row.forgotten && <Body1 className={styles.quiet}>{t("forgotten")}</Body1>}
        <FactList facts={facts} />
        {(row.customerId !== "" || row.operationId !== "") && (
          <Caption1 className={styles.links}>
            {row.customerId !== "" && <Link className={styles.link} to={`/customers?open=${row.customerId}`}>{t("toCustomer")}</Link>}
            {row.operationId !== "" && <Link className={styles.link} to={`/outbox?operation=${row.operationId}`}>{t("toOperation")}</Link>}
          </Caption1>
        )}
      </div>
    </div>
  );
}
