// What the connection pill says: in one sentence, and where there is no room for one, as its figure.
import { useFormat, useTranslation } from "@/shared/i18n";
import type { ConnectionView } from "@/shared/ipc";

/** The figure that belongs to the pill's icon; empty where the icon says it all. */
export function useConnectionFigure(connection: ConnectionView | undefined): string {
  const format = useFormat();
  if (connection === undefined) return "";
  switch (connection.kind) {
    case "sending":
      return `${format.number(connection.sendingNumber)}/${format.number(connection.sendingOf)}`;
    case "needs_attention":
      return format.number(connection.needsAttention);
    case "up_to_date":
    case "offline":
    case "working_offline":
    case "paused":
      return connection.waiting > 0 ? format.number(connection.waiting) : "";
    case "keychain_missing":
    case "restored":
    case "cannot_save":
    case "sign_in_again":
      return "";
  }
}

/** The pill's words; undefined until known. */
export function useConnectionWords(connection: ConnectionView | undefined): string | undefined {
  const { t } = useTranslation("app");
  const format = useFormat();
  if (connection === undefined) return undefined;
  const count = connection.waiting;
  switch (connection.kind) {
    case "up_to_date":
      // A server that asks to wait, an answer that never came, a step that waits for another: nothing is up to date then.
      if (count > 0) return t("pill.waiting", { count });
      return connection.lastContactAt === null ? t("pill.up_to_date_new") : t("pill.up_to_date", { time: format.moment(connection.lastContactAt) });
    case "offline":
      return count > 0 ? t("pill.offlineWaiting", { count }) : t("pill.offline");
    case "working_offline":
      return count > 0 ? t("pill.workingOfflineWaiting", { count }) : t("pill.working_offline");
    case "sending":
      return t("pill.sending", { number: connection.sendingNumber, of: connection.sendingOf });
    case "needs_attention":
      return t("pill.needs_attention", { count: connection.needsAttention });
    case "keychain_missing":
      return t("pill.keychain_missing");
    case "restored":
      return t("pill.restored");
    case "cannot_save":
      return t("pill.cannot_save");
    case "sign_in_again":
      return t("pill.sign_in_again");
    case "paused":
      return count > 0 ? t("pill.pausedWaiting", { count }) : t("pill.paused");
  }
}
