// The link in a mail's text: a marked piece that is there or missing, never half of it.
import { Button, Caption1, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { CheckmarkRegular, DismissRegular, LinkRegular } from "@fluentui/react-icons";
import { useTranslation } from "@/shared/i18n";

const useStyles = makeStyles({
  piece: {
    display: "inline-flex",
    alignItems: "center",
    gap: "8px",
    maxWidth: "100%",
    minWidth: 0,
    minHeight: "28px",
    boxSizing: "border-box",
    margin: "2px 9px",
    padding: "0 2px 0 10px",
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorBrandStroke2}`,
    backgroundColor: tokens.colorBrandBackground2,
    color: tokens.colorBrandForeground2,
    fontSize: tokens.fontSizeBase200,
  },
  still: { paddingRight: "10px" },
  icon: { display: "inline-flex", flex: "0 0 auto", fontSize: "16px" },
  name: { fontWeight: tokens.fontWeightSemibold, whiteSpace: "nowrap" },
  address: { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  remove: { minWidth: "24px", color: tokens.colorBrandForeground2 },
  missing: {
    display: "inline-flex",
    alignItems: "center",
    minHeight: "28px",
    boxSizing: "border-box",
    margin: "2px 9px",
    padding: "0 10px",
    borderRadius: tokens.borderRadiusMedium,
    border: `1px dashed ${tokens.colorPaletteMarigoldForeground2}`,
    color: tokens.colorNeutralForeground2,
  },
});

/** Host and the last part of the path: enough to tell one link from another. */
export function shortLink(link: string): string {
  const bare = link.replace(/^https:\/\//u, "");
  if (bare.length <= 44) return bare;
  const host = bare.split("/")[0] ?? "";
  return `${host}/…${bare.slice(-12)}`;
}

/** The piece, or the place where it stood. `onRemove` is absent where nothing can be changed any more. */
export function LinkPiece({ link, there, onRemove }: { link: string; there: boolean; onRemove?: () => void }) {
  const styles = useStyles();
  const { t } = useTranslation("shared");
  if (!there) {
    return (
      <span className={styles.missing} data-link-piece="missing">
        <Caption1>{t("mail.linkStoodHere")}</Caption1>
      </span>
    );
  }
  return (
    <span className={mergeClasses(styles.piece, onRemove === undefined && styles.still)} data-link-piece="there">
      <span className={styles.icon} aria-hidden>
        <LinkRegular />
      </span>
      <span className={styles.name}>{t("mail.yourLink")}</span>
      <span className={styles.address} title={link}>
        {shortLink(link)}
      </span>
      <span className={styles.icon} aria-hidden>
        <CheckmarkRegular />
      </span>
      {onRemove && <Button className={styles.remove} size="small" appearance="transparent" icon={<DismissRegular />} aria-label={t("mail.removeLink")} title={t("mail.removeLink")} onClick={onRemove} />}
    </span>
  );
}
