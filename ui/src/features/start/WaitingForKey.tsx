// A book whose key has not come yet: the computer's keychain was asked and has not answered, perhaps because it asks for
// a password itself. Says so, and goes on by itself.
import { Body1, Caption1, Spinner, Title3, makeStyles, tokens } from "@fluentui/react-components";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "@/shared/i18n";
import { readKey } from "@/shared/ipc";

/** Most keychains answer within this, in milliseconds: nothing is said until then. */
const MOMENT = 500;
/** An answer is told by Rust; should the window have missed it, it looks itself, in milliseconds. */
const LOOK = 2000;

const useStyles = makeStyles({
  desk: { height: "100%", overflowY: "auto", backgroundColor: tokens.colorNeutralBackground3, color: tokens.colorNeutralForeground1, boxSizing: "border-box", padding: "40px 20px" },
  card: { maxWidth: "480px", margin: "min(12vh, 96px) auto 0", backgroundColor: tokens.colorNeutralBackground1, borderRadius: "8px", boxShadow: tokens.shadow4, padding: "28px" },
  title: { display: "block", margin: "16px 0 4px" },
  hint: { display: "block", marginTop: "12px", color: tokens.colorNeutralForeground2 },
  mark: { display: "inline-flex" },
});

/** Shown while the book waits for its key. */
export function WaitingForKey() {
  const styles = useStyles();
  const { t } = useTranslation("start");
  const client = useQueryClient();
  const [long, setLong] = useState(false);
  useEffect(() => {
    const says = setTimeout(() => { setLong(true); }, MOMENT);
    const looks = setInterval(() => { void client.invalidateQueries({ queryKey: readKey("startView") }); }, LOOK);
    return () => {
      clearTimeout(says);
      clearInterval(looks);
    };
  }, [client]);
  return (
    <main className={styles.desk}>
      {long && (
        <section className={styles.card} aria-label={t("waiting.title")} role="status">
          <span className={styles.mark} aria-hidden>
            <Spinner size="medium" />
          </span>
          <Title3 as="h1" className={styles.title}>
            {t("waiting.title")}
          </Title3>
          <Body1>{t("waiting.why")}</Body1>
          <Caption1 className={styles.hint}>{t("waiting.hint")}</Caption1>
        </section>
      )}
    </main>
  );
}
