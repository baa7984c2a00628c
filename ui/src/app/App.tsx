// The main window: the start pages until a book is open, then the frame with its pages.
import { HashRouter } from "react-router";
import { useEffect } from "react";
import { Spinner, makeStyles } from "@fluentui/react-components";
import { FirstStart, StartProblemPage, UnlockPage } from "@/features/start";
import { useTranslation } from "@/shared/i18n";
import { useRead, type StartView } from "@/shared/ipc";
import { ErrorState } from "@/shared/ui";
import { Frame } from "./frame/Frame";
import { Providers } from "./Providers";

const useStyles = makeStyles({
  middle: { height: "100%", display: "flex", alignItems: "center", justifyContent: "center" },
});

function Opened({ start }: { start: StartView }) {
  switch (start.kind) {
    case "first_start":
      return <FirstStart settings={start.settings} />;
    case "failed":
      return <StartProblemPage problem={start.problem ?? "other"} path={start.problemPath} recoverable={start.recoverable} version={start.version} />;
    case "unlock":
      return <UnlockPage recoverable={start.recoverable} />;
    case "ready":
      return (
        <HashRouter>
          <Frame start={start} />
        </HashRouter>
      );
  }
}

/** Asks Rust what to show. */
export function Window() {
  const styles = useStyles();
  const { t } = useTranslation(["app", "shared"]);
  const start = useRead("startView");
  const language = start.data?.settings.language;
  useEffect(() => {
    document.title = "Channelbook";
  }, [language]);
  if (start.data) return <Opened start={start.data} />;
  if (start.error) {
    return (
      <main className={styles.middle}>
        <ErrorState why={t(`shared:error.${start.error.code}`)} onRetry={() => void start.refetch()} />
      </main>
    );
  }
  return (
    <main className={styles.middle}>
      <Spinner delay={300} label={t("app:loading")} />
    </main>
  );
}

/** The whole main window. */
export function App() {
  return (
    <Providers>
      <Window />
    </Providers>
  );
}
