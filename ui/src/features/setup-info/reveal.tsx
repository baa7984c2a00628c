// The reveal window: small, of its own, protected against screen capture by Rust. The password comes into it only on a
// press, lives in this component alone and goes with the window. It is printed from here, and from nowhere else.
import { Button, Caption1, MessageBar, MessageBarBody, Subtitle2, makeStyles, tokens } from "@fluentui/react-components";
import { CopyRegular, EyeOffRegular, EyeRegular, KeyRegular, PrintRegular } from "@fluentui/react-icons";
import { useEffect, useState } from "react";
import { useTranslation } from "@/shared/i18n";
import { call, useRead, type Language } from "@/shared/ipc";
import { HandoverSheet } from "@/shared/parts/HandoverSheet";
import { LanguageChoice } from "@/shared/parts/LanguageChoice";
import { EmptyState, useAnnounce } from "@/shared/ui";

const MASK = "•".repeat(12);
/** So long a printed page needs to leave for the printer. */
const LEAVES_MS = 5000;

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
  const info = useRead("revealSubject", onboardingId);
  const [password, setPassword] = useState<string | undefined>(undefined);
  const [language, setLanguage] = useState<Language | undefined>(undefined);
  const [onPaper, setOnPaper] = useState<string | undefined>(undefined);
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

  // The sheet has to be drawn before the system takes its picture of it; afterwards the password leaves the page.
  useEffect(() => {
    if (onPaper === undefined) return undefined;
    const over = () => {
      setOnPaper(undefined);
    };
    // Not every system says that printing is over; there the return from its dialog does, and a page has left by then.
    let timer: ReturnType<typeof setTimeout> | undefined;
    const back = () => {
      clearTimeout(timer);
      timer = setTimeout(over, LEAVES_MS);
    };
    window.addEventListener("afterprint", over);
    window.addEventListener("focus", back);
    const frame = requestAnimationFrame(() => {
      call("printReveal").catch(() => {
        setOnPaper(undefined);
        setTrouble("failed");
      });
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      window.removeEventListener("afterprint", over);
      window.removeEventListener("focus", back);
    };
  }, [onPaper]);

  const nothing = trouble === "gone" || (info.error !== null && isGone(info.error));
  const subject = info.data;
  const sheetLanguage = language ?? subject?.mailLanguage ?? "en";

  const show = async () => {
    if (password !== undefined) {
      setPassword(undefined);
      return;
    }
    try {
      const revealed = await call("revealPassword", onboardingId);
      setPassword(revealed.password);
    } catch (error) {
      setTrouble(isGone(error) ? "gone" : "failed");
    }
  };
  const print = async () => {
    try {
      const revealed = await call("revealPassword", onboardingId);
      setOnPaper(undefined);
      requestAnimationFrame(() => {
        setOnPaper(revealed.password);
      });
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
              <dd className={styles.value}>{subject?.userName ?? ""}</dd>
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
          <div className={styles.acts}>
            <Button icon={<PrintRegular />} disabledFocusable={subject === undefined} onClick={() => void print()}>
              {t("print")}
            </Button>
            <LanguageChoice label={t("printLanguage")} value={sheetLanguage} onChange={setLanguage} />
          </div>
          {trouble === "failed" && (
            <MessageBar intent="error" role="alert">
              <MessageBarBody>{t("failed")}</MessageBarBody>
            </MessageBar>
          )}
          {subject !== undefined && onPaper !== undefined && <HandoverSheet info={subject} language={sheetLanguage} password={onPaper} />}
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
