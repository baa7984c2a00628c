// The steps as they tick off, each with what it waits for and the way to mend it.
import { Body1, Body1Strong, Caption1, Link, makeStyles, tokens } from "@fluentui/react-components";
import { useEffect, useRef } from "react";
import { useNavigate } from "react-router";
import { useFormat, useTranslation } from "@/shared/i18n";
import type { ConfirmationView, JourneyLine, WaitsFor } from "@/shared/ipc";
import { StateIcon, useAnnounce } from "@/shared/ui";
import { listed, lookOf } from "./standing";

const useStyles = makeStyles({
  list: { listStyleType: "none", margin: 0, padding: 0 },
  row: { display: "flex", gap: "10px", padding: "11px 2px", borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  icon: { paddingTop: "2px" },
  words: { flex: "1 1 auto", minWidth: 0 },
  detail: { marginLeft: "6px", color: tokens.colorNeutralForeground2, overflowWrap: "anywhere" },
  more: { display: "block", marginTop: "2px", maxWidth: "560px" },
  right: { color: tokens.colorNeutralForeground2, whiteSpace: "nowrap", paddingTop: "2px" },
  unseen: { position: "absolute", width: "1px", height: "1px", overflow: "hidden", clipPath: "inset(50%)" },
});

/** What keeps the next call of a step from going by itself in a moment. */
const STOPS = ["network", "working_offline", "paused", "sign_in", "throttled", "retry"] as const satisfies WaitsFor[];

/** The list. `waiting` says what each step comes after instead of when it was done. */
export function JourneyList({ view, waiting = false }: { view: ConfirmationView; waiting?: boolean }) {
  const styles = useStyles();
  const { t } = useTranslation("onboarding");
  const say = useStepName();
  const announce = useAnnounce();

  // Steps that move while one looks are said; how they stood at the start is read from the page.
  const before = useRef<Map<string, string> | undefined>(undefined);
  useEffect(() => {
    const now = new Map(view.journey.map((line) => [line.step, line.state]));
    for (const line of view.journey) {
      const was = before.current?.get(line.step);
      if (was !== undefined && was !== line.state) announce(`${say(line)}: ${t(`confirmation.state.${line.state}`)}`);
    }
    before.current = now;
  }, [view, announce, say, t]);

  return (
    <ul className={styles.list} aria-label={t("confirmation.steps")}>
      {listed(view).map((line) => (
        <Row key={line.step} line={line} view={view} waiting={waiting} />
      ))}
    </ul>
  );
}

/** Name of a step in the tense of its state: *Create the customer*, *Creating…*, *Customer created*. */
function useStepName(): (line: JourneyLine) => string {
  const { t } = useTranslation("onboarding");
  return (line) => {
    if (line.state === "done" || line.state === "sending") return t(`confirmation.step.${line.state}.${line.step}`);
    return t(`confirmation.step.waiting.${line.step}`);
  };
}

function Row({ line, view, waiting }: { line: JourneyLine; view: ConfirmationView; waiting: boolean }) {
  const styles = useStyles();
  const { t } = useTranslation("onboarding");
  const format = useFormat();
  const navigate = useNavigate();
  const say = useStepName();
  const { operation } = line;
  const calls = line.state === "on_hold" || line.state === "needs_attention";
  const lost = operation?.state === "sending" && operation.waitsFor !== "nothing";
  // Part of the step is done, and of the call that comes next nothing was sent: no answer of it was lost.
  const stops = line.state === "sending" && operation?.state === "waiting" ? STOPS.find((one) => one === operation.waitsFor) : undefined;
  const reason = () => {
    if (line.state === "needs_attention") return t(`confirmation.attention.${operation?.attention ?? "unexpected"}`);
    if (line.state === "on_hold" && operation?.hold) return t(`confirmation.hold.${operation.hold}`);
    return "";
  };
  return (
    <li className={styles.row} data-step={line.step} data-state={line.state}>
      <span className={styles.icon}>
        <StateIcon state={lookOf(line.state)} rests={lost || stops !== undefined} />
      </span>
      <span className={styles.words}>
        <Body1Strong>{say(line)}</Body1Strong> <Body1 className={styles.detail}>{detail()}</Body1>
        {calls ? (
          <Caption1 className={styles.more}>
            <strong>{t(`confirmation.state.${line.state}`)}</strong>
            {`. ${reason()} `}
            {operation !== null && (
              <Link
                as="button"
                inline
                onClick={() => {
                  void navigate(`/outbox?operation=${operation.id}`);
                }}
              >
                {t("confirmation.openOutbox")}
              </Link>
            )}
          </Caption1>
        ) : (
          <span className={styles.unseen}>{t(`confirmation.state.${line.state}`)}</span>
        )}
        {lost && <Caption1 className={styles.more}>{t("confirmation.lost")}</Caption1>}
        {stops !== undefined && <Caption1 className={styles.more}>{t(`confirmation.stops.${stops}`)}</Caption1>}
      </span>
      <Caption1 className={styles.right}>{right()}</Caption1>
    </li>
  );

  function detail(): string {
    if (line.step !== "place_order") return line.detail;
    const lines = t("confirmation.lines", { count: view.order.lines.length });
    const total = view.order.termTotal;
    if (view.order.lines.length === 0) return line.detail;
    return total === null ? lines : t("confirmation.linesTotal", { lines, total: format.money(total, view.order.currency) });
  }

  function right(): string {
    if (!waiting) return line.state === "done" && line.at !== null ? format.moment(line.at) : "";
    if (line.step === "place_order" && view.purpose === "add_subscription") return t("confirmation.after.order");
    return t(`confirmation.after.${line.step}`);
  }
}
