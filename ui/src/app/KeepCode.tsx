// After a live workspace was made: its recovery code, shown once and typed back, before anything else.
import { Body1, Button, Title2, makeStyles, tokens } from "@fluentui/react-components";
import { useState, type ReactNode } from "react";
import { RecoveryCode } from "@/features/settings";
import { useTranslation } from "@/shared/i18n";
import { useReadWhen } from "@/shared/ipc";

const useStyles = makeStyles({
  desk: { height: "100%", overflowY: "auto", backgroundColor: tokens.colorNeutralBackground3, color: tokens.colorNeutralForeground1, boxSizing: "border-box", padding: "24px 20px 40px" },
  card: { maxWidth: "640px", margin: "min(9vh, 72px) auto 0", backgroundColor: tokens.colorNeutralBackground1, borderRadius: "8px", boxShadow: tokens.shadow4, padding: "28px 32px", display: "flex", flexDirection: "column", gap: "16px", alignItems: "flex-start" },
  title: { display: "block" },
});

/** The window, once the code was typed back; a practice workspace needs none. */
export function KeepCode({ live, children }: { live: boolean; children: ReactNode }) {
  const styles = useStyles();
  const { t } = useTranslation("connect-workspace");
  const keeping = useReadWhen(live, "safekeeping").data;
  // Found set up at the start, or the person has pressed on.
  const [passed, setPassed] = useState(false);
  const [missing, setMissing] = useState(false);
  if (live && keeping && keeping.recoverySince === null && !missing) setMissing(true);
  if (!live || passed || (keeping && !missing)) return <>{children}</>;
  if (!keeping) return null;
  return (
    <main className={styles.desk}>
      <div className={styles.card}>
        <Title2 as="h1" className={styles.title}>
          {t("code.title")}
        </Title2>
        <Body1>{t(`code.why.${keeping.place}`)}</Body1>
        <RecoveryCode />
        {keeping.recoverySince !== null && (
          <Button appearance="primary" data-primary onClick={() => { setPassed(true); }}>
            {t("code.go")}
          </Button>
        )}
      </div>
    </main>
  );
}
