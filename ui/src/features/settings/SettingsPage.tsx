// Settings of this installation and of the open workspace. Each takes effect at once.
import { Body1, Button, Input, Radio, RadioGroup, makeStyles, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { useTranslation } from "@/shared/i18n";
import { useRead, useWrite, type Language, type SettingsView, type ThemeChoice, type WorkspaceView } from "@/shared/ipc";
import { CopyText } from "@/shared/parts/CopyText";
import { ErrorState, FactList, FormField, LoadingRows, PageFrame, useAnnounce } from "@/shared/ui";
import { Backups } from "./Backups";
import { Invitations } from "./invitations/Invitations";
import { RecoveryCode } from "./RecoveryCode";
import { RestoredBook } from "./RestoredBook";
import { Section } from "./Section";

const LANGUAGES: readonly Language[] = ["en", "de"];
const NAMES: Record<Language, string> = { en: "English", de: "Deutsch" };
const THEMES: readonly ThemeChoice[] = ["system", "light", "dark", "high_contrast"];
const LONGEST_NAME = 60;

const useStyles = makeStyles({
  page: { maxWidth: "680px" },
  fields: { display: "flex", flexDirection: "column", gap: "14px", alignItems: "flex-start" },
  rename: { display: "flex", alignItems: "flex-end", gap: "8px" },
  name: { width: "320px" },
  quiet: { color: tokens.colorNeutralForeground2, display: "block", marginTop: "8px" },
});

function Appearance({ settings }: { settings: SettingsView }) {
  const styles = useStyles();
  const { t } = useTranslation("settings");
  const save = useWrite("saveSettings");
  return (
    <Section title={t("appearance")}>
      <div className={styles.fields}>
        <FormField label={t("language")} hint={t("languageHint")}>
          <RadioGroup
            layout="horizontal"
            value={settings.language}
            onChange={(_event, data) => {
              const language = LANGUAGES.find((one) => one === data.value);
              if (language) save.mutate([{ ...settings, language }]);
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
              if (theme) save.mutate([{ ...settings, theme }]);
            }}
          >
            {THEMES.map((theme) => (
              <Radio key={theme} value={theme} label={t(`themes.${theme}`)} />
            ))}
          </RadioGroup>
        </FormField>
      </div>
    </Section>
  );
}

function Workspace({ workspace }: { workspace: WorkspaceView }) {
  const styles = useStyles();
  const { t } = useTranslation("settings");
  const announce = useAnnounce();
  const [name, setName] = useState(workspace.name);
  const rename = useWrite("renameWorkspace", { onDone: () => { announce(t("renamed")); } });
  const wanted = name.trim();
  const tooLong = wanted.length > LONGEST_NAME;
  return (
    <Section title={t("workspace")}>
      <div className={styles.fields}>
        <form
          className={styles.rename}
          onSubmit={(event) => {
            event.preventDefault();
            if (wanted !== workspace.name && !tooLong) rename.mutate([wanted]);
          }}
        >
          <FormField label={t("name")} hint={t(workspace.kind === "practice" ? "nameHintPractice" : "nameHint")} error={tooLong ? t("nameTooLong", { count: LONGEST_NAME }) : undefined} width={320}>
            <Input value={name} placeholder={workspace.kind === "practice" ? t("practiceBook") : undefined} onChange={(_event, data) => { setName(data.value); }} />
          </FormField>
          {wanted !== workspace.name && (
            <Button type="submit" appearance="primary" data-primary disabledFocusable={rename.isPending || tooLong}>
              {t("rename")}
            </Button>
          )}
        </form>
        <FactList
          facts={[
            { name: t("kind"), value: t(`kinds.${workspace.kind}`) },
            { name: t("folder"), value: <CopyText whole text={workspace.folder} name={t("folder")} /> },
          ]}
        />
      </div>
    </Section>
  );
}

/** The page. */
export function SettingsPage() {
  const styles = useStyles();
  const { t } = useTranslation(["settings", "shared"]);
  const start = useRead("startView");
  const view = start.data;
  return (
    <PageFrame title={t("settings:title")} caption={t("settings:caption")}>
      {view === undefined ? (
        start.error ? <ErrorState why={t(`shared:error.${start.error.code}`)} onRetry={() => void start.refetch()} /> : <LoadingRows />
      ) : (
        <div className={styles.page}>
          {view.workspace && <RestoredBook />}
          <Appearance settings={view.settings} />
          {view.workspace && <Workspace key={view.workspace.name} workspace={view.workspace} />}
          {view.workspace && <Invitations />}
          {view.workspace && <RecoveryCode />}
          {view.workspace && <Backups />}
          <Section title={t("settings:about")}>
            <FactList facts={[{ name: t("settings:version"), value: view.version }]} />
            <Body1 className={styles.quiet}>{t("settings:aboutText")}</Body1>
          </Section>
        </div>
      )}
    </PageFrame>
  );
}
