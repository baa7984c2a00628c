// One cache for all reads. Each read declares the topics it shows; a write tells its topics; nothing is refreshed by hand.
import {
  MutationCache,
  QueryClient,
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  type InfiniteData,
  type Query,
  type UseMutationResult,
  type UseQueryResult,
} from "@tanstack/react-query";
import type { EndingQuery, JournalFilter, SettingsChange, SettingsView, StartView, SupportQuery, Topic } from "./bindings";
import { asCommandError, host, type CommandArgs, type CommandData, type CommandError, type CommandName } from "./host";

/** Topics of every read. A command that is no key here changes something. */
const TOPICS = {
  startView: ["workspace", "settings"],
  safekeeping: ["workspace"],
  signInState: ["sign_in", "settings"],
  signedIn: ["sign_in", "outbox", "workspace"],
  syncState: ["sign_in"],
  workspaces: ["workspace"],
  backups: ["workspace"],
  restoredBook: ["workspace", "outbox"],
  connection: ["connection", "outbox"],
  journal: ["journal"],
  journalCheck: ["journal"],
  // Switches that turn themselves off do so while something is sent.
  practice: ["practice", "outbox"],
  // What an operation waits for may be the network.
  listOperations: ["outbox", "setup_info", "sessions", "connection"],
  operationDetail: ["outbox", "setup_info", "connection"],
  setupInfo: ["setup_info"],
  revealSubject: ["setup_info"],
  getDraft: ["drafts"],
  listDrafts: ["drafts"],
  // Names the orders that are not settled.
  reviewDraft: ["drafts", "outbox"],
  confirmation: ["outbox", "setup_info", "connection"],
  listCountries: ["catalogue"],
  home: ["partnerships", "resellers", "customers", "subscriptions", "drafts", "outbox", "setup_info"],
  sessions: ["sessions", "outbox"],
  sessionReview: ["sessions", "outbox", "drafts", "customers", "catalogue", "resellers", "setup_info", "connection"],
  sessionReport: ["sessions", "outbox", "drafts", "customers", "setup_info", "workspace"],
  search: ["resellers", "customers", "subscriptions", "outbox"],
  listResellers: ["resellers", "customers", "subscriptions"],
  resellerDetail: ["resellers", "customers", "outbox"],
  resellerPage: ["resellers", "customers", "subscriptions", "outbox"],
  partnershipsToPlace: ["resellers"],
  customerInvitation: ["partnerships", "resellers", "practice"],
  invitedCustomers: ["partnerships", "resellers", "practice"],
  hanging: ["resellers", "customers", "subscriptions", "outbox"],
  previewRecord: ["resellers", "subscriptions", "outbox"],
  listCustomers: ["customers", "subscriptions", "resellers", "outbox"],
  bulk: ["bulk"],
  // A profile that was never read is read as soon as there is a network.
  customerProfile: ["customers", "outbox", "connection"],
  customerPage: ["customers", "subscriptions", "resellers", "outbox", "setup_info"],
  subscriptionPage: ["subscriptions", "customers", "resellers", "outbox", "catalogue", "practice"],
  upgradeTargets: ["subscriptions", "catalogue"],
  previewSubscriptionChange: ["subscriptions", "customers", "resellers", "outbox", "catalogue", "practice"],
  endingSubscriptions: ["subscriptions", "customers", "outbox", "practice"],
  supportContacts: ["subscriptions", "customers", "resellers", "outbox"],
  previewSupportContacts: ["subscriptions", "customers", "resellers", "outbox"],
  practiceClock: ["practice"],
  customerDetail: ["customers", "subscriptions", "outbox", "setup_info"],
  catalogue: ["catalogue"],
  invitationSettings: ["partnerships", "workspace"],
  mailTemplates: ["partnerships"],
  partnershipRequest: ["partnerships", "resellers", "practice"],
  partnershipRequests: ["partnerships", "resellers", "practice"],
  partnershipBatch: ["partnerships", "resellers", "practice"],
  previewPartnershipList: ["partnerships", "resellers"],
} as const satisfies Partial<Record<CommandName, readonly Topic[]>>;

export type ReadName = keyof typeof TOPICS;
export type WriteName = Exclude<CommandName, ReadName>;

/** How a failure of a write is told; `silent` when the form that made it places the problems itself. */
interface WriteMeta extends Record<string, unknown> {
  silent?: boolean;
}

/** The cache of one window. `onProblem` hears every failed write that is not told elsewhere, and `undefined` when a later one went well. */
export function createQueryClient(onProblem: (error: CommandError | undefined) => void): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // Everything is local: no retry, no refetch by time or focus, and never paused for want of a network.
      queries: { retry: false, staleTime: Infinity, refetchOnWindowFocus: false, refetchOnReconnect: false, networkMode: "always" },
      mutations: { retry: false, networkMode: "always" },
    },
    mutationCache: new MutationCache({
      onError: (error, _variables, _context, mutation) => {
        if ((mutation.meta as WriteMeta | undefined)?.silent !== true) onProblem(asCommandError(error));
      },
      onSuccess: (_data, _variables, _context, mutation) => {
        if ((mutation.meta as WriteMeta | undefined)?.silent !== true) onProblem(undefined);
      },
    }),
  });
}

/** Refreshes what shows a touched topic. The answer stops it. */
export function followChanges(client: QueryClient): () => void {
  const touched = (topics: Topic[]) => {
    const set = new Set<Topic>(topics);
    refresh(client, (query) => {
      const declared: readonly Topic[] | undefined = TOPICS[query.queryKey[0] as ReadName];
      return declared?.some((topic) => set.has(topic)) ?? false;
    });
  };
  // What changed before anybody listened was told to nobody.
  const deaf = host().onDataChanged(touched, () => {
    refresh(client, () => true);
  });
  const alone = forgetOtherBooks(client);
  return () => {
    deaf();
    alone();
  };
}

