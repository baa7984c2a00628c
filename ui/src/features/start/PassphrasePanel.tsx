// No keychain on this computer: the practice book opens with a passphrase instead (D4).
import { Body1, Button, DrawerBody, DrawerFooter, DrawerHeader, DrawerHeaderTitle, Input, MessageBar, MessageBarBody, OverlayDrawer, Spinner, makeStyles } from "@fluentui/react-components";
import { DismissRegular } from "@fluentui/react-icons";
import { useId, useState } from "react";
import { useTranslation } from "@/shared/i18n";
import { useWrite } from "@/shared/ipc";
import { useShowStart } from "@/shared/parts/restore";
import { FormField } from "@/shared/ui";

const useStyles = makeStyles({
  form: { display: "contents" },
  body: { display: "flex", flexDirection: "column", gap: "14px", paddingBottom: "16px" },
  footer: { display: "flex", gap: "8px" },
});

/** The drawer. */
export function PassphrasePanel({ open, onClose }: { open: boolean; onClose: () => void }) {
  const styles = useStyles();
  const id = useId();
  const { t } = useTranslation(["start", "shared"]);
  const show = useShowStart();
  const [passphrase, setPassphrase] = useState("");
  const [again, setAgain] = useState("");
  const make = useWrite("tryItOutWithPassphrase", {
    silent: true,
    onDone: ({ start }) => {
      if (start) show(start, onClose);
    },
  });
  const problem = make.data?.problem ?? undefined;
  const told = problem ? t(`start:passphrase.problem.${problem}`) : undefined;
  return (
    <OverlayDrawer position="end" size="medium" open={open} onOpenChange={(_event, data) => { if (!data.open) onClose(); }} aria-labelledby={`${id}-title`}>
      <form
        noValidate
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!make.isPending) make.mutate([passphrase, again]);
        }}
      >
        <DrawerHeader>
          <DrawerHeaderTitle heading={{ id: `${id}-title` }} action={<Button appearance="subtle" icon={<DismissRegular />} aria-label={t("shared:ui.close")} onClick={onClose} />}>
            {t("start:passphrase.title")}
          </DrawerHeaderTitle>
        </DrawerHeader>
        <DrawerBody>
          <div className={styles.body}>
            <Body1>{t("start:passphrase.why")}</Body1>
            <FormField required label={t("start:passphrase.label")} hint={t("start:passphrase.rule")} error={problem === "different" ? undefined : told}>
              <Input type="password" autoComplete="new-password" value={passphrase} onChange={(_event, data) => { setPassphrase(data.value); }} />
            </FormField>
            <FormField required label={t("start:passphrase.again")} error={problem === "different" ? told : undefined}>
              <Input type="password" autoComplete="new-password" value={again} onChange={(_event, data) => { setAgain(data.value); }} />
            </FormField>
            <MessageBar intent="warning" layout="multiline">
              <MessageBarBody>{t("start:passphrase.lost")}</MessageBarBody>
            </MessageBar>
            {make.error && (
              <MessageBar intent="error">
                <MessageBarBody>{t(`shared:error.${make.error.code}`)}</MessageBarBody>
              </MessageBar>
            )}
          </div>
        </DrawerBody>
        <DrawerFooter className={styles.footer}>
          <Button type="submit" appearance="primary" disabledFocusable={make.isPending} icon={make.isPending ? <Spinner size="tiny" /> : undefined}>
            {t("start:passphrase.act")}
          </Button>
          <Button onClick={onClose}>{t("shared:restore.cancel")}</Button>
        </DrawerFooter>
      </form>
    </OverlayDrawer>
  );
}
