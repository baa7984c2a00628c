// The fake's invitations of customers who have a tenant already.
import { overText } from "../../lib/overText";
import type { CustomerInvitationView, InvitedCustomer, MailText, SaveCustomerInvitation } from "../bindings";
import { CommandError, type Commands } from "../host";
import { ago, days } from "./book";

type Connect = Pick<Commands, "startCustomerInvitation" | "customerInvitation" | "saveCustomerInvitation" | "openCustomerInvitation" | "copyCustomerInvitation" | "finishCustomerInvitation" | "giveUpCustomerInvitation" | "invitedCustomers" | "practiceCustomerConnects">;
type Answers = { [K in keyof Connect]: (...args: Parameters<Connect[K]>) => Awaited<ReturnType<Connect[K]>> };

const text = (subject: string, before: string, after: string): MailText => ({ subject, before, hasLink: true, after, subjectFollows: true, bodyFollows: true });

function fresh(id: string, choices: CustomerInvitationView["choices"]): CustomerInvitationView {
  return {
    id,
    state: "draft",
    since: ago(0),
    resellerId: "",
    company: "",
    domain: "",
    contactName: "",
    email: "",
    mail: {
      language: "en",
      de: text("Vertriebspartnerschaft", "Guten Tag,\n\nein globaler Administrator Ihres Mandanten kann uns hier bestätigen:", "Mit freundlichen Grüßen"),
      en: text("Reseller relationship", "Hello,\n\na Global admin of your tenant can confirm us here:", "Kind regards"),
      deEdited: false,
      enEdited: false,
      link: "https://admin.microsoft.com/Adminportal/Home?invType=ResellerRelationship&partnerId=6f1c9d20-47b3-4c58-9a0e-51c722d8b364&msppId=0&DAP=false#/BillingAccounts/partner-invitation",
      tooLong: false,
      formerCompany: "",
    },
    problems: [],
    choices,
    openedAt: null,
    copiedAt: null,
    requestedAt: null,
    customerId: "",
  };
}

/** Answers over invitations in memory. */
export function connect(choices: CustomerInvitationView["choices"], changed: (topic: "partnerships") => void): Answers {
  const all = new Map<string, CustomerInvitationView>();
  const one = (id: string): CustomerInvitationView => {
    const known = all.get(id) ?? fresh(id, choices);
    all.set(id, known);
    return known;
  };
  const judged = (view: CustomerInvitationView): CustomerInvitationView => ({
    ...view,
    problems: [...(view.company.trim() === "" ? [{ field: "company", key: "required", expected: "" }] : []), ...(/\s/.test(view.domain.trim()) ? [{ field: "domain", key: "domain", expected: "" }] : []), ...(view.email.includes("@") ? [] : [{ field: "email", key: view.email === "" ? "required" : "email", expected: "" }])],
  });
  const put = (view: CustomerInvitationView): CustomerInvitationView => {
    all.set(view.id, view);
    changed("partnerships");
    return judged(view);
  };
  return {
    startCustomerInvitation: () => judged(one("0192c0-0000-7000-8000-00000000c001")),
    customerInvitation: (id) => judged(one(id)),
    saveCustomerInvitation: ({ id, language, de, en, ...typed }: SaveCustomerInvitation) => {
      const before = one(id);
      return put({ ...before, ...typed, mail: { ...before.mail, language, de: overText(before.mail.de, de), en: overText(before.mail.en, en), deEdited: de !== null, enEdited: en !== null } });
    },
    openCustomerInvitation: (id) => {
      const view = put({ ...one(id), openedAt: ago(0) });
      return { kind: "opened", to: view.email, subject: view.mail.en.subject, body: view.mail.en.before };
    },
    copyCustomerInvitation: (id) => put({ ...one(id), copiedAt: ago(0) }),
    finishCustomerInvitation: (id) => {
      if (judged(one(id)).problems.length > 0) throw new CommandError({ code: "validation", fields: [] });
      return put({ ...one(id), state: "requested", since: ago(0), requestedAt: ago(0) });
    },
    giveUpCustomerInvitation: (id) => {
      all.delete(id);
      changed("partnerships");
      return null;
    },
    invitedCustomers: (): InvitedCustomer[] =>
      [...all.values()].filter((view) => view.company !== "").map((view) => ({ id: view.id, company: view.company, resellerName: choices.find((choice) => choice.id === view.resellerId)?.name ?? "", state: view.state, since: view.requestedAt === null ? ago(days(1)) : view.since })),
    practiceCustomerConnects: (id) => {
      put({ ...one(id), state: "connected" });
      return null;
    },
  };
}
