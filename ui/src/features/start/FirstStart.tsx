// First start: three choices, no dead end.
import {
  Body1,
  Button,
  Caption1,
  Dropdown,
  Option,
  Spinner,
  Subtitle2,
  Title2,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import { ArchiveArrowBackRegular, BeakerRegular, BookOpenFilled, LocalLanguageRegular, LockClosedRegular, PlugDisconnectedRegular, type FluentIcon } from "@fluentui/react-icons";
import { useQueryClient } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { NoKeychain, PassphrasePanel } from "@/shared/parts/passphrase";
import { RestoreDialog, useChosenBackup } from "@/shared/parts/restore";
import { useTranslation } from "@/shared/i18n";
import { readKey, useSettings, useWrite, type Language, type SettingsView } from "@/shared/ipc";
import { useWorkspaceColour } from "@/shared/ui";

const useStyles = makeStyles({
  listbox: { zIndex: 100, maxHeight: "60vh" },
  desk: { height: "100%", overflowY: "auto", backgroundColor: tokens.colorNeutralBackground3, color: tokens.colorNeutralForeground1, boxSizing: "border-box", padding: "16px 20px 40px" },
  corner: { display: "flex", justifyContent: "flex-end", alignItems: "center", gap: "8px", color: tokens.colorNeutralForeground2, fontSize: "20px" },
  language: { minWidth: "120px", width: "120px" },
  middle: { maxWidth: "720px", margin: "min(9vh, 72px) auto 0" },
  head: { display: "flex", alignItems: "center", gap: "14px", marginBottom: "24px" },
  mark: { display: "inline-flex", alignItems: "center", justifyContent: "center", width: "44px", height: "44px", borderRadius: "8px", backgroundColor: tokens.colorBrandBackground, color: tokens.colorNeutralForegroundOnBrand, fontSize: "26px", flex: "0 0 auto" },
  claim: { display: "block", color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400 },
  title: { display: "block" },
  card: { backgroundColor: tokens.colorNeutralBackground1, borderRadius: "8px", boxShadow: tokens.shadow4, overflow: "hidden" },
  way: { display: "flex", alignItems: "center", gap: "16px", padding: "24px", borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, ":last-child": { borderBottom: "none" } },
  icon: { display: "inline-flex", alignItems: "center", justifyContent: "center", width: "40px", height: "40px", borderRadius: "6px", backgroundColor: tokens.colorNeutralBackground3, color: tokens.colorNeutralForeground2, fontSize: "20px", flex: "0 0 auto" },
  words: { flex: "1 1 auto", minWidth: 0, display: "flex", flexDirection: "column", gap: "2px" },
  needs: { color: tokens.colorNeutralForeground2 },
  act: { width: "148px", flex: "0 0 auto", whiteSpace: "nowrap" },
  foot: { display: "flex", alignItems: "center", justifyContent: "center", gap: "8px", marginTop: "20px", color: tokens.colorNeutralForeground2 },
});

interface WayProps {
  icon: FluentIcon;
  tint?: string;
  title: string;
  what: string;
  needs: string;
  act: ReactNode;
  more?: ReactNode;
}

function Way({ icon: Icon, tint, title, what, needs, act, more }: WayProps) {
  const styles = useStyles();
  return (
    <section className={styles.way} aria-label={title}>
      <span className={styles.icon} style={tint === undefined ? undefined : { backgroundColor: `color-mix(in srgb, ${tint} 14%, transparent)`, color: tint }} aria-hidden>
        <Icon />
      </span>
      <div className={styles.words}>
        <Subtitle2 as="h2">{title}</Subtitle2>
        <Body1>{what}</Body1>
        <Caption1 className={styles.needs}>{needs}</Caption1>
        {more}
      </div>
      {act}
    </section>
  );
}

const LANGUAGES: Record<Language, string> = { en: "English", de: "Deutsch" };

/** The page of a first start. */
export function FirstStart({ settings, onConnect }: { settings: SettingsView; onConnect: () => void }) {
  const styles = useStyles();
  const { t } = useTranslation(["start", "shared"]);
  const client = useQueryClient();
  const practice = useWorkspaceColour("purple");
  const [passphrase, setPassphrase] = useState(false);
  const chosen = useChosenBackup();
  const change = useSettings();
  const tryIt = useWrite("tryItOut", { silent: true, onDone: (start) => { client.setQueryData(readKey("startView"), start); } });
  return (
    <main className={styles.desk}>
      <div className={styles.corner}>
        <LocalLanguageRegular aria-hidden />
        <Dropdown inlinePopup listbox={{ className: styles.listbox }}
          size="small"
          className={styles.language}
          aria-label={t("start:language")}
          value={LANGUAGES[settings.language]}
          selectedOptions={[settings.language]}
          onOptionSelect={(_event, data) => {
            if (data.optionValue === "en" || data.optionValue === "de") change({ language: data.optionValue });
          }}
        >
          {(["en", "de"] as const).map((language) => (
            <Option key={language} value={language} lang={language}>
              {LANGUAGES[language]}
            </Option>
          ))}
        </Dropdown>
      </div>
      <div className={styles.middle}>
        <header className={styles.head}>
          <span className={styles.mark} aria-hidden>
            <BookOpenFilled />
          </span>
          <div>
            <Title2 as="h1" className={styles.title}>
              {t("start:welcome")}
            </Title2>
            <span className={styles.claim}>{t("start:claim")}</span>
          </div>
        </header>
        <div className={styles.card}>
          <Way
            icon={BeakerRegular}
            tint={practice}
            title={t("start:try.title")}
            what={t("start:try.what")}
            needs={t("start:try.needs")}
            more={
              tryIt.error &&
              (tryIt.error.code === "keychain_unavailable" ? (
                <NoKeychain onChoose={() => { setPassphrase(true); }} />
              ) : (
                <Caption1 role="alert">{t(`shared:error.${tryIt.error.code}`)}</Caption1>
              ))
            }
            act={
              <Button appearance="primary" className={styles.act} data-primary disabledFocusable={tryIt.isPending} icon={tryIt.isPending ? <Spinner size="tiny" /> : undefined} onClick={() => { tryIt.mutate([]); }}>
                {t("start:try.act")}
              </Button>
            }
          />
          <Way
            icon={PlugDisconnectedRegular}
            title={t("start:connect.title")}
            what={t("start:connect.what")}
            needs={t("start:connect.needs")}
            act={
              <Button className={styles.act} aria-label={t("start:connect.title")} onClick={onConnect}>
                {t("start:connect.act")}
              </Button>
            }
          />
          <Way
            icon={ArchiveArrowBackRegular}
            title={t("start:restore.title")}
            what={t("start:restore.what")}
            needs={t("start:restore.needs")}
            act={
              <Button className={styles.act} aria-label={t("start:restore.title")} onClick={chosen.choose} disabledFocusable={chosen.choosing}>
                {t("start:restore.act")}
              </Button>
            }
          />
        </div>
        <Caption1 className={styles.foot}>
          <LockClosedRegular aria-hidden />
          {t("start:encrypted")}
        </Caption1>
      </div>
      <PassphrasePanel kind="practice" open={passphrase} onClose={() => { setPassphrase(false); }} />
      <RestoreDialog backup={chosen.backup} presentBook={false} onClose={chosen.done} />
    </main>
  );
}
