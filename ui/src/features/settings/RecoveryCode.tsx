// The recovery code: explained, shown once, typed back. Only a code that was typed back counts.
import { Body1, Button, Caption1, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, Input, makeStyles, tokens } from "@fluentui/react-components";
import { KeyRegular } from "@fluentui/react-icons";
import { useState } from "react";
import { useFormat, useTranslation } from "@/shared/i18n";
import { useRead, useWrite } from "@/shared/ipc";
import { ErrorState, FormField, useAnnounce } from "@/shared/ui";
import { Section } from "./Section";

const useStyles = makeStyles({
  stack: { display: "flex", flexDirection: "column", gap: "12px", alignItems: "flex-start" },
  content: { display: "flex", flexDirection: "column", gap: "12px" },
  acts: { "& button": { whiteSpace: "nowrap" } },
  code: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase500, letterSpacing: "0.04em", padding: "12px 16px", borderRadius: "6px", backgroundColor: tokens.colorNeutralBackground3, userSelect: "text", overflowWrap: "anywhere" },
  quiet: { color: tokens.colorNeutralForeground2 },
});

type Step = "explain" | "show" | "prove";

function RecoveryDialog({ open, again, onClose }: { open: boolean; again: boolean; onClose: (done: boolean) => void }) {
  const styles = useStyles();
  const { t } = useTranslation(["settings", "shared"]);
  const [step, setStep] = useState<Step>("explain");
  const [typed, setTyped] = useState("");
  const close = (done: boolean) => {
    setStep("explain");
    setTyped("");
    begin.reset();
    prove.reset();
    onClose(done);
  };
  const begin = useWrite("beginRecoveryCode", { onDone: () => { setStep("show"); } });
  const prove = useWrite("proveRecoveryCode", { onDone: ({ problem }) => { if (problem === null) close(true); } });
  const problem = prove.data?.problem ?? undefined;
  return (
    <Dialog open={open} modalType="alert" onOpenChange={(_event, data) => { if (!data.open) close(false); }}>
      <DialogSurface>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (step === "explain") begin.mutate([]);
            else if (step === "show") setStep("prove");
            else prove.mutate([typed]);
          }}
        >
          <DialogBody>
            <DialogTitle>{t(`settings:recovery.${step}.title`)}</DialogTitle>
            <DialogContent className={styles.content}>
              <Body1>{t(`settings:recovery.${step}.text`)}</Body1>
              {step === "explain" && again && <Body1>{t("settings:recovery.replaces")}</Body1>}
              {step === "show" && <div className={styles.code} role="group" aria-label={t("settings:recovery.title")}>{begin.data?.code}</div>}
              {step === "prove" && (
                <FormField required label={t("settings:recovery.title")} hint={t("settings:recovery.hint")} error={problem ? t(`settings:recovery.problem.${problem}`) : undefined}>
                  <Input autoFocus autoComplete="off" spellCheck={false} value={typed} onChange={(_event, data) => { setTyped(data.value); }} />
                </FormField>
              )}
            </DialogContent>
            <DialogActions className={styles.acts}>
              <Button
                onClick={() => {
                  if (step === "prove") setStep("show");
                  else close(false);
                }}
              >
                {t(step === "prove" ? "settings:recovery.back" : "shared:restore.cancel")}
              </Button>
              <Button type="submit" appearance="primary" disabledFocusable={begin.isPending || prove.isPending}>
                {t(`settings:recovery.${step}.act`)}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}

/** The section. */
export function RecoveryCode() {
  const styles = useStyles();
  const { t } = useTranslation(["settings", "shared"]);
  const format = useFormat();
  const announce = useAnnounce();
  const safekeeping = useRead("safekeeping");
  const [open, setOpen] = useState(false);
  const view = safekeeping.data;
  if (safekeeping.error) {
    return (
      <Section title={t("settings:recovery.title")}>
        <ErrorState why={t(`shared:error.${safekeeping.error.code}`)} onRetry={() => void safekeeping.refetch()} />
      </Section>
    );
  }
  const since = view?.recoverySince ?? undefined;
  return (
    <Section title={t("settings:recovery.title")}>
      <div className={styles.stack}>
        {view && <Body1>{t(`settings:recovery.what.${view.place}`)}</Body1>}
        {view && <Body1>{since === undefined ? t(`settings:recovery.notSetUp.${view.place}`) : t("settings:recovery.setUp", { date: format.date(since) })}</Body1>}
        <Button icon={<KeyRegular />} onClick={() => { setOpen(true); }}>
          {t(since === undefined ? "settings:recovery.begin" : "settings:recovery.renew")}
        </Button>
        {view && <Caption1 className={styles.quiet}>{t(`settings:recovery.place.${view.place}`)}</Caption1>}
      </div>
      <RecoveryDialog
        open={open}
        again={since !== undefined}
        onClose={(done) => {
          setOpen(false);
          if (done) {
            void safekeeping.refetch();
            announce(t("settings:recovery.done"));
          }
        }}
      />
    </Section>
  );
}
