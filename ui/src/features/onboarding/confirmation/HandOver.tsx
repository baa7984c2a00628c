// The two ways in which the setup info reaches the customer: a mail without the password, and a sheet of paper. Both in
// the customer's language, which the person may change.
import {
  Button,
  Caption1,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Radio,
  RadioGroup,
  makeStyles,
} from "@fluentui/react-components";
import { MailRegular, PrintRegular } from "@fluentui/react-icons";
import { useEffect, useState } from "react";
import { useTranslation } from "@/shared/i18n";
import { useWrite, type Language, type SetupInfoView } from "@/shared/ipc";
import { HandoverSheet } from "@/shared/parts/HandoverSheet";
import { LanguageChoice } from "@/shared/parts/LanguageChoice";
import { useCardStyles } from "./cardStyles";
import { useMail } from "./useMail";

type OnPaper = "line" | "printed";

const useStyles = makeStyles({
  content: { display: "flex", flexDirection: "column", gap: "16px", paddingTop: "4px" },
});

/** Foot of the card. Without a password to print (`destroyed`) the sheet has the line alone. */
export function HandOver({ info }: { info: SetupInfoView }) {
  const styles = useCardStyles();
  const { t } = useTranslation("onboarding");
  const [language, setLanguage] = useState<Language>(info.mailLanguage);
  const [asking, setAsking] = useState(false);
  const [sheet, setSheet] = useState(false);
  const mail = useMail("openSetupMail", info.onboardingId, language);
  const print = useWrite("printPage");
  const reveal = useWrite("beginReveal");
  const printPage = print.mutate;

  // The sheet has to be drawn before the system takes its picture of it.
  useEffect(() => {
    if (!sheet) return undefined;
    const over = () => {
      setSheet(false);
    };
    window.addEventListener("afterprint", over);
    const frame = requestAnimationFrame(() => {
      printPage([]);
    });
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener("afterprint", over);
    };
  }, [sheet, printPage]);

  const canPrintPassword = info.state === "sealed" || info.state === "showing";
  const start = (choice: OnPaper) => {
    setAsking(false);
    if (choice === "printed") {
      reveal.mutate([info.onboardingId]);
      return;
    }
    setSheet(false);
    requestAnimationFrame(() => {
      setSheet(true);
    });
  };
  return (
    <div className={styles.foot}>
      <Button icon={<MailRegular />} onClick={mail.open}>
        {t("setup.mail")}
      </Button>
      <Button
        icon={<PrintRegular />}
        onClick={() => {
          setAsking(true);
        }}
      >
        {t("setup.print")}
      </Button>
      <LanguageChoice label={t("setup.language")} value={language} onChange={setLanguage} />
      <Caption1 className={styles.whole}>{mail.opened ? t("mail.opened") : t("setup.mailText")}</Caption1>
      {asking && (
        <PrintQuestion
          printed={canPrintPassword}
          onCancel={() => {
            setAsking(false);
          }}
          onStart={start}
        />
      )}
      {sheet && <HandoverSheet info={info} language={language} />}
      {mail.shown}
    </div>
  );
}

function PrintQuestion({ printed, onCancel, onStart }: { printed: boolean; onCancel: () => void; onStart: (choice: OnPaper) => void }) {
  const styles = useStyles();
  const { t } = useTranslation("onboarding");
  const [choice, setChoice] = useState<OnPaper>("line");
  return (
    <Dialog
      open
      onOpenChange={() => {
        onCancel();
      }}
    >
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t("print.title")}</DialogTitle>
          <DialogContent className={styles.content}>
            <p>{t("print.text")}</p>
            {printed ? (
              <Field label={t("print.password")} hint={choice === "line" ? t("print.lineText") : t("print.printedText")}>
                <RadioGroup
                  value={choice}
                  onChange={(_event, data) => {
                    setChoice(data.value === "printed" ? "printed" : "line");
                  }}
                >
                  <Radio value="line" label={t("print.line")} />
                  <Radio value="printed" label={t("print.printed")} />
                </RadioGroup>
              </Field>
            ) : (
              <p>{t("print.onlyLine")}</p>
            )}
          </DialogContent>
          <DialogActions>
            <Button onClick={onCancel}>{t("print.cancel")}</Button>
            <Button
              appearance="primary"
              onClick={() => {
                onStart(choice);
              }}
            >
              {choice === "line" ? t("print.print") : t("print.open")}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
