// Backups as a way out of a start page: those found beside the book, or a file.
import { Body1, Button, Subtitle2, makeStyles, tokens } from "@fluentui/react-components";
import { useTranslation } from "@/shared/i18n";
import { useRead } from "@/shared/ipc";
import { BackupTable, RestoreDialog, useChosenBackup } from "@/shared/parts/restore";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "10px", alignItems: "flex-start", marginTop: "16px", paddingTop: "16px", borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
});

/** The list with its question. */
export function FoundBackups() {
  const styles = useStyles();
  const { t } = useTranslation("start");
  const rows = useRead("backups").data?.rows ?? [];
  const chosen = useChosenBackup();
  return (
    <div className={styles.root}>
      <Subtitle2 as="h2">{t("found.title")}</Subtitle2>
      {rows.length === 0 ? <Body1>{t("found.none")}</Body1> : <BackupTable rows={rows} onRestore={(row) => { chosen.ask(row); }} />}
      <Button onClick={chosen.choose} disabledFocusable={chosen.choosing}>
        {t("found.file")}
      </Button>
      <RestoreDialog backup={chosen.backup} presentBook={false} onClose={chosen.done} />
    </div>
  );
}
