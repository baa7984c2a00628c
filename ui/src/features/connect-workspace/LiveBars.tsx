// Bars of a live workspace: nobody is signed in and why, and what the first sync is reading.
import { Button, MessageBar, MessageBarActions, MessageBarBody, makeStyles } from "@fluentui/react-components";
import { useNavigate, useLocation } from "react-router";
import { useTranslation } from "@/shared/i18n";
import { useReadWhen, useWrite, type SignInTrouble } from "@/shared/ipc";
import { useTrouble } from "./useTrouble";

/** Troubles after which the same sign-in may do once something was put right on this computer. */
const REPEATED: readonly SignInTrouble[] = ["clock_wrong", "keychain", "key_file"];

const useStyles = makeStyles({ flat: { borderRadius: 0 } });

/** Only what is true now; nothing in a practice workspace. */
export function LiveBars({ live }: { live: boolean }) {
  const styles = useStyles();
  const { t } = useTranslation("connect-workspace");
  const say = useTrouble();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const signedIn = useReadWhen(live, "signedIn").data;
  const sync = useReadWhen(live, "syncState").data;
  const again = useWrite("sendNow");
  const trouble = signedIn?.trouble ?? undefined;
  const words = trouble && say(trouble);
  return (
    <>
      {trouble && words && (
        <MessageBar intent="warning" shape="square" layout="multiline" className={styles.flat}>
          <MessageBarBody>{t("bar.held", { title: words.title, do: words.what })}</MessageBarBody>
          {(REPEATED.includes(trouble.kind) || pathname !== "/settings") && (
            <MessageBarActions>
              {REPEATED.includes(trouble.kind) ? (
                <Button size="small" onClick={() => { again.mutate([]); }}>{t("bar.tryAgain")}</Button>
              ) : (
                <Button size="small" onClick={() => void navigate("/settings")}>{t("bar.signIn")}</Button>
              )}
            </MessageBarActions>
          )}
        </MessageBar>
      )}
      {sync && sync.first && sync.stage !== "done" && (
        <MessageBar intent="info" shape="square" className={styles.flat}>
          <MessageBarBody>
            {t(`bar.${sync.stage}`, { done: sync.done, of: sync.of })} {sync.waits && t(`bar.waits.${sync.waits}`)} {t("bar.use")}
          </MessageBarBody>
        </MessageBar>
      )}
    </>
  );
}
