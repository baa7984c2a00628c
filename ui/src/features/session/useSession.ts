// What the pages of a session do: check in one go, release what was reviewed, open a form at a field.
import { useState } from "react";
import { useNavigate } from "react-router";
import { useTranslation } from "@/shared/i18n";
import { asCommandError, call, useWrite, type CommandError, type ErrorCode, type SessionView } from "@/shared/ipc";
import { useAnnounce } from "@/shared/ui";

/** Release of what the page shows. Pressed twice it is one release. */
export function useRelease(view: SessionView | undefined, again: () => void): { release: () => Promise<boolean>; busy: boolean; failure: ErrorCode | undefined } {
  const { t } = useTranslation("session");
  const announce = useAnnounce();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ErrorCode | undefined>(undefined);
  const release = async () => {
    if (busy || view === undefined) return false;
    setBusy(true);
    setFailure(undefined);
    try {
      await call("releaseSession", view.session.id, view.stand);
      announce(t("release.done", { count: view.session.held }));
      return true;
    } catch (error) {
      setFailure(asCommandError(error).code);
      again();
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { release, busy, failure };
}

/** Opens the form of something held, at a field. */
export function usePutRight(): { open: (operationId: string, field: string) => void; busy: boolean } {
  const navigate = useNavigate();
  const putRight = useWrite("putRightOperation", { onDone: (draft) => void navigate(`/draft/${draft.id}`) });
  return { open: (operationId, field) => { putRight.mutate([operationId, field]); }, busy: putRight.isPending };
}

/** What is wrong with the name, or why it could not be saved. */
export function useNameProblem(error: CommandError | null): string | undefined {
  const { t } = useTranslation(["session", "shared"]);
  if (error === null) return undefined;
  const problem = error.fields.find((field) => field.field === "name");
  if (problem === undefined) return t(`shared:error.${error.code}`);
  return problem.key === "sessionNameTooLong" ? t("session:start.tooLong", { most: problem.expected }) : t("session:start.missing");
}
