// What was typed is on its way to disk within a quarter of a second, once, in order, and never overwritten by an answer.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { DraftContentView, DraftView, SaveDraftRequest, SavedDraft } from "@/shared/ipc";
import { blankContent, draftView } from "../testkit";
import { SAVE_AFTER_MS, openSession, type DraftGateway } from "./session";
import { withCustomer } from "./FormContext";

interface Waiting {
  request: SaveDraftRequest;
  answer: (change?: Partial<DraftContentView["customer"]>) => void;
  refuse: (code: string) => void;
}

function gateway(): { gateway: DraftGateway; waiting: Waiting[]; read: ReturnType<typeof vi.fn<(id: string) => Promise<DraftView>>> } {
  const waiting: Waiting[] = [];
  const read = vi.fn<(id: string) => Promise<DraftView>>();
  return {
    waiting,
    read,
    gateway: {
      save: (request) =>
        new Promise<SavedDraft>((resolve, reject) => {
          waiting.push({
            request,
            answer: (change = {}) => {
              const content = withCustomer(request.content, change);
              resolve({ revision: request.revision + 1, savedAt: "2026-11-24T09:32:00Z", content, check: draftView().check });
            },
            refuse: (code) => {
              reject(new Error(code));
            },
          });
        }),
      read,
      codeOf: (error) => (error as Error).message,
    },
  };
}

const type = (text: string) => (content: DraftContentView) => withCustomer(content, { companyName: text });
const at = <T>(list: T[], index: number): T => {
  const found = list[index];
  if (found === undefined) throw new Error(`nothing at ${String(index)}`);
  return found;
};

describe("an open draft", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("saves while somebody types without a pause", async () => {
    const { gateway: host, waiting } = gateway();
    const session = openSession(draftView(), host);
    for (let letter = 1; letter <= 10; letter += 1) {
      session.edit(type("x".repeat(letter)));
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(waiting.length, "steady typing must not push the save back").toBe(1);
    expect(at(waiting, 0).request.content.customer.companyName.length).toBeGreaterThanOrEqual(3);
  });

  it("saves one after the other, each on the revision of the one before", async () => {
    const { gateway: host, waiting } = gateway();
    const session = openSession(draftView(), host);
    session.edit(type("a"));
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS);
    session.edit(type("ab"));
    await vi.advanceTimersByTimeAsync(1000);
    expect(waiting.length, "the second waits for the first").toBe(1);
    at(waiting, 0).answer();
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS);
    expect(at(waiting, 1).request.revision).toBe(at(waiting, 0).request.revision + 1);
    expect(at(waiting, 1).request.content.customer.companyName).toBe("ab");
  });

  it("takes proposals, but never over what was typed meanwhile", async () => {
    const { gateway: host, waiting } = gateway();
    const session = openSession(draftView(), host);
    session.edit(type("Tischlerei"));
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS);
    session.edit((content) => withCustomer(content, { domainPrefix: "eigen", domainPrefixTouched: true }));
    at(waiting, 0).answer({ domainPrefix: "tischlerei", language: "de" });
    await vi.advanceTimersByTimeAsync(0);
    expect(session.snapshot().content.customer.domainPrefix).toBe("eigen");
    expect(session.snapshot().content.customer.language).toBe("de");
  });

  it("says saved only after the answer, and says so when the disk refuses", async () => {
    const { gateway: host, waiting } = gateway();
    const session = openSession(draftView(), host);
    session.edit(type("a"));
    const flushed = session.flush();
    expect(session.snapshot().saveState).toBe("saving");
    at(waiting, 0).refuse("disk_full");
    expect(await flushed).toBe(false);
    expect(session.snapshot()).toMatchObject({ saveState: "failed", error: "disk_full" });
    expect(session.snapshot().content.customer.companyName, "what was typed stays").toBe("a");
    await vi.advanceTimersByTimeAsync(3000);
    at(waiting, 1).answer();
    await vi.advanceTimersByTimeAsync(0);
    expect(session.snapshot().saveState, "it is tried again by itself").toBe("saved");
  });

  it("reads again when it is stale and puts its own edits on top", async () => {
    const { gateway: host, waiting, read } = gateway();
    const session = openSession(draftView(), host);
    read.mockResolvedValue(draftView({ revision: 9, content: withCustomer(blankContent(), { city: "Kiel" }) }));
    session.edit(type("a"));
    const flushed = session.flush();
    at(waiting, 0).refuse("stale");
    await vi.advanceTimersByTimeAsync(0);
    expect(at(waiting, 1).request).toMatchObject({ revision: 9 });
    expect(at(waiting, 1).request.content.customer).toMatchObject({ companyName: "a", city: "Kiel" });
    at(waiting, 1).answer();
    expect(await flushed).toBe(true);
  });

  it("saves nothing more after it was discarded", async () => {
    const { gateway: host, waiting } = gateway();
    const session = openSession(draftView(), host);
    session.edit(type("a"));
    session.abandon();
    await vi.advanceTimersByTimeAsync(5000);
    expect(await session.flush()).toBe(true);
    expect(waiting.length).toBe(0);
  });

  it("takes news of an online check only while nothing is unsaved", () => {
    const { gateway: host } = gateway();
    const session = openSession(draftView(), host);
    const news = draftView();
    news.check.preflight = [{ item: "domain_free", state: "good", field: "", detail: "", at: null }];
    session.refresh(news);
    expect(session.snapshot().check.preflight).toEqual(news.check.preflight);
    session.edit(type("a"));
    session.refresh(draftView({ content: blankContent() }));
    expect(session.snapshot().content.customer.companyName).toBe("a");
  });
});
