// The draft while it is open: it takes edits at once, saves them one after the other in the background, and knows
// what stands on disk. No React in here, so that losing a keystroke can be tested without a screen.
import type { DraftCheck, DraftContentView, DraftView, SaveDraftRequest, SavedDraft, WizardStepView } from "@/shared/ipc";
import { mergeContent } from "./merge";

/** The longest that an edit waits before it is on its way to disk. */
export const SAVE_AFTER_MS = 250;
/** After a failed save the next try comes by itself. */
const RETRY_AFTER_MS = 3000;
/** A draft that is stale again and again is written by somebody else all the time: give up and say so. */
const MOST_REBASES = 3;

/** Where the last edit stands. */
export type SaveState = "saved" | "saving" | "failed";

/** What the wizard shows. Replaced as a whole at every change. */
export interface DraftSnapshot {
  readonly draft: DraftView;
  readonly content: DraftContentView;
  readonly check: DraftCheck;
  readonly step: WizardStepView;
  readonly focus: string;
  readonly savedAt: string;
  readonly saveState: SaveState;
  /** Code of the error that stopped the last save; empty when none. */
  readonly error: string;
}

/** The two commands a session needs. */
export interface DraftGateway {
  save(request: SaveDraftRequest): Promise<SavedDraft>;
  read(id: string): Promise<DraftView>;
  /** Closed-list code of an error. */
  codeOf(error: unknown): string;
}

/** An open draft. */
export interface DraftSession {
  snapshot(): DraftSnapshot;
  subscribe(listener: () => void): () => void;
  /** Changes the content; the save follows by itself. */
  edit(change: (content: DraftContentView) => DraftContentView): void;
  goTo(step: WizardStepView): void;
  focusOn(path: string): void;
  /** Saves what is not saved yet and waits for it. `false` when the disk refused. */
  flush(): Promise<boolean>;
  /** Takes news of the same revision (an online check answered). */
  refresh(view: DraftView): void;
  /** Nothing more is saved: the draft was discarded or submitted. */
  abandon(): void;
}

/** Opens a session on a draft as read from the book. */
export function openSession(view: DraftView, gateway: DraftGateway): DraftSession {
  let state: DraftSnapshot = {
    draft: view,
    content: view.content,
    check: view.check,
    step: view.step,
    focus: view.focus,
    savedAt: view.savedAt,
    saveState: "saved",
    error: "",
  };
  let revision = view.revision;
  let saved = view.content;
  let edits = 0;
  let savedEdits = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<boolean> | undefined;
  let abandoned = false;
  const listeners = new Set<() => void>();

  function show(change: Partial<DraftSnapshot>): void {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  }

  function dirty(): boolean {
    return !abandoned && edits > savedEdits;
  }

  // The timer starts with the first unsaved edit and is not pushed back by the next: steady typing is saved too.
  function schedule(delay: number): void {
    if (timer !== undefined || running !== undefined || !dirty()) return;
    timer = setTimeout(() => {
      timer = undefined;
      void flush();
    }, delay);
  }

  function touch(change: Partial<DraftSnapshot>): void {
    edits += 1;
    show({ ...change, saveState: state.saveState === "failed" ? "failed" : "saving" });
    schedule(SAVE_AFTER_MS);
  }

  function flush(): Promise<boolean> {
    if (timer !== undefined) {
      clearTimeout(timer);
      timer = undefined;
    }
    running ??= saveAll().finally(() => {
      running = undefined;
      schedule(state.saveState === "failed" ? RETRY_AFTER_MS : SAVE_AFTER_MS);
    });
    return running;
  }

  async function saveAll(): Promise<boolean> {
    let rebases = 0;
    while (dirty()) {
      const sent = state.content;
      const sentEdits = edits;
      try {
        const answer = await gateway.save({
          id: view.id,
          revision,
          step: state.step,
          focus: state.focus,
          content: sent,
        });
        take(sent, sentEdits, answer);
      } catch (error) {
        const code = gateway.codeOf(error);
        if (code === "stale" && rebases < MOST_REBASES) {
          rebases += 1;
          if (await rebase()) continue;
        }
        show({ saveState: "failed", error: code });
        return false;
      }
    }
    return true;
  }

  function take(sent: DraftContentView, sentEdits: number, answer: SavedDraft): void {
    revision = answer.revision;
    saved = answer.content;
    savedEdits = sentEdits;
    show({
      content: mergeContent(sent, state.content, answer.content),
      check: answer.check,
      savedAt: answer.savedAt,
      saveState: dirty() ? "saving" : "saved",
      error: "",
    });
  }

  // Somebody else saved this draft: read it again and put the edits of this window on top.
  async function rebase(): Promise<boolean> {
    try {
      const theirs = await gateway.read(view.id);
      revision = theirs.revision;
      const content = mergeContent(saved, state.content, theirs.content);
      saved = theirs.content;
      show({ draft: theirs, content, check: theirs.check });
      return true;
    } catch {
      return false;
    }
  }

  return {
    snapshot: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    edit(change) {
      const content = change(state.content);
      if (content !== state.content) touch({ content });
    },
    goTo(step) {
      if (step !== state.step) touch({ step, focus: "" });
    },
    focusOn(path) {
      if (path !== state.focus) touch({ focus: path });
    },
    flush,
    refresh(news) {
      if (dirty() || running !== undefined || news.revision < revision) return;
      const changed = news.revision > revision;
      revision = news.revision;
      if (changed) saved = news.content;
      show({ draft: news, check: news.check, ...(changed ? { content: news.content, savedAt: news.savedAt } : {}) });
    },
    abandon() {
      abandoned = true;
      if (timer !== undefined) clearTimeout(timer);
      timer = undefined;
    },
  };
}
