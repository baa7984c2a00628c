// The newest entries of a customer's or a reseller's journal, for their pages; the whole of it is a page of its own.
import { Body1, Button, Caption1, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { ArrowExportRegular } from "@fluentui/react-icons";
import { Link } from "react-router";
import { useFormat, useTranslation } from "@/shared/i18n";
import { useRead } from "@/shared/ipc";
import { ErrorState, LoadingRows } from "@/shared/ui";
import { useJournalExport, WHOLE } from "./exporting";
import { useJournalWords } from "./words";

/** Entries shown. */
const NEWEST = 12;

const useStyles = makeStyles({
  list: { listStyleType: "none", margin: 0, padding: 0 },
  row: { display: "grid", gridTemplateColumns: "112px minmax(0, 1fr) minmax(72px, 132px)", columnGap: "16px", alignItems: "center", minHeight: "44px", padding: "4px 0", boxSizing: "border-box", borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  words: { minWidth: 0, display: "flex", flexDirection: "column" },
  cut: { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  quiet: { color: tokens.colorNeutralForeground2 },
  who: { color: tokens.colorNeutralForeground2, textAlign: "end" },
  foot: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "16px", paddingTop: "10px" },
  link: { color: tokens.colorBrandForegroundLink, textDecorationLine: "none", ":hover": { textDecorationLine: "underline" } },
  empty: { display: "block", color: tokens.colorNeutralForeground2, padding: "12px 0" },
});

/** Give one of both ids. */
export function JournalBlock({ customerId = "", resellerId = "" }: { customerId?: string; resellerId?: string }) {
  const styles = useStyles();
  const { t } = useTranslation(["journal", "shared"]);
  const format = useFormat();
  const words = useJournalWords();
  const exporting = useJournalExport();
  const filter = { ...WHOLE, customerId, resellerId };
  const read = useRead("journal", filter, null);
  if (read.error) return <ErrorState why={t(`shared:error.${read.error.code}`)} onRetry={() => void read.refetch()} />;
  if (read.data === undefined) return <LoadingRows rows={4} />;
  const { rows, matching } = read.data;
  if (rows.length === 0) return <Body1 className={styles.empty}>{t("journal:noneOf")}</Body1>;
  return (
    <div>
      <ol className={styles.list}>
        {rows.slice(0, NEWEST).map((row) => {
          const [what, second] = [words.what(row), words.summary(row)];
          const about = resellerId === "" && row.area !== "subscriptions" ? "" : words.about(row);
          return (
            <li key={row.number} className={styles.row}>
              <Caption1 className={styles.quiet} title={`${format.dateTime(row.at)} · ${row.at.slice(0, 19).replace("T", " ")} UTC`}>
                {format.moment(row.at)}
              </Caption1>
              <span className={styles.words}>
                <span className={styles.cut}>{about === "" ? what : `${what} · ${about}`}</span>
                {second !== "" && <Caption1 className={mergeClasses(styles.cut, styles.quiet)}>{second}</Caption1>}
              </span>
              <Caption1 className={mergeClasses(styles.who, styles.cut)}>{words.who(row)}</Caption1>
            </li>
          );
        })}
      </ol>
      <div className={styles.foot}>
        <Link className={styles.link} to={customerId === "" ? `/journal?reseller=${resellerId}` : `/journal?customer=${customerId}`}>
          {matching > NEWEST ? t("journal:more", { count: matching - NEWEST }) : t("journal:all")}
        </Link>
        <Button size="small" icon={<ArrowExportRegular />} disabledFocusable={exporting.pending} onClick={() => { if (!exporting.pending) exporting.run(filter); }}>
          {t("journal:export")}
        </Button>
        {exporting.told && <Caption1 role={exporting.told.failed ? "alert" : "status"}>{exporting.told.text}</Caption1>}
      </div>
    </div>
  );
}
