// The main window: the start pages until a book is open, then the frame with its pages.
import { HashRouter } from "react-router";
import { useEffect, useState } from "react";
import { Spinner, makeStyles } from "@fluentui/react-components";
import { ConnectWorkspace } from "@/features/connect-workspace";
import { FirstStart, StartProblemPage, UnlockPage, WaitingForKey } from "@/features/start";
import { useTranslation } from "@/shared/i18n";
import { useRead, type StartView } from "@/shared/ipc";
import { TradeClock } from "@/shared/parts/clock";
import { ErrorState } from "@/shared/ui";
import { Frame } from "./frame/Frame";
import { KeepCode } from "./KeepCode";
import { Providers } from "./Providers";
import { isRoute } from "./routes";
import { useZoomKeys } from "./useZoomKeys";

const useStyles = makeStyles({
  middle: { height: "100%", display: "flex", alignItems: "center", justifyContent: "center" },
});

/** The frame at the page of the last time: with the page in its first picture, not with an empty sheet before it. */
function Pages({ start }: { start: StartView }) {
  useState(() => {
    const { lastRoute } = start.settings;
    // The address as it is read by the router, which is made after this.
    if (window.location.hash === "" && isRoute(lastRoute)) window.history.replaceState(null, "", `#${lastRoute}`);
  });
  return (
    <HashRouter>
      <Frame start={start} />
    </HashRouter>
  );
}

function Opened({ start }: { start: StartView }) {
  const [connecting, setConnecting] = useState(false);
  switch (start.kind) {
    case "first_start":
      return connecting ? (
        <ConnectWorkspace onBack={() => { setConnecting(false); }} />
      ) : (
        <FirstStart settings={start.settings} onConnect={() => { setConnecting(true); }} />
      );
    case "failed":
      return <StartProblemPage problem={start.problem ?? "other"} path={start.problemPath} recoverable={start.recoverable} version={start.version} />;
    case "waiting":
      return <WaitingForKey />;
    case "unlock":
      return <UnlockPage recoverable={start.recoverable} />;
    case "ready":
      return (
        <KeepCode key={start.workspace?.id} live={start.workspace?.kind === "live" && !start.readOnly}>
          <TradeClock practice={start.workspace?.kind === "practice"}>
            <Pages start={start} />
          </TradeClock>
        </KeepCode>
      );
  }
}

/** No modal lasts longer after its work is done, in milliseconds. */
const LONGEST = 3000;

/**
 * What to show, held back while a modal of the page before is still leaving: a modal hides the rest of the window from
 * screen readers and gives it back only as it closes. Gone with its page, it would leave the next one hidden for good.
 */
function useOnceModalsLeft(start: StartView | undefined): StartView | undefined {
  const [shown, setShown] = useState(start);
  const waits = shown !== undefined && start !== undefined && shown.kind !== start.kind;
  useEffect(() => {
    if (!waits) {
      setShown(start);
      return undefined;
    }
    const since = Date.now();
    const timer = setInterval(() => {
      const left = document.querySelector('[aria-modal="true"], #root[aria-hidden], #root > [aria-hidden]') === null;
      if (left || Date.now() - since > LONGEST) setShown(start);
    }, 30);
    return () => {
      clearInterval(timer);
    };
  }, [start, waits]);
  return waits ? shown : start;
}

/** Asks Rust what to show. */
export function Window() {
  const styles = useStyles();
  const { t } = useTranslation(["app", "shared"]);
  const start = useRead("startView");
  const language = start.data?.settings.language;
  useZoomKeys(start.data?.zoom);
  useEffect(() => {
    document.title = "Channelbook";
  }, [language]);
  const shown = useOnceModalsLeft(start.data);
  if (shown) return <Opened start={shown} />;
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
