// An id to quote: shown short, copied whole.
import { Button, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { CheckmarkRegular, CopyRegular } from "@fluentui/react-icons";
import { useEffect, useState } from "react";
import { useTranslation } from "@/shared/i18n";
import { useWrite } from "@/shared/ipc";
import { useAnnounce } from "@/shared/ui";

const useStyles = makeStyles({
  root: { display: "inline-flex", alignItems: "center", gap: "4px", minWidth: 0, maxWidth: "100%" },
  text: { fontFamily: tokens.fontFamilyMonospace, fontSize: "13px", color: tokens.colorNeutralForeground1, overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  whole: { whiteSpace: "normal", overflowWrap: "anywhere" },
});

/** Begin and end of a long id. */
export function shortId(id: string): string {
  return id.length > 20 ? `${id.slice(0, 8)}…${id.slice(-4)}` : id;
}

/** `name` is what is copied, for a screen reader; a path is shown `whole`. */
export function CopyText({ text, name, whole = false }: { text: string; name: string; whole?: boolean }) {
  const styles = useStyles();
  const { t } = useTranslation("shared");
  const announce = useAnnounce();
  const [done, setDone] = useState(false);
  const copy = useWrite("copyText", {
    onDone: () => {
      setDone(true);
      announce(t("ui.copied"));
    },
  });
  useEffect(() => {
    if (!done) return undefined;
    const timer = setTimeout(() => {
      setDone(false);
    }, 2000);
    return () => {
      clearTimeout(timer);
    };
  }, [done]);
  return (
    <span className={styles.root}>
      <span className={mergeClasses(styles.text, whole && styles.whole)}>
        {whole ? text : shortId(text)}
      </span>
      <Button size="small" appearance="transparent" icon={done ? <CheckmarkRegular /> : <CopyRegular />} aria-label={`${t("ui.copy")}: ${name}`} title={done ? t("ui.copied") : t("ui.copy")} onClick={() => { copy.mutate([text]); }} />
    </span>
  );
}
