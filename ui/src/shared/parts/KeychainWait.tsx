// Said where an act waits for the computer's keychain, which may first ask for a password itself: what is waited for, and
// where to look. Rust waits half a minute at most.
import { Caption1, Spinner, makeStyles, tokens } from "@fluentui/react-components";
import { useEffect } from "react";
import { useTranslation } from "@/shared/i18n";
import type { KeyPlace } from "@/shared/ipc";
import { useAnnounce, useLasting } from "@/shared/ui";

const useStyles = makeStyles({
  line: { display: "flex", alignItems: "flex-start", gap: "8px", color: tokens.colorNeutralForeground2 },
  mark: { display: "inline-flex", flexShrink: 0, paddingTop: "1px" },
});

/** `asked`: an answer is under way. Nothing is said where the keys of the book lie in a file, or where that is not known. */
export function KeychainWait({ asked, place }: { asked: boolean; place: KeyPlace | undefined }) {
  const styles = useStyles();
  const { t } = useTranslation("shared");
  const announce = useAnnounce();
  const long = useLasting(asked && place === "keychain");
  const words = t("keychainWait");
  useEffect(() => {
    if (long) announce(words);
  }, [long, words, announce]);
  if (!long) return null;
  return (
    <div className={styles.line} data-testid="keychain-wait">
      <span className={styles.mark} aria-hidden>
        <Spinner size="extra-tiny" />
      </span>
      <Caption1>{words}</Caption1>
    </div>
  );
}
