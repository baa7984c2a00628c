// Amounts in the person's number format.
import type { Format } from "@/shared/i18n";
import type { MoneyView } from "@/shared/ipc";

/** `€ 12.21`; empty without an amount. */
export function moneyText(format: Format, money: MoneyView | null): string {
  return money === null || money.amount === null ? "" : format.money(money.amount, money.currency);
}
