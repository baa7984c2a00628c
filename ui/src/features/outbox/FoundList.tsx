// What a look-up found in Partner Center that may be ours: the person says which one it is.
import { Body1Strong, Button, Caption1, Subtitle2, makeStyles, tokens } from "@fluentui/react-components";
import { LinkRegular } from "@fluentui/react-icons";
import { useFormat, useTranslation } from "@/shared/i18n";
import { useWrite, type FoundView } from "@/shared/ipc";
import { CopyText } from "@/shared/parts/CopyText";
import { useAnnounce } from "@/shared/ui";

const useStyles = makeStyles({
  title: { display: "block", margin: "20px 0 4px" },
  why: { display: "block", color: tokens.colorNeutralForeground2, marginBottom: "8px" },
  list: { listStyleType: "none", margin: 0, padding: 0, display: "flex", flexDirection: "column", gap: "8px" },
  item: { border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: "8px", padding: "10px 12px", display: "flex", alignItems: "center", gap: "12px", backgroundColor: tokens.colorNeutralBackground1 },
  words: { flex: "1 1 auto", minWidth: 0, display: "flex", flexDirection: "column", gap: "2px", overflowWrap: "anywhere" },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** The section; nothing when nothing was found or it can't be linked. */
export function FoundList({ operation, found }: { operation: string; found: readonly FoundView[] }) {
  const styles = useStyles();
  const { t } = useTranslation("outbox");
  const format = useFormat();
  const announce = useAnnounce();
  const link = useWrite("linkOperation", { onDone: () => { announce(t("noted")); } });
  if (found.length === 0) return null;
  return (
    <section>
      <Subtitle2 as="h3" className={styles.title}>
        {t("found.title")}
      </Subtitle2>
      <Caption1 className={styles.why}>{t("found.why")}</Caption1>
      <ul className={styles.list}>
        {found.map((one) => (
          <li key={one.id} className={styles.item}>
            <span className={styles.words}>
              <Body1Strong>{one.name}</Body1Strong>
              <Caption1 className={styles.quiet}>
                <CopyText text={one.id} name={one.name} /> {one.at !== null && t("found.made", { when: format.moment(one.at) })}
              </Caption1>
            </span>
            <Button icon={<LinkRegular />} aria-label={t("found.link", { name: one.name })} disabledFocusable={link.isPending} onClick={() => { link.mutate([operation, one.id]); }}>
              {t("action.link")}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
