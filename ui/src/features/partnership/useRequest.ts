// A request's session inside React: one session per open page, saved before the page goes away.
import { useEffect, useState, useSyncExternalStore } from "react";
import { asCommandError, call, type PartnershipRequestView } from "@/shared/ipc";
import { openRequest, type RequestGateway, type RequestSession, type RequestSnapshot } from "./session";

const gateway: RequestGateway = {
  save: (request) => call("savePartnershipRequest", request),
  read: (id) => call("partnershipRequest", id),
  codeOf: (error) => asCommandError(error).code,
};

/** The session of a request that was read. */
export function useRequest(view: PartnershipRequestView): { session: RequestSession; shown: RequestSnapshot } {
  const [session] = useState(() => openRequest(view, gateway));
  const shown = useSyncExternalStore(session.subscribe, session.snapshot);
  useEffect(() => {
    session.refresh(view);
  }, [session, view]);
  useEffect(() => {
    const save = () => void session.flush();
    window.addEventListener("pagehide", save);
    window.addEventListener("blur", save);
    return () => {
      window.removeEventListener("pagehide", save);
      window.removeEventListener("blur", save);
      save();
    };
  }, [session]);
  return { session, shown };
}
