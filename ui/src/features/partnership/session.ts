// A request while it is open: takes edits at once and saves them one after the other in the background. No React in
// here, so that losing a keystroke can be tested without a screen.
import type { Language, MailText, PartnershipRequestView, RequestFormView, SavePartnershipRequest } from "@/shared/ipc";
import { overText } from "@/shared/lib/overText";

/** The longest that an edit waits before it is on its way to disk. */
export const SAVE_AFTER_MS = 250;
/** After a failed save the next try comes by itself. */
const RETRY_AFTER_MS = 3000;
/** A draft that is stale again and again is written by somebody else all the time: give up and say so. */
const MOST_REBASES = 3;

/** What the person has typed; a text is null while it is the template's. */
export interface Typed {
  readonly form: RequestFormView;
  readonly language: Language;
  readonly de: MailText | null;
  readonly en: MailText | null;
}

/** What the page shows. */
export interface RequestSnapshot {
  readonly view: PartnershipRequestView;
  readonly saveState: "saved" | "saving" | "failed";
}

/** The two commands a session needs. */
export interface RequestGateway {
  save(request: SavePartnershipRequest): Promise<PartnershipRequestView>;
  read(id: string): Promise<PartnershipRequestView>;
  codeOf(error: unknown): string;
}

export interface RequestSession {
  snapshot(): RequestSnapshot;
  subscribe(listener: () => void): () => void;
  edit(change: (typed: Typed) => Typed): void;
  /** Saves what is not saved yet and waits for it; `false` when the disk refused. */
  flush(): Promise<boolean>;
  /** Takes news of the book: opened, copied, another link. */
  refresh(view: PartnershipRequestView): void;
  /** Nothing more is saved: the draft was discarded. */
  abandon(): void;
}

function typedOf(view: PartnershipRequestView): Typed {
  return { form: view.form, language: view.mail.language, de: view.mail.deEdited ? view.mail.de : null, en: view.mail.enEdited ? view.mail.en : null };
}

/** What the person typed, over what the book said last. */
function over(view: PartnershipRequestView, typed: Typed): PartnershipRequestView {
  return {
    ...view,
    form: typed.form,
    mail: {
      ...view.mail,
      language: typed.language,
      de: overText(view.mail.de, typed.de),
      en: overText(view.mail.en, typed.en),
      deEdited: typed.de !== null,
      enEdited: typed.en !== null,
    },
  };
}

/** Opens a session on a request as read from the book. */
export function openRequest(first: PartnershipRequestView, gateway: RequestGateway): RequestSession {
  let told = first;
  let typed = typedOf(first);
  let state: RequestSnapshot = { view: first, saveState: "saved" };
  let edits = 0;
  let savedEdits = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<boolean> | undefined;
  let abandoned = false;
  const listeners = new Set<() => void>();
  const dirty = () => !abandoned && edits > savedEdits;

  function show(saveState: RequestSnapshot["saveState"]): void {
    state = { view: over(told, typed), saveState };
    for (const listener of listeners) listener();
  }

  // The timer starts with the first unsaved edit and is not pushed back by the next: steady typing is saved too.
  function schedule(delay: number): void {
    if (timer !== undefined || running !== undefined || !dirty()) return;
    timer = setTimeout(() => {
      timer = undefined;
      void flush();
    }, delay);
  }

  function flush(): Promise<boolean> {
    if (timer !== undefined) clearTimeout(timer);
    timer = undefined;
    running ??= saveAll().finally(() => {
      running = undefined;
      schedule(state.saveState === "failed" ? RETRY_AFTER_MS : SAVE_AFTER_MS);
    });
    return running;
  }

  async function saveAll(): Promise<boolean> {
    let rebases = 0;
    while (dirty()) {
      const sent = edits;
      try {
        told = await gateway.save({ id: first.id, revision: told.revision, ...typed });
        savedEdits = sent;
        show(dirty() ? "saving" : "saved");
      } catch (error) {
        // Opened, copied or marked sent meanwhile: what was typed goes on top of that.
        if (gateway.codeOf(error) === "stale" && rebases < MOST_REBASES) {
          rebases += 1;
          try {
            told = await gateway.read(first.id);
            continue;
          } catch {
            // Told below, as a save that failed.
          }
        }
        show("failed");
        return false;
      }
    }
    return true;
  }

  return {
    snapshot: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    edit(change) {
      const after = change(typed);
      if (after === typed) return;
      typed = after;
      edits += 1;
      show(state.saveState === "failed" ? "failed" : "saving");
      schedule(SAVE_AFTER_MS);
    },
    flush,
    refresh(news) {
      if (dirty() || running !== undefined || news.revision < told.revision) return;
      told = news;
      typed = typedOf(news);
      show("saved");
    },
    abandon() {
      abandoned = true;
      if (timer !== undefined) clearTimeout(timer);
      timer = undefined;
    },
  };
}
