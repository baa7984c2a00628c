// Sign-in of a live workspace in Settings: who, since when, sign in again, sign out.
import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, MessageBar, MessageBarBody, makeStyles } from "@fluentui/react-components";
import { ArrowSyncRegular, GlobeRegular, PhoneLaptopRegular, SignOutRegular } from "@fluentui/react-icons";
import { useState } from "react";
import { useFormat, useTranslation } from "@/shared/i18n";
import { useRead, useWrite } from "@/shared/ipc";
import { CopyText } from "@/shared/parts/CopyText";
import { KeychainWait } from "@/shared/parts/KeychainWait";
import { ErrorState, FactList, LoadingRows } from "@/shared/ui";
import { SignInProgress, TroubleBar } from "./SignInProgress";

const useStyles = makeStyles({
  stack: { display: "flex", flexDirection: "column", gap: "14px", alignItems: "flex-start" },
  row: { display: "flex", gap: "8px", flexWrap: "wrap" },
  ask: { display: "flex", flexDirection: "column", gap: "12px" },
});

/** What the section shows below its heading. */
export function SignInSection() {
  const styles = useStyles();
  const { t } = useTranslation(["connect-workspace", "shared"]);
  const format = useFormat();
  const signedIn = useRead("signedIn");
  const state = useRead("signInState");
  const sync = useRead("syncState").data;
  const [asking, setAsking] = useState(false);
  const again = useWrite("signInAgain", { onDone: () => void state.refetch() });
  const place = useRead("safekeeping").data?.place;
  // What went wrong is told in the dialog, which lies over the frame.
  const out = useWrite("signOut", { silent: true, onDone: () => { setAsking(false); } });
  const now = useWrite("syncNow");
  const view = signedIn.data;
  if (signedIn.error) return <ErrorState why={t(`shared:error.${signedIn.error.code}`)} onRetry={() => void signedIn.refetch()} />;
  if (!view || !state.data) return <LoadingRows />;
  const out_ = view.trouble?.kind === "signed_out";
  return (
    <div className={styles.stack}>
      <FactList
        facts={[
          { name: t("connect-workspace:section.user"), value: out_ ? t("connect-workspace:section.signedOut") : view.user },
          { name: t("connect-workspace:section.since"), value: out_ ? "–" : format.dateTime(view.since) },
          { name: t("connect-workspace:section.company"), value: view.company === "" ? "–" : view.company },
          { name: t("connect-workspace:section.cloud"), value: t(`connect-workspace:cloud.${view.cloud}`) },
          { name: t("connect-workspace:section.tenant"), value: <CopyText whole text={view.tenant} name={t("connect-workspace:section.tenant")} /> },
          { name: t("connect-workspace:section.client"), value: <CopyText whole text={view.client} name={t("connect-workspace:section.client")} /> },
          { name: t("connect-workspace:section.read"), value: sync?.finishedAt ? format.dateTime(sync.finishedAt) : t("connect-workspace:section.never") },
        ]}
      />
      {view.trouble && view.trouble.kind !== "signed_out" && state.data.step !== "failed" && <TroubleBar trouble={view.trouble} />}
      <SignInProgress view={state.data}>
        <div className={styles.row}>
          <Button appearance={view.trouble ? "primary" : "secondary"} icon={<GlobeRegular />} disabledFocusable={again.isPending} onClick={() => { again.mutate(["browser"]); }}>
            {t("connect-workspace:section.again")}
          </Button>
          <Button icon={<PhoneLaptopRegular />} disabledFocusable={again.isPending} onClick={() => { again.mutate(["device_code"]); }}>
            {t("connect-workspace:signIn.device")}
          </Button>
          {!out_ && (
            <Button icon={<SignOutRegular />} onClick={() => { out.reset(); setAsking(true); }}>
              {t("connect-workspace:section.out")}
            </Button>
          )}
          <Button icon={<ArrowSyncRegular />} disabledFocusable={now.isPending} onClick={() => { now.mutate([]); }}>
            {t("connect-workspace:section.readNow")}
          </Button>
        </div>
      </SignInProgress>
      <Dialog open={asking} modalType="alert" onOpenChange={(_event, data) => { setAsking(data.open); }}>
        <DialogSurface>
          <DialogBody>
            <DialogTitle>{t("connect-workspace:section.outTitle")}</DialogTitle>
            <DialogContent className={styles.ask}>
              <span>{t("connect-workspace:section.outText", { count: view.waiting })}</span>
              <KeychainWait asked={out.isPending} place={place} />
              {out.error && (
                <MessageBar intent="error" layout="multiline" role="alert">
                  <MessageBarBody>{t(`shared:error.${out.error.code}`)}</MessageBarBody>
                </MessageBar>
              )}
            </DialogContent>
            <DialogActions>
              <Button onClick={() => { setAsking(false); }}>{t("connect-workspace:section.keep")}</Button>
              <Button appearance="primary" disabledFocusable={out.isPending} onClick={() => { out.mutate([]); }}>
                {t("connect-workspace:section.outAct")}
              </Button>
            </DialogActions>
          </DialogBody>
        </DialogSurface>
      </Dialog>
    </div>
  );
}
