// What speaks against sending, each with a link that opens the form at the field.
import { Body1, Body1Strong, Button, Caption1, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { InfoRegular, WarningRegular } from "@fluentui/react-icons";
import { useFormat, useTranslation } from "@/shared/i18n";
import type { SessionProblem } from "@/shared/ipc";
import { usePutRight } from "./useSession";

const useStyles = makeStyles({
  list: { listStyleType: "none", margin: "4px 0 0", padding: 0 },
  row: { display: "flex", alignItems: "center", gap: "12px", padding: "8px 0", borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  icon: { fontSize: "16px", flex: "0 0 auto", color: tokens.colorPaletteMarigoldForeground2, display: "inline-flex" },
  calm: { color: tokens.colorNeutralForeground2 },
  words: { flex: "1 1 auto", minWidth: 0, display: "flex", flexDirection: "column" },
  quiet: { color: tokens.colorNeutralForeground2 },
  act: { flex: "0 0 auto", whiteSpace: "nowrap" },
});

/** The list. */
export function Problems({ problems }: { problems: readonly SessionProblem[] }) {
  const styles = useStyles();
  const { t } = useTranslation("session");
  const format = useFormat();
  const { open, busy } = usePutRight();
  const text = (problem: SessionProblem) => {
    switch (problem.kind) {
      case "price_changed":
        return t("problem.price_changed", { product: problem.subject, from: format.money(problem.priceThen ?? 0, problem.currency), to: format.money(problem.priceNow ?? 0, problem.currency) });
      case "address":
        return problem.subject === "" ? t("problem.address") : t("problem.addressAs", { address: problem.subject });
      case "domain_taken":
      case "fallback_used":
      case "reseller_not_fit":
      case "record_not_fit":
      case "not_on_sale":
        return t(`problem.${problem.kind}`, { subject: problem.subject });
    }
  };
  return (
    <ul className={styles.list}>
      {problems.map((problem) => (
        <li key={`${problem.operationId} ${problem.kind} ${problem.field}`} className={styles.row}>
          <span className={problem.kind === "fallback_used" ? mergeClasses(styles.icon, styles.calm) : styles.icon} aria-hidden>
            {problem.kind === "fallback_used" ? <InfoRegular /> : <WarningRegular />}
          </span>
          <span className={styles.words}>
            <Body1Strong>{problem.customerName}</Body1Strong>
            <Body1>{text(problem)}</Body1>
            {problem.at !== null && <Caption1 className={styles.quiet}>{t("problem.at", { when: format.moment(problem.at) })}</Caption1>}
          </span>
          <Button size="small" className={styles.act} disabledFocusable={busy} aria-label={t("problem.putRightNamed", { name: problem.customerName, what: t(`problem.what.${problem.kind}`) })} onClick={() => { open(problem.operationId, problem.field); }}>
            {t("problem.putRight")}
          </Button>
        </li>
      ))}
    </ul>
  );
}
