// Backup and restore: what there is, a backup now, and the way back.
import { Body1, Button, Caption1, MessageBar, MessageBarBody, Spinner, makeStyles, tokens } from "@fluentui/react-components";
import { useTranslation } from "@/shared/i18n";
import { useRead, useWrite } from "@/shared/ipc";
import { CopyText } from "@/shared/parts/CopyText";
import { BackupTable, RestoreDialog, useChosenBackup } from "@/shared/parts/restore";
import { ErrorState, LoadingRows, useAnnounce } from "@/shared/ui";
import { Section } from "./Section";

const useStyles = makeStyles({
  stack: { display: "flex", flexDirection: "column", gap: "12px", alignItems: "flex-start" },
  acts: { display: "flex", gap: "8px", flexWrap: "wrap" },
  quiet: { color: tokens.colorNeutralForeground2 },
  bar: { alignSelf: "stretch" },
});

/** The section. A book that may only be read makes no backups; they can be restored all the same. */
export function Backups() {
  const styles = useStyles();
  const { t } = useTranslation(["settings", "shared"]);
  const announce = useAnnounce();
  const backups = useRead("backups");
  const chosen = useChosenBackup();
  const now = useWrite("backUpNow", {
    onDone: (view) => {
      void backups.refetch();
      announce(t(view.problem ? `settings:backup.problem.${view.problem}` : "settings:backup.done"));
    },
  });
  const copy = useWrite("saveBackupCopy", { onDone: (saved) => { if (saved) announce(t("settings:backup.copied")); } });
  const view = backups.data;
  if (backups.error) {
    return (
      <Section title={t("settings:backup.title")}>
        <ErrorState why={t(`shared:error.${backups.error.code}`)} onRetry={() => void backups.refetch()} />
      </Section>
    );
  }
  return (
    <Section title={t("settings:backup.title")}>
      <div className={styles.stack}>
        <Body1>{t("settings:backup.what")}</Body1>
        {view?.problem && (
          <MessageBar intent="warning" className={styles.bar}>
            <MessageBarBody>{t(`settings:backup.problem.${view.problem}`)}</MessageBarBody>
          </MessageBar>
        )}
        <div className={styles.acts}>
          <Button icon={now.isPending ? <Spinner size="tiny" /> : undefined} disabledFocusable={now.isPending} onClick={() => { if (!now.isPending) now.mutate([]); }}>
            {t("settings:backup.now")}
          </Button>
          <Button appearance="subtle" onClick={chosen.choose} disabledFocusable={chosen.choosing}>
            {t("settings:backup.fromFile")}
          </Button>
        </div>
        {view === undefined ? (
          <LoadingRows />
        ) : view.rows.length === 0 ? (
          <Body1 className={styles.quiet}>{t("settings:backup.none")}</Body1>
        ) : (
          <BackupTable rows={view.rows} onRestore={(row) => { chosen.ask(row); }} onCopy={(row) => { copy.mutate([row.name]); }} />
        )}
        {view && view.folder !== "" && (
          <Caption1 className={styles.quiet}>
            {t("settings:backup.folder")} <CopyText whole text={view.folder} name={t("settings:backup.folder")} />
          </Caption1>
        )}
      </div>
      <RestoreDialog backup={chosen.backup} presentBook onClose={chosen.done} />
    </Section>
  );
}
