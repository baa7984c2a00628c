// Ending a session asks one question: what becomes of what it holds.
import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, Spinner, makeStyles } from "@fluentui/react-components";
import { useState } from "react";
import { useTranslation } from "@/shared/i18n";
import { asCommandError, call, useReadWhen, type ErrorCode, type SessionView } from "@/shared/ipc";
import { useAnnounce } from "@/shared/ui";

const useStyles = makeStyles({ act: { whiteSpace: "nowrap" }, text: { display: "flex", flexDirection: "column", gap: "8px" } });

/** The dialog. It asks only once it knows what the session holds. */
export function EndDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const styles = useStyles();
  const { t } = useTranslation(["session", "shared"]);
  const announce = useAnnounce();
  const review = useReadWhen(true, "sessionReview", id);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ErrorCode | undefined>(undefined);
  const view = review.data;
  const held = view?.session.held ?? 0;

  const end = async (stand: string) => {
    if (busy || view === undefined) return;
    setBusy(true);
    setFailure(undefined);
    try {
      const session = await call("endSession", id, stand);
      announce(t("session:end.done", { name: session.name }));
      onClose();
    } catch (error) {
      setFailure(asCommandError(error).code);
      setBusy(false);
      void review.refetch();
    }
  };

  return (
    <Dialog open modalType="alert" onOpenChange={(_event, data) => { if (!data.open) onClose(); }}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t("session:end.title", { name: view?.session.name ?? "" })}</DialogTitle>
          <DialogContent className={styles.text}>
            {review.error && <span role="alert">{t(`shared:error.${review.error.code}`)}</span>}
            {view === undefined && !review.error && <Spinner delay={300} size="tiny" label={t("shared:ui.loading")} />}
            {view !== undefined && <Question view={view} />}
            {failure !== undefined && <span role="alert">{t(`shared:error.${failure}`)}</span>}
          </DialogContent>
          <DialogActions fluid>
            <Button className={styles.act} onClick={onClose}>
              {t("session:end.back")}
            </Button>
            {view !== undefined && held > 0 && (
              <Button className={styles.act} disabledFocusable={busy} onClick={() => void end("")}>
                {t("session:end.keep")}
              </Button>
            )}
            {view !== undefined && held > 0 && view.corrections === 0 && (
              <Button appearance="primary" className={styles.act} disabledFocusable={busy} onClick={() => void end(view.stand)}>
                {t("session:end.release")}
              </Button>
            )}
            {view !== undefined && held === 0 && (
              <Button appearance="primary" className={styles.act} disabledFocusable={busy} onClick={() => void end("")}>
                {t("session:end.press")}
              </Button>
            )}
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

function Question({ view }: { view: SessionView }) {
  const { t } = useTranslation("session");
  const { session, drafts, corrections } = view;
  return (
    <>
      <span>{session.held > 0 ? t("end.held", { count: session.held }) : t("end.nothingHeld")}</span>
      {corrections > 0 && <span>{t("end.corrections", { count: corrections })}</span>}
      {drafts.length > corrections && <span>{t("end.drafts", { count: drafts.length - corrections })}</span>}
    </>
  );
}
