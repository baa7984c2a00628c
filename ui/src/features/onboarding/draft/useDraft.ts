// A draft session inside React: one session per open page, saved before the page goes away.
import { asCommandError, call, type DraftView } from "@/shared/ipc";
import { useEffect, useState, useSyncExternalStore } from "react";
import { openSession, type DraftGateway, type DraftSession, type DraftSnapshot } from "./session";

const gateway: DraftGateway = {
  save: (request) => call("saveDraft", request),
  read: (id) => call("getDraft", id),
  codeOf: (error) => asCommandError(error).code,
};

/** The session of a draft that was read. `view` may come again with news of an online check. */
export function useDraft(view: DraftView): { session: DraftSession; shown: DraftSnapshot } {
  const [session] = useState(() => openSession(view, gateway));
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
