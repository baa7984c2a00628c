// What every window stands in: query cache, language, theme, live regions. The reveal window has no start page, so it
// takes language and theme from the settings alone.
import { QueryClientProvider } from "@tanstack/react-query";
import { useEffect, useState, type ReactNode } from "react";
import { I18nextProvider } from "react-i18next";
import { createI18n, type ScreenLanguage } from "@/shared/i18n";
import { createQueryClient, followChanges, useRead, type CommandError } from "@/shared/ipc";
import { Announcer, ThemeRoot, type ThemeName } from "@/shared/ui";
import { ProblemContext } from "./problem";
import { texts } from "./texts";

function systemLanguage(): ScreenLanguage {
  return navigator.language.toLowerCase().startsWith("de") ? "de" : "en";
}

/** Language and theme of the settings; the system's until they are known. */
function Appearance({ children }: { children: ReactNode }) {
  const start = useRead("startView");
  const language: ScreenLanguage = start.data?.settings.language ?? systemLanguage();
  const theme: ThemeName = start.data?.settings.theme ?? "system";
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

/** All providers of a window. */
export function Providers({ children }: { children: ReactNode }) {
  const [problem, setProblem] = useState<CommandError | undefined>(undefined);
  const [client] = useState(() => createQueryClient(setProblem));
  useEffect(() => followChanges(client), [client]);
  return (
    <QueryClientProvider client={client}>
      <ProblemContext.Provider value={{ problem, dismiss: () => { setProblem(undefined); } }}>
        <Appearance>{children}</Appearance>
      </ProblemContext.Provider>
    </QueryClientProvider>
  );
}
