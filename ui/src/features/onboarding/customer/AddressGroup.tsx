// The address: which fields, in which order and how they are called is the country's to say, and Rust knows it.
import { useFormat, useTranslation } from "@/shared/i18n";
import { POSTAL, STATE, known } from "../draft/fields";
import { useForm } from "../draft/FormContext";
import { ChoiceField, TextField, type TextFieldName } from "./Fields";
import { Cell, Grid, Group } from "./layout";

/** Group *Address*. */
export function AddressGroup() {
  const { t } = useTranslation("onboarding");
  const format = useFormat();
  const { country } = useForm().check;
  const fields = country.addressFields as TextFieldName[];
  return (
    <Group
      title={t("group.address")}
      note={country.country === "" ? undefined : t("group.addressOf", { country: format.country(country.country) })}
      whenSent
    >
      <Grid>
        {fields.map((field) => (
          <Cell key={field} span={spanOf(field, fields)}>
            <AddressField field={field} />
          </Cell>
        ))}
      </Grid>
    </Group>
  );
}

function AddressField({ field }: { field: TextFieldName }) {
  const { t } = useTranslation("onboarding");
  const { country } = useForm().check;
  const required = country.required.includes(field);
  if (field === "state") {
    const label = t(`stateLabel.${known(country.stateLabel, STATE, "state")}`);
    if (country.states.length === 0) return <TextField field={field} label={label} required={required} />;
    const none = required ? [] : [{ value: "", text: t("hint.optional") }];
    const choices = [...none, ...country.states.map((state) => ({ value: state, text: state }))];
    return <ChoiceField field={field} label={label} required={required} choices={choices} />;
  }
  if (field === "postalCode") {
    return (
      <TextField
        field={field}
        label={t(`postalLabel.${known(country.postalLabel, POSTAL, "postal_code")}`)}
        hint={country.postalExample === "" ? undefined : t("hint.postal", { example: country.postalExample })}
        required={required}
      />
    );
  }
  return <TextField field={field} label={t(`field.${field as "city"}`)} required={required} />;
}

/** Width follows content: street wide, code narrow, and each row filled. */
function spanOf(field: TextFieldName, fields: readonly TextFieldName[]): number {
  if (field === "addressLine1") return fields.includes("addressLine2") ? 8 : 12;
  if (field === "addressLine2") return 4;
  const state = fields.includes("state");
  const postal = fields.includes("postalCode");
  if (field === "postalCode") return 3;
  if (field === "state") return postal ? 4 : 5;
  if (state && postal) return 5;
  if (state) return 7;
  return postal ? 9 : 12;
}
