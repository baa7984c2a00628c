// The bar on top: which workspace this is, search, and how the connection stands.
import { Caption1, Subtitle2, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { BeakerFilled, ChevronDownRegular } from "@fluentui/react-icons";
import { SessionControl } from "@/features/session";
import { useTranslation } from "@/shared/i18n";
import type { ConnectionView, StartView } from "@/shared/ipc";
import { SMALL, own, useMedia, useWorkspaceColour } from "@/shared/ui";
import { ConnectionPill } from "./ConnectionPill";
import { Search } from "./Search";

const useStyles = makeStyles({
  bar: { display: "grid", gridTemplateColumns: "minmax(0, 1fr) 420px minmax(0, 1fr)", alignItems: "center", gap: "12px", height: "48px", flex: "0 0 auto", padding: "0 12px", boxSizing: "border-box", "@media (max-width: 1099px)": { gridTemplateColumns: "minmax(0, 1fr) 320px minmax(0, auto)" }, [SMALL]: { gridTemplateColumns: "auto minmax(0, 1fr) auto", gap: "6px", padding: "0 8px" } },
  left: { display: "flex", alignItems: "center", gap: "8px", minWidth: 0 },
  right: { display: "flex", alignItems: "center", justifyContent: "flex-end", gap: "8px", minWidth: 0 },
  monogram: { display: "inline-flex", alignItems: "center", justifyContent: "center", width: "24px", height: "24px", borderRadius: "4px", color: "#ffffff", fontWeight: tokens.fontWeightSemibold, fontSize: tokens.fontSizeBase200, flex: "0 0 auto", forcedColorAdjust: "none" },
  // It keeps its width as long as the line beside it can give way.
  name: { flex: "0 0 auto", maxWidth: "calc(100% - 140px)", overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap", fontSize: tokens.fontSizeBase300, lineHeight: tokens.lineHeightBase300, [SMALL]: { display: "none" } },
  tag: { borderRadius: "10px", padding: "2px 8px", color: "#ffffff", fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200, fontWeight: tokens.fontWeightSemibold, flex: "0 0 auto", forcedColorAdjust: "none" },
  line: { color: tokens.colorNeutralForeground2, whiteSpace: "nowrap", overflow: "hidden", textOverflow: "ellipsis" },
  open: {
    display: "inline-flex",
    flexShrink: 1,
    alignItems: "center",
    gap: "6px",
    minWidth: 0,
    height: "28px",
    border: "none",
    padding: "0 4px 0 0",
    borderRadius: "14px",
    backgroundColor: "transparent",
    color: tokens.colorNeutralForeground2,
    font: "inherit",
    cursor: "pointer",
    ":hover": { backgroundColor: own.channelbookDesk },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
});

/** The top bar. */
export function TopBar({ start, connection, onPractice }: { start: StartView; connection: ConnectionView | undefined; onPractice: () => void }) {
  const styles = useStyles();
  const { t } = useTranslation("app");
  const wide = useMedia("(min-width: 1100px)");
  const workspace = start.workspace;
  const colour = useWorkspaceColour(workspace?.colour ?? "slate");
  const practice = workspace?.kind === "practice";
  const name = workspace?.name !== undefined && workspace.name !== "" ? workspace.name : t("bar.practiceBook");
  return (
    <header className={mergeClasses(styles.bar)} style={practice ? { backgroundColor: `color-mix(in srgb, ${colour} 10%, transparent)` } : undefined} data-region="bar" aria-label={t("bar.label")}>
      <div className={styles.left}>
        <span className={styles.monogram} style={{ backgroundColor: colour }} aria-hidden>
          {practice ? <BeakerFilled fontSize={16} /> : name.slice(0, 1).toUpperCase()}
        </span>
        <Subtitle2 className={styles.name}>
          {name}
        </Subtitle2>
        {practice ? (
          <button type="button" className={styles.open} onClick={onPractice} aria-haspopup="dialog" aria-label={t("bar.practiceLine")} title={t("bar.practiceLine")}>
            <span className={styles.tag} style={{ backgroundColor: colour }}>
              {t("bar.practice")}
            </span>{" "}
            {wide && <Caption1 className={styles.line}>{t("bar.nothingLeaves")}</Caption1>}
            <ChevronDownRegular fontSize={12} style={{ flexShrink: 0 }} aria-hidden />
          </button>
        ) : (
          <span className={styles.tag} style={{ backgroundColor: colour }}>
            {t("bar.live")}
          </span>
        )}
      </div>
      <Search connection={connection} onPractice={practice ? onPractice : undefined} />
      <div className={styles.right}>
        <SessionControl />
        <ConnectionPill connection={connection} />
      </div>
    </header>
  );
}
