// A chain does not hold, the journal's or the outbox's, or the book's file is damaged: which entry, since when, what it means, what to do.
import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle, makeStyles } from "@fluentui/react-components";
import { useNavigate } from "react-router";
import { useFormat, useTranslation } from "@/shared/i18n";
import { useRead, type ChainBreakView } from "@/shared/ipc";

const useStyles = makeStyles({ flat: { borderRadius: 0 } });

/** `whole` on the journal's own page: there the way to it is left out, and all of it is said. */
export function ChainBar({ whole = false }: { whole?: boolean }) {
  const styles = useStyles();
  const { t } = useTranslation("journal");
  const format = useFormat();
  const navigate = useNavigate();
  const check = useRead("journalCheck").data;
  if (!check || (check.broken === null && check.history === null && !check.damaged)) return null;
  const place = (broken: ChainBreakView) =>
    [
      t(`broken.${broken.fault}`, { number: format.number(broken.number) }),
      broken.rightUntil === null ? t("broken.from_first") : t("broken.until", { when: format.dateTime(broken.rightUntil) }),
    ].join(" ");
  const where = (broken: ChainBreakView) => [place(broken), ...(whole ? [t("broken.meaning"), t("broken.todo")] : [])].join(" ");
  return (
    <>
      {check.broken && (
        <MessageBar intent="error" shape="square" layout={whole ? "multiline" : "auto"} className={styles.flat}>
          <MessageBarBody>
            <MessageBarTitle>{t("broken.title")}</MessageBarTitle> {where(check.broken)}
          </MessageBarBody>
          {!whole && (
            <MessageBarActions>
              <Button size="small" onClick={() => void navigate("/journal")}>{t("broken.show")}</Button>
            </MessageBarActions>
          )}
        </MessageBar>
      )}
      {check.history && (
        <MessageBar intent="error" shape="square" layout="multiline" className={styles.flat}>
          <MessageBarBody>
            <MessageBarTitle>{t("broken.historyTitle")}</MessageBarTitle> {place(check.history)} {t("broken.history")}
          </MessageBarBody>
          <MessageBarActions>
            <Button size="small" onClick={() => void navigate("/settings")}>{t("broken.toBackups")}</Button>
          </MessageBarActions>
        </MessageBar>
      )}
      {check.damaged && (
        <MessageBar intent="error" shape="square" layout="multiline" className={styles.flat}>
          <MessageBarBody>
            <MessageBarTitle>{t("broken.damagedTitle")}</MessageBarTitle> {t("broken.damaged")}
          </MessageBarBody>
          <MessageBarActions>
            <Button size="small" onClick={() => void navigate("/settings")}>{t("broken.toBackups")}</Button>
          </MessageBarActions>
        </MessageBar>
      )}
    </>
  );
}
