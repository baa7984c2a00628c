// A host in memory: the screens run in a browser and in tests without Rust. Not part of a shipped build.
import type {
  OperationRow,
  ConnectionKind,
  ConnectionView,
  DraftView,
  ErrorCode,
  HomeView,
  Language,
  PracticeView,
  ResellerRow,
  SetupInfoState,
  StartProblem,
  StartView,
  ThemeChoice,
  TodoView,
  Topic,
  WorkspaceKind,
} from "../bindings";
import { CommandError, type Commands, type Host } from "../host";
import { ago, customers as sampleCustomers, days, hours, offers as sampleOffers, resellers as sampleResellers, subscriptions as sampleSubscriptions } from "./book";
import { bulk } from "./bulk";
import { connect } from "./connect";
import { journal } from "./journal";
import * as onboarding from "./onboarding";
import { safety } from "./safety";
import { signIn } from "./signIn";
import { operationDetail, operations as sampleOperations, outboxView, profileView, waitingChange } from "./outbox";
import { partnership } from "./partnership";
import { resellersInDepth } from "./resellers";
import { SESSION, sessions } from "./session";
import { subscriptionsInDepth } from "./subscriptions";

export interface FakeOptions {
  language?: Language;
  theme?: ThemeChoice;
  /** `ready`, `first_start`, or a start problem. */
  start?: string;
  connection?: string;
  /** How many seconds Partner Center's clock is ahead of this computer's. */
  skew?: number;
  /** Why nobody is signed in to a live workspace. */
  trouble?: string;
  /** A first sync is under way. */
  syncing?: boolean;
  /** A sign-in is under way: `browser`, `device`, `done`, `failed`. */
  step?: string;
  /** Where the person was when the app ended. */
  lastRoute?: string;
  workspace?: WorkspaceKind;
  /** The book opens with a passphrase. */
  passphrase?: boolean;
  /** The book is of a newer version. */
  readOnly?: boolean;
  /** The book was restored and holds its sending. */
  restored?: boolean;
  /** The chain of the journal does not hold. */
  broken?: boolean;
  /** The chain of the outbox's history does not hold. */
  brokenHistory?: boolean;
  /** An onboarding session runs and holds two customers. */
  session?: boolean;
  /** Nothing in the book. */
  empty?: boolean;
  /** No invitation link was pasted yet. */
  withoutLink?: boolean;
  /** *Open in email* finds no program. */
  noMailProgram?: boolean;
  /** Commands that fail, with any code. */
  failing?: (keyof Commands)[];
  /** The code they fail with. */
  failure?: ErrorCode;
  /** Commands that never answer. */
  hanging?: (keyof Commands)[];
}

const notFound = () => new CommandError({ code: "not_found", fields: [] });
const fold = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/ł/g, "l").replace(/ß/g, "ss");

