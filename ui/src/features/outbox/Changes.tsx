// What a change of a customer changes: each field before and after.
import { Body1, Body1Strong, Subtitle2, makeStyles, tokens } from "@fluentui/react-components";
import { ArrowRightRegular } from "@fluentui/react-icons";
import { useTranslation } from "@/shared/i18n";
import type { FieldChange, ProductTitle } from "@/shared/ipc";
import { FactList } from "@/shared/ui";
import { useFieldName, useFieldValue } from "./profileFields";

const useStyles = makeStyles({
  title: { margin: "20px 0 8px", display: "block" },
  value: { display: "flex", flexWrap: "wrap", alignItems: "center", columnGap: "8px" },
  before: { color: tokens.colorNeutralForeground2 },
  arrow: { color: tokens.colorNeutralForeground2, flex: "0 0 auto" },
});

/** The section; nothing for an operation that changes no fields. */
export function Changes({ changes, titles }: { changes: readonly FieldChange[]; titles: readonly ProductTitle[] }) {
  const styles = useStyles();
  const { t } = useTranslation("outbox");
  const nameOf = useFieldName();
  const valueOf = useFieldValue(titles);
  if (changes.length === 0) return null;
  const shown = (field: string, value: string) => (value === "" ? t("difference.empty") : valueOf(field, value));
  return (
    <section>
      <Subtitle2 as="h3" className={styles.title}>
        {t("order")}
      </Subtitle2>
      <FactList
        facts={changes.map((one) => ({
          name: nameOf(one.field),
          value: (
            <span className={styles.value}>
              <Body1 className={styles.before}>{shown(one.field, one.before)}</Body1>
              <ArrowRightRegular className={styles.arrow} aria-hidden />
              <Body1Strong>{shown(one.field, one.after)}</Body1Strong>
            </span>
          ),
        }))}
      />
    </section>
  );
}
