// *Where it stands* of a customer or subscription: the most urgent thing, with what it waits for or until when.
import { useCallback } from "react";
import { useTranslation } from "@/shared/i18n";
import type { Stands } from "@/shared/ipc";
import { StateBadge } from "@/shared/ui";
import { useTrade } from "./clock";

/** The words of a standing, without its icon. */
export function useStandsWords(): (stands: Stands) => string {
  const { t } = useTranslation("shared");
  const { format } = useTrade();
  return useCallback((stands: Stands) => {
    switch (stands.kind) {
      case "on_hold":
        return stands.hold === null ? t("state.on_hold") : t("stands.onHold", { reason: t(`hold.${stands.hold}`) });
      case "needs_attention":
        return stands.attention === null ? t("state.needs_attention") : t("stands.needsAttention", { reason: t(`attention.${stands.attention}`) });
      case "waiting":
        return stands.count > 0 ? t("stands.waitingCount", { count: stands.count }) : t("state.waiting");
      case "window_closes":
        if (stands.at === null) return t("state.window_closes");
        if (stands.count > 0) return t("stands.windowRefund", { count: stands.count, when: format.relative(stands.at) });
        return t("stands.windowCloses", { when: format.relative(stands.at) });
      case "term_ends":
        return stands.at === null ? t("state.term_ends") : t("stands.termEnds", { date: format.shortDate(stands.at) });
      case "cancelled":
        return t("stands.cancelled");
      case "draft":
      case "sending":
      case "confirmed":
      case "active":
      case "suspended":
      case "expired":
      case "pending":
        return t(`state.${stands.kind}`);
    }
  }, [t, format]);
}

/** Icon and words; `whole` wraps where there is room for a second line. */
export function StandsBadge({ stands, whole }: { stands: Stands; whole?: boolean }) {
  const words = useStandsWords();
  return <StateBadge state={stands.kind} text={words(stands)} whole={whole} />;
}
