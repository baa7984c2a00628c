// A panel on the right of the page: companion or detail. Below 1100 px it lies over the page; the detail of a list takes
// the page's place there instead, with a way back.
import { Button, Subtitle2, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { ArrowLeftRegular, DismissRegular } from "@fluentui/react-icons";
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
  whole: { flex: "1 1 0", minWidth: 0, height: "100%", borderLeft: "none", outlineStyle: "none", backgroundColor: tokens.colorNeutralBackground1 },
  head: { display: "flex", alignItems: "center", gap: "8px", padding: "16px 12px 4px 24px", minHeight: "32px" },
  wholeHead: { padding: "12px 24px 4px 12px", gap: "12px", flexWrap: "wrap" },
  words: { flex: "1 1 auto", minWidth: 0 },
  hidden: { position: "absolute", width: "1px", height: "1px", overflow: "hidden", clipPath: "inset(50%)", whiteSpace: "nowrap" },
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
  /** In the page's place instead of beside it: the words of the way back, and the page's name for who reads by headings. */
  back?: { words: string; page: string } | undefined;
  /** Takes the focus when it opens or when this changes. */
  focusKey?: string;
}

/** A side panel with its own region for F6. */
export function SidePanel({ label, head, children, footer, width = 408, onClose, focusKey, back }: SidePanelProps) {
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
      className={mergeClasses(styles.panel, back === undefined ? styles.over : styles.whole)}
      style={back === undefined ? { width } : undefined}
      tabIndex={-1}
      data-region={back === undefined ? "panel" : "page"}
      onKeyDown={(event) => {
        if (event.key === "Escape" && onClose && !event.defaultPrevented) {
          event.preventDefault();
          onClose();
        }
      }}
    >
      <div className={mergeClasses(styles.head, back !== undefined && styles.wholeHead)}>
        {back !== undefined && (
          <>
            <h1 className={styles.hidden}>{back.page}</h1>
            <Button appearance="subtle" icon={<ArrowLeftRegular />} onClick={onClose}>
              {back.words}
            </Button>
          </>
        )}
        <div className={styles.words}>{head ?? <Subtitle2 as="h2">{label}</Subtitle2>}</div>
        {onClose && back === undefined && <Button appearance="subtle" icon={<DismissRegular />} aria-label={t("ui.closePanel")} onClick={onClose} />}
      </div>
      <div className={styles.body} tabIndex={0} role="group" aria-label={label}>
        {children}
      </div>
      {footer !== undefined && <div className={styles.footer}>{footer}</div>}
    </aside>
  );
}
