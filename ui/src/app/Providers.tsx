// What a window stands in: query cache, language, theme, live regions. The reveal window may call nothing but its own
// three commands, so it takes language and theme from its address, or from the system.
import { QueryClientProvider } from "@tanstack/react-query";
import { useEffect, useMemo, useState, type ReactNode } from "react";
import { I18nextProvider } from "react-i18next";
import { createI18n, type ScreenLanguage } from "@/shared/i18n";
import { createQueryClient, followChanges, useRead, type CommandError } from "@/shared/ipc";
import { Announcer, ThemeRoot, type ThemeName } from "@/shared/ui";
import { ProblemContext } from "./problem";
import { texts } from "./texts";

const THEMES: readonly ThemeName[] = ["system", "light", "dark", "high_contrast"];

function systemLanguage(): ScreenLanguage {
  return navigator.language.toLowerCase().startsWith("de") ? "de" : "en";
}

function Appearance({ language, theme, children }: { language: ScreenLanguage; theme: ThemeName; children: ReactNode }) {
  const [i18n] = useState(() => createI18n(texts, language));
  useEffect(() => {
    if (i18n.language !== language) void i18n.changeLanguage(language);
    document.documentElement.lang = language;
  }, [i18n, language]);
  return (
    <I18nextProvider i18n={i18n}>
      <ThemeRoot theme={theme}>
        <Announcer>{children}</Announcer>
      </ThemeRoot>
    </I18nextProvider>
  );
}

/** Language and theme of the settings; the system's until they are known. */
function FromSettings({ children }: { children: ReactNode }) {
  const settings = useRead("startView").data?.settings;
  return (
    <Appearance language={settings?.language ?? systemLanguage()} theme={settings?.theme ?? "system"}>
      {children}
    </Appearance>
  );
}

/** The main window's providers. */
export function Providers({ children }: { children: ReactNode }) {
  const [problem, setProblem] = useState<CommandError | undefined>(undefined);
  const [client] = useState(() => createQueryClient(setProblem));
  useEffect(() => followChanges(client), [client]);
  const told = useMemo(() => ({ problem, dismiss: () => { setProblem(undefined); } }), [problem]);
  return (
    <QueryClientProvider client={client}>
      <ProblemContext.Provider value={told}>
        <FromSettings>{children}</FromSettings>
      </ProblemContext.Provider>
    </QueryClientProvider>
  );
}

/** The reveal window's providers. */
export function RevealProviders({ address, children }: { address: URLSearchParams; children: ReactNode }) {
  const [client] = useState(() => createQueryClient(() => undefined));
  const wanted = address.get("language");
  const theme = THEMES.find((name) => name === address.get("theme")) ?? "system";
  return (
    <QueryClientProvider client={client}>
      <Appearance language={wanted === "de" || wanted === "en" ? wanted : systemLanguage()} theme={theme}>
        {children}
      </Appearance>
    </QueryClientProvider>
  );
}
