// Asks Partner Center in the background once what it can check stands on disk. Nobody waits for it: the answer comes
// as news of the draft, and offline nothing happens.
import { call } from "@/shared/ipc";
import { useEffect, useRef } from "react";
import type { DraftSnapshot } from "./session";

const QUIET_MS = 900;

/** Asks again whenever prefix, address or reseller changed and rested for a moment. */
export function useOnlineCheck(shown: DraftSnapshot): void {
  const { customer, resellerId } = shown.content;
  const question = JSON.stringify([
    resellerId,
    customer.country,
    customer.domainPrefix,
    customer.fallbackPrefix1,
    customer.fallbackPrefix2,
    customer.addressLine1,
    customer.addressLine2,
    customer.postalCode,
    customer.city,
    customer.state,
  ]);
  const asked = useRef("");
  const id = shown.draft.id;
  const rests = shown.saveState === "saved" && shown.draft.purpose !== "add_subscription";

  useEffect(() => {
    if (!rests || asked.current === question) return undefined;
    const timer = setTimeout(() => {
      asked.current = question;
      // Whatever comes of it, the same is checked again when sent.
      call("checkDraftOnline", id).catch(() => undefined);
    }, QUIET_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [id, question, rests]);
}
