// Deciding a difference, as plain functions: what is chosen from the start, what is still open, and what it comes to.
import type { DecidedField, DifferenceField } from "@/shared/ipc";

export type Side = "mine" | "theirs" | "other";

/** The choice for one field. */
export interface Choice {
  side: Side | undefined;
  other: string;
}

/** What was changed on one side only is that side's; where both changed, nothing is chosen for the person. */
export function firstChoice(field: DifferenceField): Choice {
  if (field.conflict) return { side: undefined, other: field.mine };
  return { side: field.mine === field.base ? "theirs" : "mine", other: field.mine };
}

/** The value that a choice comes to; none while nothing is chosen. */
export function valueOf(field: DifferenceField, choice: Choice): string | undefined {
  switch (choice.side) {
    case undefined:
      return undefined;
    case "mine":
      return field.mine;
    case "theirs":
      return field.theirs;
    case "other":
      return choice.other;
  }
}

/** All values, or the fields that are still to be decided. */
export function decide(fields: readonly DifferenceField[], choices: ReadonlyMap<string, Choice>): { values: DecidedField[]; open: string[] } {
  const values: DecidedField[] = [];
  const open: string[] = [];
  for (const field of fields) {
    const value = valueOf(field, choices.get(field.field) ?? firstChoice(field));
    if (value === undefined) open.push(field.field);
    else values.push({ field: field.field, value });
  }
  return { values, open };
}
