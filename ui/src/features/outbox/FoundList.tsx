// What a look-up found in Partner Center that may be ours: the person says which one it is, or that an order is not ours.
import { Body1Strong, Button, Caption1, MessageBar, MessageBarBody, Subtitle2, makeStyles, tokens } from "@fluentui/react-components";
import { LinkDismissRegular, LinkRegular } from "@fluentui/react-icons";
import { useFormat, useTranslation } from "@/shared/i18n";
import { useWrite, type FoundView, type OperationDetail } from "@/shared/ipc";
import { CopyText } from "@/shared/parts/CopyText";
import { useAnnounce } from "@/shared/ui";
import { AskButton } from "./AskButton";
import { useOnce } from "./once";

const useStyles = makeStyles({
  title: { display: "block", margin: "20px 0 4px" },
  why: { display: "block", color: tokens.colorNeutralForeground2, marginBottom: "8px" },
  list: { listStyleType: "none", margin: 0, padding: 0, display: "flex", flexDirection: "column", gap: "8px" },
  item: { border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: "8px", padding: "10px 12px", display: "flex", flexDirection: "column", gap: "8px", backgroundColor: tokens.colorNeutralBackground1 },
  words: { minWidth: 0, display: "flex", flexDirection: "column", gap: "2px", overflowWrap: "anywhere" },
  acts: { display: "flex", flexWrap: "wrap", gap: "8px" },
  quiet: { color: tokens.colorNeutralForeground2 },
});

function Words({ one }: { one: FoundView }) {
  const styles = useStyles();
  const { t } = useTranslation("outbox");
  const format = useFormat();
  return (
    <span className={styles.words}>
      <Body1Strong>{one.name}</Body1Strong>
      <Caption1 className={styles.quiet}>
        <CopyText text={one.id} name={one.name} /> {one.at !== null && t("found.made", { when: format.moment(one.at) })}
      </Caption1>
    </span>
  );
}

/** What was found; nothing when nothing was or it can't be linked. */
export function FoundList({ detail }: { detail: OperationDetail }) {
  const styles = useStyles();
  const { t } = useTranslation("outbox");
  const format = useFormat();
  const announce = useAnnounce();
  const link = useWrite("linkOperation", { onDone: () => { announce(t("noted")); } });
  const disown = useWrite("disownOrder", { onDone: () => { announce(t("noted")); } });
  const once = useOnce(detail);
  const { found, row } = detail;
  if (found.length === 0 || !detail.actions.includes("link")) return null;
  const orders = row.kind === "checkout_cart";
  const mayDisown = detail.actions.includes("disown");
  const busy = link.isPending || disown.isPending;
  return (
    <section>
      <Subtitle2 as="h3" className={styles.title}>
        {t("found.title")}
      </Subtitle2>
      <Caption1 className={styles.why}>{t("found.why")}</Caption1>
      <ul className={styles.list}>
        {found.map((one) => (
          <li key={one.id} className={styles.item}>
            <Words one={one} />
            {one.same && (
              <MessageBar intent="warning" layout="multiline">
                <MessageBarBody>{t("found.same")}</MessageBarBody>
              </MessageBar>
            )}
            <span className={styles.acts}>
              <Button icon={<LinkRegular />} aria-label={t("found.link", { name: one.name })} disabledFocusable={busy} onClick={() => { once((free) => { link.mutate([row.id, one.id], free); }); }}>
                {t("action.link")}
              </Button>
              {mayDisown && (
                <AskButton
                  press={t("action.disown")}
                  label={t("found.disown", { name: one.name })}
                  icon={<LinkDismissRegular />}
                  appearance="secondary"
                  disabled={busy}
                  question={t("disown.question")}
                  what={t("disown.what", { name: one.name, when: one.at === null ? "" : format.moment(one.at) })}
                  keep={t("disown.keep")}
                  yes={t("disown.yes")}
                  onYes={() => { once((free) => { disown.mutate([row.id, one.id], free); }); }}
                />
              )}
            </span>
          </li>
        ))}
      </ul>
      {orders && !mayDisown && <Caption1 className={styles.why}>{t("found.stale", { when: format.moment(row.updatedAt) })}</Caption1>}
    </section>
  );
}

/** What the person has said is not theirs. */
export function DisownedList({ detail }: { detail: OperationDetail }) {
  const styles = useStyles();
  const { t } = useTranslation("outbox");
  const format = useFormat();
  if (detail.disowned.length === 0) return null;
  const open = detail.row.state === "needs_attention" || detail.row.state === "sending";
  const asked = detail.row.state === "needs_attention" && detail.found.length === 0;
  return (
    <section>
      <Subtitle2 as="h3" className={styles.title}>
        {t("found.disownedTitle")}
      </Subtitle2>
      {open && <Caption1 className={styles.why}>{t("found.disownedWhy")}</Caption1>}
      <ul className={styles.list}>
        {detail.disowned.map((one) => (
          <li key={one.id} className={styles.item}>
            <Words one={one} />
          </li>
        ))}
      </ul>
      {asked && !detail.actions.includes("send_again") && <Caption1 className={styles.why}>{t("anew.stale", { when: format.moment(detail.row.updatedAt) })}</Caption1>}
    </section>
  );
}
