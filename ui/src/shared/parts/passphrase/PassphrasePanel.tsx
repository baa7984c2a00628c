// No keychain on this computer: the book that is about to be made opens with a passphrase instead (D4).
import { Body1, Button, DrawerBody, DrawerFooter, DrawerHeader, DrawerHeaderTitle, Input, MessageBar, MessageBarBody, OverlayDrawer, Spinner, makeStyles } from "@fluentui/react-components";
import { DismissRegular } from "@fluentui/react-icons";
import { useId, useState } from "react";
import { useTranslation } from "@/shared/i18n";
import { useWrite, type WorkspaceKind } from "@/shared/ipc";
import { useShowStart } from "@/shared/parts/restore";
import { FormField } from "@/shared/ui";

const useStyles = makeStyles({
  form: { display: "contents" },
  body: { display: "flex", flexDirection: "column", gap: "14px", paddingBottom: "16px" },
  footer: { display: "flex", gap: "8px" },
});

/** Which workspace is made, and by which command. */
const COMMANDS = { practice: "tryItOutWithPassphrase", live: "makeLiveWorkspaceWithPassphrase" } as const;

interface PassphrasePanelProps {
  kind: WorkspaceKind;
  open: boolean;
  onClose: () => void;
  /** Leaves the page under the drawer, once the workspace is made and the drawer gone. */
  onMade?: () => void;
}

/** The drawer. */
export function PassphrasePanel({ kind, open, onClose, onMade }: PassphrasePanelProps) {
  const styles = useStyles();
  const id = useId();
  const { t } = useTranslation("shared");
  const show = useShowStart();
  const [passphrase, setPassphrase] = useState("");
  const [again, setAgain] = useState("");
  const make = useWrite(COMMANDS[kind], {
    silent: true,
    onDone: ({ start }) => {
      if (start) show(start, onClose, onMade);
    },
  });
  const problem = make.data?.problem ?? undefined;
  const told = problem ? t(`passphrase.problem.${problem}`) : undefined;
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
          <DrawerHeaderTitle heading={{ id: `${id}-title` }} action={<Button appearance="subtle" icon={<DismissRegular />} aria-label={t("ui.close")} onClick={onClose} />}>
            {t("passphrase.title")}
          </DrawerHeaderTitle>
        </DrawerHeader>
        <DrawerBody>
          <div className={styles.body}>
            <Body1>{t(`passphrase.why.${kind}`)}</Body1>
            <FormField required label={t("passphrase.label")} hint={t("passphrase.rule")} error={problem === "different" ? undefined : told}>
              <Input type="password" autoComplete="new-password" value={passphrase} onChange={(_event, data) => { setPassphrase(data.value); }} />
            </FormField>
            <FormField required label={t("passphrase.again")} error={problem === "different" ? told : undefined}>
              <Input type="password" autoComplete="new-password" value={again} onChange={(_event, data) => { setAgain(data.value); }} />
            </FormField>
            <MessageBar intent="warning" layout="multiline">
              <MessageBarBody>{t(`passphrase.lost.${kind}`)}</MessageBarBody>
            </MessageBar>
            {make.error && (
              <MessageBar intent="error">
                <MessageBarBody>{t(`error.${make.error.code}`)}</MessageBarBody>
              </MessageBar>
            )}
          </div>
        </DrawerBody>
        <DrawerFooter className={styles.footer}>
          <Button type="submit" appearance="primary" disabledFocusable={make.isPending} icon={make.isPending ? <Spinner size="tiny" /> : undefined}>
            {t(`passphrase.act.${kind}`)}
          </Button>
          <Button onClick={onClose}>{t("restore.cancel")}</Button>
        </DrawerFooter>
      </form>
    </OverlayDrawer>
  );
}
