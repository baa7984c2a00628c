// Starting a session: its name, who holds it, and whether its operations wait until they are released.
import { Body1, Button, DrawerBody, DrawerFooter, DrawerHeader, DrawerHeaderTitle, Input, OverlayDrawer, Switch, makeStyles, tokens } from "@fluentui/react-components";
import { DismissRegular } from "@fluentui/react-icons";
import { useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "@/shared/i18n";
import { useReadWhen, useWrite } from "@/shared/ipc";
import { ErrorState, FormField, LoadingRows, useAnnounce } from "@/shared/ui";
import { useNameProblem } from "./useSession";

const useStyles = makeStyles({
  body: { display: "flex", flexDirection: "column", gap: "14px", paddingBottom: "24px" },
  intro: { color: tokens.colorNeutralForeground2 },
  hint: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200, padding: "0 8px" },
  switch: { display: "flex", flexDirection: "column", marginTop: "6px" },
});

/** The panel. Its form opens once it is known who held the last session. */
export function StartPanel({ open, onClose }: { open: boolean; onClose: () => void }) {
  const id = useId();
  const { t } = useTranslation(["session", "shared"]);
  const sessions = useReadWhen(open, "sessions");
  return (
    <OverlayDrawer position="end" size="small" style={{ width: 400, maxWidth: "100vw" }} open={open} onOpenChange={(_event, data) => { if (!data.open) onClose(); }} aria-labelledby={`${id}-title`}>
      <DrawerHeader>
        <DrawerHeaderTitle heading={{ id: `${id}-title` }} action={<Button appearance="subtle" icon={<DismissRegular />} aria-label={t("shared:ui.close")} onClick={onClose} />}>
          {t("session:start.title")}
        </DrawerHeaderTitle>
      </DrawerHeader>
      {sessions.data ? (
        <StartForm who={sessions.data.who} onClose={onClose} />
      ) : (
        <DrawerBody>{sessions.error ? <ErrorState why={t(`shared:error.${sessions.error.code}`)} onRetry={() => void sessions.refetch()} /> : <LoadingRows rows={3} />}</DrawerBody>
      )}
    </OverlayDrawer>
  );
}

function StartForm({ who: last, onClose }: { who: string; onClose: () => void }) {
  const styles = useStyles();
  const id = useId();
  const { t } = useTranslation(["session", "shared"]);
  const announce = useAnnounce();
  const [name, setName] = useState("");
  const [who, setWho] = useState(last);
  const [holds, setHolds] = useState(true);
  const first = useRef<HTMLInputElement>(null);
  const start = useWrite("startSession", {
    silent: true,
    onDone: (session) => {
      announce(t("session:start.done", { name: session.name }));
      onClose();
    },
  });
  // After the drawer itself, which gives the focus to the first thing in it: that is *Close*.
  useEffect(() => {
    const soon = requestAnimationFrame(() => first.current?.focus());
    return () => { cancelAnimationFrame(soon); };
  }, []);
  const wrong = useNameProblem(start.error);
  const submit = () => {
    if (!start.isPending) start.mutate([name, who, holds], { onError: () => { first.current?.focus(); } });
  };
  return (
    <>
      <DrawerBody>
        <form
          id={`${id}-form`}
          className={styles.body}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <Body1 className={styles.intro}>{t("session:start.intro")}</Body1>
          <FormField label={t("session:start.name")} required hint={t("session:start.nameHint")} error={wrong}>
            <Input ref={first} value={name} onChange={(_event, data) => { setName(data.value); }} />
          </FormField>
          <FormField label={t("session:start.who")} hint={t("session:start.whoHint")}>
            <Input value={who} onChange={(_event, data) => { setWho(data.value); }} autoComplete="off" />
          </FormField>
          <div className={styles.switch}>
            <Switch checked={holds} label={t("session:start.holds")} aria-describedby={`${id}-holds`} onChange={(_event, data) => { setHolds(data.checked); }} />
            <span id={`${id}-holds`} className={styles.hint}>
              {holds ? t("session:start.holdsOn") : t("session:start.holdsOff")}
            </span>
          </div>
        </form>
      </DrawerBody>
      <DrawerFooter>
        <Button appearance="primary" type="submit" form={`${id}-form`} disabledFocusable={start.isPending}>
          {t("session:start.press")}
        </Button>
        <Button appearance="subtle" onClick={onClose}>
          {t("session:start.cancel")}
        </Button>
      </DrawerFooter>
    </>
  );
}
