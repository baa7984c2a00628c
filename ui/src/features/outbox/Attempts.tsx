// Each request of an operation: when it went, what came of it, and the id to quote to Microsoft support.
import { Button, Caption1, Caption1Strong, Subtitle2, makeStyles, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { useFormat, useTranslation } from "@/shared/i18n";
import type { AttemptView } from "@/shared/ipc";
import { CopyText } from "@/shared/parts/CopyText";

const useStyles = makeStyles({
  title: { display: "block", margin: "20px 0 4px" },
  quiet: { color: tokens.colorNeutralForeground2 },
  list: { listStyleType: "none", margin: 0, padding: 0 },
  item: { padding: "6px 0", borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, display: "flex", flexDirection: "column", gap: "2px" },
  id: { display: "flex", alignItems: "center", flexWrap: "wrap", gap: "6px", color: tokens.colorNeutralForeground2 },
});

const OUTCOMES = ["done", "not_sent", "unknown", "throttled", "sign_in", "mfa", "refused"] as const;
/** So many stand open; the earlier ones on demand. */
const SHOWN = 3;

/** The section; nothing for an operation of which nothing was sent. */
export function Attempts({ attempts }: { attempts: readonly AttemptView[] }) {
  const styles = useStyles();
  const { t } = useTranslation("outbox");
  const format = useFormat();
  const [all, setAll] = useState(false);
  if (attempts.length === 0) return null;
  const shown = all ? attempts : attempts.slice(0, SHOWN);
  const answer = (one: AttemptView) => {
    const known = OUTCOMES.find((outcome) => outcome === one.outcome);
    const words = known === undefined ? t("outcome.open") : t(`outcome.${known}`);
    if (one.status === 0) return words;
    return `${words}. ${one.code > 0 ? t("answerCode", { status: String(one.status), code: String(one.code) }) : t("answer", { status: String(one.status) })}`;
  };
  return (
    <section>
      <Subtitle2 as="h3" className={styles.title}>
        {t("attempts.title")}
      </Subtitle2>
      <ol className={styles.list} reversed>
        {shown.map((one) => (
          <li key={one.number} className={styles.item}>
            <Caption1>
              <Caption1Strong>{t("attempts.number", { number: one.number })}</Caption1Strong> <span title={format.dateTime(one.startedAt)}>{format.moment(one.startedAt)}</span>: {answer(one)}
            </Caption1>
            {one.explanation !== null && (
              <Caption1>
                {t(`answerCause.${one.explanation.cause}`)} {one.explanation.step !== "nothing" && t(`fixer.${one.explanation.fixer}`)} {t(`answerStep.${one.explanation.step}`)}
              </Caption1>
            )}
            <Caption1 className={styles.id}>
              {t("correlation")}
              <CopyText text={one.correlationId} name={t("attempts.correlation", { number: one.number })} />
              {t("forSupport")}
            </Caption1>
          </li>
        ))}
      </ol>
      {attempts.length > shown.length && (
        <Button size="small" appearance="transparent" onClick={() => { setAll(true); }}>
          {t("attempts.more", { count: attempts.length - shown.length })}
        </Button>
      )}
    </section>
  );
}
