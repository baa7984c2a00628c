// Partnership requests of the fake host: enough of the rules to walk through the pages in a browser and in tests.
import { overText } from "../../lib/overText";
import type { InvitationSettings, Language, ListPreview, MailTemplateView, MailText, PartnershipRequestView, ResellerRow, TemplateKindView, Topic } from "../bindings";
import { CommandError, type Commands } from "../host";

const LINK = "https://partner.microsoft.com/commerce/invitations/7f3c";
const PRACTICE = "https://partner.microsoft.com/channelbook-practice/partnership/7f3c";
const now = () => new Date().toISOString();

const BODY: Record<Language, MailText> = {
  de: { subject: "Partnerschaftsanfrage von Nordkontor Cloud", before: "Guten Tag {contact},\n\nNordkontor Cloud möchte Ihr Unternehmen {reseller} mit Clouddiensten von Microsoft beliefern. Ein globaler Administrator Ihres CSP-Mandanten kann die Partnerschaft hier bestätigen:\n", hasLink: true, after: "\nDamit erlauben Sie uns, Kunden für Sie anzulegen und in Ihrem Namen zu bestellen.\n\nBei Fragen: Jana Petersen, +49 431 555 0100\n\nMit freundlichen Grüßen\nNordkontor Cloud", subjectFollows: true, bodyFollows: true },
  en: { subject: "Partnership request from Nordkontor Cloud", before: "Hello {contact},\n\nNordkontor Cloud would like to supply your company {reseller} with Microsoft cloud services. A Global admin of your CSP tenant can confirm the partnership here:\n", hasLink: true, after: "\nBy confirming you allow us to create customers for you and to order on your behalf.\n\nQuestions: Jana Petersen, +49 431 555 0100\n\nKind regards\nNordkontor Cloud", subjectFollows: true, bodyFollows: true },
};

type Names =
  | "invitationSettings" | "saveInvitationSettings" | "checkInvitationLink" | "mailTemplates" | "saveMailTemplate" | "resetMailTemplate" | "previewMailTemplate"
  | "startPartnershipRequest" | "remindPartnership" | "partnershipRequest" | "savePartnershipRequest" | "discardPartnershipRequest" | "openPartnershipMail" | "copyPartnershipMail"
  | "finishPartnershipRequest" | "markPartnershipSent" | "declinePartnership" | "partnershipRequests" | "previewPartnershipList" | "writePartnershipList" | "partnershipBatch" | "finishPartnershipBatch";
type Answers = { [K in Names]: (...args: Parameters<Commands[K]>) => Awaited<ReturnType<Commands[K]>> };

