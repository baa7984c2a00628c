// Bars that stay while they are true: a disk that takes nothing, a book that may only be read, and a restored book that
// holds its sending.
import { Button, MessageBar, MessageBarActions, MessageBarBody, makeStyles } from "@fluentui/react-components";
import { useLocation, useNavigate } from "react-router";
import { useTranslation } from "@/shared/i18n";
import { useRead, type StartView } from "@/shared/ipc";

const useStyles = makeStyles({ flat: { borderRadius: 0 } });

/** Why nothing can be written, or nothing is sent, and what to do. */
export function SafetyBars({ start }: { start: StartView }) {
  const styles = useStyles();
  const { t } = useTranslation("app");
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const restored = useRead("restoredBook").data;
  const cannotSave = useRead("connection").data?.cannotSave ?? null;
  return (
    <>
      {cannotSave !== null && (
        <MessageBar intent="error" shape="square" layout="multiline" className={styles.flat}>
          <MessageBarBody>{t(`cannotSave.${cannotSave}`)}</MessageBarBody>
        </MessageBar>
      )}
      {start.readOnly && (
        <MessageBar intent="warning" shape="square" layout="multiline" className={styles.flat}>
          <MessageBarBody>{t("readOnly", { version: start.version })}</MessageBarBody>
        </MessageBar>
      )}
      {restored && (
        <MessageBar intent="info" shape="square" className={styles.flat}>
          <MessageBarBody>{restored.held.length > 0 ? t("restored", { count: restored.held.length }) : t("restoredQuiet")}</MessageBarBody>
          {pathname !== "/settings" && (
            <MessageBarActions>
              <Button size="small" onClick={() => void navigate("/settings")}>
                {t("restoredShow")}
              </Button>
            </MessageBarActions>
          )}
        </MessageBar>
      )}
    </>
  );
}
