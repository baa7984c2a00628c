// A drawer with the switches of the practice Partner Center: what can go wrong in a day, at will.
import { Body1, Button, DrawerBody, DrawerHeader, DrawerHeaderTitle, OverlayDrawer, Radio, RadioGroup, Subtitle2, Switch, makeStyles, tokens } from "@fluentui/react-components";
import { DismissRegular, PersonEditRegular } from "@fluentui/react-icons";
import { useId, useState } from "react";
import { useTranslation } from "@/shared/i18n";
import { useReadWhen, useWrite, type PracticeView } from "@/shared/ipc";
import { ErrorState, useAnnounce } from "@/shared/ui";
import { PracticeClock } from "./PracticeClock";
import { PracticeResellers } from "./PracticeResellers";

type Switchable = Exclude<keyof PracticeView, "slowMs">;
const SWITCHES: readonly Switchable[] = ["networkOff", "loseNextAnswer", "domainTaken", "agreementRefused", "underReview", "pricesUp", "partialCheckout", "orderedElsewhere", "throttled"];
const SPEEDS = [0, 1000, 5000] as const;

const useStyles = makeStyles({
  body: { display: "flex", flexDirection: "column", gap: "4px", paddingBottom: "24px" },
  intro: { color: tokens.colorNeutralForeground2, marginBottom: "12px" },
  item: { display: "flex", flexDirection: "column", paddingBottom: "8px", borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  hint: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200, padding: "0 8px" },
  title: { marginTop: "16px" },
  press: { alignSelf: "flex-start", margin: "8px" },
});

/** The drawer. */
export function PracticePanel({ open, onClose }: { open: boolean; onClose: () => void }) {
  const styles = useStyles();
  const id = useId();
  const { t } = useTranslation(["practice", "shared"]);
  const practice = useReadWhen(open, "practice");
  const set = useWrite("setPractice");
  const announce = useAnnounce();
  const [changed, setChanged] = useState("");
  const elsewhere = useWrite("changeCustomerElsewhere", {
    onDone: (customer) => {
      setChanged(customer);
      announce(t("practice:elsewhere.done", { customer }));
    },
  });
  const view = practice.data;
  const speed = SPEEDS.findLast((one) => one <= (view?.slowMs ?? 0)) ?? 0;
  return (
    <OverlayDrawer position="end" size="small" style={{ width: 400, maxWidth: "100vw" }} open={open} onOpenChange={(_event, data) => { if (!data.open) onClose(); }} aria-labelledby={`${id}-title`}>
      <DrawerHeader>
        <DrawerHeaderTitle heading={{ id: `${id}-title` }} action={<Button appearance="subtle" icon={<DismissRegular />} aria-label={t("shared:ui.close")} onClick={onClose} />}>
          {t("practice:title")}
        </DrawerHeaderTitle>
      </DrawerHeader>
      <DrawerBody>
        <div className={styles.body}>
          <Body1 className={styles.intro}>{t("practice:intro")}</Body1>
          {practice.error && <ErrorState why={t(`shared:error.${practice.error.code}`)} onRetry={() => void practice.refetch()} />}
          {view && (
            <>
              {SWITCHES.map((name) => (
                <div key={name} className={styles.item}>
                  <Switch label={t(`practice:switch.${name}.label`)} checked={view[name]} aria-describedby={`${id}-${name}`} onChange={(_event, data) => { set.mutate([{ ...view, [name]: data.checked }]); }} />
                  <span id={`${id}-${name}`} className={styles.hint}>
                    {t(`practice:switch.${name}.hint`)}
                  </span>
                </div>
              ))}
              <Subtitle2 as="h3" className={styles.title}>
                {t("practice:elsewhere.title")}
              </Subtitle2>
              <div className={styles.item}>
                <Button icon={<PersonEditRegular />} aria-describedby={`${id}-elsewhere`} disabledFocusable={elsewhere.isPending} onClick={() => { elsewhere.mutate([]); }} className={styles.press}>
                  {t("practice:elsewhere.press")}
                </Button>
                <span id={`${id}-elsewhere`} className={styles.hint}>
                  {changed === "" ? t("practice:elsewhere.hint") : t("practice:elsewhere.done", { customer: changed })}
                </span>
              </div>
              <PracticeClock />
              <PracticeResellers />
              <Subtitle2 as="h3" id={`${id}-speed`} className={styles.title}>
                {t("practice:speed")}
              </Subtitle2>
              <RadioGroup value={String(speed)} aria-labelledby={`${id}-speed`} onChange={(_event, data) => { set.mutate([{ ...view, slowMs: Number(data.value) }]); }}>
                {SPEEDS.map((milliseconds) => (
                  <Radio key={milliseconds} value={String(milliseconds)} label={milliseconds === 0 ? t("practice:atOnce") : t("practice:seconds", { count: milliseconds / 1000 })} />
                ))}
              </RadioGroup>
            </>
          )}
        </div>
      </DrawerBody>
    </OverlayDrawer>
  );
}
