// The wizard on one draft: which step is shown, what Next and Submit do, and what stands beside them.
import { Button, Caption1, MessageBar, MessageBarBody, makeStyles } from "@fluentui/react-components";
import { ArrowLeftRegular, ArrowRightRegular } from "@fluentui/react-icons";
import { useMemo, useState, type MouseEvent } from "react";
import { useNavigate } from "react-router";
import { useTranslation } from "@/shared/i18n";
import { SubmitButton } from "@/shared/ui";
import { useReadWhen, useWrite, type DraftView, type WizardStepView } from "@/shared/ipc";
import { AgreementStep, CustomerStep } from "./customer/CustomerStep";
import { PreflightPanel } from "./customer/PreflightPanel";
import { FormProvider, type WizardForm } from "./draft/FormContext";
import { customerPaths, lineOfPath, orderPaths, useFieldName } from "./draft/fields";
import { useProblemText } from "./draft/problemText";
import { problemAt, problemsOfStep, sortByScreen, stepOfField } from "./draft/problems";
import { isOrder, marketOf, mends, nameOf, segmentOf, stepAfter, stepBefore, stepToShow, stepsOf } from "./draft/steps";
import { useDraft } from "./draft/useDraft";
import { useOnlineCheck } from "./draft/useOnlineCheck";
import { CancelButton } from "./frame/CancelButton";
import { ErrorSummary } from "./frame/ErrorSummary";
import { PracticeNote } from "./frame/PracticeNote";
import { SaveNote } from "./frame/SaveNote";
import { useCaption } from "./frame/useCaption";
import { WizardFrame, type WizardPanel } from "./frame/WizardFrame";
import { OrderPanel } from "./order/OrderPanel";
import { SubscriptionStep } from "./order/SubscriptionStep";
import { JourneyPanel } from "./review/JourneyPanel";
import { ReviewStep } from "./review/ReviewStep";
import { SECOND_WORD } from "./review/SecondOrder";
import { useSubmit } from "./review/useSubmit";
import { useWizardFocus } from "./useWizardFocus";

const useStyles = makeStyles({ bar: { marginBottom: "16px", maxWidth: "800px" } });

