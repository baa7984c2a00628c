// Another name for a session, while it runs or afterwards: what belongs to it stays as it is.
import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, Input, makeStyles } from "@fluentui/react-components";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "@/shared/i18n";
import { useWrite, type SessionRow } from "@/shared/ipc";
import { FormField, useAnnounce } from "@/shared/ui";
import { useNameProblem } from "./useSession";

const useStyles = makeStyles({ surface: { maxWidth: "480px" }, act: { whiteSpace: "nowrap" } });

/** The dialog. It opens with the name that the session has. */
export function RenameDialog({ session, onClose }: { session: Pick<SessionRow, "id" | "name">; onClose: () => void }) {
  const styles = useStyles();
  const { t } = useTranslation(["session", "shared"]);
  const announce = useAnnounce();
  const [name, setName] = useState(session.name);
  const field = useRef<HTMLInputElement>(null);
  const rename = useWrite("renameSession", {
    silent: true,
    onDone: (renamed) => {
      announce(t("session:rename.done", { name: renamed.name }));
      onClose();
    },
  });
  const wrong = useNameProblem(rename.error);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  return (
    <Dialog open onOpenChange={(_event, data) => { if (!data.open) onClose(); }}>
      <DialogSurface className={styles.surface}>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (!rename.isPending) rename.mutate([session.id, name], { onError: () => { field.current?.focus(); } });
          }}
        >
          <DialogBody>
            <DialogTitle>{t("session:rename.title")}</DialogTitle>
            <DialogContent>
              <FormField label={t("session:start.name")} required hint={t("session:start.nameHint")} error={wrong}>
                <Input ref={field} value={name} onChange={(_event, data) => { setName(data.value); }} />
              </FormField>
            </DialogContent>
            <DialogActions>
              <Button className={styles.act} onClick={onClose}>
                {t("session:start.cancel")}
              </Button>
              <Button appearance="primary" type="submit" className={styles.act} disabledFocusable={rename.isPending}>
                {t("session:rename.press")}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
