// How an onboarding stands as a whole: the most urgent of its steps decides what the page says.
import type { ConfirmationView, JourneyLine, JourneyState } from "@/shared/ipc";
import type { VisualState } from "@/shared/ui";

/** What the heading says. */
export type Standing = "attention" | "session" | "hold" | "cancelled" | "done" | "doneOrder" | "created" | "sending";

/** The heading of a confirmation that is under way or finished. */
export function standingOf(view: ConfirmationView): Standing {
  const states = view.journey.map((line) => line.state);
  if (states.includes("needs_attention")) return "attention";
  if (states.length > 0 && states.every((state) => state === "cancelled")) return "cancelled";
  if (states.every((state) => state === "done" || state === "cancelled")) {
    return view.purpose === "add_subscription" ? "doneOrder" : "done";
  }
  if (states.includes("on_hold")) return waitsForRelease(view) ? "session" : "hold";
  const created = view.journey.some((line) => line.step === "create_customer" && line.state === "done");
  return created ? "created" : "sending";
}

/** Nothing but the release of its onboarding session holds it: it goes by nobody's clearance, and not when online. */
export function waitsForRelease(view: ConfirmationView): boolean {
  const held = view.journey.filter((line) => line.state === "on_hold");
  return held.length > 0 && held.every((line) => line.operation?.hold === "session_not_released");
}

const LOOK: Record<JourneyState, VisualState> = {
  waiting: "waiting",
  sending: "sending",
  done: "confirmed",
  on_hold: "on_hold",
  needs_attention: "needs_attention",
  cancelled: "cancelled",
};

/** Icon and colour of a step. */
export function lookOf(state: JourneyState): VisualState {
  return LOOK[state];
}

/** Steps as the page lists them: the setup info has a card of its own. */
export function listed(view: ConfirmationView): JourneyLine[] {
  return view.journey.filter((line) => line.step !== "keep_setup_info");
}
