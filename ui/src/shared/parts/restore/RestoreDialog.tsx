// The one question before a backup comes back; asks for the recovery code or the passphrase only when no key at hand fits.
import { Body1, Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, Input, MessageBar, MessageBarBody, Spinner, makeStyles } from "@fluentui/react-components";
import { useState } from "react";
import { useFormat, useTranslation } from "@/shared/i18n";
import { useWrite, type RestoreProblem } from "@/shared/ipc";
import { FormField } from "@/shared/ui";
import { useShowStart } from "./useShowStart";

/** What is to be restored; without a name it is the file chosen last. */
export interface Restorable {
  name: string;
  madeAt: string;
}

const useStyles = makeStyles({
  content: { display: "flex", flexDirection: "column", gap: "12px" },
  acts: { "& button": { whiteSpace: "nowrap" } },
});

type Ask = "needs_code" | "needs_passphrase" | "wrong_secret";
const ASKS: readonly string[] = ["needs_code", "needs_passphrase", "wrong_secret"] satisfies Ask[];

/** A problem that is answered with a secret. */
function asks(problem: RestoreProblem): problem is Ask {
  return ASKS.includes(problem);
}

/** `presentBook`: there is a book that goes aside. */
export function RestoreDialog({ backup, presentBook, onClose }: { backup: Restorable | undefined; presentBook: boolean; onClose: () => void }) {
  const styles = useStyles();
  const { t } = useTranslation("shared");
  const format = useFormat();
  const show = useShowStart();
  const [secret, setSecret] = useState("");
  const [asked, setAsked] = useState<Ask | undefined>(undefined);
  const restore = useWrite("restoreBackup", {
    silent: true,
    onDone: ({ start, problem }) => {
      if (problem && asks(problem)) setAsked(problem === "wrong_secret" ? (asked ?? "needs_code") : problem);
      // With a problem the book that was open is open again, and the dialog stays to tell it.
      if (start && problem === null) show(start, close);
    },
  });
  const problem = restore.data?.problem ?? undefined;
  const close = () => {
    setSecret("");
    setAsked(undefined);
    restore.reset();
    onClose();
  };
  const wrong = problem === "wrong_secret";
  const told = problem !== undefined && !asks(problem) ? problem : undefined;
  return (
    <Dialog open={backup !== undefined} modalType="alert" onOpenChange={(_event, data) => { if (!data.open && !restore.isPending) close(); }}>
      <DialogSurface>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (backup && !restore.isPending) restore.mutate([backup.name, secret]);
          }}
        >
          <DialogBody>
            <DialogTitle>{t("restore.title", { when: backup ? format.dateTime(backup.madeAt) : "" })}</DialogTitle>
            <DialogContent className={styles.content}>
              <Body1>{t("restore.comes")}</Body1>
              {presentBook && <Body1>{t("restore.aside")}</Body1>}
              <Body1>{t("restore.held")}</Body1>
              {asked && (
                <FormField
                  required
                  label={t(asked === "needs_passphrase" ? "restore.passphrase" : "restore.code")}
                  hint={t(asked === "needs_passphrase" ? "restore.passphraseHint" : "restore.codeHint")}
                  error={wrong ? t("restore.problem.wrong_secret") : undefined}
                >
                  <Input autoFocus type={asked === "needs_passphrase" ? "password" : "text"} autoComplete="off" spellCheck={false} value={secret} onChange={(_event, data) => { setSecret(data.value); }} />
                </FormField>
              )}
              {(told ?? restore.error) && (
                <MessageBar intent="error">
                  <MessageBarBody>{told ? t(`restore.problem.${told}`) : t(`error.${restore.error?.code ?? "internal"}`)}</MessageBarBody>
                </MessageBar>
              )}
            </DialogContent>
            <DialogActions className={styles.acts}>
              <Button disabledFocusable={restore.isPending} onClick={() => { if (!restore.isPending) close(); }}>
                {t("restore.cancel")}
              </Button>
              <Button type="submit" appearance="primary" disabledFocusable={restore.isPending} icon={restore.isPending ? <Spinner size="tiny" /> : undefined}>
                {t("restore.act")}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
