// Step 4, with an address of its own: it is opened after Submit, and again from Home while setup info waits.
import { Body1, Button, Caption1, Checkbox, Title3, makeStyles, tokens } from "@fluentui/react-components";
import { AddRegular, DocumentDismissRegular } from "@fluentui/react-icons";
import { useEffect, useId, useRef, useState } from "react";
import { useNavigate, useParams } from "react-router";
import { useTranslation } from "@/shared/i18n";
import { useRead, useWrite, type ConfirmationView } from "@/shared/ipc";
import { EmptyState, ErrorState, LoadingRows } from "@/shared/ui";
import { stepsOf } from "../draft/steps";
import { WizardFrame } from "../frame/WizardFrame";
import { JourneyList } from "./JourneyList";
import { NextPanel } from "./NextPanel";
import { Saved } from "./Saved";
import { SetupInfoCard } from "./SetupInfoCard";
import { standingOf } from "./standing";

const useStyles = makeStyles({
  body: { maxWidth: "780px" },
  heading: { display: "block", margin: "0 0 8px" },
  text: { display: "block", color: tokens.colorNeutralForeground2, marginBottom: "8px" },
  later: { marginLeft: "-12px", minWidth: 0 },
  reason: { color: tokens.colorNeutralForeground2, maxWidth: "310px" },
});

/** Route `/confirmation/:onboardingId`. */
export function ConfirmationPage() {
  const { onboardingId = "" } = useParams();
  const { t } = useTranslation(["onboarding", "shared"]);
  const navigate = useNavigate();
  const read = useRead("confirmation", onboardingId);
  if (read.data?.onboardingId === onboardingId) return <Confirmation view={read.data} />;
  if (read.error?.code === "not_found") {
    return (
      <EmptyState
        icon={DocumentDismissRegular}
        title={t("onboarding:confirmation.gone")}
        why={t("onboarding:confirmation.goneText")}
        action={<Button onClick={() => void navigate("/customers")}>{t("onboarding:load.toCustomers")}</Button>}
      />
    );
  }
  if (read.error) return <ErrorState why={t(`shared:error.${read.error.code}`)} onRetry={() => void read.refetch()} />;
  return <LoadingRows />;
}

function Confirmation({ view }: { view: ConfirmationView }) {
  const styles = useStyles();
  const { t } = useTranslation("onboarding");
  const navigate = useNavigate();
  const reason = useId();
  const [noted, setNoted] = useState(false);
  const box = useRef<HTMLInputElement>(null);
  const acknowledge = useWrite("acknowledgeSetupInfo");
  const start = useWrite("startCustomerDraft", { onDone: (draft) => void navigate(`/draft/${draft.id}`) });

  // The step before was a page of its own: this one says its name.
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      document.querySelector<HTMLElement>("[data-page-title]")?.focus({ preventScroll: true });
    });
    return () => {
      cancelAnimationFrame(frame);
    };
  }, [view.onboardingId]);

  const info = view.setupInfo;
  // Who has not seen it can't have noted it.
  const unseen = info?.state === "sealed";
  const held = info !== null && (info.state === "sealed" || info.state === "showing");
  const ready = noted && !unseen;
  const done = () => {
    if (!held) {
      void navigate("/customers");
      return;
    }
    if (acknowledge.isPending) return;
    if (ready) acknowledge.mutate([info.onboardingId]);
    else box.current?.focus();
  };

  return (
    <WizardFrame
      title={t("title.confirmation")}
      caption={view.resellerName === "" ? view.customerName : t("for.confirmation", { customer: view.customerName, reseller: view.resellerName })}
      current="confirmation"
      steps={[...stepsOf(view.purpose).map((key) => ({ key })), { key: "confirmation" as const }]}
      panel={view.offline ? undefined : { title: t("next.title"), body: <NextPanel view={view} /> }}
      away={
        held ? (
          <Button appearance="subtle" className={styles.later} onClick={() => void navigate("/home")}>
            {t("confirmation.later")}
          </Button>
        ) : undefined
      }
      acts={
        <>
          {held && (
            <>
              {!ready && (
                <Caption1 id={reason} className={styles.reason}>
                  {unseen ? t("setup.revealFirst") : t("setup.reason")}
                </Caption1>
              )}
              <Checkbox
                ref={box}
                checked={noted && !unseen}
                disabled={unseen}
                aria-describedby={unseen ? reason : undefined}
                label={t("setup.noted")}
                onChange={(_event, data) => {
                  setNoted(data.checked === true);
                }}
              />
            </>
          )}
          {!held && view.purpose === "new_customer" && view.resellerId !== "" && (
            <Button
              icon={<AddRegular />}
              onClick={() => {
                start.mutate([view.resellerId]);
              }}
            >
              {t("confirmation.another", { reseller: view.resellerName })}
            </Button>
          )}
          <Button appearance="primary" data-primary disabledFocusable={held && !ready} aria-describedby={held && !ready ? reason : undefined} onClick={done}>
            {t("confirmation.done")}
          </Button>
        </>
      }
    >
      {view.offline ? <Saved view={view} /> : <Running view={view} />}
    </WizardFrame>
  );
}

function Running({ view }: { view: ConfirmationView }) {
  const styles = useStyles();
  const { t } = useTranslation("onboarding");
  const standing = standingOf(view);
  return (
    <div className={styles.body}>
      <Title3 as="h2" className={styles.heading}>
        {t(`confirmation.heading.${standing}`)}
      </Title3>
      {(standing === "sending" || standing === "created") && <Body1 className={styles.text}>{t("confirmation.heading.sendingText")}</Body1>}
      <JourneyList view={view} />
      {view.setupInfo !== null && <SetupInfoCard info={view.setupInfo} />}
    </div>
  );
}
