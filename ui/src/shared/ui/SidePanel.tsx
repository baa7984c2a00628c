// A panel on the right of the page: companion or detail. Below 1100 px it lies over the page, unless it is said to stay beside it.
import { Button, Subtitle2, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { DismissRegular } from "@fluentui/react-icons";
import { useEffect, useRef, type ReactNode } from "react";
import { useTranslation } from "@/shared/i18n";

const useStyles = makeStyles({
  panel: {
    display: "flex",
    flexDirection: "column",
    flex: "0 0 auto",
    minHeight: 0,
    boxSizing: "border-box",
    backgroundColor: tokens.colorNeutralBackground2,
    borderLeft: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  over: { "@media (max-width: 1099px)": { position: "absolute", top: 0, right: 0, bottom: 0, maxWidth: "100%", boxShadow: tokens.shadow16, zIndex: 2 } },
  // The list beside it stays whole down to the smallest window; only zoomed in does the panel lie over it.
  beside: { "@media (max-width: 899px)": { position: "absolute", top: 0, right: 0, bottom: 0, maxWidth: "100%", boxShadow: tokens.shadow16, zIndex: 2 } },
  head: { display: "flex", alignItems: "center", gap: "8px", padding: "16px 12px 4px 24px", minHeight: "32px" },
  words: { flex: "1 1 auto", minWidth: 0 },
  body: { flex: "1 1 0", minHeight: 0, overflowY: "auto", padding: "4px 24px 24px" },
  footer: {
    display: "flex",
    alignItems: "center",
    justifyContent: "space-between",
    flexWrap: "wrap",
    gap: "8px",
    minHeight: "64px",
    boxSizing: "border-box",
    padding: "12px 24px",
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
});

export interface SidePanelProps {
  label: string;
  /** What stands at the head; the label as a heading when absent. */
  head?: ReactNode;
  children: ReactNode;
  footer?: ReactNode;
  width?: 360 | 392 | 408 | 432;
  /** With it, the panel can be closed: ✕ and Esc. The opener gives the focus back. */
  onClose?: () => void;
  /** Stays beside a list that is readable in half the smallest window. */
  beside?: boolean;
  /** Takes the focus when it opens or when this changes. */
  focusKey?: string;
}

/** A side panel with its own region for F6. */
export function SidePanel({ label, head, children, footer, width = 408, onClose, focusKey, beside = false }: SidePanelProps) {
  const styles = useStyles();
  const { t } = useTranslation("shared");
  const root = useRef<HTMLElement>(null);
  useEffect(() => {
    if (focusKey !== undefined) root.current?.focus({ preventScroll: true });
  }, [focusKey]);
  return (
    <aside
      ref={root}
      aria-label={label}
      className={mergeClasses(styles.panel, beside ? styles.beside : styles.over)}
      style={{ width }}
      tabIndex={-1}
      data-region="panel"
      onKeyDown={(event) => {
        if (event.key === "Escape" && onClose && !event.defaultPrevented) {
          event.preventDefault();
          onClose();
        }
      }}
    >
      <div className={styles.head}>
        <div className={styles.words}>{head ?? <Subtitle2 as="h2">{label}</Subtitle2>}</div>
        {onClose && <Button appearance="subtle" icon={<DismissRegular />} aria-label={t("ui.closePanel")} onClick={onClose} />}
      </div>
      <div className={styles.body} tabIndex={0} role="group" aria-label={label}>
        {children}
      </div>
      {footer !== undefined && <div className={styles.footer}>{footer}</div>}
    </aside>
  );
}
