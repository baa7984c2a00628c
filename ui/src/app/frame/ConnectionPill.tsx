// The connection pill: pressing it opens the outbox; its menu holds what governs sending. Offline is neutral.
import { Menu, MenuDivider, MenuItem, MenuItemSwitch, MenuList, MenuPopover, MenuTrigger, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import {
  ArrowRightRegular,
  ArrowSyncRegular,
  ChevronDownRegular,
  CloudCheckmarkRegular,
  CloudOffRegular,
  ErrorCircleFilled,
  HistoryRegular,
  LockClosedKeyRegular,
  PauseRegular,
  PersonKeyRegular,
  SaveRegular,
  SendRegular,
  type FluentIcon,
} from "@fluentui/react-icons";
import { useNavigate } from "react-router";
import { useTranslation } from "@/shared/i18n";
import { useWrite, type ConnectionKind, type ConnectionView } from "@/shared/ipc";
import { own, useWidth } from "@/shared/ui";
import { useConnectionFigure, useConnectionWords } from "./connection";

const ICONS: Record<ConnectionKind, FluentIcon> = {
  up_to_date: CloudCheckmarkRegular,
  offline: CloudOffRegular,
  working_offline: CloudOffRegular,
  sending: ArrowSyncRegular,
  needs_attention: ErrorCircleFilled,
  sign_in_again: PersonKeyRegular,
  paused: PauseRegular,
  restored: HistoryRegular,
  cannot_save: SaveRegular,
  keychain_missing: LockClosedKeyRegular,
};

const useStyles = makeStyles({
  pill: { display: "inline-flex", alignItems: "stretch", height: "28px", borderRadius: "14px", border: `1px solid ${tokens.colorNeutralStroke1}`, backgroundColor: tokens.colorNeutralBackground1, boxSizing: "border-box", minWidth: 0 },
  // Inside the bar's landmark, over what comes after it.
  popover: { zIndex: 100 },
  asks: { border: `1px solid ${tokens.colorPaletteRedBorder1}` },
  part: {
    display: "inline-flex",
    alignItems: "center",
    gap: "6px",
    border: "none",
    backgroundColor: "transparent",
    font: "inherit",
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForeground1,
    cursor: "pointer",
    padding: "0 4px 0 10px",
    whiteSpace: "nowrap",
    minWidth: 0,
    ":hover": { backgroundColor: own.channelbookRow },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "-2px", borderRadius: "14px" },
    borderRadius: "14px",
  },
  words: { overflow: "hidden", textOverflow: "ellipsis" },
  more: { padding: "0 9px 0 5px", color: tokens.colorNeutralForeground2 },
  icon: { fontSize: "16px", display: "inline-flex", flex: "0 0 auto" },
  red: { color: tokens.colorPaletteRedForeground1 },
  turns: {
    animationName: { from: { transform: "rotate(0deg)" }, to: { transform: "rotate(360deg)" } },
    animationDuration: "1.6s",
    animationIterationCount: "infinite",
    animationTimingFunction: "linear",
    "@media (prefers-reduced-motion: reduce)": { animationName: "none" },
  },
});

/** Pill and menu. */
export function ConnectionPill({ connection }: { connection: ConnectionView | undefined }) {
  const styles = useStyles();
  const { t } = useTranslation("app");
  const navigate = useNavigate();
  const words = useConnectionWords(connection);
  const figure = useConnectionFigure(connection);
  // Magnified in a small window there is no room for a sentence: its figure is never cut, the sentence is its name.
  const small = useWidth() === 480;
  const workOffline = useWrite("setWorkOffline");
  const paused = useWrite("setPaused");
  const sendNow = useWrite("sendNow");
  if (!connection || words === undefined) return null;
  const Icon = connection.kind === "up_to_date" && connection.waiting > 0 ? SendRegular : ICONS[connection.kind];
  const asks = connection.kind === "needs_attention" || connection.kind === "keychain_missing" || connection.kind === "cannot_save";
  const checked = { switches: [...(connection.workOffline ? ["workOffline"] : []), ...(connection.paused ? ["paused"] : [])] };
  return (
    <div className={mergeClasses(styles.pill, asks && styles.asks)}>
      <button type="button" className={styles.part} onClick={() => void navigate("/outbox")} aria-label={small ? words : undefined} title={small ? words : undefined}>
        <span className={mergeClasses(styles.icon, asks && styles.red, connection.kind === "sending" && styles.turns)} aria-hidden>
          <Icon />
        </span>
        {(!small || figure !== "") && <span className={styles.words}>{small ? figure : words}</span>}
      </button>
      <Menu
        inline
        checkedValues={checked}
        onCheckedValueChange={(_event, data) => {
          const on = data.checkedItems.includes("workOffline");
          if (on !== connection.workOffline) workOffline.mutate([on]);
          const hold = data.checkedItems.includes("paused");
          if (hold !== connection.paused) paused.mutate([hold]);
        }}
        positioning="below-end"
      >
        <MenuTrigger disableButtonEnhancement>
          <button type="button" className={mergeClasses(styles.part, styles.more)} aria-label={t("pill.menu")} title={t("pill.menu")}>
            <ChevronDownRegular aria-hidden />
          </button>
        </MenuTrigger>
        <MenuPopover className={styles.popover}>
          <MenuList>
            <MenuItemSwitch name="switches" value="workOffline" icon={<CloudOffRegular />}>
              {t("pill.workOffline")}
            </MenuItemSwitch>
            <MenuItemSwitch name="switches" value="paused" icon={<PauseRegular />}>
              {t("pill.pause")}
            </MenuItemSwitch>
            <MenuDivider />
            <MenuItem icon={<SendRegular />} onClick={() => { sendNow.mutate([]); }}>
              {t("pill.sendNow")}
            </MenuItem>
            <MenuItem icon={<ArrowRightRegular />} onClick={() => void navigate("/outbox")}>
              {t("pill.openOutbox")}
            </MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
    </div>
  );
}
