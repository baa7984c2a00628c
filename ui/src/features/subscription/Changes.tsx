// Changes that were wanted here: those that wait first, in the order in which they go.
import { Caption1, Subtitle2, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { Link } from "react-router";
import { useFormat, useTranslation } from "@/shared/i18n";
import type { SubscriptionChangeRow } from "@/shared/ipc";
import { StateBadge } from "@/shared/ui";

const useStyles = makeStyles({
  list: { listStyleType: "none", margin: "4px 0 0", padding: 0 },
  row: { display: "grid", gridTemplateColumns: "104px minmax(0, 1.4fr) minmax(0, 1fr)", columnGap: "16px", alignItems: "center", minHeight: "36px", borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, "@media (max-width: 639px)": { gridTemplateColumns: "minmax(0, 1fr)" } },
  cut: { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  quiet: { color: tokens.colorNeutralForeground2 },
  link: { color: tokens.colorBrandForegroundLink, textDecorationLine: "none", ":hover": { textDecorationLine: "underline" } },
});

/** What a change wants, in words. */
export function useChangeWords(): (row: SubscriptionChangeRow) => string {
  const { t } = useTranslation("subscription");
  const format = useFormat();
  return (row) => {
    const numbers = { before: format.number(row.quantity), after: format.number(row.quantityAfter), count: row.quantityAfter };
    const named = (said: string) => (row.detail === "" ? said : `${said}: ${row.detail}`);
    if (row.decision !== null) {
      const decided = t("change.decided", { decision: t(`decision.${row.decision}`) });
      return row.kind === "at_renewal" ? named(`${decided} · ${t("change.licences", numbers)}`) : decided;
    }
    switch (row.kind) {
      case "licences":
        return t("change.licences", numbers);
      case "upgrade":
        return named(t("change.upgrade", { number: format.number(row.quantityAfter), count: row.quantityAfter }));
      case "auto_renew":
        if (row.autoRenew === true) return t("change.autoRenewOn");
        return row.detail === "cancel" ? t("change.ends") : row.detail === "extend" ? t("change.extends") : t("change.autoRenewOff");
      case "at_renewal":
        return named(t("change.atRenewal", numbers));
      case "support_contact":
        return t("change.supportContactOf", { name: row.detail === "" ? t("support.provider") : row.detail });
      case "drop_at_renewal":
      case "cancel":
      case "suspend":
      case "resume":
      case "decide":
        return t(`change.${row.kind}`);
    }
  };
}

/** The block; nothing when nothing was ever changed here. */
export function Changes({ changes }: { changes: readonly SubscriptionChangeRow[] }) {
  const styles = useStyles();
  const { t } = useTranslation("subscription");
  const format = useFormat();
  const words = useChangeWords();
  if (changes.length === 0) return null;
  return (
    <section aria-label={t("changes")}>
      <Subtitle2 as="h2">{t("changes")}</Subtitle2>
      <ul className={styles.list}>
        {changes.map((row) => (
          <li key={`${row.operationId} ${row.at}`} className={styles.row}>
            <Caption1 className={styles.quiet}>{format.moment(row.at)}</Caption1>
            {row.operationId === "" ? (
              <span className={styles.cut}>{words(row)}</span>
            ) : (
              <Link className={mergeClasses(styles.link, styles.cut)} to={`/outbox?operation=${row.operationId}`}>
                {words(row)}
              </Link>
            )}
            <StateBadge state={row.state} />
          </li>
        ))}
      </ul>
    </section>
  );
}
