// The fake's onboarding sessions: one that holds two customers, with a problem found by its check.
import type { DraftView, JourneyState, Language, OrderView, ReportBlock, ReportView, SessionEntry, SessionRow, SessionView, SessionsView, Topic } from "../bindings";
import { CommandError, type Commands } from "../host";
import { ago, hours } from "./book";

export const SESSION = "01930000-0000-7000-8000-000000000001";

const order: OrderView = {
  lines: [
    { line: 1, title: "Microsoft 365 Business Premium", quantity: 12, term: "P1Y", cycle: "monthly", isAddon: false, baseLine: null, unitPrice: 19.53, periodTotal: 234.36, endChoices: [] },
    { line: 2, title: "Visio Plan 2", quantity: 2, term: "P1Y", cycle: "annual", isAddon: false, baseLine: null, unitPrice: 148.8, periodTotal: 297.6, endChoices: [] },
  ],
  currency: "EUR",
  monthlyTotal: 234.36,
  yearlyTotal: 297.6,
  triennialTotal: null,
  termTotal: 3109.92,
  longestTermMonths: 12,
  pricesFrom: null,
};

function entry(number: number, name: string, domain: string, held: boolean): SessionEntry {
  const state: JourneyState = held ? "on_hold" : "waiting";
  return {
    onboardingId: `01930000-0000-7000-8000-0000000001${String(number).padStart(2, "0")}`,
    customerId: `01930000-0000-7000-8000-0000000002${String(number).padStart(2, "0")}`,
    customerName: name,
    newCustomer: true,
    domain: `${domain}.onmicrosoft.com`,
    town: "Kiel",
    country: "DE",
    resellerName: "Hansen IT",
    resellerOfRecordName: "Hansen IT",
    order,
    state,
    operation: null,
    held,
    holdsAnyway: number === 2 ? ["agreement_open"] : [],
    orderIds: [],
    setupInfo: "not_yet",
    customerOperationId: held ? `01930000-0000-7000-8000-0000000003${String(number).padStart(2, "0")}` : "",
    orderOperationId: held ? `01930000-0000-7000-8000-0000000004${String(number).padStart(2, "0")}` : "",
  };
}

function block(own: Partial<ReportBlock> & Pick<ReportBlock, "kind">): ReportBlock {
  return { text: "", note: "", facts: [], columns: [], rows: [], items: [], ...own };
}

function report(row: SessionRow, language: Language): ReportView {
  const german = language === "de";
  const say = (en: string, de: string) => (german ? de : en);
  return {
    language,
    kind: say("Onboarding session", "Onboarding-Sitzung"),
    title: row.name,
    facts: [
      { label: say("Held by", "Durchgeführt von"), value: row.who },
      { label: say("Begun", "Beginn"), value: say("24 Nov 2026, 09:00", "24.11.2026, 09:00") },
    ],
    blocks: [
      block({ kind: "section", text: say("Customers and orders", "Kunden und Aufträge") }),
      block({ kind: "heading", text: `Praxis Dr. Lehmann · ${say("New customer", "Neuer Kunde")}`, note: say("On hold: session not released", "Zurückgestellt: Sitzung nicht freigegeben") }),
      block({ kind: "facts", facts: [{ label: say("Domain", "Domäne"), value: "praxislehmann.onmicrosoft.com" }] }),
      block({
        kind: "table",
        columns: [
          { head: say("Product", "Produkt"), right: false },
          { head: say("Licences", "Lizenzen"), right: true },
        ],
        rows: [["Microsoft 365 Business Premium", "12"]],
      }),
      block({ kind: "section", text: say("Still open", "Noch offen") }),
      block({ kind: "list", items: [say("Praxis Dr. Lehmann: On hold", "Praxis Dr. Lehmann: Zurückgestellt")] }),
    ],
    footer: "Nordkontor Cloud",
    fileName: `${row.name}.pdf`,
  };
}

