// Operations of one Submit stand together, and Submits of one session under it.
import { describe, expect, it } from "vitest";
import type { OperationRow } from "@/shared/ipc";
import { operations } from "@/shared/ipc/fake/outbox";
import { grouped, sectioned } from "./groups";

it("groups by Submit and keeps the order", () => {
  const rows = operations([{ id: "0192c0-1", name: "Praxis Dr. Lehmann" }, { id: "0192c0-2", name: "Augenzentrum Förde" }]);
  const groups = grouped(rows);
  expect(groups[0]?.rows.map((row) => row.kind)).toEqual(["create_customer", "confirm_agreement", "create_cart", "checkout_cart"]);
  expect(groups.flatMap((group) => group.rows)).toHaveLength(rows.length);
});

describe("sections", () => {
  const [template] = operations([]);
  const row = (submit: string, session: string): OperationRow => {
    if (template === undefined) throw new Error("the fake has no operation");
    return { ...template, id: `${submit}-${String(Math.random())}`, onboardingId: submit, sessionId: session === "" ? null : session, sessionName: session };
  };
  // Submits in the order of the list, each with its session; what each section holds.
  const cases: [string, [string, string][], string[]][] = [
    ["nothing", [], []],
    ["no session", [["a", ""], ["b", ""]], [":a,b"]],
    ["one session", [["a", "Kiel"], ["b", "Kiel"]], ["Kiel:a,b"]],
    ["before and after a session", [["a", ""], ["b", "Kiel"], ["c", ""]], [":a", "Kiel:b", ":c"]],
    // What is done stands below: a session is not torn apart by what came after it.
    ["a session whose rest is done", [["a", "Kiel"], ["b", ""], ["c", "Kiel"], ["d", ""]], ["Kiel:a,c", ":b,d"]],
    ["two sessions", [["a", "Kiel"], ["b", "Husum"], ["c", "Kiel"], ["d", "Husum"]], ["Kiel:a,c", "Husum:b,d"]],
    ["operations of one Submit apart", [["a", "Kiel"], ["b", ""], ["a", "Kiel"]], ["Kiel:a", ":b"]],
  ];
  it.each(cases)("%s", (_name, submits, wanted) => {
    const sections = sectioned(grouped(submits.map(([submit, session]) => row(submit, session))));
    expect(sections.map((section) => `${section.session?.name ?? ""}:${section.groups.map((group) => group.onboardingId).join(",")}`)).toEqual(wanted);
  });
});
