// Customers or subscriptions as a file: what is listed, with the filters that are set, in the words of the screen.
import { Button, MessageBar, MessageBarActions, MessageBarBody, makeStyles } from "@fluentui/react-components";
import { DismissRegular } from "@fluentui/react-icons";
import { useCallback } from "react";
import { useFormat, useTranslation } from "@/shared/i18n";
import { useWrite, type CustomerQuery, type CustomerTable } from "@/shared/ipc";
import { fileDay, flat, type Texts } from "@/shared/parts/exporting";

/** Columns of both files, as Rust names them. */
const HEAD = ["name", "alias", "domain", "microsoft_id", "registration_number", "address_line_1", "address_line_2", "postal_code", "town", "state", "country", "contact", "email", "phone", "reseller", "partner_id", "tags", "subscriptions", "seats", "stands", "product", "licences", "term", "cycle", "commerce", "status", "auto_renew", "ends_at", "unit_price", "currency", "reseller_of_record", "support_contact", "subscription_id", "order_id"] as const;
const COMMERCE = ["new", "legacy"] as const;
const STATUS = ["wanted", "none", "active", "pending", "suspended", "expired", "disabled"] as const;
const YES_NO = ["yes", "no"] as const;

const useStyles = makeStyles({ bar: { flex: "0 0 auto", marginBottom: "8px" } });

export interface Exporting {
  run: (table: CustomerTable) => void;
  pending: boolean;
  /** What was written, or why nothing was; nothing before. */
  told: { text: string; failed: boolean } | undefined;
  forget: () => void;
}

/** Asks where, writes, and says how much it was. */
export function useCustomersExport(query: Omit<CustomerQuery, "after" | "around" | "limit" | "row">, countries: readonly string[]): Exporting {
  const { t, i18n } = useTranslation("customers");
  const format = useFormat();
  const { mutate, isPending, error, data, variables, reset } = useWrite("exportCustomers", { silent: true });
  const run = useCallback(
    (table: CustomerTable) => {
      const shared = i18n.getResourceBundle(i18n.language, "shared") as Record<string, Texts>;
      const words = [
        ...HEAD.map((column) => ({ key: `head.${column}`, text: t(`export.head.${column}`) })),
        ...COMMERCE.map((kind) => ({ key: `commerce.${kind}`, text: t(`export.commerce.${kind}`) })),
        ...STATUS.map((status) => ({ key: `status.${status}`, text: t(`export.status.${status}`) })),
        ...YES_NO.map((word) => ({ key: `yes_no.${word}`, text: t(`export.yes_no.${word}`) })),
        { key: "support.provider", text: t("many.provider") },
        ...["state", "term", "cycle"].flatMap((group) => flat(shared[group], group)),
        ...countries.map((country) => ({ key: `country.${country}`, text: format.country(country) })),
      ];
      mutate([{ ...query, after: "", around: "", limit: 1 }, table, words, t(`export.file.${table}`, { date: fileDay() })]);
    },
    [countries, format, i18n, mutate, query, t],
  );
  const told = error
    ? { text: t(error.code === "disk_full" ? "export.failed.disk_full" : "export.failed.other"), failed: true }
    : data && variables
      ? { text: t(`export.done.${variables[1]}`, { count: data.rows, rows: format.number(data.rows), file: data.file }), failed: false }
      : undefined;
  return { run, pending: isPending, told, forget: reset };
}

/** Says what was written. */
export function ExportBar({ exporting }: { exporting: Exporting }) {
  const styles = useStyles();
  const { t } = useTranslation(["customers", "shared"]);
  if (exporting.told === undefined) return null;
  return (
    <MessageBar className={styles.bar} intent={exporting.told.failed ? "error" : "success"}>
      <MessageBarBody>{exporting.told.text}</MessageBarBody>
      <MessageBarActions containerAction={<Button appearance="transparent" size="small" aria-label={t("shared:ui.close")} icon={<DismissRegular />} onClick={exporting.forget} />} />
    </MessageBar>
  );
}
