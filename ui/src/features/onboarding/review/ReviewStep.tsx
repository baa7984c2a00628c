// Step 3: everything on one page as it will be sent. What stands here is what Rust froze, not what the form holds.
import { Button, Divider, MessageBar, MessageBarBody, Subtitle2, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { EditRegular } from "@fluentui/react-icons";
import { useId, type ReactNode } from "react";
import { useFormat, useTranslation } from "@/shared/i18n";
import type { DuplicateView, FieldProblem, ReviewFact, ReviewView, WizardStepView } from "@/shared/ipc";
import { LoadingRows } from "@/shared/ui";
import { DuplicateBar } from "../customer/DuplicateBar";
import { isOrder } from "../draft/steps";
import { ErrorSummary } from "../frame/ErrorSummary";
import { OrderTable } from "./OrderTable";
import { SecondOrder } from "./SecondOrder";
import type { Submit } from "./useSubmit";

const PEOPLE = ["contact", "signer"];
const NAMES = [
  "resellerName",
  "reseller",
  "companyName",
  "country",
  "domainPrefix",
  "fallbackPrefixes",
  "registrationNumber",
  "address",
  "language",
  "culture",
  "qualification",
  "contact",
  "signer",
  "agreementDate",
] as const;
const QUALIFICATIONS = ["none", "education", "government_community_cloud", "state_owned_entity"] as const;

const useStyles = makeStyles({
  page: { maxWidth: "860px" },
  bar: { marginBottom: "16px" },
  head: { display: "flex", alignItems: "center", justifyContent: "space-between", marginBottom: "6px" },
  title: { margin: 0 },
  facts: {
    display: "grid",
    gridTemplateColumns: "minmax(0, 1fr) minmax(0, 1fr)",
    columnGap: "28px",
    rowGap: "10px",
    margin: 0,
    "@media (max-width: 879px)": { gridTemplateColumns: "minmax(0, 1fr)" },
  },
  fact: { display: "grid", gridTemplateColumns: "144px minmax(0, 1fr)", columnGap: "12px" },
  name: { color: tokens.colorNeutralForeground2 },
  value: { margin: 0, minWidth: 0, overflowWrap: "anywhere" },
  line: { display: "block" },
  more: { display: "block", color: tokens.colorNeutralForeground2 },
  // A domain that is too long for its line goes on at its dot.
  whole: { display: "inline-block", maxWidth: "100%" },
  strong: { fontWeight: tokens.fontWeightSemibold },
  divider: { margin: "18px 0 12px" },
});

export interface ReviewStepProps {
  review: ReviewView | undefined;
  /** Customers of the book that may be the one being made. */
  duplicates: DuplicateView[];
  submit: Pick<Submit, "changed" | "agreed" | "asked" | "agree">;
  nameOf: (path: string) => string;
  onGo: (path: string) => void;
  onEdit: (step: WizardStepView) => void;
}

/** The step. */
export function ReviewStep({ review, duplicates, submit, nameOf, onGo, onEdit }: ReviewStepProps) {
  const styles = useStyles();
  const { t } = useTranslation("onboarding");
  if (review === undefined) return <LoadingRows rows={6} />;
  const withCustomer = !isOrder(review.purpose);
  const facts = withCustomer ? review.facts : review.facts.filter((fact) => !PEOPLE.includes(fact.field));
  const people = review.facts.filter((fact) => PEOPLE.includes(fact.field));
  return (
    <div className={styles.page}>
      {submit.changed && (
        <MessageBar intent="warning" layout="multiline" className={styles.bar} role="alert">
          <MessageBarBody>{t("review.changed")}</MessageBarBody>
        </MessageBar>
      )}
      <ErrorSummary problems={onePerField(review.problems)} nameOf={nameOf} onGo={onGo} />
      {duplicates.length > 0 && (
        <div className={styles.bar}>
          <DuplicateBar duplicates={duplicates} />
        </div>
      )}
      <SecondOrder orders={review.unsettled} customer={review.customerName} agreed={submit.agreed} asked={submit.asked} onAgree={submit.agree} />
      <Block
        title={t("review.customer")}
        onEdit={
          withCustomer && review.purpose !== "mend_agreement"
            ? () => {
                onEdit("customer");
              }
            : undefined
        }
      >
        <Facts facts={facts.filter((fact) => !PEOPLE.includes(fact.field))} review={review} />
      </Block>
      {withCustomer && people.length > 0 && (
        <>
          <Divider className={styles.divider} />
          <Block
            title={t("review.people")}
            onEdit={() => {
              onEdit("customer");
            }}
          >
            <Facts facts={people} review={review} />
          </Block>
        </>
      )}
      <Divider className={styles.divider} />
      <Block
        title={t("review.order")}
        onEdit={
          review.purpose === "mend_customer" || review.purpose === "mend_agreement"
            ? undefined
            : () => {
                onEdit("subscriptions");
              }
        }
      >
        <OrderTable review={review} />
      </Block>
    </div>
  );
}

function onePerField(problems: FieldProblem[]): FieldProblem[] {
  return problems.filter((problem, index) => problems.findIndex((each) => each.field === problem.field) === index);
}

function Block({ title, onEdit, children }: { title: string; onEdit?: () => void; children: ReactNode }) {
  const styles = useStyles();
  const { t } = useTranslation("onboarding");
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <div className={styles.head}>
        <Subtitle2 as="h2" id={id} className={styles.title}>
          {title}
        </Subtitle2>
        {onEdit !== undefined && (
          <Button size="small" appearance="subtle" icon={<EditRegular />} aria-label={t("review.editBlock", { block: title })} onClick={onEdit}>
            {t("review.edit")}
          </Button>
        )}
      </div>
      {children}
    </section>
  );
}

