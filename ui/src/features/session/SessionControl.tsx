// The session in the top bar: start one where none runs; else its name, and behind it the review and the end.
import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger, Tooltip, makeStyles, tokens } from "@fluentui/react-components";
import { BriefcaseRegular, ChevronDownRegular, ClipboardTaskListLtrRegular, DocumentTextRegular, RenameRegular, StopRegular } from "@fluentui/react-icons";
import { useEffect, useRef, useState } from "react";
import { useNavigate } from "react-router";
import { useTranslation } from "@/shared/i18n";
import { useRead, type SessionRow } from "@/shared/ipc";
import { own, useMedia } from "@/shared/ui";
import { EndDialog } from "./EndDialog";
import { RenameDialog } from "./RenameDialog";
import { StartPanel } from "./StartPanel";

const useStyles = makeStyles({
  start: { minWidth: 0, flexShrink: 0, whiteSpace: "nowrap" },
  pill: {
    display: "inline-flex",
    alignItems: "center",
    gap: "6px",
    height: "28px",
    minWidth: 0,
    boxSizing: "border-box",
    padding: "0 9px 0 10px",
    borderRadius: "14px",
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground1,
    font: "inherit",
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
    cursor: "pointer",
    ":hover": { backgroundColor: own.channelbookRow },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "-2px" },
  },
  name: { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap", maxWidth: "150px" },
  icon: { fontSize: "16px", display: "inline-flex", flex: "0 0 auto" },
  more: { color: tokens.colorNeutralForeground2, display: "inline-flex", flex: "0 0 auto" },
  popover: { zIndex: 100 },
});

/** Button or pill. */
export function SessionControl() {
  const styles = useStyles();
  const { t } = useTranslation("session");
  const navigate = useNavigate();
  const wide = useMedia("(min-width: 1100px)");
  const running = useRead("sessions").data?.running;
  const [starting, setStarting] = useState(false);
  const [ending, setEnding] = useState<string | undefined>(undefined);
  const [renaming, setRenaming] = useState<SessionRow | undefined>(undefined);
  const opener = useRef<HTMLButtonElement>(null);
  const stoodHere = useRef(false);
  const runs = running !== undefined && running !== null;
  // Button and pill take turns a moment after the session has begun or ended: who stood on the one stands on the other.
  useEffect(() => {
    if (stoodHere.current && (document.activeElement === null || document.activeElement === document.body)) opener.current?.focus();
    stoodHere.current = false;
  }, [runs]);
  // Nothing is offered before it is known whether a session runs.
  if (running === undefined) return null;
  const back = () => {
    stoodHere.current = true;
    requestAnimationFrame(() => { opener.current?.focus(); });
  };
  return (
    <>
      {running === null ? (
        <Tooltip content={t("bar.start")} relationship={wide ? "inaccessible" : "label"}>
          <Button ref={opener} appearance="subtle" size="small" className={styles.start} icon={<BriefcaseRegular />} aria-haspopup="dialog" onClick={() => { setStarting(true); }}>
            {wide ? t("bar.start") : undefined}
          </Button>
        </Tooltip>
      ) : (
        <Menu inline positioning="below-end">
          <MenuTrigger disableButtonEnhancement>
            <button ref={opener} type="button" className={styles.pill} aria-label={t("bar.running", { name: running.name })} title={t("bar.running", { name: running.name })}>
              <span className={styles.icon} aria-hidden>
                <BriefcaseRegular />
              </span>
              {wide && <span className={styles.name}>{running.name}</span>}
              <span className={styles.more} aria-hidden>
                <ChevronDownRegular />
              </span>
            </button>
          </MenuTrigger>
          <MenuPopover className={styles.popover}>
            <MenuList>
              <MenuItem icon={<ClipboardTaskListLtrRegular />} onClick={() => void navigate(`/session/${running.id}`)}>
                {t("bar.review")}
              </MenuItem>
              <MenuItem icon={<DocumentTextRegular />} onClick={() => void navigate(`/session/${running.id}/report`)}>
                {t("bar.report")}
              </MenuItem>
              <MenuItem icon={<RenameRegular />} onClick={() => { setRenaming(running); }}>
                {t("bar.rename")}
              </MenuItem>
              <MenuItem icon={<StopRegular />} onClick={() => { setEnding(running.id); }}>
                {t("bar.end")}
              </MenuItem>
            </MenuList>
          </MenuPopover>
        </Menu>
      )}
      <StartPanel open={starting} onClose={() => { setStarting(false); back(); }} />
      {renaming !== undefined && <RenameDialog session={renaming} onClose={() => { setRenaming(undefined); back(); }} />}
      {ending !== undefined && <EndDialog id={ending} onClose={() => { setEnding(undefined); back(); }} />}
    </>
  );
}
