// Submit: what was reviewed is what is sent, once, however often it is pressed.
import { useEffect, useRef, useState } from "react";
import { asCommandError, call, type CommandError, type ErrorCode, type ReviewView } from "@/shared/ipc";
import type { DraftSession } from "../draft/session";

/** How a press ended. */
export type Sent = "sent" | "problems" | "changed" | "second_order" | "failed" | "busy";

interface ReviewRead {
  data: ReviewView | undefined;
  error: CommandError | null;
  refetch: () => Promise<unknown>;
}

/** A Submit that has not happened yet. */
export interface Submit {
  send: () => Promise<Sent>;
  busy: boolean;
  changed: boolean;
  failure: ErrorCode | undefined;
  /** The person has given the second word for every order that is not settled. */
  agreed: boolean;
  /** It was pressed without that word. */
  asked: boolean;
  agree: (agreed: boolean) => void;
}

/** Submit of a draft. */
export function useSubmit(
  session: DraftSession,
  review: ReviewRead,
  onSent: (onboardingId: string) => void,
): Submit {
  const running = useRef(false);
  const [busy, setBusy] = useState(false);
  const [changed, setChanged] = useState(false);
  const [failure, setFailure] = useState<ErrorCode | undefined>(undefined);
  const [again, setAgain] = useState<readonly string[]>([]);
  const [asked, setAsked] = useState(false);
  const unreadable = review.error?.code;
  const unsettled = review.data?.unsettled.map((order) => order.order) ?? [];
  // One that came up after the word was given has none.
  const agreed = unsettled.every((order) => again.includes(order));

  // Whoever goes back and mends something reviews anew.
  const step = session.snapshot().step;
  const { refetch } = review;
  useEffect(() => {
    setChanged(false);
    setFailure(undefined);
    // The word was for the lines as they were.
    setAgain([]);
    setAsked(false);
    // What an earlier visit read may be older than what was saved since.
    if (step === "review") void refetch();
  }, [step, refetch]);

  const send = async (): Promise<Sent> => {
    const reviewed = review.data;
    // A second press while the first is on its way is the same press.
    if (running.current || reviewed === undefined) return "busy";
    if (reviewed.problems.length > 0) return "problems";
    if (!agreed) {
      setAsked(true);
      return "second_order";
    }
    running.current = true;
    setBusy(true);
    setFailure(undefined);
    try {
      if (!(await session.flush())) {
        running.current = false;
        return "failed";
      }
      const confirmation = await call("submitDraft", reviewed.draftId, reviewed.hash, [...again]);
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
      if (code === "second_order") {
        setAsked(true);
        await review.refetch();
        return "second_order";
      }
      setFailure(code);
      return "failed";
    } finally {
      // After a success it stays pressed: the next page is on its way, and a late second press must do nothing.
      setBusy(false);
    }
  };
  const agree = (word: boolean) => {
    setAgain(word ? unsettled : []);
  };
  return { send, busy, changed, failure: failure ?? unreadable, agreed, asked, agree };
}
