// Drafts to finish, above the list: each opens the wizard where it was left.
import { Caption1, makeStyles, tokens } from "@fluentui/react-components";
import { ChevronRightRegular } from "@fluentui/react-icons";
import { Link } from "react-router";
import { useFormat, useTranslation } from "@/shared/i18n";
import { useRead } from "@/shared/ipc";
import { SMALL, own, StateBadge } from "@/shared/ui";

const SHOWN = 3;

const useStyles = makeStyles({
  section: { flex: "0 0 auto", marginBottom: "8px" },
  head: { color: tokens.colorNeutralForeground2 },
  list: { listStyleType: "none", margin: 0, padding: 0 },
  item: {
    display: "flex",
    alignItems: "center",
    gap: "12px",
    minHeight: "34px",
    [SMALL]: { flexWrap: "wrap", columnGap: "12px", rowGap: 0, padding: "6px 0" },
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: "none",
    ":hover": { backgroundColor: own.channelbookRow },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "-2px", borderRadius: "6px" },
  },
  name: { fontWeight: tokens.fontWeightSemibold, overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  quiet: { color: tokens.colorNeutralForeground2, whiteSpace: "nowrap" },
  grow: { flex: "1 1 auto" },
  chevron: { display: "inline-flex", color: tokens.colorNeutralForeground3, fontSize: "16px" },
});

/** Nothing when there are none. */
export function Drafts() {
  const styles = useStyles();
  const { t } = useTranslation("customers");
  const format = useFormat();
  const drafts = useRead("listDrafts").data ?? [];
  if (drafts.length === 0) return null;
  return (
    <section className={styles.section} aria-label={t("drafts.title")}>
      <Caption1 className={styles.head}>{t("drafts.title")}</Caption1>
      <ul className={styles.list}>
        {drafts.slice(0, SHOWN).map((draft) => (
          <li key={draft.id}>
            <Link to={`/draft/${draft.id}`} className={styles.item}>
              <StateBadge state="draft" text={draft.name === "" ? t("drafts.unnamed") : draft.name} />
              <Caption1 className={styles.quiet}>{[t(`drafts.purpose.${draft.purpose}`), ...(draft.resellerName === "" ? [] : [draft.resellerName])].join(" · ")}</Caption1>
              <span className={styles.grow} />
              <Caption1 className={styles.quiet}>{t("drafts.saved", { when: format.moment(draft.savedAt) })}</Caption1>
              <span className={styles.chevron} aria-hidden>
                <ChevronRightRegular />
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {drafts.length > SHOWN && <Caption1 className={styles.head}>{t("drafts.more", { count: drafts.length - SHOWN })}</Caption1>}
    </section>
  );
}
