// Operations of one Submit stand together, in the order in which they must go; Submits of one session stand under it.
import type { OperationRow } from "@/shared/ipc";

export interface OperationGroup {
  onboardingId: string;
  customerName: string;
  /** Town or domain, where another customer has the same name. */
  hint: string;
  /** When that customer was entered, where the hint does not tell it from another. */
  entered: string | null;
  rows: OperationRow[];
}

/** Submits under one head. `session` is absent where they belong to none. */
export interface OperationSection {
  session: { id: string; name: string } | undefined;
  groups: OperationGroup[];
}

/** Groups by Submit, each where its first operation stands. */
export function grouped(rows: readonly OperationRow[]): OperationGroup[] {
  const groups = new Map<string, OperationGroup>();
  for (const row of rows) {
    const group = groups.get(row.onboardingId) ?? { onboardingId: row.onboardingId, customerName: row.customerName, hint: row.customerHint, entered: row.customerEntered, rows: [] };
    group.rows.push(row);
    groups.set(row.onboardingId, group);
  }
  return [...groups.values()];
}

/**
 * Gathers Submits under their sessions, each session where its first Submit stands. Those without one stay where they
 * stand, so that what goes next is still on top: they may make several sections.
 */
export function sectioned(groups: readonly OperationGroup[]): OperationSection[] {
  const sections: OperationSection[] = [];
  for (const group of groups) {
    const first = group.rows[0];
    const session = first?.sessionId ? { id: first.sessionId, name: first.sessionName } : undefined;
    const known = session === undefined ? sections.at(-1) : sections.find((section) => section.session?.id === session.id);
    if (known !== undefined && known.session?.id === session?.id) known.groups.push(group);
    else sections.push({ session, groups: [group] });
  }
  return sections;
}
