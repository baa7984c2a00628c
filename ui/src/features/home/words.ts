// What a thing to do says: title, detail, and since or until when.
import { useFormat, useTranslation } from "@/shared/i18n";
import { useTrade } from "@/shared/parts/clock";
import type { AttentionReasonView, FitnessView, HoldReasonView, TodoView } from "@/shared/ipc";

export interface TodoWords {
  title: string;
  detail: string;
  when: string;
}

const JOIN = " · ";

/** The words of a thing to do. */
export function useTodoWords(): (item: TodoView) => TodoWords {
  const { t } = useTranslation(["home", "outbox"]);
  const format = useFormat();
  const trade = useTrade().format;
  return (item) => {
    const at = item.at;
    const since = at === null ? "" : t("home:since", { when: format.moment(at) });
    const title = t(`home:todo.${item.kind}.title`);
    const joined = (...parts: string[]) => [item.name, ...parts].filter((part) => part !== "").join(JOIN);
    switch (item.kind) {
      case "setup_info":
        return { title, detail: joined(item.detail === "showing" ? t("home:todo.setup_info.showing") : t("home:todo.setup_info.detail")), when: since };
      case "needs_attention":
        return { title, detail: joined(item.detail === "" ? "" : t(`outbox:short.${item.detail as AttentionReasonView}`)), when: since };
      case "window_closes":
        return { title, detail: joined(item.detail, item.count > 0 ? t("home:todo.window_closes.refund", { count: item.count }) : t("home:todo.window_closes.whole")), when: at === null ? "" : trade.relative(at) };
      case "term_ends":
        return {
          title,
          detail: joined(item.count > 0 ? `${item.detail} × ${format.number(item.count)}` : item.detail, item.termDefault === null ? "" : t(`home:todo.term_ends.${item.termDefault}`)),
          when: at === null ? "" : t("home:ends", { date: trade.shortDate(at) }),
        };
      case "on_hold":
        return { title, detail: joined(item.detail === "" ? "" : t(`outbox:hold.${item.detail as HoldReasonView}`)), when: since };
      case "session_held":
        return { title, detail: joined(t("home:todo.session_held.detail", { count: item.count })), when: since };
      case "draft":
        return {
          title,
          detail: (item.name === "" ? [t("home:unnamed")] : [item.name]).concat(stepWords(item.detail) === undefined ? [] : [t(`home:step.${stepWords(item.detail) ?? "customer"}`)]).join(JOIN),
          when: at === null ? "" : t("home:saved", { when: format.moment(at) }),
        };
      case "partnership_unanswered":
      case "invitation_unanswered":
        return { title, detail: joined(t(`home:todo.${item.kind}.detail`)), when: at === null ? "" : t("home:days", { count: trade.daysSince(at) }) };
      case "partnership_accepted":
      case "partnership_ended":
      case "partnership_to_place":
        return { title, detail: joined(t(`home:todo.${item.kind}.detail`)), when: since };
      case "reseller_not_fit":
        return { title, detail: joined(item.detail === "" ? "" : t(`home:fitness.${item.detail as FitnessView}`), item.count > 0 ? t("home:todo.reseller_not_fit.hanging", { count: item.count }) : ""), when: since };
    }
  };
}

const STEPS = ["customer", "subscriptions", "review", "mend_customer", "mend_order", "mend_agreement"] as const;

function stepWords(step: string): (typeof STEPS)[number] | undefined {
  return STEPS.find((known) => known === step);
}
