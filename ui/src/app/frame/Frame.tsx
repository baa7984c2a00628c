// The window around the pages: stripe, top bar, rail, sheet; keys that work everywhere; the last page, restored.
import { Button, MessageBar, MessageBarActions, MessageBarBody, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { DismissRegular } from "@fluentui/react-icons";
import { useContext, useEffect, useRef, useState } from "react";
import { useLocation, useNavigate } from "react-router";
import { LiveBars } from "@/features/connect-workspace";
import { ChainBar } from "@/features/journal";
import { PracticePanel } from "@/features/practice";
import { useTranslation } from "@/shared/i18n";
import { errorPresentation, useRead, useSettings, type StartView } from "@/shared/ipc";
import { useAnnounce, useMedia, useWorkspaceColour } from "@/shared/ui";
import { ProblemContext } from "../problem";
import { RAIL, isRoute, isWizard } from "../routes";
import { ErrorBoundary } from "./ErrorBoundary";
import { PageRoutes } from "./PageRoutes";
import { Rail } from "./Rail";
import { SafetyBars } from "./SafetyBars";
import { TopBar } from "./TopBar";
import { useConnectionWords } from "./connection";
import { useFrameKeys } from "./keys";

const useStyles = makeStyles({
  window: { display: "flex", flexDirection: "column", height: "100%", backgroundColor: tokens.colorNeutralBackground3 },
  stripe: { height: "3px", flex: "0 0 auto", forcedColorAdjust: "none" },
  body: { display: "flex", flex: "1 1 0", minHeight: 0 },
  sheet: {
    flex: "1 1 0",
    minWidth: 0,
    display: "flex",
    flexDirection: "column",
    backgroundColor: tokens.colorNeutralBackground1,
    borderTopLeftRadius: "8px",
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    borderLeft: `1px solid ${tokens.colorNeutralStroke2}`,
    overflow: "hidden",
    color: tokens.colorNeutralForeground1,
  },
  bars: { flex: "0 0 auto" },
  page: { flex: "1 1 0", minHeight: 0 },
  flat: { borderRadius: 0 },
});

function useLastRoute(start: StartView) {
  const location = useLocation();
  const path = `${location.pathname}${location.search}`;
  const change = useSettings({ silent: true });
  const last = useRef(start.settings.lastRoute);
  useEffect(() => {
    last.current = start.settings.lastRoute;
  }, [start.settings.lastRoute]);
  useEffect(() => {
    if (!isRoute(path) || last.current === path) return undefined;
    const timer = setTimeout(() => {
      change({ lastRoute: path });
    }, 400);
    return () => {
      clearTimeout(timer);
    };
  }, [path, change]);
}

/** A new page says its name: its title takes the focus. Not at start, and not while only the query changes. */
function useFocusOnPage(path: string) {
  const first = useRef(true);
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    const title = document.querySelector<HTMLElement>("[data-page-title]");
    if (title && !document.activeElement?.closest("[data-keep-focus]")) title.focus({ preventScroll: true });
  }, [path]);
}

function Bars({ skew }: { skew: number }) {
  const styles = useStyles();
  const { t } = useTranslation(["app", "shared"]);
  const { problem, dismiss } = useContext(ProblemContext);
  // What went wrong on another page is not said on this one.
  const { pathname } = useLocation();
  const [toldOn, setToldOn] = useState({ problem, pathname });
  if (toldOn.problem !== problem) setToldOn({ problem, pathname });
  useEffect(() => {
    if (toldOn.problem !== undefined && toldOn.pathname !== pathname) dismiss();
  }, [toldOn, pathname, dismiss]);
  return (
    <div className={styles.bars}>
      {problem && (
        <MessageBar intent={errorPresentation(problem.code).intent} shape="square" className={styles.flat}>
          <MessageBarBody>{t(`shared:error.${problem.code}`)}</MessageBarBody>
          <MessageBarActions containerAction={<Button appearance="transparent" size="small" icon={<DismissRegular />} aria-label={t("shared:ui.dismiss")} onClick={dismiss} />} />
        </MessageBar>
      )}
      {Math.abs(skew) > 300 && (
        <MessageBar intent="warning" shape="square" className={styles.flat}>
          <MessageBarBody>{t("app:clock", { minutes: Math.round(Math.abs(skew) / 60) })}</MessageBarBody>
        </MessageBar>
      )}
    </div>
  );
}

/** The frame with the page of the address. */
export function Frame({ start }: { start: StartView }) {
  const styles = useStyles();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const { i18n } = useTranslation("app");
  const connection = useRead("connection").data;
  const words = useConnectionWords(connection);
  const announce = useAnnounce();
  const narrow = useMedia("(max-width: 1099px)");
  const practice = start.workspace?.kind === "practice";
  const colour = useWorkspaceColour(start.workspace?.colour ?? "slate");
  const [practiceOpen, setPracticeOpen] = useState(false);

  useLastRoute(start);
  useFocusOnPage(pathname);
  useFrameKeys({
    go: (number) => {
      const item = RAIL[number - 1];
      if (item) void navigate(item.path);
    },
    newCustomer: () => void navigate("/resellers?partnership=active"),
  });

  // Said when it changes, not when the window opens.
  const said = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (words === undefined) return;
    if (said.current !== undefined && said.current !== words) announce(words);
    said.current = words;
  }, [words, announce]);

  const stripe = practice ? `repeating-linear-gradient(135deg, ${colour} 0 8px, ${colour}55 8px 14px)` : colour;
  return (
    <div className={styles.window}>
      <div className={styles.stripe} style={{ background: stripe }} aria-hidden />
      <TopBar start={start} connection={connection} onPractice={() => { setPracticeOpen(true); }} />
      <div className={styles.body}>
        <Rail compact={narrow || isWizard(pathname)} wide={i18n.language === "de"} connection={connection} />
        <main className={styles.sheet}>
          <SafetyBars start={start} />
          <LiveBars live={start.workspace?.kind === "live"} />
          {pathname !== "/journal" && <ChainBar />}
          <Bars skew={connection?.clockSkewSeconds ?? 0} />
          <div className={mergeClasses(styles.page)}>
            <ErrorBoundary key={pathname}>
              <PageRoutes otherwise={isRoute(start.settings.lastRoute) ? start.settings.lastRoute : "/home"} />
            </ErrorBoundary>
          </div>
        </main>
      </div>
      {practice && <PracticePanel open={practiceOpen} onClose={() => { setPracticeOpen(false); }} />}
    </div>
  );
}
