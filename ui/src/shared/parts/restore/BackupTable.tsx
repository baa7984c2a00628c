// Backups as a table: when, why, how large, and what can be done with each.
import { Button, Caption1, Table, TableBody, TableCell, TableHeader, TableHeaderCell, TableRow, makeStyles, tokens } from "@fluentui/react-components";
import { useFormat, useTranslation } from "@/shared/i18n";
import type { BackupRow } from "@/shared/ipc";

const useStyles = makeStyles({
  scroll: { maxHeight: "296px", overflowY: "auto", width: "100%" },
  head: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  size: { width: "88px", textAlign: "right" },
  // A number stands at the right edge of its column, its head too.
  right: { display: "flex", justifyContent: "flex-end", width: "100%", fontVariantNumeric: "tabular-nums" },
  acts: { width: "240px" },
  oneAct: { width: "120px" },
  buttons: { display: "flex", justifyContent: "flex-end", gap: "4px" },
});

export interface BackupTableProps {
  rows: BackupRow[];
  onRestore: (row: BackupRow) => void;
  /** Offers to put a copy elsewhere. */
  onCopy?: (row: BackupRow) => void;
}

/** The table. */
export function BackupTable({ rows, onRestore, onCopy }: BackupTableProps) {
  const styles = useStyles();
  const { t } = useTranslation("shared");
  const format = useFormat();
  const acts = onCopy ? styles.acts : styles.oneAct;
  const size = (kilobytes: number) => (kilobytes < 1024 ? t("restore.kb", { size: format.number(kilobytes) }) : t("restore.mb", { size: format.number(Math.round(kilobytes / 102.4) / 10) }));
  return (
    <div className={styles.scroll} tabIndex={0} role="group" aria-label={t("restore.list")}>
      <Table size="small" aria-label={t("restore.list")}>
        <TableHeader>
          <TableRow>
            <TableHeaderCell className={styles.head}>{t("restore.made")}</TableHeaderCell>
            <TableHeaderCell className={styles.head}>{t("restore.why")}</TableHeaderCell>
            <TableHeaderCell className={styles.size}>
              <Caption1 className={styles.right}>{t("restore.size")}</Caption1>
            </TableHeaderCell>
            <TableHeaderCell className={acts}>
              <Caption1 className={styles.right}>{t("restore.acts")}</Caption1>
            </TableHeaderCell>
          </TableRow>
        </TableHeader>
        <TableBody>
          {rows.map((row) => (
            <TableRow key={row.name}>
              <TableCell>{format.dateTime(row.madeAt)}</TableCell>
              <TableCell>{t(`restore.reason.${row.reason}`)}</TableCell>
              <TableCell className={styles.size}>
                <span className={styles.right}>{size(row.sizeKb)}</span>
              </TableCell>
              <TableCell className={acts}>
                <div className={styles.buttons}>
                  {onCopy && (
                    <Button size="small" appearance="subtle" aria-label={`${t("restore.copy")}: ${format.dateTime(row.madeAt)}`} onClick={() => { onCopy(row); }}>
                      {t("restore.copy")}
                    </Button>
                  )}
                  <Button size="small" appearance="subtle" aria-label={`${t("restore.act")}: ${format.dateTime(row.madeAt)}`} onClick={() => { onRestore(row); }}>
                    {t("restore.act")}
                  </Button>
                </div>
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
