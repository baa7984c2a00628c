// Cancel: one question, then the whole operation is discarded.
import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
  makeStyles,
} from "@fluentui/react-components";
import { useTranslation } from "@/shared/i18n";

// Its word, not its invisible edge, stands in line with the form above.
const useStyles = makeStyles({ cancel: { marginLeft: "-12px", minWidth: 0 }, act: { whiteSpace: "nowrap" } });

export interface CancelButtonProps {
  /** For whom it is, to say what would be lost. */
  name: string;
  onDiscard: () => void;
}

/** The button with its question. Closing the question keeps everything. */
export function CancelButton({ name, onDiscard }: CancelButtonProps) {
  const styles = useStyles();
  const { t } = useTranslation("onboarding");
  return (
    <Dialog modalType="alert">
      <DialogTrigger disableButtonEnhancement>
        <Button appearance="subtle" className={styles.cancel}>
          {t("footer.cancel")}
        </Button>
      </DialogTrigger>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t("cancel.title")}</DialogTitle>
          <DialogContent>{t("cancel.text", { name })}</DialogContent>
          <DialogActions>
            <DialogTrigger disableButtonEnhancement>
              <Button appearance="primary" className={styles.act}>
                {t("cancel.keep")}
              </Button>
            </DialogTrigger>
            <Button className={styles.act} onClick={onDiscard}>
              {t("cancel.discard")}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
