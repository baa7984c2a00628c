// The navigation rail: the Dashboard menu. Labels where there is room, else icons with tooltips.
import { Tooltip, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { ErrorCircleFilled } from "@fluentui/react-icons";
import { NavLink, useLocation } from "react-router";
import { useFormat, useTranslation } from "@/shared/i18n";
import type { ConnectionView } from "@/shared/ipc";
import { own } from "@/shared/ui";
import { RAIL, railOf, type RailName } from "../routes";

const useStyles = makeStyles({
  rail: { flex: "0 0 auto", width: "208px", boxSizing: "border-box", padding: "10px 8px", display: "flex", flexDirection: "column" },
  wide: { width: "236px" },
  compact: { width: "56px" },
  list: { listStyleType: "none", margin: 0, padding: 0, display: "flex", flexDirection: "column", gap: "2px", flex: "1 1 auto" },
  foot: { marginTop: "auto" },
  item: {
    display: "flex",
    alignItems: "center",
    gap: "12px",
    height: "36px",
    boxSizing: "border-box",
    padding: "0 10px 0 10px",
    borderRadius: "6px",
    position: "relative",
    color: tokens.colorNeutralForeground2,
    textDecorationLine: "none",
    fontSize: tokens.fontSizeBase300,
    ":hover": { backgroundColor: own.channelbookDesk, color: tokens.colorNeutralForeground1 },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "-2px" },
  },
  selected: {
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground1,
    fontWeight: tokens.fontWeightSemibold,
    // A border, not a ground: forced colours take grounds away.
    "::before": { content: '""', position: "absolute", left: 0, top: "10px", bottom: "10px", borderLeft: `3px solid ${tokens.colorCompoundBrandForeground1}`, borderRadius: "2px" },
    ":hover": { backgroundColor: tokens.colorNeutralBackground1 },
  },
  icon: { fontSize: "20px", display: "inline-flex", flex: "0 0 auto" },
  iconSelected: { color: tokens.colorCompoundBrandForeground1 },
  label: { flex: "1 1 auto", minWidth: 0, overflow: "hidden", display: "-webkit-box", WebkitLineClamp: 2, WebkitBoxOrient: "vertical", lineHeight: tokens.lineHeightBase200 },
  // The count is drawn, not written: the link's name stays the page's name, and its description says the count in words.
  count: { "::after": { content: "attr(data-count)" }, display: "inline-flex", alignItems: "center", gap: "4px", fontSize: tokens.fontSizeBase200, fontWeight: tokens.fontWeightSemibold, color: tokens.colorNeutralForeground2 },
  now: { color: tokens.colorPaletteRedForeground1 },
  dot: { position: "absolute", top: "5px", right: "5px", fontSize: "12px", display: "inline-flex", color: tokens.colorPaletteRedForeground1 },
});

function OutboxCount({ connection, compact }: { connection: ConnectionView | undefined; compact: boolean }) {
  const styles = useStyles();
  const format = useFormat();
  if (!connection) return null;
  if (connection.needsAttention > 0) {
    return compact ? (
      <span className={styles.dot} aria-hidden>
        <ErrorCircleFilled />
      </span>
    ) : (
      <span className={mergeClasses(styles.count, styles.now)} data-count={format.number(connection.needsAttention)} aria-hidden>
        <ErrorCircleFilled />
      </span>
    );
  }
  const waiting = connection.waiting + connection.onHold;
  if (waiting === 0 || compact) return null;
  return (
    <span className={styles.count} data-count={format.number(waiting)} aria-hidden />
  );
}

/** The rail. */
export function Rail({ compact, wide, connection }: { compact: boolean; wide: boolean; connection: ConnectionView | undefined }) {
  const styles = useStyles();
  const { t } = useTranslation("app");
  const { pathname } = useLocation();
  const here = railOf(pathname);
  const countWords = (name: RailName) => {
    if (name !== "outbox" || !connection) return undefined;
    if (connection.needsAttention > 0) return t("nav.attention", { count: connection.needsAttention });
    const waiting = connection.waiting + connection.onHold;
    return waiting > 0 ? t("nav.waiting", { count: waiting }) : undefined;
  };
  return (
    <nav aria-label={t("nav.label")} className={mergeClasses(styles.rail, wide && styles.wide, compact && styles.compact)} data-region="rail">
      <ul className={styles.list}>
        {RAIL.map(({ name, path, icon: Plain, selected: Selected }) => {
          const isHere = here === name;
          const Icon = isHere ? Selected : Plain;
          const label = t(`nav.${name}`);
          const words = countWords(name);
          const link = (
            <NavLink to={path} aria-label={label} aria-description={words} aria-current={isHere ? "page" : undefined} className={mergeClasses(styles.item, isHere && styles.selected)}>
              <span className={mergeClasses(styles.icon, isHere && styles.iconSelected)} aria-hidden>
                <Icon />
              </span>
              {!compact && <span className={styles.label}>{label}</span>}
              {name === "outbox" && <OutboxCount connection={connection} compact={compact} />}
            </NavLink>
          );
          return (
            <li key={name} className={mergeClasses(name === "settings" && styles.foot)}>
              {compact ? (
                <Tooltip content={words === undefined ? label : `${label}, ${words}`} relationship="inaccessible" positioning="after">
                  {link}
                </Tooltip>
              ) : (
                link
              )}
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
