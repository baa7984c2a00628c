// The fields of step 1: text and choice, bound to the draft by their path.
import { Input, Select, makeStyles, type InputProps } from "@fluentui/react-components";
import { useTranslation } from "@/shared/i18n";
import { FormField } from "@/shared/ui";
import { pathOf, type CustomerField } from "../draft/fields";
import { useForm, withCustomer } from "../draft/FormContext";

// The browser's own width of an input would push narrow places over their neighbours.
const useStyles = makeStyles({
  input: { width: "100%", minWidth: 0, "& > input": { minWidth: 0, width: "100%" } },
  select: { width: "100%", minWidth: 0, "& > select": { minWidth: 0, width: "100%", textOverflow: "ellipsis" } },
});

/** Fields that hold text. */
export type TextFieldName = Exclude<CustomerField, "domainPrefixTouched">;

interface FieldProps {
  field: TextFieldName;
  label: string;
  hint?: string;
  required?: boolean;
}

/** A line of text. */
export function TextField({
  field,
  label,
  hint,
  required = false,
  type = "text",
  suffix,
  touches,
}: FieldProps & { type?: InputProps["type"]; suffix?: string; touches?: boolean }) {
  const styles = useStyles();
  const { t } = useTranslation("onboarding");
  const form = useForm();
  const path = pathOf(field);
  return (
    <FormField label={label} hint={hint} required={required} error={form.problem(path)}>
      <Input
        className={styles.input}
        type={type}
        value={form.content.customer[field]}
        placeholder={required ? undefined : t("hint.optional")}
        contentAfter={suffix === undefined ? undefined : <span>{suffix}</span>}
        data-field={path}
        name={path}
        autoComplete="off"
        spellCheck={false}
        onChange={(_event, data) => {
          const typed = data.value;
          form.edit((content) => withCustomer(content, { [field]: typed, ...(touches === true ? { domainPrefixTouched: typed !== "" } : {}) }));
        }}
        onFocus={() => {
          form.entered(path);
        }}
        onBlur={() => {
          form.left(path);
        }}
      />
    </FormField>
  );
}

/** One of a few. */
export interface Choice {
  value: string;
  text: string;
}

/** A choice from a list. What stands in the draft and is no longer in the list stays visible. */
export function ChoiceField({ field, label, hint, required = false, choices }: FieldProps & { choices: Choice[] }) {
  const form = useForm();
  return (
    <PlainChoice
      path={pathOf(field)}
      label={label}
      hint={hint}
      required={required}
      choices={choices}
      value={form.content.customer[field]}
      onChoose={(value) => {
        form.edit((content) => withCustomer(content, { [field]: value }));
      }}
    />
  );
}

/** A choice that is not a field of the customer. */
export function PlainChoice({
  path,
  label,
  hint,
  required = false,
  choices,
  value,
  onChoose,
}: {
  path: string;
  label: string;
  hint?: string;
  required?: boolean;
  choices: Choice[];
  value: string;
  onChoose: (value: string) => void;
}) {
  const styles = useStyles();
  const { t } = useTranslation("onboarding");
  const form = useForm();
  const listed = choices.some((choice) => choice.value === value);
  return (
    <FormField label={label} hint={hint} required={required} error={form.problem(path)}>
      <Select
        className={styles.select}
        value={value}
        data-field={path}
        name={path}
        onChange={(_event, data) => {
          onChoose(data.value);
        }}
        onFocus={() => {
          form.entered(path);
        }}
        onBlur={() => {
          form.left(path);
        }}
      >
        {!listed && <option value={value}>{value === "" ? t("hint.choose") : value}</option>}
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.text}
          </option>
        ))}
      </Select>
    </FormField>
  );
}
