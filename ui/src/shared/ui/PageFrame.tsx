// The frame of every page: header with title, caption and actions; filters; the middle, which alone scrolls; a footer
// bar where the page ends in an act; and a side panel.
import { Caption1, Title3, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { LOW, SMALL } from "./theme";

const NARROW = "@media (max-width: 1099px)";

const useStyles = makeStyles({
  page: { display: "flex", flexDirection: "row", height: "100%", minWidth: 0, minHeight: 0, position: "relative" },
  column: { display: "flex", flexDirection: "column", flex: "1 1 0", minWidth: 0, minHeight: 0, [LOW]: { overflowY: "auto" } },
  header: {
    display: "flex",
    alignItems: "flex-start",
    gap: "16px",
    flex: "0 0 auto",
    padding: "20px 28px 12px",
    [NARROW]: { padding: "16px 24px 10px" },
    [SMALL]: { padding: "10px 16px 6px", flexWrap: "wrap", rowGap: "6px" },
  },
  words: { flex: "1 1 auto", minWidth: 0, [SMALL]: { flexBasis: "100%" } },
  title: { display: "block", outlineStyle: "none", overflow: "hidden", textOverflow: "ellipsis" },
  caption: { display: "block", color: tokens.colorNeutralForeground2, marginTop: "2px", minHeight: "16px" },
  actions: { display: "flex", gap: "8px", flex: "0 0 auto", alignItems: "center", [SMALL]: { flex: "1 1 100%", flexWrap: "wrap" } },
  filters: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: "8px",
    flex: "0 0 auto",
    padding: "4px 28px 8px",
    [NARROW]: { padding: "2px 24px 8px" },
    [SMALL]: { padding: "2px 16px 6px" },
  },
  middle: {
    flex: "1 1 0",
    minHeight: 0,
    overflowY: "auto",
    padding: "8px 28px 28px",
    [NARROW]: { padding: "8px 24px 24px" },
    [SMALL]: { padding: "6px 16px 16px" },
    [LOW]: { flex: "0 0 auto", overflowY: "visible" },
  },
  filled: { overflow: "hidden", display: "flex", flexDirection: "column", paddingTop: 0, paddingBottom: 0, [NARROW]: { paddingTop: 0, paddingBottom: 0 }, [LOW]: { height: "100%", overflowY: "hidden", boxSizing: "border-box" } },
  footer: {
    display: "flex",
    alignItems: "center",
    gap: "8px",
    minHeight: "64px",
    flex: "0 0 auto",
    boxSizing: "border-box",
    padding: "0 28px",
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    [NARROW]: { padding: "0 24px" },
    [SMALL]: { padding: "6px 16px", flexWrap: "wrap", minHeight: "44px" },
  },
});

export interface PageFrameProps {
  /** The pages above, before the title. */
  crumbs?: ReactNode;
  title: string;
  /** Count and freshness, one line. */
  caption?: ReactNode;
  actions?: ReactNode;
  filters?: ReactNode;
  children: ReactNode;
  footer?: ReactNode;
  /** A `SidePanel` on the right. */
  panel?: ReactNode;
  /** The page's own list scrolls, not the frame. */
  filled?: boolean;
}

/** A page inside the sheet. */
export function PageFrame({ crumbs, title, caption, actions, filters, children, footer, panel, filled = false }: PageFrameProps) {
  const styles = useStyles();
  return (
    <div className={styles.page}>
      <div className={styles.column} data-region="page">
        <header className={styles.header}>
          <div className={styles.words}>
            {crumbs}
            <Title3 as="h1" tabIndex={-1} className={styles.title} data-page-title>
              {title}
            </Title3>
            {caption !== undefined && <Caption1 className={styles.caption}>{caption}</Caption1>}
          </div>
          {actions !== undefined && <div className={styles.actions}>{actions}</div>}
        </header>
        {filters !== undefined && <div className={styles.filters}>{filters}</div>}
        {/* An area that scrolls takes the focus, so that it scrolls by keyboard also where nothing in it does. */}
        <div className={mergeClasses(styles.middle, filled && styles.filled)} tabIndex={filled ? undefined : 0} role={filled ? undefined : "group"} aria-label={filled ? undefined : title}>
          {children}
        </div>
        {footer !== undefined && <div className={styles.footer}>{footer}</div>}
      </div>
      {panel}
    </div>
  );
}
