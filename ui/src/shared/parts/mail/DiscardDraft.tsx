// Giving up a draft mail: a small button at the foot, and one question before the draft is gone.
import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, DialogTrigger } from "@fluentui/react-components";
import { DeleteRegular } from "@fluentui/react-icons";
import { useTranslation } from "@/shared/i18n";

/** The button with its question. `company` says to whom the draft is; empty where nobody is named yet. */
export function DiscardDraft({ company, onDiscard }: { company: string; onDiscard: () => void }) {
  const { t } = useTranslation("shared");
  return (
    <Dialog modalType="alert">
      <DialogTrigger disableButtonEnhancement>
        <Button appearance="subtle" icon={<DeleteRegular />} aria-label={t("mail.discard.title")} title={t("mail.discard.title")} />
      </DialogTrigger>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t("mail.discard.ask")}</DialogTitle>
          <DialogContent>{company === "" ? t("mail.discard.whyNobody") : t("mail.discard.why", { company })}</DialogContent>
          <DialogActions>
            <DialogTrigger disableButtonEnhancement>
              <Button appearance="primary">{t("mail.discard.keep")}</Button>
            </DialogTrigger>
            <DialogTrigger disableButtonEnhancement>
              <Button onClick={onDiscard}>{t("mail.discard.discard")}</Button>
            </DialogTrigger>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