/** Everything that the fake remembers. */
export function createFake(options: FakeOptions = {}): Host {
  const listeners = new Set<(topics: Topic[]) => void>();
  const changed = (...topics: Topic[]) => {
    for (const listener of listeners) listener(topics);
  };
  const partners: ResellerRow[] = options.empty ? [] : sampleResellers();
  const owners = options.empty ? [] : sampleCustomers(partners);
  const owned = sampleSubscriptions(owners);
  for (const owner of owners) {
    const rows = owned.get(owner.id) ?? [];
    owner.subscriptions = rows.length;
    owner.seats = rows.reduce((sum, row) => sum + row.quantity, 0);
    const partner = partners.find((row) => row.id === owner.resellerId);
    if (partner) {
      partner.customers += 1;
      partner.seats += owner.seats;
    }
  }
  const products = sampleOffers();
  const inSession = (row: OperationRow) => options.session === true && (row.customerName.startsWith("Tischlerei") || row.customerName.startsWith("Deichgraf"));
  let rows = options.empty ? [] : sampleOperations(owners).map((row) => (inSession(row) ? { ...row, sessionId: SESSION, sessionName: "Partner day Kiel" } : row));
  const drafts = new Map<string, DraftView>();
  const submitted = new Map<string, DraftView>();
  let secret: SetupInfoState = "sealed";
  let practice: PracticeView = { networkOff: false, slowMs: 0, loseNextAnswer: false, domainTaken: false, underReview: false, throttled: false, agreementRefused: false, pricesUp: false, partialCheckout: false, orderedElsewhere: false };
  const problem = options.start === undefined || options.start === "ready" || options.start === "first_start" || options.start === "unlock" || options.start === "waiting" ? null : (options.start as StartProblem);
  let start: StartView = {
    kind: problem ? "failed" : options.start === "first_start" ? "first_start" : options.start === "unlock" ? "unlock" : options.start === "waiting" ? "waiting" : "ready",
    problem,
    recoverable: options.start === "unlock" || problem === "key_missing" || problem === "wrong_key",
    readOnly: options.readOnly ?? false,
    problemPath: problem === "corrupt" ? "C:\\Users\\anna\\AppData\\Local\\Channelbook\\practice\\book.damaged-20261124.db" : "",
    workspace: problem || options.start === "first_start" || options.start === "unlock" ? null : workspace(),
    settings: { language: options.language ?? "en", theme: options.theme ?? "light", lastRoute: options.lastRoute ?? "" },
    zoom: 100,
    version: "0.1.0",
  };
  let wantsOffline = false;
  let paused = false;

  function workspace() {
    const live = options.workspace === "live";
    return {
      id: "01920000-0000-7000-8000-000000000001",
      name: live ? "Nordkontor Cloud" : "",
      kind: live ? ("live" as const) : ("practice" as const),
      colour: live ? ("teal" as const) : ("purple" as const),
      folder: "C:\\Users\\anna\\AppData\\Local\\Channelbook\\practice",
    };
  }

  function connection(): ConnectionView {
    const counts = outboxView(rows, "all");
    const own = options.connection as ConnectionKind | undefined;
    const kind: ConnectionKind = wantsOffline ? "working_offline" : paused ? "paused" : practice.networkOff ? "offline" : (own ?? (counts.needsAttention > 0 ? "needs_attention" : "up_to_date"));
    return { kind, waiting: counts.waiting, onHold: counts.onHold, needsAttention: counts.needsAttention, sendingNumber: 2, sendingOf: 5, workOffline: wantsOffline, paused, cannotSave: kind === "cannot_save" ? "disk_full" : null, lastContactAt: ago(hours(0.2)), clockSkewSeconds: options.skew ?? 0 };
  }

  function home(): HomeView {
    const named = (name: string) => owners.find((owner) => owner.name.startsWith(name));
    const todo = (kind: TodoView["kind"], urgency: TodoView["urgency"], name: string, own: Partial<TodoView>): TodoView => ({
      kind, urgency, id: named(name)?.id ?? partners.find((row) => row.name === name)?.id ?? "", customerId: named(name)?.id ?? "", name: named(name)?.name ?? name, detail: "", count: 0, at: null, termDefault: null, ...own,
    });
    const today = new Date();
    const months = Array.from({ length: 12 }, (_, index) => {
      const month = new Date(Date.UTC(today.getFullYear(), today.getMonth() + index, 15)).toISOString().slice(0, 7);
      return { month, decided: [4, 16, 22, 12, 19, 9, 7, 11, 8, 5, 14, 10][index] ?? 0, open: [5, 7, 6, 3, 2, 0, 0, 1, 0, 0, 0, 0][index] ?? 0 };
    });
    const first = rows.find((row) => row.state === "needs_attention");
    return {
      todo: options.empty
        ? []
        : [
            ...(secret === "destroyed" ? [] : [todo("setup_info", "now", "Tischlerei", { id: rows.find((row) => row.setupInfoWaits)?.onboardingId ?? "", at: ago(hours(2)) })]),
            ...(first ? [todo("needs_attention", "now", "Praxis", { id: first.id, detail: "postal_code", at: first.updatedAt })] : []),
            todo("window_closes", "now", "Hafenkante", { detail: "Microsoft 365 Business Standard", count: 6, at: ago(-hours(9)) }),
            todo("term_ends", "this_week", "Museum", { detail: "Microsoft 365 E3", count: 120, at: ago(-days(4)), termDefault: "paid_extension" }),
            todo("on_hold", "this_week", "Augen", { id: rows.find((row) => row.state === "on_hold")?.id ?? "", detail: "customer_under_review", at: ago(hours(17)) }),
            todo("draft", "this_week", "Gärtnerei Sommerfeld", { id: "01930000-0000-7000-8000-000000000001", detail: "subscriptions", at: ago(hours(30)) }),
            todo("partnership_unanswered", "later", "Fjordnet AS", { at: ago(days(15)) }),
            todo("reseller_not_fit", "later", "Kaltenbach & Söhne EDV", { detail: "agreement_not_signed", at: ago(days(12)) }),
          ],
      renewals: options.empty ? [] : months,
      seats: partners.filter((row) => row.seats > 0).sort((a, b) => b.seats - a.seats).slice(0, 10).map((row) => ({ resellerId: row.id, name: row.name, seats: row.seats })),
      asOf: ago(hours(16)),
      activeResellers: partners.filter((row) => row.takesCustomers).length,
    };
  }

  const nextDraft = (view: DraftView) => {
    drafts.set(view.id, view);
    changed("drafts");
    return view;
  };
  if (!options.empty) {
    const sample = onboarding.draft(1, "new_customer", partners[4]?.id ?? "", undefined, products);
    sample.content.customer.companyName = "Gärtnerei Sommerfeld";
    sample.content.customer.country = "DE";
    sample.step = "subscriptions";
    sample.savedAt = ago(hours(30));
    sample.check = onboarding.check(sample.content, products);
    drafts.set(sample.id, sample);
  }
  const partnerName = (id: string) => partners.find((row) => row.id === id)?.name ?? "";
  const customerOf = (id: string) => {
    const found = owners.find((owner) => owner.id === id);
    if (!found) throw notFound();
    return found;
  };
  const draftOf = (id: string) => {
    const found = drafts.get(id);
    if (!found) throw notFound();
    return found;
  };
  // Every fourth customer has the first, none the second.
  const TAGS = ["Key account", "Messe"] as const;
  const foundBy = (query: Parameters<Commands["listCustomers"]>[0]) =>
    owners
      .filter((row) => (query.resellerIds.length === 0 || query.resellerIds.includes(row.resellerId)) && (query.countries.length === 0 || query.countries.includes(row.country)) && (query.states.length === 0 || query.states.some((state) => state === row.stands.kind)) && (query.tags === undefined || query.tags.length === 0 || (query.tags.includes(TAGS[0]) && owners.indexOf(row) % 4 === 0)) && fold(`${row.name} ${row.alias} ${row.domainPrefix} ${row.town} ${row.tenantId}`).includes(fold(query.search)));
  const isOffline = () => ["offline", "working_offline"].includes(connection().kind);

  const answers: { [K in keyof Commands]: (...args: Parameters<Commands[K]>) => Awaited<ReturnType<Commands[K]>> } = {
    ...partnership(partners, changed, options),
    startView: () => start,
    tryItOut: () => {
      start = { ...start, kind: "ready", workspace: workspace() };
      return start;
    },
    retryStart: () => start,
    saveSettings: ({ language, theme, lastRoute }) => {
      const before = start.settings;
      const settings = { language: language ?? before.language, theme: theme ?? before.theme, lastRoute: lastRoute ?? before.lastRoute };
      start = { ...start, settings };
      changed("settings");
      return settings;
    },
    ...journal(options),
    ...signIn(options, workspace, () => {
      start = { ...start, kind: "ready", problem: null, workspace: workspace() };
      return start;
    }, changed),
    ...safety(options, () => {
      start = { ...start, kind: "ready", problem: null, workspace: workspace() };
      return start;
    }, () => { changed("workspace"); }),
    setZoom: (percent) => {
      const zoom = Math.min(200, Math.max(80, percent));
      start = { ...start, zoom };
      changed("settings");
      return zoom;
    },
    renameWorkspace: (name) => {
      const renamed = { ...(start.workspace ?? workspace()), name };
      start = { ...start, workspace: renamed };
      changed("workspace");
      return renamed;
    },
    colourWorkspace: (colour) => {
      const coloured = { ...(start.workspace ?? workspace()), colour };
      start = { ...start, workspace: coloured };
      changed("workspace");
      return coloured;
    },
    connection,
    setWorkOffline: (on) => {
      wantsOffline = on;
      changed("connection");
      return connection();
    },
    setPaused: (on) => {
      paused = on;
      changed("connection");
      return connection();
    },
    sendNow: () => {
      rows = rows.map((row) => (row.state === "waiting" && row.waitsFor === "network" ? { ...row, waitsFor: "turn" as const } : row));
      changed("outbox", "connection");
      return connection();
    },
    practice: () => practice,
    setPractice: (switches) => {
      practice = switches;
      changed("practice", "connection");
      return practice;
    },
    listOperations: (filter, session) => outboxView(session === null ? rows : rows.filter((row) => row.sessionId === session), filter),
    operationDetail: (id) => {
      const row = rows.find((one) => one.id === id);
      if (!row) throw notFound();
      return operationDetail(row);
    },
    cancelOperation: (id) => {
      const gone = rows.find((row) => row.id === id);
      rows = rows.filter((row) => row.onboardingId !== gone?.onboardingId || row.state === "confirmed");
      changed("outbox", "connection");
      return null;
    },
    checkOperationAgain: () => null,
    approveOperationAgain: () => null,
    sendOperationAgain: () => null,
    linkOperation: () => null,
    disownOrder: () => null,
    orderRest: () => null,
    giveUpRest: () => null,
    customerProfile: (customerId) => profileView(customerOf(customerId)),
    changeCustomerProfile: (customerId, fields) => {
      if (fields.some((one) => one.field === "city" && one.value === "")) throw new CommandError({ code: "validation", fields: [{ field: "city", key: "required", expected: "" }] });
      const row = waitingChange(customerOf(customerId));
      rows = [...rows, row];
      changed("outbox", "customers");
      return row.id;
    },
    resolveDifference: (id) => {
      rows = rows.map((row) => (row.id === id ? { ...row, state: "waiting", attention: null, waitsFor: "turn" } : row));
      changed("outbox", "connection");
      return null;
    },
    changeCustomerElsewhere: () => owners[0]?.name ?? "",
    setupInfo: (onboardingId) => onboarding.setupInfo(onboardingId, "Tischlerei Brandt GmbH", secret),
    beginReveal: () => {
      secret = "showing";
      changed("setup_info");
      return null;
    },
    revealPassword: () => ({ userName: "admin@tischlereibrandt.onmicrosoft.com", password: "Kuv19!Practice" }),
    copyPassword: () => null,
    closeReveal: () => null,
    copyText: () => null,
    acknowledgeSetupInfo: (onboardingId) => {
      secret = "destroyed";
      changed("setup_info");
      return onboarding.setupInfo(onboardingId, "Tischlerei Brandt GmbH", secret);
    },
    openSetupMail: () => ({ opened: true, to: "", subject: "", body: "" }),
    openAdminAccessMail: () => ({ opened: true, to: "", subject: "", body: "" }),
    openResetMail: () => ({ opened: true, to: "", subject: "", body: "" }),
    printPage: () => null,
    printReveal: () => null,
    revealSubject: (onboardingId) => ({ info: onboarding.setupInfo(onboardingId, "Tischlerei Brandt GmbH", "showing"), keyPlace: options.passphrase ? "passphrase" : "keychain" }),
    startCustomerDraft: (resellerId) => nextDraft(onboarding.draft(drafts.size + 10, "new_customer", resellerId, undefined, products)),
    startSubscriptionDraft: (customerId) => {
      const owner = customerOf(customerId);
      return nextDraft(onboarding.draft(drafts.size + 10, "add_subscription", owner.resellerId, owner, products));
    },
    ...sessions(options.session === true, changed, isOffline, () => {
      const owner = customerOf(rows[0]?.customerId ?? "");
      return nextDraft({ ...onboarding.draft(drafts.size + 10, "mend_customer", owner.resellerId, owner, products), focus: "customer.domainPrefix" });
    }),
    mendOperation: (operationId) => {
      const row = rows.find((one) => one.id === operationId);
      const owner = customerOf(row?.customerId ?? "");
      const view = onboarding.draft(drafts.size + 10, "mend_customer", owner.resellerId, owner, products);
      return nextDraft({ ...view, focus: "customer.postalCode" });
    },
    getDraft: draftOf,
    saveDraft: (request) => {
      const before = draftOf(request.id);
      const content = structuredClone(request.content);
      const form = content.customer;
      if (!form.domainPrefixTouched) form.domainPrefix = fold(form.companyName).replace(/[^a-z0-9]/g, "").slice(0, 27);
      const after: DraftView = { ...before, revision: before.revision + 1, step: request.step, focus: request.focus, content, savedAt: ago(0), check: onboarding.check(content, products) };
      drafts.set(after.id, after);
      return { revision: after.revision, savedAt: after.savedAt, content, check: after.check };
    },
    discardDraft: (id) => {
      drafts.delete(id);
      changed("drafts");
      return null;
    },
    listDrafts: () => [...drafts.values()].map((view) => ({ id: view.id, purpose: view.purpose, name: view.customerName || view.content.customer.companyName, resellerName: partnerName(view.content.resellerId), step: view.step, savedAt: view.savedAt })),
    reviewDraft: (id) => onboarding.review(draftOf(id), partnerName(draftOf(id).content.resellerId), products),
    submitDraft: (id) => {
      const view = draftOf(id);
      const onboardingId = id.replace("0193", "0194");
      submitted.set(onboardingId, view);
      drafts.delete(id);
      changed("drafts", "outbox");
      return onboarding.confirmation(onboardingId, view, partnerName(view.content.resellerId), products, secret, isOffline());
    },
    confirmation: (onboardingId) => {
      const view = submitted.get(onboardingId);
      return onboarding.confirmation(onboardingId, view, partnerName(view?.content.resellerId ?? ""), products, secret, isOffline());
    },
    listCountries: () => ["AT", "BE", "CA", "CH", "CZ", "DE", "DK", "ES", "FR", "GB", "HR", "HU", "IE", "IT", "NL", "NO", "PL", "SE", "US"],
    checkDraftOnline: () => null,
    home,
    search: (text) => {
      const wanted = fold(text);
      const fits = (...words: string[]) => words.some((word) => fold(word).includes(wanted));
      return [
        ...owners.filter((row) => fits(row.name, row.domainPrefix, row.town)).slice(0, 5).map((row) => ({ kind: "customer" as const, id: row.id, title: row.name, detail: `${row.domainPrefix}.onmicrosoft.com`, customerId: "" })),
        ...partners.filter((row) => fits(row.name, row.partnerId, row.town)).slice(0, 5).map((row) => ({ kind: "reseller" as const, id: row.id, title: row.name, detail: row.partnerId, customerId: "" })),
        ...rows.filter((row) => row.state === "needs_attention" && fits(row.customerName)).slice(0, 5).map((row) => ({ kind: "operation" as const, id: row.id, title: row.customerName, detail: row.kind, customerId: row.customerId })),
      ];
    },
    ...resellersInDepth(partners, owners, changed),
    ...bulk({ owners, partners, found: foundBy, changed }),
    ...subscriptionsInDepth({ partners, owners, owned, products, operations: () => rows, setupInfoOf: (id) => (customerOf(id).name.startsWith("Tischlerei") && secret !== "destroyed" ? (rows.find((row) => row.setupInfoWaits)?.onboardingId ?? "") : ""), changed }),
    ...connect(partners.filter((row) => row.takesCustomers).map(({ id, name }) => ({ id, name })), changed),
    listResellers: (query) => {
      const value = { name: (row: ResellerRow) => row.name, country: (row: ResellerRow) => row.country, seats: (row: ResellerRow) => row.seats, customers: (row: ResellerRow) => row.customers, last_activity: (row: ResellerRow) => row.lastActivityAt ?? "" };
      const read = value[query.sort as keyof typeof value];
      const found = partners
        .filter((row) => (query.partnership.length === 0 || query.partnership.includes(row.partnership)) && (query.fitness === undefined || query.fitness.length === 0 || query.fitness.includes(row.shield.kind)) && (query.country === undefined || query.country === "" || query.country === row.country) && (query.search === "" || fold(`${row.name} ${row.partnerId} ${row.town}`).includes(fold(query.search))))
        .sort((a, b) => (read(a) < read(b) ? -1 : read(a) > read(b) ? 1 : 0) * (query.descending ? -1 : 1));
      return { rows: found, total: partners.length, active: partners.filter((row) => row.partnership === "active").length, countries: [...new Set(partners.map((row) => row.country))].sort(), toPlace: 1, hanging: 3, asOf: ago(hours(16)) };
    },
    resellerDetail: (id) => {
      const row = partners.find((one) => one.id === id);
      if (!row) throw notFound();
      return { row, newestCustomers: owners.filter((owner) => owner.resellerId === id).slice(0, 5) };
    },
    listCustomers: (query) => {
      const key = { name: "name", country: "country", seats: "seats", reseller: "resellerName", subscriptions: "subscriptions" }[query.sort as "name"] as "name" | "seats";
      const found = foundBy(query)
        .sort((a, b) => (fold(String(a[key])) < fold(String(b[key])) ? -1 : 1) * (query.descending ? -1 : 1));
      const around = query.around === undefined || query.around === "" ? -1 : found.findIndex((row) => row.id === query.around);
      const firstRow = around >= 0 ? Math.max(0, around - Math.floor(query.limit / 2)) : (query.row ?? 0);
      const from = query.after === "" ? firstRow : Number(query.after);
      const page = found.slice(from, from + query.limit);
      const letters = [...new Set(owners.map((row) => fold(row.name).charAt(0)))].sort();
      const initials = letters.map((letter) => ({ letter: letter.toUpperCase(), row: owners.filter((row) => fold(row.name) < letter).length }));
      return { rows: page, next: from + query.limit < found.length ? String(from + query.limit) : "", firstRow: query.after === "" ? firstRow : 0, matching: found.length, more: false, tags: [...TAGS], initials, total: owners.length, countries: [...new Set(owners.map((row) => row.country))].sort(), asOf: ago(hours(16)) };
    },
    exportCustomers: (query, table, _words, name) => {
      const found = foundBy(query);
      const rows = table === "customers" ? found.length : found.flatMap((row) => owned.get(row.id) ?? []).length;
      return { entries: rows, rows, file: name };
    },
    customerDetail: (id) => ({ row: customerOf(id), subscriptions: owned.get(id) ?? [], contactName: "Ute Marxen", contactEmail: "ute.marxen@example.org", setupInfoOnboardingId: customerOf(id).name.startsWith("Tischlerei") && secret !== "destroyed" ? (rows.find((row) => row.setupInfoWaits)?.onboardingId ?? "") : "" }),
    catalogue: (country, segment) => ({ country, segment, offers: options.empty ? [] : products, pricesFrom: "2026-11-01", countries: ["AT", "DE", "FR", "NL", "PL"] }),
    setFavourite: (productId, skuId, on) => {
      const product = products.find((one) => one.productId === productId && one.skuId === skuId);
      if (product) product.favourite = on;
      changed("catalogue");
      return null;
    },
  };

  const commands = Object.fromEntries(
    Object.entries(answers).map(([name, answer]) => [
      name,
      async (...args: never[]): Promise<unknown> => {
        const command = name as keyof Commands;
        if (options.hanging?.includes(command)) return new Promise(() => undefined);
        if (options.failing?.includes(command)) throw new CommandError({ code: options.failure ?? "internal", fields: [] });
        await Promise.resolve();
        return structuredClone((answer as (...args: never[]) => unknown)(...args));
      },
    ]),
  ) as unknown as Commands;

  return {
    commands,
    onDataChanged(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
