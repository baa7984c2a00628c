// The clock of the practice Partner Center, moved ahead at will: windows close, terms end, subscriptions renew.
import { Button, Subtitle2, makeStyles, tokens } from "@fluentui/react-components";
import { ArrowResetRegular, FastForwardRegular } from "@fluentui/react-icons";
import { useId, useLayoutEffect, useRef } from "react";
import { useFormat, useTranslation } from "@/shared/i18n";
import { useRead, useWrite } from "@/shared/ipc";
import { useAnnounce } from "@/shared/ui";

/** Steps in hours: an hour, a day, a week and an hour, a month. */
const STEPS = [
  { name: "hour", hours: 1 },
  { name: "day", hours: 24 },
  { name: "week", hours: 7 * 24 + 1 },
  { name: "month", hours: 30 * 24 },
] as const;

const useStyles = makeStyles({
  title: { marginTop: "16px" },
  item: { display: "flex", flexDirection: "column", gap: "8px", paddingBottom: "8px", borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  acts: { display: "flex", flexWrap: "wrap", gap: "8px" },
  hint: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
});

/** What time it is there, and buttons that move it. */
export function PracticeClock() {
  const styles = useStyles();
  const id = useId();
  const { t } = useTranslation("practice");
  const format = useFormat();
  const announce = useAnnounce();
  const clock = useRead("practiceClock").data;
  const move = useWrite("movePracticeClock", { onDone: (now) => { announce(t("clock.now", { when: format.dateTime(now.now) })); } });
  const ahead = clock?.hoursAhead ?? 0;
  const first = useRef<HTMLButtonElement>(null);
  const wentBack = useRef(false);
  // With the way back its button goes: the focus must not go with it, or Escape would find no drawer.
  useLayoutEffect(() => {
    if (ahead > 0 || !wentBack.current) return;
    wentBack.current = false;
    const holder = document.activeElement;
    if (holder === null || holder === document.body) first.current?.focus();
  }, [ahead]);
  if (clock === undefined) return null;
  const days = Math.floor(ahead / 24);
  return (
    <>
      <Subtitle2 as="h3" className={styles.title} id={`${id}-title`}>
        {t("clock.title")}
      </Subtitle2>
      <div className={styles.item} role="group" aria-labelledby={`${id}-title`}>
        <span>
          {t("clock.now", { when: format.dateTime(clock.now) })}
          {ahead > 0 && ` · ${days > 0 ? t("clock.daysAhead", { count: days }) : t("clock.hoursAhead", { count: ahead })}`}
        </span>
        <div className={styles.acts}>
          {STEPS.map((step, index) => (
            <Button key={step.name} ref={index === 0 ? first : undefined} size="small" icon={<FastForwardRegular />} disabledFocusable={move.isPending} onClick={() => { move.mutate([step.hours]); }}>
              {t(`clock.${step.name}`)}
            </Button>
          ))}
          {ahead > 0 && (
            <Button size="small" icon={<ArrowResetRegular />} disabledFocusable={move.isPending} onClick={() => { wentBack.current = true; move.mutate([0]); }}>
              {t("clock.back")}
            </Button>
          )}
        </div>
        <span className={styles.hint}>{t("clock.hint")}</span>
      </div>
    </>
  );
}
