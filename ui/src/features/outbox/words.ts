// What an operation says under its name: what it waits for, why it is held, or when it was done.
import { useCallback } from "react";
import { useFormat, useTranslation } from "@/shared/i18n";
import type { AttentionReasonView, OperationKindView, OperationName, OperationRow } from "@/shared/ipc";

/** Second line of a row. */
export function useOperationLine(): (row: OperationRow) => string {
  const { t } = useTranslation(["outbox", "shared"]);
  const format = useFormat();
  const change = useChange();
  return (row) => {
    switch (row.state) {
      case "needs_attention":
        return row.attention === null ? t("outbox:line.attention") : t(`outbox:short.${row.attention}`);
      case "on_hold": {
        const reason = row.hold === null ? t("shared:state.on_hold") : t(`outbox:hold.${row.hold}`, { session: row.sessionName });
        return row.holdSince === null ? reason : t("outbox:line.heldSince", { reason, when: format.moment(row.holdSince) });
      }
      case "waiting":
        if (row.after !== null) return t("outbox:line.after", { change: change(row.after) });
        if (row.waitsFor === "throttled" && row.notBefore !== null) return t("outbox:line.throttledUntil", { when: format.time(row.notBefore) });
        return row.waitsFor === "retry" && row.notBefore !== null ? t("outbox:line.retryAt", { when: format.relative(row.notBefore) }) : t(`outbox:waits.${row.waitsFor}`);
      case "sending":
        // Nothing is said to be on its way whose answer was lost.
        if (row.waitsFor === "nothing") return t("outbox:line.sending");
        if (row.waitsFor === "network" || row.waitsFor === "working_offline" || row.waitsFor === "paused" || row.waitsFor === "sign_in") return t(`outbox:lost.${row.waitsFor}`);
        if (row.waitsFor === "throttled" && row.notBefore !== null) return t("outbox:lost.throttled", { when: format.time(row.notBefore) });
        if (row.waitsFor === "retry" && row.notBefore !== null) return t("outbox:lost.retry", { when: format.relative(row.notBefore) });
        return t("outbox:lost.look_up");
      case "confirmed":
        return row.setupInfoWaits ? t("outbox:line.confirmedSetup", { when: format.moment(row.updatedAt) }) : t("outbox:line.confirmed", { when: format.moment(row.updatedAt) });
      case "cancelled":
        return t("outbox:line.cancelled", { when: format.moment(row.updatedAt) });
    }
  };
}

/** Its answer was lost: nothing is on its way until it has been looked up. */
export function isLost(row: OperationRow): boolean {
  return row.state === "sending" && row.waitsFor !== "nothing";
}

/** What tells a customer from another of its name; empty where nothing has to. */
export function useHint(): (customer: { hint: string; entered: string | null }) => string {
  const { t } = useTranslation("outbox");
  const format = useFormat();
  return ({ hint, entered }) => [hint, entered === null ? "" : t("entered", { when: format.moment(entered) })].filter((part) => part !== "").join(", ");
}

/** The name of a kind of operation, by its word. */
export function useOperationName(): (kind: string) => string {
  const { t, i18n } = useTranslation("outbox");
  return useCallback((kind) => (i18n.exists(`kind.${kind}`, { ns: "outbox" }) ? t(`kind.${kind as OperationKindView}`) : kind), [i18n, t]);
}

/** Why an operation needs attention. The same refusal leaves other things done, or not done, in another operation. */
export function useCause(): (kind: OperationKindView, reason: AttentionReasonView) => string {
  const { t, i18n } = useTranslation("outbox");
  return (kind, reason) => {
    const own = `causeIn.${kind}.${reason}`;
    return i18n.exists(own, { ns: "outbox" }) ? t(own as "causeIn.confirm_agreement.email") : t(`cause.${reason}`);
  };
}

/** A change by its kind and subject. */
export function useChange(): (change: OperationName) => string {
  const { t } = useTranslation("outbox");
  const subject = useSubject();
  return (change) => [t(`kind.${change.kind}`), subject(change)].filter((part) => part !== "").join(" · ");
}

/** What tells one change of a subscription from the next: its product, and what becomes of it. Empty for all else. */
export function useSubject(): (row: Omit<OperationName, "id" | "kind">) => string {
  const { t } = useTranslation("outbox");
  return (row) => {
    if (row.product === "") return row.licences > 0 ? t("licences", { count: row.licences }) : "";
    const becomes = () => {
      switch (row.change) {
        case "licences":
          return t("changes.licences", { count: row.licences });
        case "at_renewal":
          return t("changes.at_renewal", { count: row.licences });
        case "upgrade":
          return t("changes.upgrade", { count: row.licences, target: row.target });
        case "auto_renew":
          return t(row.autoRenew === true ? "changes.auto_renew_on" : "changes.auto_renew_off");
        case "support_contact":
          return t("changes.target", { target: row.target === "" ? t("changes.provider") : row.target });
        case null:
          return t("changes.target", { target: row.target });
        case "drop_at_renewal":
        case "cancel":
        case "suspend":
        case "resume":
        case "decide":
          return t(`changes.${row.change}`);
      }
    };
    return `${row.product} · ${becomes()}`;
  };
}
