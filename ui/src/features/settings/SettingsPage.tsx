// Settings of this installation and of the open workspace. Each takes effect at once.
import { Body1, Body1Strong, Button, Caption1, Label, Radio, RadioGroup, makeStyles, tokens } from "@fluentui/react-components";
import { HistoryRegular, ZoomInRegular, ZoomOutRegular } from "@fluentui/react-icons";
import { useId, type ReactNode } from "react";
import { useNavigate } from "react-router";
import { useFormat, useTranslation } from "@/shared/i18n";
import { useRead, useSettings, useWrite, type Language, type SettingsView, type ThemeChoice } from "@/shared/ipc";
import { AS_DESIGNED, larger, smaller } from "@/shared/lib/zoom";
import { ErrorState, FactList, FormField, LoadingRows, PageFrame } from "@/shared/ui";
import { Backups } from "./Backups";
import { Invitations } from "./invitations/Invitations";
import { RecoveryCode } from "./RecoveryCode";
import { RestoredBook } from "./RestoredBook";
import { Section } from "./Section";
import { Workspace } from "./Workspace";

const LANGUAGES: readonly Language[] = ["en", "de"];
const NAMES: Record<Language, string> = { en: "English", de: "Deutsch" };
const THEMES: readonly ThemeChoice[] = ["system", "light", "dark", "high_contrast"];

const useStyles = makeStyles({
  page: { maxWidth: "680px" },
  fields: { display: "flex", flexDirection: "column", gap: "14px", alignItems: "flex-start" },
  size: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px", margin: "4px 0" },
  percent: { minWidth: "52px", textAlign: "center" },
  hint: { color: tokens.colorNeutralForeground2, display: "block" },
  quiet: { color: tokens.colorNeutralForeground2, display: "block", marginTop: "8px" },
});

function Appearance({ settings, zoom }: { settings: SettingsView; zoom: number }) {
  const styles = useStyles();
  const { t } = useTranslation("settings");
  const change = useSettings();
  return (
    <Section title={t("appearance")}>
      <div className={styles.fields}>
        <FormField label={t("language")} hint={t("languageHint")}>
          <RadioGroup
            layout="horizontal"
            value={settings.language}
            onChange={(_event, data) => {
              const language = LANGUAGES.find((one) => one === data.value);
              if (language) change({ language });
            }}
          >
            {LANGUAGES.map((language) => (
              <Radio key={language} value={language} label={{ children: NAMES[language], lang: language }} />
            ))}
          </RadioGroup>
        </FormField>
        <FormField label={t("theme")} hint={t("themeHint")}>
          <RadioGroup
            layout="horizontal"
            value={settings.theme}
            onChange={(_event, data) => {
              const theme = THEMES.find((one) => one === data.value);
              if (theme) change({ theme });
            }}
          >
            {THEMES.map((theme) => (
              <Radio key={theme} value={theme} label={t(`themes.${theme}`)} />
            ))}
          </RadioGroup>
        </FormField>
        <Size zoom={zoom} />
      </div>
    </Section>
  );
}

/** Size of everything on screen; the keys do the same on every page. */
function Size({ zoom }: { zoom: number }) {
  const styles = useStyles();
  const { t } = useTranslation("settings");
  const format = useFormat();
  const id = useId();
  const { mutate } = useWrite("setZoom");
  const less = smaller(zoom);
  const more = larger(zoom);
  return (
    <div role="group" aria-labelledby={`${id}-label`} aria-describedby={`${id}-hint`}>
      <Label id={`${id}-label`}>{t("size.label")}</Label>
      <div className={styles.size}>
        <Button icon={<ZoomOutRegular />} disabledFocusable={less === zoom} onClick={() => { mutate([less]); }}>
          {t("size.smaller")}
        </Button>
        <Body1Strong className={styles.percent}>{format.percent(zoom / 100)}</Body1Strong>
        <Button icon={<ZoomInRegular />} disabledFocusable={more === zoom} onClick={() => { mutate([more]); }}>
          {t("size.larger")}
        </Button>
        {zoom !== AS_DESIGNED && (
          <Button appearance="subtle" onClick={() => { mutate([AS_DESIGNED]); }}>
            {t("size.reset")}
          </Button>
        )}
      </div>
      <Caption1 id={`${id}-hint`} className={styles.hint}>{t("size.hint")}</Caption1>
    </div>
  );
}

/** The page. `signIn` is there in a live workspace; `workspaces` lists those of this laptop. */
export function SettingsPage({ signIn, workspaces }: { signIn?: { title: string; body: ReactNode }; workspaces?: { title: string; body: ReactNode } }) {
  const styles = useStyles();
  const { t } = useTranslation(["settings", "shared"]);
  const navigate = useNavigate();
  const start = useRead("startView");
  const view = start.data;
  return (
    <PageFrame title={t("settings:title")} caption={t("settings:caption")}>
      {view === undefined ? (
        start.error ? <ErrorState why={t(`shared:error.${start.error.code}`)} onRetry={() => void start.refetch()} /> : <LoadingRows />
      ) : (
        <div className={styles.page}>
          {view.workspace && <RestoredBook />}
          <Appearance settings={view.settings} zoom={view.zoom} />
          {view.workspace && <Workspace key={view.workspace.name} workspace={view.workspace} />}
          {view.workspace?.kind === "live" && signIn && <Section title={signIn.title}>{signIn.body}</Section>}
          {view.workspace && workspaces && <Section title={workspaces.title}>{workspaces.body}</Section>}
          {view.workspace && <Invitations />}
          {view.workspace && <RecoveryCode />}
          {view.workspace && <Backups />}
          {view.workspace && (
            <Section title={t("settings:journal.title")}>
              <div className={styles.fields}>
                <Body1>{t("settings:journal.what")}</Body1>
                <Button icon={<HistoryRegular />} onClick={() => void navigate("/journal")}>{t("settings:journal.open")}</Button>
              </div>
            </Section>
          )}
          <Section title={t("settings:about")}>
            <FactList facts={[{ name: t("settings:version"), value: view.version }]} />
            <Body1 className={styles.quiet}>{t("settings:aboutText")}</Body1>
          </Section>
        </div>
      )}
    </PageFrame>
  );
}
