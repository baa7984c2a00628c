// What all orders of the session come to: by currency, billing period and for the whole term.
import { Caption1, Subtitle1, Subtitle2, makeStyles, tokens } from "@fluentui/react-components";
import { useFormat, useTranslation } from "@/shared/i18n";
import type { SessionView } from "@/shared/ipc";

const useStyles = makeStyles({
  box: { display: "flex", flexDirection: "column", gap: "10px" },
  sum: { display: "grid", gridTemplateColumns: "1fr auto", columnGap: "16px", rowGap: "4px", margin: 0, alignItems: "baseline", borderTop: `1px solid ${tokens.colorNeutralStroke2}`, paddingTop: "10px" },
  name: { color: tokens.colorNeutralForeground2 },
  value: { margin: 0, textAlign: "end", fontVariantNumeric: "tabular-nums", whiteSpace: "nowrap" },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** The upper part of the side panel. */
export function Totals({ view }: { view: SessionView }) {
  const styles = useStyles();
  const { t } = useTranslation("session");
  const format = useFormat();
  return (
    <section className={styles.box} aria-labelledby="session-totals">
      <Subtitle2 as="h2" id="session-totals">
        {t("totals.title")}
      </Subtitle2>
      {view.totals.length === 0 && <Caption1 className={styles.quiet}>{t("totals.none")}</Caption1>}
      {view.totals.map((total) => (
        <dl key={total.currency} className={styles.sum}>
          {([["monthly", total.monthly], ["yearly", total.yearly], ["triennial", total.triennial]] as const).flatMap(([name, value]) =>
            value === null
              ? []
              : [
                  <dt key={name} className={styles.name}>
                    {t(`totals.${name}`)}
                  </dt>,
                  <dd key={`${name} value`} className={styles.value}>
                    {format.money(value, total.currency)}
                  </dd>,
                ],
          )}
          <dt className={styles.name}>{t("totals.term")}</dt>
          <dd className={styles.value}>
            <Subtitle1>{format.money(total.term ?? 0, total.currency)}</Subtitle1>
          </dd>
        </dl>
      ))}
      {view.withoutPrice > 0 && <Caption1 className={styles.quiet}>{t("totals.withoutPrice", { count: view.withoutPrice })}</Caption1>}
    </section>
  );
}
