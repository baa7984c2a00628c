// Who is asked: company, contact, country, and the two ids by which an acceptance is recognised.
import { Body1Strong, Input, Select, makeStyles } from "@fluentui/react-components";
import { useId, useMemo } from "react";
import { useFormat, useTranslation } from "@/shared/i18n";
import { useRead, type RequestFormView } from "@/shared/ipc";
import { FormField } from "@/shared/ui";

const useStyles = makeStyles({
  grid: { display: "grid", gridTemplateColumns: "repeat(6, minmax(0, 1fr))", columnGap: "16px", rowGap: "14px" },
  third: { gridColumn: "span 2", minWidth: 0 },
  half: { gridColumn: "span 3", minWidth: 0 },
  title: { gridColumn: "1 / -1" },
  input: { width: "100%", minWidth: 0, "& > input": { minWidth: 0, width: "100%" } },
  select: { width: "100%", minWidth: 0, "& > select": { minWidth: 0, width: "100%", textOverflow: "ellipsis" } },
});

export interface AskedFieldsProps {
  form: RequestFormView;
  onChange: (form: RequestFormView) => void;
  onLeave: (field: string) => void;
  problem: (field: string) => string;
  readOnly: boolean;
}

function TextField({ form, onChange, onLeave, problem, readOnly, field, required = false }: AskedFieldsProps & { field: "company" | "contactName" | "tenantId" | "partnerId"; required?: boolean }) {
  const styles = useStyles();
  const { t } = useTranslation("partnership");
  return (
    <FormField label={t(`field.${field}`)} required={required} hint={field === "tenantId" || field === "partnerId" ? t(`hint.${field}`) : undefined} error={problem(`form.${field}`)}>
      <Input
        className={styles.input}
        value={form[field]}
        readOnly={readOnly}
        autoComplete="off"
        spellCheck={false}
        placeholder={required ? undefined : t("hint.optional")}
        data-field={`form.${field}`}
        onChange={(_event, data) => {
          onChange({ ...form, [field]: data.value });
        }}
        onBlur={() => {
          onLeave(`form.${field}`);
        }}
      />
    </FormField>
  );
}

/** Company, contact and country. */
export function AskedFields(props: AskedFieldsProps) {
  const { form, onChange, onLeave, problem, readOnly } = props;
  const styles = useStyles();
  const { t } = useTranslation("partnership");
  const format = useFormat();
  const countries = useRead("listCountries").data;
  const listed = useMemo(
    () => (countries ?? []).map((code) => ({ code, name: format.country(code) })).sort((a, b) => a.name.localeCompare(b.name)),
    [countries, format],
  );
  return (
    <section className={styles.grid} aria-label={t("whoIsAsked")}>
      <div className={styles.third}>
        <TextField {...props} field="company" required />
      </div>
      <div className={styles.third}>
        <TextField {...props} field="contactName" />
      </div>
      <div className={styles.third}>
        <FormField label={t("field.country")} required error={problem("form.country")}>
          <Select
            className={styles.select}
            value={form.country}
            disabled={readOnly}
            data-field="form.country"
            onChange={(_event, data) => {
              onChange({ ...form, country: data.value });
            }}
            onBlur={() => {
              onLeave("form.country");
            }}
          >
            {!listed.some((one) => one.code === form.country) && <option value={form.country}>{form.country === "" ? t("hint.choose") : form.country}</option>}
            {listed.map((one) => (
              <option key={one.code} value={one.code}>
                {one.name}
              </option>
            ))}
          </Select>
        </FormField>
      </div>
    </section>
  );
}

/** The two ids by which the acceptance is recognised, where they are known. */
export function AskedIds(props: AskedFieldsProps) {
  const styles = useStyles();
  const { t } = useTranslation("partnership");
  const title = useId();
  return (
    <section className={styles.grid} aria-labelledby={title}>
      <Body1Strong as="h2" id={title} className={styles.title}>
        {t("idsTitle")}
      </Body1Strong>
      <div className={styles.half}>
        <TextField {...props} field="tenantId" />
      </div>
      <div className={styles.half}>
        <TextField {...props} field="partnerId" />
      </div>
    </section>
  );
}
