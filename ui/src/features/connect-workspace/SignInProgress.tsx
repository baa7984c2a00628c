// A sign-in under way: what the person does where, and what it came to.
import { Body1, Button, MessageBar, MessageBarBody, MessageBarTitle, Spinner, Subtitle2, makeStyles, tokens } from "@fluentui/react-components";
import { CheckmarkCircleRegular } from "@fluentui/react-icons";
import type { ReactNode } from "react";
import { useTranslation } from "@/shared/i18n";
import { useWrite, type SignInTroubleView, type SignInView } from "@/shared/ipc";
import { CopyText } from "@/shared/parts/CopyText";
import { FactList } from "@/shared/ui";
import { useTrouble } from "./useTrouble";

const useStyles = makeStyles({
  stack: { display: "flex", flexDirection: "column", gap: "12px", alignItems: "flex-start" },
  row: { display: "flex", gap: "8px", flexWrap: "wrap" },
  title: { display: "flex", alignItems: "center", gap: "8px" },
  tick: { color: tokens.colorPaletteGreenForeground1, fontSize: "20px" },
  code: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeHero700, lineHeight: tokens.lineHeightHero700, letterSpacing: "0.08em", userSelect: "text" },
  wide: { width: "100%" },
});

/** Why it came to nothing, and what to do. */
export function TroubleBar({ trouble }: { trouble: SignInTroubleView }) {
  const styles = useStyles();
  const say = useTrouble();
  const { title, what } = say(trouble);
  return (
    <MessageBar intent={trouble.kind === "declined" ? "info" : "warning"} layout="multiline" className={styles.wide} role="alert">
      <MessageBarBody>
        <MessageBarTitle>{title}</MessageBarTitle>
        {what}
      </MessageBarBody>
    </MessageBar>
  );
}

/** What is happening; `idle` shows its children, the ways to begin. `done` is what follows a finished sign-in. */
export function SignInProgress({ view, children, done }: { view: SignInView; children: ReactNode; done?: ReactNode }) {
  const styles = useStyles();
  const { t } = useTranslation("connect-workspace");
  const cancel = useWrite("cancelSignIn");
  const openPage = useWrite("openSignInPage");
  const giveUp = (
    <Button onClick={() => { cancel.mutate([]); }} disabledFocusable={cancel.isPending}>
      {t("signIn.cancel")}
    </Button>
  );
  switch (view.step) {
    case "idle":
      return <>{children}</>;
    case "failed":
      return (
        <div className={styles.stack}>
          {view.trouble && <TroubleBar trouble={view.trouble} />}
          {children}
        </div>
      );
    case "checking":
    case "checking_role":
      return (
        <div className={styles.stack} aria-live="polite">
          <Spinner size="tiny" label={view.step === "checking" ? t("signIn.checking") : t("signIn.checkingRole", { user: view.user })} />
          {giveUp}
        </div>
      );
    case "waiting_for_browser":
      return (
        <div className={styles.stack} aria-live="polite">
          <Subtitle2 as="h3" className={styles.title}>
            <Spinner size="tiny" aria-hidden />
            {t("signIn.waitingBrowser")}
          </Subtitle2>
          <Body1>{t(view.browserMissing ? "signIn.browserMissing" : "signIn.waitingBrowserText")}</Body1>
          {view.browserMissing && <CopyText whole text={view.page} name={t("signIn.copyAddress")} />}
          <div className={styles.row}>
            <Button onClick={() => { openPage.mutate([]); }} disabledFocusable={openPage.isPending}>
              {t("signIn.openAgain")}
            </Button>
            {giveUp}
          </div>
        </div>
      );
    case "waiting_for_device":
      return (
        <div className={styles.stack} aria-live="polite">
          <Subtitle2 as="h3">{t("signIn.waitingDevice")}</Subtitle2>
          <span className={styles.code} role="group" aria-label={t("signIn.deviceCode")}>{view.code}</span>
          <Body1>{t("signIn.waitingDeviceText")}</Body1>
          <FactList facts={[{ name: t("signIn.devicePage"), value: <CopyText whole text={view.page} name={t("signIn.devicePage")} /> }]} />
          <div className={styles.row}>
            <Button onClick={() => { openPage.mutate([]); }} disabledFocusable={openPage.isPending}>
              {t("signIn.openPage")}
            </Button>
            {giveUp}
          </div>
        </div>
      );
    case "signed_in":
      return (
        <div className={styles.stack} aria-live="polite">
          <Subtitle2 as="h3" className={styles.title}>
            <CheckmarkCircleRegular className={styles.tick} aria-hidden />
            {t("signIn.done", { user: view.user })}
          </Subtitle2>
          {view.company !== "" && <Body1>{t("signIn.company", { company: view.company })}</Body1>}
          {done}
        </div>
      );
  }
}
