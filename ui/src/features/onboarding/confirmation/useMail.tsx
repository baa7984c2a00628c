// Mails are drafts in the person's own program; where there is none, the text is there to copy.
import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Textarea,
  makeStyles,
} from "@fluentui/react-components";
import { useState, type ReactNode } from "react";
import { useTranslation } from "@/shared/i18n";
import { useWrite, type Language, type MailView } from "@/shared/ipc";
import { FactList, useAnnounce } from "@/shared/ui";

const useStyles = makeStyles({
  body: { width: "100%", marginTop: "12px" },
});

type MailCommand = "openSetupMail" | "openAdminAccessMail" | "openResetMail";

/** Opens a mail in the language of who gets it; `shown` is the dialog for a system without a mail program, to be rendered by the caller. */
export function useMail(command: MailCommand, onboardingId: string, language: Language): { open: () => void; opened: boolean; shown: ReactNode } {
  const { t } = useTranslation("onboarding");
  const announce = useAnnounce();
  const [opened, setOpened] = useState(false);
  const [copyable, setCopyable] = useState<MailView | undefined>(undefined);
  const write = useWrite(command, {
    onDone: (mail) => {
      setOpened(mail.opened);
      if (mail.opened) announce(t("mail.opened"));
      else setCopyable(mail);
    },
  });
  return {
    opened,
    open: () => {
      write.mutate([onboardingId, language]);
    },
    shown:
      copyable === undefined ? null : (
        <MailText
          mail={copyable}
          onClose={() => {
            setCopyable(undefined);
          }}
        />
      ),
  };
}

function MailText({ mail, onClose }: { mail: MailView; onClose: () => void }) {
  const styles = useStyles();
  const { t } = useTranslation("onboarding");
  const copy = useWrite("copyText");
  return (
    <Dialog
      open
      onOpenChange={() => {
        onClose();
      }}
    >
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t("mail.noProgram")}</DialogTitle>
          <DialogContent>
            <p>{t("mail.noProgramText")}</p>
            <FactList
              facts={[
                { name: t("mail.to"), value: mail.to },
                { name: t("mail.subject"), value: mail.subject },
              ]}
            />
            <Textarea className={styles.body} rows={9} readOnly value={mail.body} aria-label={mail.subject} />
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>{t("mail.close")}</Button>
            <Button
              appearance="primary"
              onClick={() => {
                copy.mutate([`${mail.subject}\n\n${mail.body}`]);
              }}
            >
              {copy.isSuccess ? t("mail.copied") : t("mail.copy")}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