/** All steps but the confirmation, which has an address of its own. */
export function Wizard({ view }: { view: DraftView }) {
  const styles = useStyles();
  const { t } = useTranslation(["onboarding", "shared"]);
  const navigate = useNavigate();
  const say = useProblemText();
  const { session, shown } = useDraft(view);
  useOnlineCheck(shown);
  const { draft, content, check } = shown;
  const { purpose } = draft;
  const step = stepToShow(purpose, shown.step);

  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  // What is mended was refused: its problems are shown from the start.
  const [asked, setAsked] = useState<ReadonlySet<WizardStepView>>(new Set(mends(purpose) ? ["customer", "subscriptions"] : []));
  const [openLine, setOpenLine] = useState<number | undefined>(() => openAtStart(view));

  const country = marketOf(draft, content);
  const catalogue = useReadWhen(country !== "", "catalogue", country, segmentOf(content));
  const review = useReadWhen(step === "review", "reviewDraft", view.id);
  const discard = useWrite("discardDraft");
  const caption = useCaption(shown, step);
  const fieldName = useFieldName(check.country, check.order.lines);
  const lead = useWizardFocus(step, view.focus, beginAt(view));
  const submit = useSubmit(session, review, (onboardingId) => void navigate(`/confirmation/${onboardingId}`, { replace: true }));

  const order = useMemo(() => [...customerPaths(check.country), ...orderPaths(content.lines)], [check.country, content.lines]);
  const ofStep = sortByScreen(problemsOfStep(check.problems, step), order);

  const [typed] = useState(() => new Map<string, string>());
  const form: WizardForm = {
    content,
    check,
    typed,
    problem: (path) => {
      const all = asked.has(stepOfField(path)) || path.startsWith("lines.");
      const found = problemAt(check.problems, path, left, all);
      return found === undefined ? undefined : say(found);
    },
    edit: session.edit,
    entered: session.focusOn,
    left: (path) => {
      setLeft((before) => (before.has(path) ? before : new Set(before).add(path)));
      void session.flush();
    },
  };

  const goTo = (next: WizardStepView) => {
    session.goTo(next);
    void session.flush();
  };
  const goToField = (path: string) => {
    const of = stepOfField(path);
    const line = lineOfPath(path);
    if (line !== undefined) setOpenLine(content.lines.find((each) => each.line === line)?.baseLine ?? line);
    if (of !== step && stepsOf(purpose).includes(of)) goTo(of);
    lead(path);
  };
  const next = async () => {
    const saved = await session.flush();
    const found = sortByScreen(problemsOfStep(session.snapshot().check.problems, step), order);
    const first = found[0];
    if (first !== undefined) {
      setAsked((before) => new Set(before).add(step));
      goToField(first.field);
      return;
    }
    const following = stepAfter(purpose, step);
    if (saved && following !== undefined) goTo(following);
  };
  const send = async () => {
    const sent = await submit.send();
    if (sent === "second_order") document.querySelector<HTMLElement>(SECOND_WORD)?.focus();
    if (sent === "problems") setAsked(new Set(["customer", "subscriptions"]));
    // What is to be read stands above, and Submit may be gone for a moment.
    if (sent !== "problems" && sent !== "changed") return;
    document.querySelector<HTMLElement>("[data-wizard-middle]")?.focus();
  };
  // The second press of a double one was meant for the step before. (Submit guards itself: see `useStood`.)
  const onNext = (event: MouseEvent) => {
    if (event.detail <= 1) void next();
  };
  const reviewed = step === "review" ? review.data?.hash : undefined;

  const away = () => {
    session.abandon();
    discard.mutate([view.id], { onSuccess: () => void navigate("/customers") });
  };
  const back = stepBefore(purpose, step);
  const following = stepAfter(purpose, step);

  return (
    <FormProvider value={form}>
      <WizardFrame
        title={step !== "review" && (purpose === "mend_customer" || purpose === "mend_order" || purpose === "mend_agreement") ? t(`onboarding:title.${purpose}`) : t(`onboarding:title.${step}`)}
        caption={caption}
        current={step}
        steps={[
          ...stepsOf(purpose).map((key) => ({
            key,
            word: key !== "review" && (purpose === "mend_customer" || purpose === "mend_order" || purpose === "mend_agreement") ? t(`onboarding:title.${purpose}`) : undefined,
            open: () => {
              goTo(key);
            },
          })),
          { key: "confirmation" as const },
        ]}
        panel={panel()}
        away={<CancelButton name={nameOf(draft, content) === "" ? t("onboarding:for.unnamed") : nameOf(draft, content)} onDiscard={away} />}
        note={step === "review" ? <PracticeNote shown={shown} /> : <SaveNote shown={shown} />}
        acts={
          <>
            {back !== undefined && (
              <Button
                icon={<ArrowLeftRegular />}
                onClick={() => {
                  goTo(back);
                }}
              >
                {t("onboarding:footer.back")}
              </Button>
            )}
            {following === undefined ? (
              <SubmitButton reviewed={reviewed} label={t("onboarding:footer.submit")} busy={submit.busy} onSubmit={() => void send()} />
            ) : (
              <Button appearance="primary" data-primary icon={<ArrowRightRegular />} iconPosition="after" onClick={onNext}>
                {following === "review" ? t("onboarding:footer.toReview") : t("onboarding:footer.toSubscriptions")}
              </Button>
            )}
          </>
        }
      >
        {step !== "review" && asked.has(step) && <ErrorSummary problems={ofStep} nameOf={fieldName} onGo={goToField} />}
        {submit.failure !== undefined && (
          <MessageBar intent="error" layout="multiline" className={styles.bar} role="alert">
            <MessageBarBody>
              <Caption1>{t(`shared:error.${submit.failure}`)}</Caption1>
            </MessageBarBody>
          </MessageBar>
        )}
        {body()}
      </WizardFrame>
    </FormProvider>
  );

  function body() {
    switch (step) {
      case "customer":
        return purpose === "mend_agreement" ? <AgreementStep /> : <CustomerStep />;
      case "subscriptions":
        return <SubscriptionStep catalogue={catalogue.data} country={country} existing={isOrder(purpose)} open={openLine} onOpen={setOpenLine} />;
      case "review":
        return <ReviewStep review={review.data} duplicates={check.duplicates} submit={submit} nameOf={fieldName} onGo={goToField} onEdit={goTo} />;
    }
  }

  function panel(): WizardPanel | undefined {
    switch (step) {
      case "customer": {
        // Nothing is checked of a signer but what stands at the fields.
        if (purpose === "mend_agreement") return undefined;
        const wrong = check.preflight.filter((line) => line.state === "problem").length;
        return {
          title: t("onboarding:preflight.title"),
          note: wrong === 0 ? undefined : t("onboarding:panel.problems", { count: wrong }),
          body: <PreflightPanel lines={check.preflight} country={check.country.country} onGo={goToField} />,
        };
      }
      case "subscriptions": {
        const lines = t("onboarding:panelOrder.lines", { count: check.order.lines.length });
        return {
          title: t("onboarding:panelOrder.title"),
          note: check.order.lines.length === 0 ? undefined : [lines, check.order.currency].filter((part) => part !== "").join(", "),
          body: <OrderPanel onOpen={setOpenLine} />,
        };
      }
      case "review":
        return review.data === undefined ? undefined : { title: t("onboarding:journey.title"), body: <JourneyPanel review={review.data} /> };
    }
  }
}

/** The line to open again when a draft is reopened at one of its fields. */
function openAtStart(view: DraftView): number | undefined {
  const line = lineOfPath(view.focus);
  return line === undefined ? undefined : (view.content.lines.find((each) => each.line === line)?.baseLine ?? line);
}

/** Where a draft that was never touched begins. */
function beginAt(view: DraftView): string {
  if (view.step !== "customer") return "";
  if (view.content.resellerId === "") return "resellerId";
  return view.content.customer.companyName === "" ? "customer.companyName" : "";
}
