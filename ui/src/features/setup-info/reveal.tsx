// The reveal window: small, of its own, protected against screen capture by Rust. The password comes into it only on a
// press, lives in this component alone and goes with the window. It is printed from here, and from nowhere else.
import { Button, Caption1, MessageBar, MessageBarBody, Subtitle2, makeStyles, tokens } from "@fluentui/react-components";
import { CopyRegular, EyeOffRegular, EyeRegular, KeyRegular, PrintRegular } from "@fluentui/react-icons";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "@/shared/i18n";
import { call, useRead, type Language } from "@/shared/ipc";
import { HandoverSheet } from "@/shared/parts/HandoverSheet";
import { KeychainWait } from "@/shared/parts/KeychainWait";
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

/** Why the password is not to be had. */
type Trouble = "none" | "gone" | "keychain" | "keyFile" | "failed";

/** User name, and the password while it is shown. */
export function RevealWindow({ onboardingId }: { onboardingId: string }) {
  const styles = useStyles();
  const { t } = useTranslation(["setup-info", "shared"]);
  const announce = useAnnounce();
  const info = useRead("revealSubject", onboardingId);
  const [password, setPassword] = useState<string | undefined>(undefined);
  const [language, setLanguage] = useState<Language | undefined>(undefined);
  const [onPaper, setOnPaper] = useState<string | undefined>(undefined);
  const [copied, setCopied] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>("none");
  const [asked, setAsked] = useState(false);
  const asking = useRef(false);

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

  const nothing = trouble === "gone" || (info.error !== null && troubleOf(info.error) === "gone");
  const subject = info.data?.info;
  const sheetLanguage = language ?? subject?.mailLanguage ?? "en";

  // The key comes from the keychain, which may keep the person waiting: one question at a time.
  const ask = async (work: () => Promise<void>) => {
    if (asking.current) return;
    asking.current = true;
    setAsked(true);
    setTrouble("none");
    try {
      await work();
    } catch (error) {
      setTrouble(troubleOf(error));
    } finally {
      asking.current = false;
      setAsked(false);
    }
  };
  const show = () => {
    if (password !== undefined) {
      setPassword(undefined);
      return;
    }
    void ask(async () => {
      const revealed = await call("revealPassword", onboardingId);
      setPassword(revealed.password);
    });
  };
  const print = () => {
    void ask(async () => {
      const revealed = await call("revealPassword", onboardingId);
      setOnPaper(undefined);
      requestAnimationFrame(() => {
        setOnPaper(revealed.password);
      });
    });
  };
  const copy = () => {
    void ask(async () => {
      await call("copyPassword", onboardingId);
      setCopied(true);
      announce(t("copied"));
    });
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
            <Button appearance="primary" icon={password === undefined ? <EyeRegular /> : <EyeOffRegular />} disabledFocusable={asked} onClick={show}>
              {password === undefined ? t("show") : t("hide")}
            </Button>
            <Button icon={<CopyRegular />} disabledFocusable={asked} onClick={copy}>
              {t("copy")}
            </Button>
            <Button className={styles.close} onClick={closeWindow}>
              {t("close")}
            </Button>
          </div>
          <div className={styles.acts}>
            <Button icon={<PrintRegular />} disabledFocusable={subject === undefined || asked} onClick={print}>
              {t("print")}
            </Button>
            <LanguageChoice label={t("printLanguage")} value={sheetLanguage} onChange={setLanguage} />
          </div>
          <KeychainWait asked={asked} place={info.data?.keyPlace} />
          {trouble !== "none" && (
            <MessageBar intent="error" layout="multiline" role="alert">
              <MessageBarBody>{trouble === "keyFile" ? t("shared:error.key_file_unavailable") : t(trouble)}</MessageBarBody>
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

function troubleOf(error: unknown): Trouble {
  switch ((error as { code?: string }).code) {
    case "not_found":
    case "not_allowed":
      return "gone";
    case "keychain_unavailable":
      return "keychain";
    case "key_file_unavailable":
      return "keyFile";
    default:
      return "failed";
  }
}
