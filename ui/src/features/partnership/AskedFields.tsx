// Who is asked: company, contact, country, and the two ids by which an acceptance is recognised.
import { Input, Select, makeStyles } from "@fluentui/react-components";
import { useMemo } from "react";
import { useFormat, useTranslation } from "@/shared/i18n";
import { useRead, type RequestFormView } from "@/shared/ipc";
import { FormField } from "@/shared/ui";

const useStyles = makeStyles({
  grid: { display: "grid", gridTemplateColumns: "repeat(6, minmax(0, 1fr))", columnGap: "16px", rowGap: "14px" },
  third: { gridColumn: "span 2", minWidth: 0 },
  half: { gridColumn: "span 3", minWidth: 0 },
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

/** The fields. */
export function AskedFields({ form, onChange, onLeave, problem, readOnly }: AskedFieldsProps) {
  const styles = useStyles();
  const { t } = useTranslation("partnership");
  const format = useFormat();
  const countries = useRead("listCountries").data;
  const listed = useMemo(
    () => (countries ?? []).map((code) => ({ code, name: format.country(code) })).sort((a, b) => a.name.localeCompare(b.name)),
    [countries, format],
  );
  const text = (field: "company" | "contactName" | "tenantId" | "partnerId", required: boolean) => (
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
  return (
    <section className={styles.grid} aria-label={t("whoIsAsked")}>
      <div className={styles.third}>{text("company", true)}</div>
      <div className={styles.third}>{text("contactName", false)}</div>
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
      <div className={styles.half}>{text("tenantId", false)}</div>
      <div className={styles.half}>{text("partnerId", false)}</div>
    </section>
  );
}
