// What can be done with an operation that waits or needs attention; the act that leads on comes first.
import { Body1Strong, Button, makeStyles } from "@fluentui/react-components";
import { ArrowClockwiseRegular, CartRegular, CheckmarkRegular, EditRegular, ScalesRegular, SendRegular, type FluentIcon } from "@fluentui/react-icons";
import { useNavigate } from "react-router";
import { useFormat, useTranslation } from "@/shared/i18n";
import { useWrite, type AttentionReasonView, type OperationAction, type OperationDetail } from "@/shared/ipc";
import { useAnnounce } from "@/shared/ui";
import { AskButton } from "./AskButton";
import { useOnce } from "./once";
import { useChange } from "./words";

/** Acts with a button of their own, best first; the others stand elsewhere. */
const ORDER = ["mend", "resolve", "order_rest", "approve_again", "check_again", "send_again"] as const satisfies readonly OperationAction[];
const ICONS: Record<(typeof ORDER)[number], FluentIcon> = { mend: EditRegular, resolve: ScalesRegular, order_rest: CartRegular, approve_again: CheckmarkRegular, check_again: ArrowClockwiseRegular, send_again: SendRegular };
/** What changed since it was approved is approved again; anything else is only tried again. */
const CHANGED: readonly AttentionReasonView[] = ["price_changed", "approval_too_old", "cart_expired", "product_gone"];

const useStyles = makeStyles({ also: { margin: "4px 0 0", paddingLeft: "18px" } });

/** Changes that go with what is cancelled, by name. */
function CancelledWith({ changes }: { changes: OperationDetail["cancelsChanges"] }) {
  const styles = useStyles();
  const { t } = useTranslation("outbox");
  const name = useChange();
  if (changes.length === 0) return null;
  return (
    <>
      <p>{t("cancel.also", { count: changes.length })}</p>
      <ul className={styles.also}>
        {changes.map((change) => (
          <li key={change.id}>{name(change)}</li>
        ))}
      </ul>
    </>
  );
}

/** The footer of the panel. */
export function Actions({ detail, onClose }: { detail: OperationDetail; onClose: () => void }) {
  const { t } = useTranslation("outbox");
  const format = useFormat();
  const announce = useAnnounce();
  const navigate = useNavigate();
  const said = () => { announce(t("noted")); };
  const mend = useWrite("mendOperation", { onDone: (draft) => void navigate(`/draft/${draft.id}`) });
  const check = useWrite("checkOperationAgain", { onDone: said });
  const approve = useWrite("approveOperationAgain", { onDone: said });
  const send = useWrite("sendOperationAgain", { onDone: said });
  const rest = useWrite("orderRest", { onDone: said });
  const giveUp = useWrite("giveUpRest", { onDone: said });
  const cancel = useWrite("cancelOperation", { onDone: onClose });
  const { row } = detail;
  const { id } = row;
  const customer = row.customerName;
  const once = useOnce(detail);
  const busy = [mend, check, approve, send, rest, giveUp].some((write) => write.isPending);
  const press: Record<(typeof ORDER)[number], () => void> = {
    mend: () => {
      // A customer's profile has a form of its own.
      if (row.kind === "update_customer_profile") void navigate(`/customers/${row.customerId}/edit`);
      else mend.mutate([id]);
    },
    resolve: () => void navigate(`/outbox/difference/${id}`),
    order_rest: () => { once((free) => { rest.mutate([id, detail.approval], free); }); },
    approve_again: () => { once((free) => { approve.mutate([id, detail.approval], free); }); },
    check_again: () => { check.mutate([id]); },
    send_again: () => { once((free) => { send.mutate([id], free); }); },
  };
  const name = (action: (typeof ORDER)[number]) => (action === "approve_again" && !(row.attention !== null && CHANGED.includes(row.attention)) ? t("action.try_again") : t(`action.${action}`));
  // What changed is approved rather than mended; what was refused is mended rather than tried as it is.
  const changed = row.attention !== null && CHANGED.includes(row.attention) && detail.actions.includes("approve_again");
  const there = ORDER.filter((action) => detail.actions.includes(action)).sort((one, other) => (changed ? Number(other === "approve_again") - Number(one === "approve_again") : 0));
  const operations = t("operations", { count: detail.cancels });
  const cancels =
    detail.cancelsOrders > 0
      ? `${t("cancel.what", { customer, operations, orders: t("cancel.orders", { count: detail.cancelsOrders }) })} ${t("cancel.draft")}`
      : row.kind === "create_customer"
        ? `${t("cancel.whatOnly", { customer, operations })} ${t("cancel.draft")}`
        : t("cancel.whatOnly", { customer, operations });
  return (
    <>
      <span>
        {detail.actions.includes("cancel") && (
          <AskButton press={t("action.cancel")} question={t("cancel.question")} what={<>{cancels}<CancelledWith changes={detail.cancelsChanges} /></>} keep={t("cancel.keep")} yes={t("cancel.yes")} onYes={() => { once((free) => { cancel.mutate([id], free); }); }} />
        )}
        {detail.actions.includes("give_up_rest") && (
          <AskButton press={t("action.give_up_rest")} question={t("giveUp.question")} what={t("giveUp.what", { customer })} keep={t("giveUp.keep")} yes={t("giveUp.yes")} onYes={() => { once((free) => { giveUp.mutate([id], free); }); }} />
        )}
      </span>
      <span style={{ display: "inline-flex", flexWrap: "wrap", gap: 8 }}>
        {there.map((action, index) => {
          const Icon = ICONS[action];
          // Whoever has disowned an order is asked once more before theirs goes out anew.
          return action === "send_again" && detail.disowned.length > 0 ? (
            <AskButton
              key={action}
              appearance={index === 0 ? "primary" : "secondary"}
              icon={<CartRegular />}
              press={t("action.order_anew")}
              question={t("anew.question", { customer })}
              what={
                <>
                  {t("anew.what", { customer, when: format.moment(row.updatedAt) })} {detail.disowned.some((one) => one.same) && <Body1Strong>{t("anew.same")}</Body1Strong>}
                </>
              }
              keep={t("anew.keep")}
              yes={t("anew.yes")}
              onYes={press.send_again}
            />
          ) : (
            <Button key={action} appearance={index === 0 ? "primary" : "secondary"} icon={<Icon />} data-primary={index === 0 || undefined} disabledFocusable={busy} onClick={press[action]}>
              {name(action)}
            </Button>
          );
        })}
      </span>
    </>
  );
}