/** Once another workspace is open, nothing that is held of the one before may be drawn: all of it is forgotten at once. */
function forgetOtherBooks(client: QueryClient): () => void {
  let book: string | undefined;
  return client.getQueryCache().subscribe(({ type, query }) => {
    if (type !== "updated" || query.queryKey[0] !== "startView") return;
    const now = (query.state.data as StartView | undefined)?.workspace?.id;
    if (now === undefined || now === book) return;
    if (book !== undefined) client.removeQueries({ predicate: (each) => each.queryHash !== query.queryHash });
    book = now;
  });
}

function refresh(client: QueryClient, predicate: (query: Query) => boolean): void {
  // A first answer that is still on its way may be older than the change, and the cache would take it for fresh.
  for (const query of client.getQueryCache().findAll({ predicate, fetchStatus: "fetching" })) {
    if (query.state.data === undefined) void query.fetch().catch(() => undefined).then(() => client.invalidateQueries({ queryKey: query.queryKey, exact: true }));
  }
  void client.invalidateQueries({ predicate });
}

/** Key of a read in the cache. */
export function readKey<K extends ReadName>(name: K, ...args: CommandArgs<K>): readonly unknown[] {
  return [name, ...args];
}

function run<K extends CommandName>(name: K, args: CommandArgs<K>): Promise<CommandData<K>> {
  const command = host().commands[name] as unknown as (...args: CommandArgs<K>) => Promise<CommandData<K>>;
  return command(...args);
}

/** Calls a command outside of React. */
export function call<K extends CommandName>(name: K, ...args: CommandArgs<K>): Promise<CommandData<K>> {
  return run(name, args);
}

/** Reads, and reads again whenever a declared topic was touched. Shows the last answer while a new one comes. */
export function useRead<K extends ReadName>(name: K, ...args: CommandArgs<K>): UseQueryResult<CommandData<K>, CommandError> {
  return useQuery<CommandData<K>, CommandError>({
    queryKey: readKey(name, ...args),
    queryFn: () => run(name, args),
    placeholderData: keepPreviousData as never,
  });
}

/** Like `useRead`, but only while `on`, and never showing another key's answer: for what opens on demand. */
export function useReadWhen<K extends ReadName>(
  on: boolean,
  name: K,
  ...args: CommandArgs<K>
): UseQueryResult<CommandData<K>, CommandError> {
  return useQuery<CommandData<K>, CommandError>({ queryKey: readKey(name, ...args), queryFn: () => run(name, args), enabled: on });
}

/**
 * For a form, which takes what it opens with and lets the person type over it: nothing is given before it was read anew
 * for this very page, since the cache may still hold what stood there before the last change.
 */
export function useReadForForm<K extends ReadName>(name: K, ...args: CommandArgs<K>): UseQueryResult<CommandData<K>, CommandError> {
  const read = useQuery<CommandData<K>, CommandError>({ queryKey: readKey(name, ...args), queryFn: () => run(name, args), refetchOnMount: "always" });
  return (read.isFetchedAfterMount ? read : { ...read, data: undefined }) as typeof read;
}

/** The journal, page after page, newest first. */
export function useJournalPages(filter: JournalFilter) {
  return useInfiniteQuery({
    queryKey: ["journal", "pages", filter],
    queryFn: ({ pageParam }) => run("journal", [filter, pageParam]),
    initialPageParam: null as number | null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  });
}

function usePages<P extends { next: string }>(key: readonly unknown[], read: (after: string) => Promise<P>) {
  return useInfiniteQuery<P, CommandError, InfiniteData<P>, readonly unknown[], string>({
    queryKey: key,
    queryFn: ({ pageParam }) => read(pageParam),
    initialPageParam: "",
    getNextPageParam: (last) => (last.next === "" ? undefined : last.next),
    placeholderData: keepPreviousData,
  });
}

/** Ends of terms, page after page, each behind the last row of the one before. */
export function useEndingPages(query: Omit<EndingQuery, "after">) {
  return usePages(["endingSubscriptions", "pages", query], (after) => run("endingSubscriptions", [{ ...query, after }]));
}

/** Support contacts, likewise. */
export function useSupportPages(query: Omit<SupportQuery, "after">) {
  return usePages(["supportContacts", "pages", query], (after) => run("supportContacts", [{ ...query, after }]));
}

/** What stays as it is in a change of the settings. */
const AS_IT_IS: SettingsChange = { language: null, theme: null, lastRoute: null };

/**
 * Changes settings: only those that are named, and one change after another, so that the last choice is the one that
 * stays, however slow the machine is.
 */
export function useSettings(options: { silent?: boolean } = {}): (change: Partial<SettingsChange>) => void {
  const { mutate } = useMutation<SettingsView, CommandError, Partial<SettingsChange>>({
    mutationFn: (change) => run("saveSettings", [{ ...AS_IT_IS, ...change }]),
    meta: { silent: options.silent } satisfies WriteMeta,
    scope: { id: "settings" },
  });
  return mutate;
}

/** A change. Its failure is told by the frame unless `silent`. */
export function useWrite<K extends WriteName>(
  name: K,
  options: { silent?: boolean; onDone?: (data: CommandData<K>) => void } = {},
): UseMutationResult<CommandData<K>, CommandError, CommandArgs<K>> {
  return useMutation<CommandData<K>, CommandError, CommandArgs<K>>({
    mutationFn: (args) => run(name, args),
    meta: { silent: options.silent } satisfies WriteMeta,
    onSuccess: (data) => options.onDone?.(data),
  });
}
