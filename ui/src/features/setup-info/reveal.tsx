// The reveal window: small, of its own, protected against screen capture by Rust. The password comes into it only on a
// press, lives in this component alone and goes with the window.
import { Button, Caption1, MessageBar, MessageBarBody, Subtitle2, makeStyles, tokens } from "@fluentui/react-components";
import { CopyRegular, EyeOffRegular, EyeRegular, KeyRegular } from "@fluentui/react-icons";
import { useEffect, useState } from "react";
import { useTranslation } from "@/shared/i18n";
import { call, useRead } from "@/shared/ipc";
import { EmptyState, useAnnounce } from "@/shared/ui";

const MASK = "•".repeat(12);

const useStyles = makeStyles({
  window: { display: "flex", flexDirection: "column", height: "100%", boxSizing: "border-box", padding: "16px 20px", gap: "12px", overflowY: "auto" },
  head: { display: "flex", alignItems: "center", gap: "8px" },
  title: { margin: 0 },
  icon: { fontSize: "20px" },
  list: { margin: 0, display: "flex", flexDirection: "column", gap: "10px" },
  name: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
  value: { margin: 0, fontFamily: tokens.fontFamilyMonospace, fontSize: "15px", lineHeight: "22px", overflowWrap: "anywhere", userSelect: "text" },
  acts: { display: "flex", flexWrap: "wrap", gap: "8px", margin: "4px 0" },
  advice: { color: tokens.colorNeutralForeground2 },
  close: { marginLeft: "auto" },
});

type Trouble = "none" | "gone" | "failed";

/** User name, and the password while it is shown. */
export function RevealWindow({ onboardingId }: { onboardingId: string }) {
  const styles = useStyles();
  const { t } = useTranslation("setup-info");
  const announce = useAnnounce();
  const info = useRead("setupInfo", onboardingId);
  const [password, setPassword] = useState<string | undefined>(undefined);
  const [userName, setUserName] = useState("");
  const [copied, setCopied] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>("none");

  useEffect(() => {
    document.title = t("title");
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape") closeWindow();
    };
    window.addEventListener("keydown", onKey);
    return () => {
      window.removeEventListener("keydown", onKey);
    };
  }, [t]);

  const state = info.data?.state;
  const nothing = trouble === "gone" || state === "destroyed" || state === "not_yet" || state === "unavailable";

  const show = async () => {
    if (password !== undefined) {
      setPassword(undefined);
      return;
    }
    try {
      const revealed = await call("revealPassword", onboardingId);
      setPassword(revealed.password);
      setUserName(revealed.userName);
    } catch (error) {
      setTrouble(isGone(error) ? "gone" : "failed");
    }
  };
  const copy = async () => {
    try {
      await call("copyPassword", onboardingId);
      setCopied(true);
      announce(t("copied"));
    } catch (error) {
      setTrouble(isGone(error) ? "gone" : "failed");
    }
  };

  return (
    <main className={styles.window}>
      <header className={styles.head}>
        <KeyRegular className={styles.icon} aria-hidden />
        <Subtitle2 as="h1" className={styles.title}>{t("title")}</Subtitle2>
      </header>
      {nothing ? (
        <EmptyState icon={KeyRegular} title={t("gone")} why={t("goneText")} action={<Button onClick={closeWindow}>{t("close")}</Button>} />
      ) : (
        <>
          <dl className={styles.list}>
            <div>
              <dt className={styles.name}>{t("userName")}</dt>
              <dd className={styles.value}>{userName === "" ? (info.data?.userName ?? "") : userName}</dd>
            </div>
            <div>
              <dt className={styles.name}>{t("password")}</dt>
              <dd className={styles.value} data-testid="password">
                {password ?? <span aria-label={t("hidden")} role="img">{MASK}</span>}
              </dd>
            </div>
          </dl>
          <div className={styles.acts}>
            <Button appearance="primary" icon={password === undefined ? <EyeRegular /> : <EyeOffRegular />} onClick={() => void show()}>
              {password === undefined ? t("show") : t("hide")}
            </Button>
            <Button icon={<CopyRegular />} onClick={() => void copy()}>
              {t("copy")}
            </Button>
            <Button className={styles.close} onClick={closeWindow}>
              {t("close")}
            </Button>
          </div>
          {trouble === "failed" && (
            <MessageBar intent="error" role="alert">
              <MessageBarBody>{t("failed")}</MessageBarBody>
            </MessageBar>
          )}
          <Caption1 className={styles.advice}>{copied ? t("copied") : t("advice")}</Caption1>
        </>
      )}
    </main>
  );
}

/** Rust closes the window; where it does not answer the page closes itself. */
function closeWindow(): void {
  call("closeReveal").catch(() => {
    window.close();
  });
}

function isGone(error: unknown): boolean {
  const code = (error as { code?: string }).code;
  return code === "not_found" || code === "not_allowed";
}
