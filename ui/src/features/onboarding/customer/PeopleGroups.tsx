// The contact, and who accepts the Microsoft Customer Agreement.
import { Body1, makeStyles, tokens } from "@fluentui/react-components";
import { useMemo } from "react";
import { useFormat, useTranslation } from "@/shared/i18n";
import { useForm } from "../draft/FormContext";
import { DateField } from "./DateField";
import { ChoiceField, TextField } from "./Fields";
import { Cell, Grid, Group } from "./layout";

const useStyles = makeStyles({
  text: { display: "block", marginBottom: "12px", color: tokens.colorNeutralForeground2 },
});

/** Group *Contact*. */
export function ContactGroup() {
  const { t } = useTranslation("onboarding");
  const format = useFormat();
  const { country } = useForm().check;
  const languages = useMemo(
    () => country.languages.map((code) => ({ value: code, text: format.language(code) })),
    [country.languages, format],
  );
  const cultures = useMemo(
    () => country.cultures.map((code) => ({ value: code, text: `${format.language(code)}, ${code}` })),
    [country.cultures, format],
  );
  const example = country.phoneExample;
  const phoneHint = country.phoneRequired
    ? t("hint.phoneRequired", { country: format.country(country.country), example })
    : t("hint.phone", { example });
  return (
    <Group title={t("group.contact")}>
      <Grid>
        <Cell span={6}>
          <TextField field="firstName" label={t("field.firstName")} required />
        </Cell>
        <Cell span={6}>
          <TextField field="lastName" label={t("field.lastName")} required />
        </Cell>
        <Cell span={6}>
          <TextField field="email" type="email" label={t("field.email")} hint={t("hint.email")} required />
        </Cell>
        <Cell span={6}>
          <TextField
            field="phone"
            type="tel"
            label={t("field.phone")}
            hint={example === "" ? undefined : phoneHint}
            required={country.phoneRequired}
          />
        </Cell>
        <Cell span={6}>
          <ChoiceField field="language" label={t("field.language")} required choices={languages} />
        </Cell>
        <Cell span={6}>
          <ChoiceField field="culture" label={t("field.culture")} hint={t("hint.culture")} required choices={cultures} />
        </Cell>
      </Grid>
    </Group>
  );
}

/** Group *Microsoft Customer Agreement*. */
export function AgreementGroup() {
  const styles = useStyles();
  const { t } = useTranslation("onboarding");
  return (
    <Group title={t("group.agreement")}>
      <Body1 className={styles.text}>{t("group.agreementText")}</Body1>
      <Grid>
        <Cell span={4}>
          <TextField field="signerFirstName" label={t("field.firstName")} required />
        </Cell>
        <Cell span={4}>
          <TextField field="signerLastName" label={t("field.lastName")} required />
        </Cell>
        <Cell span={4}>
          <DateField />
        </Cell>
        <Cell span={6}>
          <TextField field="signerEmail" type="email" label={t("field.email")} required />
        </Cell>
        <Cell span={6}>
          <TextField field="signerPhone" type="tel" label={t("field.phone")} />
        </Cell>
      </Grid>
    </Group>
  );
}

const QUALIFICATIONS = ["none", "education", "government_community_cloud", "state_owned_entity"] as const;

/** Group *Special qualifications*. */
export function QualificationGroup() {
  const { t } = useTranslation("onboarding");
  return (
    <Group title={t("group.qualifications")}>
      <Grid>
        <Cell span={6}>
          <ChoiceField
            field="qualification"
            label={t("field.qualification")}
            choices={QUALIFICATIONS.map((value) => ({ value, text: t(`qualification.${value}`) }))}
          />
        </Cell>
      </Grid>
    </Group>
  );
}
