// Which of the problems that Rust found are shown: at a field once it was left, all of a step once Next was pressed.
import type { FieldProblem, WizardStepView } from "@/shared/ipc";

/** Step on which a field stands. */
export function stepOfField(field: string): WizardStepView {
  if (field === "lines" || field.startsWith("lines.") || field === "resellerOfRecord") return "subscriptions";
  return "customer";
}

/** Problems that belong to a step. */
export function problemsOfStep(problems: readonly FieldProblem[], step: WizardStepView): FieldProblem[] {
  if (step === "review") return [...problems];
  return problems.filter((problem) => stepOfField(problem.field) === step);
}

/** The problem to show at a field; the first one when there are several, so that one thing is asked at a time. */
export function problemAt(
  problems: readonly FieldProblem[],
  field: string,
  left: ReadonlySet<string>,
  all: boolean,
): FieldProblem | undefined {
  if (!all && !left.has(field)) return undefined;
  return problems.find((problem) => problem.field === field);
}

/** The first problem in the order in which the fields stand on screen. */
export function firstOnScreen(problems: readonly FieldProblem[], order: readonly string[]): FieldProblem | undefined {
  return sortByScreen(problems, order)[0];
}

/** Problems in the order of the fields on screen; one per field. */
export function sortByScreen(problems: readonly FieldProblem[], order: readonly string[]): FieldProblem[] {
  const place = (field: string): number => {
    const at = order.indexOf(field);
    return at < 0 ? order.length : at;
  };
  const seen = new Set<string>();
  return [...problems]
    .sort((a, b) => place(a.field) - place(b.field))
    .filter((problem) => {
      if (seen.has(problem.field)) return false;
      seen.add(problem.field);
      return true;
    });
}
