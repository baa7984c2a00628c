// The prefix that can never be changed again, and what to use if it is taken by the time of sending.
import { useTranslation } from "@/shared/i18n";
import { useForm } from "../draft/FormContext";
import { TextField } from "./Fields";
import { Cell, Grid, Group } from "./layout";

/** Group *Primary domain name*. */
export function DomainGroup() {
  const { t } = useTranslation("onboarding");
  const { customer } = useForm().content;
  const proposed = !customer.domainPrefixTouched && customer.domainPrefix !== "";
  return (
    <Group title={t("group.domain")} whenSent>
      <Grid>
        <Cell span={6}>
          <TextField
            field="domainPrefix"
            label={t("field.domainPrefix")}
            hint={proposed ? t("hint.prefixProposed") : t("hint.prefix")}
            suffix={t("hint.prefixUnit")}
            required
            touches
          />
        </Cell>
        <Cell span={3}>
          <TextField field="fallbackPrefix1" label={t("field.fallbackPrefix1")} />
        </Cell>
        <Cell span={3}>
          <TextField field="fallbackPrefix2" label={t("field.fallbackPrefix2")} />
        </Cell>
      </Grid>
    </Group>
  );
}
