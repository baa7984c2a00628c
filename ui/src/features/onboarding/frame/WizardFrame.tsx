// The frame of the wizard and its confirmation: head with stepper, middle that scrolls, side panel, footer with the
// one primary act. Below 1100 px the side panel becomes a drawer behind a button.
import {
  Button,
  Caption1,
  DrawerBody,
  DrawerHeader,
  DrawerHeaderTitle,
  OverlayDrawer,
  Subtitle2,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import { DismissRegular, PanelRightRegular } from "@fluentui/react-icons";
import { useState, type ReactNode } from "react";
import { useTranslation } from "@/shared/i18n";
import { useMedia } from "@/shared/ui";
import { Stepper, type Step } from "./Stepper";

const NARROW = "@media (max-width: 1099px)";
// Magnified twice, head and footer would leave no room: then the page scrolls as a whole.
const LOW = "@media (max-height: 519px)";
const SMALL = "@media (max-width: 719px)";

const useStyles = makeStyles({
  page: { display: "flex", flexDirection: "column", height: "100%", minHeight: 0, minWidth: 0, [LOW]: { overflowY: "auto" } },
  head: {
    display: "flex",
    alignItems: "center",
    justifyContent: "space-between",
    flexWrap: "wrap",
    columnGap: "24px",
    rowGap: "4px",
    minHeight: "64px",
    boxSizing: "border-box",
    padding: "8px 28px",
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    flex: "0 0 auto",
    [NARROW]: { padding: "8px 24px" },
    [SMALL]: { padding: "6px 16px", minHeight: "48px" },
  },
  words: { minWidth: 0, flex: "1 1 200px" },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase500,
    lineHeight: "26px",
    fontWeight: tokens.fontWeightSemibold,
    outlineStyle: "none",
  },
  caption: { display: "block", color: tokens.colorNeutralForeground2, overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  row: { display: "flex", flex: "1 1 0", minHeight: 0, minWidth: 0, [LOW]: { flex: "0 0 auto" } },
  middle: {
    flex: "1 1 0",
    minWidth: 0,
    overflowY: "auto",
    padding: "20px 28px 28px",
    [LOW]: { overflowY: "visible" },
    [NARROW]: { padding: "16px 24px 24px" },
    [SMALL]: { padding: "12px 16px 20px" },
  },
  panel: {
    flex: "0 0 auto",
    width: "360px",
    boxSizing: "border-box",
    overflowY: "auto",
    padding: "20px 28px 28px",
    backgroundColor: tokens.colorNeutralBackground2,
    borderLeft: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  panelTitle: { display: "flex", alignItems: "baseline", gap: "8px", marginBottom: "4px" },
  panelName: { margin: 0 },
  panelNote: { color: tokens.colorNeutralForeground2 },
  footer: {
    display: "flex",
    alignItems: "center",
    justifyContent: "space-between",
    flexWrap: "wrap",
    gap: "8px",
    minHeight: "64px",
    boxSizing: "border-box",
    padding: "8px 28px",
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    flex: "0 0 auto",
    [NARROW]: { padding: "8px 24px" },
    [SMALL]: { padding: "8px 16px", minHeight: "48px" },
  },
  acts: { display: "flex", alignItems: "center", flexWrap: "wrap", gap: "8px", marginLeft: "auto" },
  note: { display: "flex", alignItems: "center", gap: "6px", marginRight: "8px", color: tokens.colorNeutralForeground2 },
});

/** The companion of a step. */
export interface WizardPanel {
  title: string;
  /** Short fact beside the title: lines, number of problems. */
  note?: string;
  body: ReactNode;
}

export interface WizardFrameProps {
  title: string;
  caption: string;
  steps: Step[];
  current: Step["key"];
  children: ReactNode;
  panel?: WizardPanel;
  /** Far left of the footer. */
  away?: ReactNode;
  /** Beside the acts: where the draft stands. */
  note?: ReactNode;
  /** The acts, the primary one last. */
  acts: ReactNode;
}

/** Frame of every step. */
export function WizardFrame({ title, caption, steps, current, children, panel, away, note, acts }: WizardFrameProps) {
  const styles = useStyles();
  const narrow = useMedia("(max-width: 1099px)");
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <div className={styles.words}>
          <h1 className={styles.title} tabIndex={-1} data-page-title>
            {title}
          </h1>
          <Caption1 className={styles.caption} title={caption}>{caption}</Caption1>
        </div>
        <Stepper steps={steps} current={current} />
        {panel !== undefined && narrow && <PanelDrawer panel={panel} />}
      </header>
      <div className={styles.row}>
        {/* An area that scrolls takes the focus, so that it scrolls by keyboard also where nothing in it does. */}
        <div className={styles.middle} data-region="page" data-wizard-middle role="group" aria-label={title} tabIndex={0}>
          {children}
        </div>
        {panel !== undefined && !narrow && (
          <aside className={styles.panel} data-region="panel" aria-label={panel.title} tabIndex={0}>
            <PanelTitle panel={panel} />
            {panel.body}
          </aside>
        )}
      </div>
      <footer className={styles.footer}>
        {away}
        <div className={styles.acts}>
          {note !== undefined && <div className={styles.note}>{note}</div>}
          {acts}
        </div>
      </footer>
    </div>
  );
}

function PanelTitle({ panel }: { panel: WizardPanel }) {
  const styles = useStyles();
  return (
    <div className={styles.panelTitle}>
      <Subtitle2 as="h2" className={styles.panelName}>{panel.title}</Subtitle2>
      {panel.note !== undefined && <Caption1 className={styles.panelNote}>{panel.note}</Caption1>}
    </div>
  );
}

function PanelDrawer({ panel }: { panel: WizardPanel }) {
  const { t } = useTranslation("onboarding");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        icon={<PanelRightRegular />}
        aria-expanded={open}
        onClick={() => {
          setOpen(true);
        }}
      >
        {panel.note === undefined ? panel.title : `${panel.title}: ${panel.note}`}
      </Button>
      <OverlayDrawer
        position="end"
        size="small"
        open={open}
        onOpenChange={(_event, data) => {
          setOpen(data.open);
        }}
        aria-label={panel.title}
      >
        <DrawerHeader>
          <DrawerHeaderTitle
            heading={{ as: "h2" }}
            action={
              <Button
                appearance="subtle"
                icon={<DismissRegular />}
                aria-label={t("panel.close")}
                onClick={() => {
                  setOpen(false);
                }}
              />
            }
          >
            {panel.title}
          </DrawerHeaderTitle>
        </DrawerHeader>
        <DrawerBody tabIndex={0}>
          {panel.body}
        </DrawerBody>
      </OverlayDrawer>
    </>
  );
}
