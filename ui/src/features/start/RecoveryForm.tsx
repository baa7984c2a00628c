// The recovery code opens a book whose key the keychain has lost, or whose passphrase was forgotten.
import { Button, Caption1, Input, Spinner, Subtitle2, makeStyles, tokens } from "@fluentui/react-components";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "@/shared/i18n";
import { readKey, useWrite } from "@/shared/ipc";
import { FormField } from "@/shared/ui";

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", gap: "10px", alignItems: "flex-start", marginTop: "16px", paddingTop: "16px", borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  field: { width: "100%" },
});

/** The form. */
export function RecoveryForm() {
  const styles = useStyles();
  const { t } = useTranslation(["start", "shared"]);
  const client = useQueryClient();
  const [code, setCode] = useState("");
  const recover = useWrite("recoverKey", { silent: true, onDone: ({ start }) => { if (start) client.setQueryData(readKey("startView"), start); } });
  const problem = recover.data?.problem ?? undefined;
  return (
    <form
      noValidate
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!recover.isPending) recover.mutate([code]);
      }}
    >
      <Subtitle2 as="h2">{t("start:recover.title")}</Subtitle2>
      <div className={styles.field}>
        <FormField label={t("start:recover.label")} hint={t("start:recover.hint")} error={problem ? t(`start:recover.problem.${problem}`) : undefined}>
          <Input autoComplete="off" spellCheck={false} value={code} onChange={(_event, data) => { setCode(data.value); }} />
        </FormField>
      </div>
      <Button type="submit" disabledFocusable={recover.isPending} icon={recover.isPending ? <Spinner size="tiny" /> : undefined}>
        {t("start:recover.act")}
      </Button>
      {recover.error && <Caption1 role="alert">{t(`shared:error.${recover.error.code}`)}</Caption1>}
    </form>
  );
}
