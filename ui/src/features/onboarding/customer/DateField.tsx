// The day on which the agreement was accepted, typed in the person's own form or taken as today with one press.
import { Button, Input, makeStyles } from "@fluentui/react-components";
import { CalendarTodayRegular } from "@fluentui/react-icons";
import { useState } from "react";
import { useFormat, useTranslation } from "@/shared/i18n";
import { FormField } from "@/shared/ui";
import { pathOf } from "../draft/fields";
import { useForm, withCustomer } from "../draft/FormContext";
import { dateFromText, dayOfIso, isoOfDay } from "./dateText";

const useStyles = makeStyles({
  input: { width: "100%", minWidth: 0, "& > input": { minWidth: 0, width: "100%" } },
});

const PATH = pathOf("agreementDate");

/** *Agreement acceptance date*. */
export function DateField() {
  const styles = useStyles();
  const { t } = useTranslation("onboarding");
  const form = useForm();
  const format = useFormat();
  const stored = form.content.customer.agreementDate;
  // While typing the text stays as typed; afterwards it is shown in the person's form.
  const [typing, setTyping] = useState<string | undefined>(undefined);
  const readable = dayOfIso(stored) === null ? stored : format.date(stored);

  const store = (agreementDate: string) => {
    form.edit((content) => withCustomer(content, { agreementDate }));
  };
  return (
    <FormField label={t("field.agreementDate")} hint={t("hint.date")} error={form.problem(PATH)}>
      <Input
        className={styles.input}
        value={typing ?? readable}
        placeholder={t("hint.dateForm")}
        data-field={PATH}
        name={PATH}
        autoComplete="off"
        onChange={(_event, data) => {
          setTyping(data.value);
          store(dateFromText(data.value, format.locale));
        }}
        onFocus={() => {
          form.entered(PATH);
        }}
        onBlur={() => {
          setTyping(undefined);
          form.left(PATH);
        }}
        contentAfter={
          <Button
            appearance="transparent"
            size="small"
            icon={<CalendarTodayRegular />}
            aria-label={t("hint.today")}
            title={t("hint.today")}
            onClick={() => {
              setTyping(undefined);
              store(isoOfDay(new Date()));
            }}
          />
        }
      />
    </FormField>
  );
}
