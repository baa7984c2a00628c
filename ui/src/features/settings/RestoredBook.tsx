// Restored book: what is held, since when, what Partner Center has of it, and the person's word for each.
import { Body1, Button, Caption1, Link, MessageBar, MessageBarBody, makeStyles, tokens } from "@fluentui/react-components";
import { CheckmarkCircleRegular, ClockRegular, SearchRegular, WarningRegular, type FluentIcon } from "@fluentui/react-icons";
import { useEffect, useRef } from "react";
import { useNavigate } from "react-router";
import { useFormat, useTranslation } from "@/shared/i18n";
import { useRead, useWrite, type HeldView, type RestoredView, type SeenView } from "@/shared/ipc";
import { useAnnounce } from "@/shared/ui";
import { Section } from "./Section";

const ICONS: Record<SeenView, FluentIcon> = { not_yet: ClockRegular, harmless: CheckmarkCircleRegular, absent: SearchRegular, found: CheckmarkCircleRegular, found_part: WarningRegular };

const useStyles = makeStyles({
  stack: { display: "flex", flexDirection: "column", gap: "12px" },
  list: { listStyleType: "none", margin: 0, padding: 0, borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  item: { display: "flex", alignItems: "center", gap: "12px", padding: "10px 0", borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  icon: { fontSize: "20px", color: tokens.colorNeutralForeground2, display: "inline-flex", flex: "0 0 auto" },
  words: { flex: "1 1 auto", minWidth: 0, display: "flex", flexDirection: "column", gap: "2px" },
  name: { fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground2 },
  acts: { display: "flex", gap: "8px", flex: "0 0 auto", flexWrap: "wrap", justifyContent: "flex-end", maxWidth: "260px" },
});

function Held({ held, until, over }: { held: HeldView; until: string; over: boolean }) {
  const styles = useStyles();
  const { t } = useTranslation("settings");
  const format = useFormat();
  const navigate = useNavigate();
  const announce = useAnnounce();
  const release = useWrite("releaseOnboarding", { onDone: () => { announce(t("restored.released", { name: held.customerName })); } });
  const Icon = ICONS[held.seen];
  const wait = held.seen === "absent" && !held.maySend ? t(over ? "restored.askingAgain" : "restored.from", { time: format.time(until) }) : "";
  return (
    <li className={styles.item}>
      <span className={styles.icon} aria-hidden>
        <Icon />
      </span>
      <div className={styles.words}>
        <Link className={styles.name} onClick={() => void navigate(`/confirmation/${held.onboardingId}`)}>
          {held.customerName}
        </Link>
        <Caption1 className={styles.quiet}>{t("restored.order", { count: held.lines, licences: format.number(held.licences) })}</Caption1>
        <Body1>
          {t(held.takingOver ? "restored.takingOver" : `restored.seen.${held.seen}`, { orders: held.orders.join(", ") })} {wait}
        </Body1>
      </div>
      <div className={styles.acts}>
        {held.mayTakeOver && (
          <Button size="small" aria-label={`${t("restored.takeOver")}: ${held.customerName}`} disabledFocusable={release.isPending} onClick={() => { release.mutate([held.onboardingId, "take_over"]); }}>
            {t("restored.takeOver")}
          </Button>
        )}
        {held.maySend && (
          <Button size="small" appearance={held.seen === "found" || held.seen === "found_part" ? "subtle" : "secondary"} aria-label={`${t(`restored.send.${held.seen}`)}: ${held.customerName}`} disabledFocusable={release.isPending} onClick={() => { release.mutate([held.onboardingId, "send"]); }}>
            {t(`restored.send.${held.seen}`)}
          </Button>
        )}
      </div>
    </li>
  );
}

function Shown({ view }: { view: RestoredView }) {
  const styles = useStyles();
  const { t } = useTranslation("settings");
  const format = useFormat();
  const root = useRef<HTMLDivElement>(null);
  // A restore from further down the page leads to what it holds.
  useEffect(() => {
    root.current?.parentElement?.scrollIntoView({ block: "start" });
  }, []);
  return (
    <Section title={t("restored.title")}>
      <div ref={root} className={styles.stack}>
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>
            {t(`restored.why.${view.why}`, { since: format.dateTime(view.since), backup: view.backupAt ? format.dateTime(view.backupAt) : "" })} {t(view.over ? "restored.over" : "restored.until", { time: format.time(view.until) })}
          </MessageBarBody>
        </MessageBar>
        {view.held.length === 0 ? (
          <Body1 className={styles.quiet}>{t("restored.nothing")}</Body1>
        ) : (
          <ul className={styles.list} aria-label={t("restored.list")}>
            {view.held.map((held) => (
              <Held key={held.onboardingId} held={held} until={view.until} over={view.over} />
            ))}
          </ul>
        )}
      </div>
    </Section>
  );
}

/** The section; nothing when the book was not restored. */
export function RestoredBook() {
  const view = useRead("restoredBook").data;
  return view ? <Shown view={view} /> : null;
}
