// A book that opens with a passphrase asks for it at each start (D4).
import { Body1, Button, Caption1, Input, Spinner, Title3, makeStyles, tokens } from "@fluentui/react-components";
import { LockClosedKeyRegular } from "@fluentui/react-icons";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "@/shared/i18n";
import { readKey, useWrite } from "@/shared/ipc";
import { FormField } from "@/shared/ui";
import { RecoveryForm } from "./RecoveryForm";

const useStyles = makeStyles({
  desk: { height: "100%", overflowY: "auto", backgroundColor: tokens.colorNeutralBackground3, color: tokens.colorNeutralForeground1, boxSizing: "border-box", padding: "40px 20px" },
  card: { maxWidth: "480px", margin: "min(12vh, 96px) auto 0", backgroundColor: tokens.colorNeutralBackground1, borderRadius: "8px", boxShadow: tokens.shadow4, padding: "28px" },
  icon: { display: "inline-flex", alignItems: "center", justifyContent: "center", width: "48px", height: "48px", borderRadius: "8px", backgroundColor: tokens.colorNeutralBackground3, color: tokens.colorNeutralForeground2, fontSize: "26px" },
  title: { display: "block", margin: "16px 0 4px" },
  form: { display: "flex", flexDirection: "column", gap: "16px", alignItems: "flex-start", marginTop: "16px" },
  field: { width: "100%" },
});

/** `recoverable`: a recovery code was set up for this book. */
export function UnlockPage({ recoverable }: { recoverable: boolean }) {
  const styles = useStyles();
  const { t } = useTranslation(["start", "shared"]);
  const client = useQueryClient();
  const [passphrase, setPassphrase] = useState("");
  const unlock = useWrite("unlock", { silent: true, onDone: ({ start }) => { if (start) client.setQueryData(readKey("startView"), start); } });
  const wrong = unlock.data?.problem ? t("start:unlock.wrong") : undefined;
  return (
    <main className={styles.desk}>
      <section className={styles.card} aria-label={t("start:unlock.title")}>
        <span className={styles.icon} aria-hidden>
          <LockClosedKeyRegular />
        </span>
        <Title3 as="h1" className={styles.title}>
          {t("start:unlock.title")}
        </Title3>
        <Body1>{t("start:unlock.why")}</Body1>
        <form
          noValidate
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            if (!unlock.isPending) unlock.mutate([passphrase]);
          }}
        >
          <div className={styles.field}>
            <FormField required label={t("shared:passphrase.label")} error={wrong}>
              <Input autoFocus type="password" autoComplete="current-password" value={passphrase} onChange={(_event, data) => { setPassphrase(data.value); }} />
            </FormField>
          </div>
          <Button type="submit" appearance="primary" data-primary disabledFocusable={unlock.isPending} icon={unlock.isPending ? <Spinner size="tiny" /> : undefined}>
            {t("start:unlock.act")}
          </Button>
          {unlock.error && <Caption1 role="alert">{t(`shared:error.${unlock.error.code}`)}</Caption1>}
        </form>
        {recoverable && <RecoveryForm />}
      </section>
    </main>
  );
}
