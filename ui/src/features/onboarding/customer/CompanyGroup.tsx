// Who the customer is: reseller, legal name, country, registration number where it is demanded, likely duplicates.
import { useMemo } from "react";
import { useFormat, useTranslation } from "@/shared/i18n";
import { useRead } from "@/shared/ipc";
import { useForm } from "../draft/FormContext";
import { DuplicateBar } from "./DuplicateBar";
import { ChoiceField, PlainChoice, TextField } from "./Fields";
import { Cell, Grid, Group } from "./layout";

/** Group *Company*. */
export function CompanyGroup() {
  const { t } = useTranslation("onboarding");
  const form = useForm();
  const format = useFormat();
  const resellers = useRead("listResellers", { search: "", partnership: ["active"], sort: "name", descending: false });
  const countries = useRead("listCountries");

  const resellerChoices = useMemo(
    () => (resellers.data?.rows ?? []).filter((row) => row.takesCustomers).map((row) => ({ value: row.id, text: row.name })),
    [resellers.data],
  );
  const countryChoices = useMemo(() => {
    const order = new Intl.Collator(format.locale).compare;
    return (countries.data ?? [])
      .map((code) => ({ value: code, text: format.country(code) }))
      .sort((a, b) => order(a.text, b.text));
  }, [countries.data, format]);

  const { country, registrationRequired, registrationNames } = form.check.country;
  
  return (
    <Group title={t("group.company")}>
      <Grid>
        <Cell span={4}>
          <PlainChoice
            path="resellerId"
            label={t("field.resellerId")}
            required
            choices={resellerChoices}
            value={form.content.resellerId}
            onChoose={(resellerId) => {
              // The reseller of record follows as long as it is the same one.
              form.edit((content) => ({
                ...content,
                resellerId,
                resellerOfRecord: content.resellerOfRecord === content.resellerId ? resellerId : content.resellerOfRecord,
              }));
            }}
          />
        </Cell>
        <Cell span={8}>
          <TextField field="companyName" label={t("field.companyName")} required />
        </Cell>
        <Cell span={4}>
          <ChoiceField field="country" label={t("field.country")} hint={t("hint.country")} required choices={countryChoices} />
        </Cell>
        {registrationRequired && (
          <Cell span={8}>
            <TextField
              field="registrationNumber"
              label={registrationNames === "" ? t("field.registrationNumber") : t("field.registrationNames", { names: registrationNames })}
              hint={t("hint.registration", { country: format.country(country) })}
              required
            />
          </Cell>
        )}
      </Grid>
      <DuplicateBar duplicates={form.check.duplicates} />
    </Group>
  );
}
