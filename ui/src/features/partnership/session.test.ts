// No keystroke is lost while a request is saved, opened or copied in between.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { PartnershipRequestView, SavePartnershipRequest } from "@/shared/ipc";
import { SAVE_AFTER_MS, openRequest, type RequestGateway } from "./session";

const text = { subject: "s", before: "b", hasLink: true, after: "a", subjectFollows: true, bodyFollows: true };

function view(change: Partial<PartnershipRequestView> = {}): PartnershipRequestView {
  return {
    id: "1", resellerId: "", kind: "request", stage: "draft", open: true, revision: 1,
    form: { company: "", contactName: "", email: "", country: "", tenantId: "", partnerId: "" },
    mail: { language: "en", de: text, en: text, deEdited: false, enEdited: false, link: "https://x", tooLong: false, formerCompany: "" },
    problems: [], knownAs: "", savedAt: "", openedAt: null, copiedAt: null, requestedAt: null, sentAt: null, closedAt: null,
    ...change,
  };
}

/** A book that keeps one request and its revision. */
function book(first = view()) {
  let kept = first;
  const saves: SavePartnershipRequest[] = [];
  let refuse = false;
  const gateway: RequestGateway = {
    save: async (request) => {
      await Promise.resolve();
      if (refuse) throw new Error("disk_full");
      if (request.revision !== kept.revision) throw new Error("stale");
      saves.push(request);
      kept = view({ ...kept, revision: kept.revision + 1, form: request.form, mail: { ...kept.mail, language: request.language, en: request.en ?? text, enEdited: request.en !== null, de: request.de ?? text, deEdited: request.de !== null } });
      return kept;
    },
    read: () => Promise.resolve(kept),
    codeOf: (error) => (error instanceof Error ? error.message : ""),
  };
  return {
    gateway,
    saves,
    kept: () => kept,
    opened: () => {
      kept = { ...kept, revision: kept.revision + 1, openedAt: "2026-11-24T10:00:00Z" };
      return kept;
    },
    refuse: (on: boolean) => {
      refuse = on;
    },
  };
}

const typing = (company: string) => (typed: { form: PartnershipRequestView["form"] }) => ({ ...typed, form: { ...typed.form, company } });

describe("a request that is open", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("shows at once and saves within the time", async () => {
    const { gateway, saves } = book();
    const session = openRequest(view(), gateway);
    session.edit((typed) => ({ ...typed, ...typing("A")(typed) }));
    session.edit((typed) => ({ ...typed, ...typing("AB")(typed) }));
    expect(session.snapshot()).toMatchObject({ saveState: "saving", view: { form: { company: "AB" } } });
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS);
    expect(saves.map((save) => save.form.company)).toEqual(["AB"]);
    expect(session.snapshot().saveState).toBe("saved");
  });

  it("puts what was typed on top when the mail was opened meanwhile", async () => {
    const kept = book();
    const session = openRequest(view(), kept.gateway);
    session.edit((typed) => ({ ...typed, ...typing("A")(typed) }));
    kept.opened();
    expect(await session.flush()).toBe(true);
    expect(kept.kept()).toMatchObject({ form: { company: "A" }, openedAt: "2026-11-24T10:00:00Z" });
    // News that are older than what is typed do not take the letters away.
    session.edit((typed) => ({ ...typed, ...typing("AB")(typed) }));
    session.refresh(kept.kept());
    expect(session.snapshot().view.form.company).toBe("AB");
  });

  it("keeps edits per language and lets a text follow the template again", async () => {
    const { gateway, saves } = book();
    const session = openRequest(view(), gateway);
    session.edit((typed) => ({ ...typed, en: { ...text, subject: "mine", subjectFollows: false } }));
    session.edit((typed) => ({ ...typed, language: "de" }));
    await session.flush();
    expect(session.snapshot().view.mail).toMatchObject({ language: "de", enEdited: true, deEdited: false, en: { subject: "mine" } });
    session.edit((typed) => ({ ...typed, en: null }));
    await session.flush();
    expect(saves.at(-1)?.en).toBeNull();
    expect(session.snapshot().view.mail.enEdited).toBe(false);
  });

  it("lets the body follow the names while only the subject was changed", async () => {
    const kept = book();
    const session = openRequest(view(), { ...kept.gateway, save: async (request) => {
      const saved = await kept.gateway.save(request);
      return { ...saved, mail: { ...saved.mail, en: { ...(request.en ?? text), before: `Hello ${request.form.company}` } } };
    } });
    session.edit((typed) => ({ ...typed, en: { ...text, subject: "mine", subjectFollows: false } }));
    await session.flush();
    session.edit((typed) => ({ ...typed, ...typing("Beta")(typed) }));
    await session.flush();
    expect(session.snapshot().view.mail.en).toMatchObject({ subject: "mine", before: "Hello Beta" });
  });

  it("says when the disk refuses, keeps the letters, and tries again", async () => {
    const kept = book();
    const session = openRequest(view(), kept.gateway);
    kept.refuse(true);
    session.edit((typed) => ({ ...typed, ...typing("A")(typed) }));
    expect(await session.flush()).toBe(false);
    expect(session.snapshot()).toMatchObject({ saveState: "failed", view: { form: { company: "A" } } });
    kept.refuse(false);
    await vi.advanceTimersByTimeAsync(4000);
    expect(kept.kept().form.company).toBe("A");
    expect(session.snapshot().saveState).toBe("saved");
  });

  it("saves nothing of a draft that was discarded", async () => {
    const { gateway, saves } = book();
    const session = openRequest(view(), gateway);
    session.edit((typed) => ({ ...typed, ...typing("A")(typed) }));
    session.abandon();
    await vi.advanceTimersByTimeAsync(5000);
    expect(saves).toEqual([]);
  });
});
