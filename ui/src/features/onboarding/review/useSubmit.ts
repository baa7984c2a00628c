// Submit: what was reviewed is what is sent, once, however often it is pressed.
import { useEffect, useRef, useState } from "react";
import { asCommandError, call, type CommandError, type ErrorCode, type ReviewView } from "@/shared/ipc";
import type { DraftSession } from "../draft/session";

/** How a press ended. */
export type Sent = "sent" | "problems" | "changed" | "failed" | "busy";

interface ReviewRead {
  data: ReviewView | undefined;
  error: CommandError | null;
  refetch: () => Promise<unknown>;
}

/** Submit of a draft. */
export function useSubmit(
  session: DraftSession,
  review: ReviewRead,
  onSent: (onboardingId: string) => void,
): { send: () => Promise<Sent>; busy: boolean; changed: boolean; failure: ErrorCode | undefined } {
  const running = useRef(false);
  const [busy, setBusy] = useState(false);
  const [changed, setChanged] = useState(false);
  const [failure, setFailure] = useState<ErrorCode | undefined>(undefined);
  const unreadable = review.error?.code;

  // Whoever goes back and mends something reviews anew.
  const step = session.snapshot().step;
  const { refetch } = review;
  useEffect(() => {
    setChanged(false);
    setFailure(undefined);
    // What an earlier visit read may be older than what was saved since.
    if (step === "review") void refetch();
  }, [step, refetch]);

  const send = async (): Promise<Sent> => {
    const reviewed = review.data;
    // A second press while the first is on its way is the same press.
    if (running.current || reviewed === undefined) return "busy";
    if (reviewed.problems.length > 0) return "problems";
    running.current = true;
    setBusy(true);
    setFailure(undefined);
    try {
      if (!(await session.flush())) {
        running.current = false;
        return "failed";
      }
      const confirmation = await call("submitDraft", reviewed.draftId, reviewed.hash);
      session.abandon();
      onSent(confirmation.onboardingId);
      return "sent";
    } catch (error) {
      running.current = false;
      const { code } = asCommandError(error);
      if (code === "review_changed" || code === "validation") {
        setChanged(code === "review_changed");
        await review.refetch();
        return code === "review_changed" ? "changed" : "problems";
      }
      setFailure(code);
      return "failed";
    } finally {
      // After a success it stays pressed: the next page is on its way, and a late second press must do nothing.
      setBusy(false);
    }
  };
  return { send, busy, changed, failure: failure ?? unreadable };
}
