// The batch check: what it would ask, how far it is, and when it was made. Offline it says what is checked when sent.
import { Body1, Button, Caption1, Field, ProgressBar, Subtitle2, makeStyles, tokens } from "@fluentui/react-components";
import { CloudArrowUpRegular, ShieldCheckmarkRegular } from "@fluentui/react-icons";
import { useFormat, useTranslation } from "@/shared/i18n";
import { useWrite, type SessionView } from "@/shared/ipc";

const useStyles = makeStyles({
  box: { display: "flex", flexDirection: "column", gap: "8px", marginTop: "28px", paddingTop: "20px", borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  list: { margin: 0, paddingLeft: "18px", display: "flex", flexDirection: "column", gap: "2px" },
  quiet: { color: tokens.colorNeutralForeground2 },
  line: { display: "flex", gap: "8px", alignItems: "flex-start" },
  icon: { flex: "0 0 auto", marginTop: "2px", fontSize: "16px", color: tokens.colorNeutralForeground2 },
  press: { alignSelf: "flex-start" },
});

/** The part of the side panel. */
export function CheckPanel({ view }: { view: SessionView }) {
  const styles = useStyles();
  const { t } = useTranslation("session");
  const format = useFormat();
  const check = useWrite("checkSession");
  const { check: state } = view;
  const asked = ([["domains", state.domains], ["addresses", state.addresses], ["resellers", state.resellers], ["countries", state.countries]] as const).filter(([, count]) => count > 0);
  return (
    <section className={styles.box} aria-labelledby="session-check">
      <Subtitle2 as="h2" id="session-check">
        {t("check.title")}
      </Subtitle2>
      {view.offline ? (
        <span className={styles.line}>
          <CloudArrowUpRegular className={styles.icon} aria-hidden />
          <Body1>{t("check.offline")}</Body1>
        </span>
      ) : (
        <Body1>{t("check.online")}</Body1>
      )}
      <ul className={styles.list}>
        {asked.map(([name, count]) => (
          <li key={name}>{t(`check.${name}`, { count })}</li>
        ))}
      </ul>
      {state.running ? (
        <Field validationState="none" validationMessage={t("check.progress", { done: state.done, total: state.total })}>
          <ProgressBar value={state.done} max={Math.max(1, state.total)} aria-label={t("check.title")} />
        </Field>
      ) : (
        <>
          {state.at !== null && (
            <Caption1 className={styles.quiet}>
              {state.outdated ? t("check.outdated", { when: format.moment(state.at) }) : t("check.at", { when: format.moment(state.at) })}
              {state.unanswered > 0 && ` ${t("check.unanswered", { count: state.unanswered })}`}
            </Caption1>
          )}
          {!view.offline && (
            <Button icon={<ShieldCheckmarkRegular />} className={styles.press} disabledFocusable={check.isPending} onClick={() => { check.mutate([view.session.id]); }}>
              {state.at === null ? t("check.press") : t("check.again")}
            </Button>
          )}
        </>
      )}
      <span className={styles.quiet} role="status">
        {!state.running && state.at !== null && <Caption1>{view.problems.length === 0 ? t("check.fine") : t("check.found", { count: view.problems.length })}</Caption1>}
      </span>
    </section>
  );
}
