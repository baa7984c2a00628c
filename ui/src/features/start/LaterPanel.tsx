// An honest panel for what comes in a later version: what it will do, what to have ready, what to do until then.
import { Body1, Button, DrawerBody, DrawerFooter, DrawerHeader, DrawerHeaderTitle, MessageBar, MessageBarBody, OverlayDrawer, Subtitle2, makeStyles, tokens } from "@fluentui/react-components";
import { DismissRegular } from "@fluentui/react-icons";
import { useTranslation } from "@/shared/i18n";

const useStyles = makeStyles({
  body: { display: "flex", flexDirection: "column", gap: "12px", paddingBottom: "16px" },
  steps: { margin: 0, paddingLeft: "20px", display: "flex", flexDirection: "column", gap: "8px", color: tokens.colorNeutralForeground1 },
});

const STEPS = ["first", "second", "third"] as const;

/** Panel of a way that is not yet built. */
export function LaterPanel({ open, onClose }: { open: boolean; onClose: () => void }) {
  const styles = useStyles();
  const { t } = useTranslation(["start", "shared"]);
  return (
    <OverlayDrawer position="end" size="medium" open={open} onOpenChange={(_event, data) => { if (!data.open) onClose(); }}>
      <DrawerHeader>
        <DrawerHeaderTitle action={<Button appearance="subtle" icon={<DismissRegular />} aria-label={t("shared:ui.close")} onClick={onClose} />}>
          {t("start:connect.title")}
        </DrawerHeaderTitle>
      </DrawerHeader>
      <DrawerBody>
        <div className={styles.body}>
          <MessageBar intent="info">
            <MessageBarBody>{t("start:connect.later")}</MessageBarBody>
          </MessageBar>
          <Subtitle2 as="h3">{t("start:willDo")}</Subtitle2>
          <ol className={styles.steps}>
            {STEPS.map((step) => (
              <li key={step}>
                <Body1>{t(`start:connect.${step}`)}</Body1>
              </li>
            ))}
          </ol>
          <Subtitle2 as="h3">{t("start:untilThen")}</Subtitle2>
          <Body1>{t("start:connect.untilThen")}</Body1>
        </div>
      </DrawerBody>
      <DrawerFooter>
        <Button onClick={onClose}>{t("shared:ui.close")}</Button>
      </DrawerFooter>
    </OverlayDrawer>
  );
}
