// Themes and the few colours of our own: workspace colours, and brass for figures that ask for a decision.
import { FluentProvider, makeStaticStyles, makeStyles, teamsHighContrastTheme, webDarkTheme, webLightTheme, type Theme } from "@fluentui/react-components";
import { createContext, useContext, useMemo, useSyncExternalStore, type ReactNode } from "react";
import { CutTip } from "./CutTip";
import "./fonts.css";

export type ThemeName = "system" | "light" | "dark" | "high_contrast";
type Resolved = "light" | "dark" | "high_contrast";

interface OwnTokens {
  channelbookBrass: string;
  /** Behind a row under the pointer, or open. In high contrast text keeps its own colours, so this stays dark. */
  channelbookRow: string;
  /** Behind a chosen row. */
  channelbookChosen: string;
  /** Behind an item of the desk under the pointer. */
  channelbookDesk: string;
}

/** Tokens of our own, as CSS values. */
export const own: Record<keyof OwnTokens, string> = {
  channelbookBrass: "var(--channelbookBrass)",
  channelbookRow: "var(--channelbookRow)",
  channelbookChosen: "var(--channelbookChosen)",
  channelbookDesk: "var(--channelbookDesk)",
};

/**
 * Fluent's faces, with our own before whatever a system without them would take. A Linux desktop has none of them, and
 * WebKit would ask the system for each face anew in every size and weight: a fifth of the work up to the first page.
 */
const FACES = /Linux/.test(navigator.userAgent) ? "'Channelbook Sans', sans-serif" : webLightTheme.fontFamilyBase.replace("Roboto", "'Channelbook Sans', Roboto");

const THEMES: Record<Resolved, Theme & OwnTokens> = {
  light: { ...webLightTheme, fontFamilyBase: FACES, channelbookBrass: "#b5871a", channelbookRow: "#f5f5f5", channelbookChosen: "#ebebeb", channelbookDesk: "#ebebeb" },
  dark: { ...webDarkTheme, fontFamilyBase: FACES, channelbookBrass: "#c1a256", channelbookRow: "#3d3d3d", channelbookChosen: "#383838", channelbookDesk: "#292929" },
  high_contrast: { ...teamsHighContrastTheme, fontFamilyBase: FACES, channelbookBrass: "#ffff01", channelbookRow: "#262626", channelbookChosen: "#333333", channelbookDesk: "#262626" },
};

/** Colour of a workspace: white text on it keeps 4.5:1. Purple is practice's alone. */
const WORKSPACE: Record<"light" | "dark", Record<string, string>> = {
  light: { teal: "#0b6a70", steel: "#3b5b7a", bronze: "#7a5230", berry: "#8a2c5a", slate: "#4b535c", purple: "#7a4fa8" },
  dark: { teal: "#1a7f84", steel: "#4d7396", bronze: "#93683f", berry: "#a8407a", slate: "#68717b", purple: "#8a64b5" },
};

const Resolution = createContext<Resolved>("light");

/** Colour of the open workspace in the theme in use. */
export function useWorkspaceColour(colour: string): string {
  const resolved = useContext(Resolution);
  return WORKSPACE[resolved === "light" ? "light" : "dark"][colour] ?? "#4b535c";
}

/** Which theme is in use. */
export function useResolvedTheme(): Resolved {
  return useContext(Resolution);
}

/** Follows a media query. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = window.matchMedia(query);
      list.addEventListener("change", changed);
      return () => {
        list.removeEventListener("change", changed);
      };
    },
    () => window.matchMedia(query).matches,
  );
}

/** Below the smallest window, as when it is magnified twice: one column, and actions below the title. */
export const SMALL = "@media (max-width: 719px)";
/** So low that a fixed head and foot would leave no room between them: then the page scrolls as a whole. */
export const LOW = "@media (max-height: 519px)";

/** Width class of the window: 960 shows what the smallest window shows, 1600 the most; 480 is a magnified small one. */
export function useWidth(): 480 | 960 | 1280 | 1600 {
  const usual = useMedia("(min-width: 720px)");
  const middle = useMedia("(min-width: 1100px)");
  const wide = useMedia("(min-width: 1560px)");
  if (wide) return 1600;
  if (middle) return 1280;
  return usual ? 960 : 480;
}

/** Distances come from our own styles alone: headings and the page bring none of their own. */
const useReset = makeStaticStyles({
  "html, body, #root": { margin: 0, padding: 0, height: "100%", overflow: "hidden" },
  "h1, h2, h3, h4, p": { margin: 0 },
});

const useStyles = makeStyles({
  root: {
    height: "100vh",
    fontVariantNumeric: "tabular-nums",
    overflow: "hidden",
    "@media (prefers-reduced-motion: reduce)": {
      "& *, & *::before, & *::after": { animationDuration: "0.01ms !important", transitionDuration: "0.01ms !important" },
    },
  },
});

/** Puts the chosen theme around everything; `system` follows the system, high contrast included. */
export function ThemeRoot({ theme, children }: { theme: ThemeName; children: ReactNode }) {
  useReset();
  const styles = useStyles();
  const dark = useMedia("(prefers-color-scheme: dark)");
  const forced = useMedia("(forced-colors: active)");
  const moreContrast = useMedia("(prefers-contrast: more)");
  const resolved = useMemo<Resolved>(() => {
    if (theme !== "system") return theme;
    if (forced || moreContrast) return "high_contrast";
    return dark ? "dark" : "light";
  }, [theme, dark, forced, moreContrast]);
  return (
    <Resolution.Provider value={resolved}>
      {/* Popups copy the provider's own class: what belongs to the window alone stands on the element inside. */}
      <FluentProvider theme={THEMES[resolved]}>
        <div className={styles.root}>
          {children}
          <CutTip />
        </div>
      </FluentProvider>
    </Resolution.Provider>
  );
}
