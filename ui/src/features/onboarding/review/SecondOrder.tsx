// Orders of the same customer that are not settled and hold a product of this one: each with the way to it, and the second
// word without which nothing is submitted.
import { Checkbox, Field, Link, MessageBar, MessageBarBody, MessageBarTitle, makeStyles, tokens } from "@fluentui/react-components";
import { useNavigate } from "react-router";
import { useFormat, useTranslation } from "@/shared/i18n";
import type { UnsettledOrderView } from "@/shared/ipc";

const useStyles = makeStyles({
  bar: { marginBottom: "16px", maxWidth: "860px" },
  list: { margin: "4px 0", paddingLeft: "18px" },
  item: { margin: "2px 0" },
  why: { display: "block", marginTop: "4px" },
  word: { marginTop: "4px", marginLeft: "-8px" },
  // The label is part of the sentence before it, not of a form.
  label: { color: tokens.colorNeutralForeground1 },
});

/** Where the focus goes when Submit was pressed without the second word. */
export const SECOND_WORD = "[data-second-word]";

export interface SecondOrderProps {
  orders: readonly UnsettledOrderView[];
  customer: string;
  /** The person has given the second word for all of these. */
  agreed: boolean;
  /** Submit was pressed without it. */
  asked: boolean;
  onAgree: (agreed: boolean) => void;
}

/** The warning; nothing where every order is settled. */
export function SecondOrder({ orders, customer, agreed, asked, onAgree }: SecondOrderProps) {
  const styles = useStyles();
  const { t } = useTranslation("onboarding");
  const format = useFormat();
  const navigate = useNavigate();
  if (orders.length === 0) return null;
  return (
    <MessageBar intent="warning" layout="multiline" className={styles.bar} data-testid="second-order">
      <MessageBarBody>
        <MessageBarTitle>{t("second.title", { customer, count: orders.length })}</MessageBarTitle>
        <ul className={styles.list}>
          {orders.map((order) => {
            const products = order.lines.map((line) => t("second.product", { title: line.title, count: line.quantity })).join("; ");
            const stands = t(`second.standing.${order.standing}`);
            return (
              <li key={order.order} className={styles.item}>
                {`${t("second.order", { products, when: format.moment(order.approvedAt) })} ${stands} `}
                <Link as="button" inline aria-label={t("second.openOf", { products })} onClick={() => void navigate(`/outbox?operation=${order.operation}`)}>
                  {t("second.open")}
                </Link>
              </li>
            );
          })}
        </ul>
        <span className={styles.why}>{t("second.why", { count: orders.length })}</span>
        <Field validationState={asked && !agreed ? "error" : "none"} validationMessage={asked && !agreed ? t("second.missing") : undefined}>
          <Checkbox
            className={styles.word}
            data-second-word
            label={{ children: t("second.again"), className: styles.label }}
            checked={agreed}
            onChange={(_event, data) => {
              onAgree(data.checked === true);
            }}
          />
        </Field>
      </MessageBarBody>
    </MessageBar>
  );
}