function Facts({ facts, review }: { facts: ReviewFact[]; review: ReviewView }) {
  const styles = useStyles();
  return (
    <dl className={styles.facts}>
      {facts
        .filter((fact) => fact.values.some((value) => value !== ""))
        .map((fact) => (
          <FactLine key={fact.field} fact={fact} review={review} />
        ))}
    </dl>
  );
}

function FactLine({ fact, review }: { fact: ReviewFact; review: ReviewView }) {
  const styles = useStyles();
  const { t } = useTranslation("onboarding");
  const format = useFormat();
  const known = NAMES.find((name) => name === fact.field);
  return (
    <div className={styles.fact} data-fact={fact.field}>
      <dt className={styles.name}>{known === undefined ? fact.field : t(`review.fact.${known}`)}</dt>
      <dd className={styles.value}>{value()}</dd>
    </div>
  );

  function value(): ReactNode {
    const first = fact.values[0] ?? "";
    switch (fact.field) {
      case "domainPrefix": {
        const prefix = first.replace(/\.onmicrosoft\.com$/u, "");
        return (
          <>
            <span className={mergeClasses(styles.whole, styles.strong)}>{prefix}</span>
            <span className={styles.whole}>{t("hint.prefixUnit")}</span>
          </>
        );
      }
      case "country":
        return format.country(first);
      case "language":
      case "culture":
        return `${format.language(first)}, ${first}`;
      case "qualification": {
        const qualification = QUALIFICATIONS.find((each) => each === first);
        return qualification === undefined ? first : t(`qualification.${qualification}`);
      }
      case "agreementDate":
        return format.date(first);
      case "address":
        return lines(fact.values.map((each) => (each === review.country ? format.country(each) : each)));
      case "signer":
        return lines([
          ...fact.values,
          review.agreementDate === null ? t("review.notAccepted") : t("review.accepted", { date: format.date(review.agreementDate) }),
        ]);
      default:
        return lines(fact.values);
    }
  }

  function lines(values: string[]): ReactNode {
    return values
      .filter((each) => each !== "")
      .map((each, index) => (
        <span key={`${String(index)} ${each}`} className={index === 0 || fact.field === "address" ? styles.line : styles.more}>
          {each}
        </span>
      ));
  }
}
