// Operations of one Submit stand together, in the order in which they must go.
import type { OperationRow } from "@/shared/ipc";

export interface OperationGroup {
  onboardingId: string;
  customerName: string;
  rows: OperationRow[];
}

/** Groups by Submit, each where its first operation stands. */
export function grouped(rows: readonly OperationRow[]): OperationGroup[] {
  const groups = new Map<string, OperationGroup>();
  for (const row of rows) {
    const group = groups.get(row.onboardingId) ?? { onboardingId: row.onboardingId, customerName: row.customerName, rows: [] };
    group.rows.push(row);
    groups.set(row.onboardingId, group);
  }
  return [...groups.values()];
}
