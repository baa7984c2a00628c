// The sheet that is handed to the customer on paper. The password is on it only in the reveal window, and only when the
// person says so; else there is a line to write it on by hand.
import { makeStyles } from "@fluentui/react-components";
import { createFormat, useTranslation } from "@/shared/i18n";
import type { Language, SetupInfoView } from "@/shared/ipc";
import { PrintSheet } from "@/shared/ui";

const useStyles = makeStyles({
  title: { fontSize: "20pt", lineHeight: 1.2, margin: "0 0 2mm", fontWeight: 600 },
  whom: { margin: "0 0 8mm", fontSize: "12pt", overflowWrap: "anywhere" },
  list: { margin: "0 0 8mm", borderTop: "1px solid black" },
  row: { display: "grid", gridTemplateColumns: "52mm minmax(0, 1fr)", columnGap: "4mm", padding: "3.5mm 0", borderBottom: "1px solid black", breakInside: "avoid" },
  value: { margin: 0, overflowWrap: "anywhere", fontWeight: 600 },
  secret: { margin: 0, overflowWrap: "anywhere", fontWeight: 600, fontFamily: "Consolas, Menlo, 'DejaVu Sans Mono', monospace", fontSize: "15pt", letterSpacing: "0.06em" },
  line: { margin: 0, minHeight: "11mm", borderBottom: "1px dotted black" },
  heading: { fontSize: "12pt", margin: "0 0 2mm", fontWeight: 600 },
  steps: { margin: "0 0 8mm", paddingLeft: "6mm" },
  step: { marginBottom: "2mm", overflowWrap: "anywhere" },
  foot: { margin: "0 0 2mm", overflowWrap: "anywhere" },
});

/** One page. `password` is there in the reveal window alone. */
export function HandoverSheet({ info, language, password }: { info: SetupInfoView; language: Language; password?: string }) {
  const styles = useStyles();
  const { t } = useTranslation("shared");
  const own = { lng: language };
  const today = createFormat(language).longDate(new Date().toISOString());
  return (
    <PrintSheet language={language}>
      <h1 className={styles.title}>{t("sheet.title", own)}</h1>
      <p className={styles.whom}>{t("sheet.whom", { ...own, customer: info.customerName, date: today })}</p>
      <dl className={styles.list}>
        <div className={styles.row}>
          <dt>{t("sheet.signIn", own)}</dt>
          <dd className={styles.value}>{info.signInAddress}</dd>
        </div>
        <div className={styles.row}>
          <dt>{t("sheet.userName", own)}</dt>
          <dd className={styles.value}>{info.userName}</dd>
        </div>
        <div className={styles.row}>
          <dt>{t("sheet.password", own)}</dt>
          {password === undefined ? <dd className={styles.line} /> : <dd className={styles.secret}>{password}</dd>}
        </div>
      </dl>
      <h2 className={styles.heading}>{t("sheet.next", own)}</h2>
      <ol className={styles.steps}>
        <li className={styles.step}>{t("sheet.step1", own)}</li>
        <li className={styles.step}>{t("sheet.step2", own)}</li>
        <li className={styles.step}>{t("sheet.step3", own)}</li>
        <li className={styles.step}>{t("sheet.step4", { ...own, address: info.agreementAddress })}</li>
      </ol>
      {info.resellerName !== "" && <p className={styles.foot}>{t("sheet.contact", { ...own, reseller: info.resellerName })}</p>}
      <p className={styles.foot}>{t("sheet.keep", own)}</p>
    </PrintSheet>
  );
}