type SessionCommands = Pick<Commands, "sessions" | "startSession" | "renameSession" | "endSession" | "sessionReview" | "checkSession" | "releaseSession" | "putRightOperation" | "sessionReport" | "saveSessionReport">;

/** The commands. `running`: a session runs and holds two customers. `draft` is the form that *Put right* opens. */
export function sessions(running: boolean, changed: (...topics: Topic[]) => void, offline: () => boolean, draft: () => DraftView): { [K in keyof SessionCommands]: (...args: Parameters<Commands[K]>) => Awaited<ReturnType<Commands[K]>> } {
  let row: SessionRow | null = running ? { id: SESSION, name: "Partner day Kiel", who: "Ana Moos", startedAt: ago(hours(3)), endedAt: null, releasedAt: null, holds: true, running: true, onboardings: 2, operations: 10, held: 10, open: 2 } : null;
  let checked: string | null = null;
  const known = (id: string): SessionRow => {
    if (row?.id !== id) throw new CommandError({ code: "not_found", fields: [] });
    return row;
  };
  const review = (id: string): SessionView => {
    const session = known(id);
    const held = session.held > 0;
    const entries = session.onboardings === 0 ? [] : [entry(1, "Praxis Dr. Lehmann", "praxislehmann", held), entry(2, "Seehotel Plön", "seehotelploen", held)];
    return {
      session,
      stand: "seen",
      entries,
      totals: entries.length === 0 ? [] : [{ currency: "EUR", monthly: 468.72, yearly: 595.2, triennial: null, term: 6219.84 }],
      withoutPrice: 0,
      drafts: [],
      corrections: 0,
      problems:
        checked === null || !held
          ? []
          : [
              { kind: "domain_taken", customerName: "Praxis Dr. Lehmann", operationId: entry(1, "", "", true).customerOperationId, field: "customer.domainPrefix", subject: "praxislehmann", priceThen: null, priceNow: null, currency: "", at: checked },
              { kind: "price_changed", customerName: "Seehotel Plön", operationId: entry(2, "", "", true).orderOperationId, field: "lines.1.quantity", subject: "Microsoft 365 Business Premium", priceThen: 2812.32, priceNow: 3093.6, currency: "EUR", at: null },
            ],
      check: { running: false, done: 0, total: 6, unanswered: 0, at: checked, outdated: false, domains: 2, addresses: 2, resellers: 1, countries: 1 },
      offline: offline(),
    };
  };
  return {
    sessions: (): SessionsView => ({ running: row?.running === true ? row : null, all: row === null ? [] : [row], who: row?.who ?? "" }),
    startSession: (name, who, holds) => {
      if (name.trim() === "") throw new CommandError({ code: "validation", fields: [{ field: "name", key: "sessionNameMissing", expected: "" }] });
      row = { id: SESSION, name: name.trim(), who, startedAt: ago(0), endedAt: null, releasedAt: null, holds, running: true, onboardings: 0, operations: 0, held: 0, open: 0 };
      changed("sessions");
      return row;
    },
    renameSession: (id, name) => {
      if (name.trim() === "") throw new CommandError({ code: "validation", fields: [{ field: "name", key: "sessionNameMissing", expected: "" }] });
      row = { ...known(id), name: name.trim() };
      changed("sessions", "outbox");
      return row;
    },
    endSession: (id, stand) => {
      row = { ...known(id), running: false, endedAt: ago(0), ...(stand === "" ? {} : { held: 0, releasedAt: ago(0) }) };
      changed("sessions", "outbox");
      return row;
    },
    sessionReview: review,
    checkSession: () => {
      checked = ago(0);
      changed("sessions");
      return null;
    },
    releaseSession: (id) => {
      row = { ...known(id), held: 0, releasedAt: ago(0) };
      changed("sessions", "outbox");
      return row;
    },
    putRightOperation: draft,
    sessionReport: (id, language) => report(known(id), language),
    saveSessionReport: () => true,
  };
}
