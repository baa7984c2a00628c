// One question before a draft is gone.
import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle } from "@fluentui/react-components";
import { useTranslation } from "@/shared/i18n";

/** The dialog. */
export function DiscardRequest({ company, onKeep, onDiscard }: { company: string; onKeep: () => void; onDiscard: () => void }) {
  const { t } = useTranslation("partnership");
  return (
    <Dialog
      open
      onOpenChange={() => {
        onKeep();
      }}
    >
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t("discard.title")}</DialogTitle>
          <DialogContent>{company === "" ? t("discard.whyNobody") : t("discard.why", { company })}</DialogContent>
          <DialogActions>
            <Button onClick={onKeep}>{t("discard.keep")}</Button>
            <Button appearance="primary" onClick={onDiscard}>
              {t("discard.discard")}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