/** The commands. */
export function partnership(partners: ResellerRow[], changed: (...topics: Topic[]) => void, options: { withoutLink?: boolean; noMailProgram?: boolean }): Answers {
  let settings: InvitationSettings = { providerName: "Nordkontor Cloud", sender: "Jana Petersen", phone: "+49 431 555 0100", tenantId: "", partnerId: "4860001", resellerLink: options.withoutLink ? "" : LINK, customerLink: "" };
  const requests = new Map<string, PartnershipRequestView>();
  const batches = new Map<string, string[]>();
  const changedTemplates = new Map<string, { subject: string; body: string }>();
  const missing = () => new CommandError({ code: "not_found", fields: [] });

  const check = (kind: string, text: string) => {
    const link = text.trim();
    if (link === "") return { fits: false, problem: "", host: "" };
    if (!/^https:\/\/\S+$/.test(link)) return { fits: false, problem: link.startsWith("http:") ? "linkNotHttps" : "linkNotALink", host: "" };
    const host = new URL(link).host;
    if (!/(^|\.)microsoft\.com$/.test(host)) return { fits: false, problem: "linkNotMicrosoft", host: "" };
    const isCustomer = /ResellerRelationship/i.test(link);
    if (isCustomer !== (kind === "customer")) return { fits: false, problem: isCustomer ? "linkForCustomers" : "linkForResellers", host: "" };
    return { fits: true, problem: "", host };
  };
  const fill = (text: string, view: PartnershipRequestView) => text.replace(" {contact}", view.form.contactName === "" ? "" : ` ${view.form.contactName}`).replace(" {reseller}", view.form.company === "" ? "" : ` ${view.form.company}`);
  const fresh = (view: PartnershipRequestView): PartnershipRequestView => {
    const text = (language: Language) => ({ ...BODY[language], before: fill(BODY[language].before, view) });
    const mail = { ...view.mail, link: settings.resellerLink, de: overText(text("de"), view.mail.deEdited ? view.mail.de : null), en: overText(text("en"), view.mail.enEdited ? view.mail.en : null) };
    const shown = mail.language === "de" ? mail.de : mail.en;
    const problems = [
      ...(view.form.company.trim() === "" ? [{ field: "form.company", key: "required", expected: "" }] : []),
      ...(view.form.email.trim() === "" ? [{ field: "form.email", key: "required", expected: "" }] : /^\S+@\S+\.\S+$/.test(view.form.email) ? [] : [{ field: "form.email", key: "emailForm", expected: "name@example.com" }]),
      ...(view.form.country === "" ? [{ field: "form.country", key: "required", expected: "" }] : []),
      ...(settings.resellerLink === "" ? [{ field: "mail.link", key: "linkNotSet", expected: "" }] : shown.hasLink ? [] : [{ field: "mail.link", key: "linkMissing", expected: "" }]),
    ];
    mail.tooLong = encodeURIComponent(`${shown.before}${shown.after}`).length > 1700;
    return { ...view, mail, problems };
  };
  const put = (view: PartnershipRequestView, ...topics: Topic[]) => {
    const kept = fresh(view);
    requests.set(kept.id, kept);
    changed("partnerships", ...topics);
    return kept;
  };
  const get = (id: string) => {
    const found = requests.get(id);
    if (!found) throw missing();
    return fresh(found);
  };
  const begin = (resellerId: string, language: Language, kind: PartnershipRequestView["kind"]) => {
    const partner = partners.find((row) => row.id === resellerId);
    const id = `01950000-0000-7000-8000-${String(requests.size + 1).padStart(12, "0")}`;
    return put({
      id, resellerId, kind, stage: "draft", open: true, revision: 1,
      form: { company: partner?.name ?? "", contactName: partner?.contactName ?? "", email: partner?.contactEmail ?? "", country: partner?.country ?? "", tenantId: "", partnerId: partner?.partnerId ?? "" },
      mail: { language, de: BODY.de, en: BODY.en, deEdited: false, enEdited: false, link: settings.resellerLink, tooLong: false, formerCompany: "" },
      problems: [], knownAs: "", savedAt: now(), openedAt: null, copiedAt: null, requestedAt: null, sentAt: null, closedAt: null,
    });
  };
  const requested = (view: PartnershipRequestView) => {
    let partner = partners.find((row) => row.id === view.resellerId);
    if (!partner) {
      partner = { ...(partners[0] as ResellerRow), id: view.id.replace("0195", "0196"), name: view.form.company, partnerId: view.form.partnerId, tenantId: "", customers: 0, seats: 0, takesCustomers: false, fitness: "unknown", fitnessCheckedAt: null, contactName: view.form.contactName, contactEmail: view.form.email, contactRole: "", contactPhone: "", town: "", country: view.form.country };
      partners.push(partner);
    }
    Object.assign(partner, { partnership: "requested", partnershipSince: now() });
    return put({ ...view, resellerId: partner.id, open: false, stage: view.stage === "draft" ? "requested" : view.stage, requestedAt: now() }, "resellers");
  };
  const row = (view: PartnershipRequestView) => ({ id: view.id, resellerId: view.resellerId, kind: view.kind, stage: view.stage, open: view.open, company: view.form.company, email: view.form.email, createdAt: view.savedAt, at: view.requestedAt ?? view.openedAt ?? view.savedAt });
  const templates = (): MailTemplateView[] =>
    (["partnership_request", "partnership_reminder", "customer_invitation"] as const).flatMap((kind) =>
      (["de", "en"] as const).map((language) => {
        const own = changedTemplates.get(`${kind} ${language}`);
        const standard = { subject: BODY[language].subject, body: `${BODY[language].before}\n{link}\n${BODY[language].after}` };
        return { kind, language, ...(own ?? standard), changed: own !== undefined };
      }),
    );
  const wrong = (subject: string, body: string) => [
    ...(subject.trim() === "" ? [{ field: "subject", key: "templateSubject", expected: "" }] : []),
    ...(body.includes("{link}") ? [] : [{ field: "body", key: "templateNoLink", expected: "" }]),
  ];
  const previewed = (text: string, language: Language): ListPreview => {
    const lines = text.split("\n").map((line, index) => ({ line: index + 1, cells: line.split(/[;,\t]/).map((cell) => cell.trim()) })).filter(({ cells }) => cells.some((cell) => cell !== ""));
    const hasHead = lines[0]?.cells.some((cell) => /^e-?mail/i.test(cell)) ?? false;
    const read = (hasHead ? lines.slice(1) : lines).map(({ line, cells }) => ({ line, language, form: { company: cells[0] ?? "", contactName: cells[1] ?? "", email: cells[2] ?? "", country: cells[3] ?? "", tenantId: "", partnerId: "" } }));
    const bad = read.filter((one) => !one.form.email.includes("@")).map((one) => ({ line: one.line, field: "email", found: one.form.email, problem: "emailForm", expected: "name@example.com" }));
    return { good: read.filter((one) => one.form.email.includes("@")), bad, badRows: bad.length, hasHead, ignoredColumns: [] , hints: []};
  };

  return {
    invitationSettings: () => ({ settings, practiceLink: PRACTICE }),
    saveInvitationSettings: (wanted) => {
      const found = (["reseller", "customer"] as const).map((kind) => ({ field: `${kind}Link`, key: check(kind, kind === "reseller" ? wanted.resellerLink : wanted.customerLink).problem, expected: "" })).filter((one) => one.key !== "");
      if (found.length > 0) throw new CommandError({ code: "validation", fields: found });
      settings = wanted;
      changed("partnerships", "settings");
      return { settings, practiceLink: PRACTICE };
    },
    checkInvitationLink: check,
    mailTemplates: templates,
    saveMailTemplate: (kind: TemplateKindView, language, subject, body) => {
      const fields = wrong(subject, body);
      if (fields.length > 0) throw new CommandError({ code: "validation", fields });
      changedTemplates.set(`${kind} ${language}`, { subject, body });
      changed("partnerships");
      return templates();
    },
    resetMailTemplate: (kind, language) => {
      changedTemplates.delete(`${kind} ${language}`);
      changed("partnerships");
      return templates();
    },
    previewMailTemplate: (_kind, _language, subject, body) => ({ subject, body: body.replace("{link}", LINK).replace("{contact}", "Ingrid Solberg").replace("{reseller}", "Fjordnet AS"), problems: wrong(subject, body) }),
    startPartnershipRequest: (resellerId, language) => begin(resellerId, language, "request"),
    remindPartnership: (resellerId, language) => begin(resellerId, language, "reminder"),
    partnershipRequest: get,
    savePartnershipRequest: (request) => {
      const before = get(request.id);
      if (request.revision !== before.revision) throw new CommandError({ code: "stale", fields: [] });
      return put({
        ...before, revision: before.revision + 1, form: request.form, savedAt: now(),
        mail: { ...before.mail, language: request.language, deEdited: request.de !== null, enEdited: request.en !== null, de: request.de ?? before.mail.de, en: request.en ?? before.mail.en },
      });
    },
    discardPartnershipRequest: (id) => {
      requests.delete(id);
      changed("partnerships");
      return null;
    },
    openPartnershipMail: (id) => {
      const view = get(id);
      if (view.problems.length > 0) throw new CommandError({ code: "validation", fields: view.problems });
      const text = view.mail.language === "de" ? view.mail.de : view.mail.en;
      const kind = options.noMailProgram ? "no_program" : view.mail.tooLong ? "opened_as_file" : "opened";
      if (kind !== "no_program") put({ ...view, revision: view.revision + 1, stage: "opened", openedAt: now() });
      return { kind, to: view.form.email, subject: text.subject, body: `${text.before}\n${view.mail.link}\n${text.after}` };
    },
    copyPartnershipMail: (id) => put({ ...get(id), revision: get(id).revision + 1, stage: get(id).stage === "opened" ? "opened" : "copied", copiedAt: now() }),
    finishPartnershipRequest: (id) => requested(get(id)),
    markPartnershipSent: (id) => put({ ...get(id), stage: "marked_sent", sentAt: now() }),
    declinePartnership: (resellerId) => {
      const partner = partners.find((one) => one.id === resellerId);
      if (partner) Object.assign(partner, { partnership: "declined", partnershipSince: now() });
      changed("resellers", "partnerships");
      return null;
    },
    partnershipRequests: (resellerId) => [...requests.values()].filter((one) => one.resellerId === resellerId).map(row),
    previewPartnershipList: previewed,
    writePartnershipList: (text, language) => {
      const ids = previewed(text, language).good.map((one) => {
        const view = begin("", one.language, "request");
        return put({ ...view, form: one.form }).id;
      });
      const batch = `01970000-0000-7000-8000-${String(batches.size + 1).padStart(12, "0")}`;
      batches.set(batch, ids);
      return { batch, count: ids.length };
    },
    partnershipBatch: (batch) => (batches.get(batch) ?? []).map((id) => row(get(id))),
    finishPartnershipBatch: (batch) => (batches.get(batch) ?? []).map((id) => row(get(id).stage === "draft" ? get(id) : requested(get(id)))),
  };
}
