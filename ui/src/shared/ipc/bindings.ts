// Temporary, in the form of the generated one.
import { invoke as __TAURI_INVOKE } from "@tauri-apps/api/core";

export const commands = {
	home: () => typedError<HomeView, CommandError>(__TAURI_INVOKE("home")),
	search: (text: string) => typedError<SearchHit[], CommandError>(__TAURI_INVOKE("search", { text })),
	listResellers: (query: ResellerQuery) => typedError<ResellerList, CommandError>(__TAURI_INVOKE("list_resellers", { query })),
	resellerDetail: (id: string) => typedError<ResellerDetail, CommandError>(__TAURI_INVOKE("reseller_detail", { id })),
	listCustomers: (query: CustomerQuery) => typedError<CustomerPage, CommandError>(__TAURI_INVOKE("list_customers", { query })),
	customerDetail: (id: string) => typedError<CustomerDetail, CommandError>(__TAURI_INVOKE("customer_detail", { id })),
	catalogue: (country: string, segment: string) => typedError<CatalogueView, CommandError>(__TAURI_INVOKE("catalogue", { country, segment })),
	setFavourite: (productId: string, skuId: string, on: boolean) => typedError<null, CommandError>(__TAURI_INVOKE("set_favourite", { productId, skuId, on })),
	setupInfo: (onboardingId: string) => typedError<SetupInfoView, CommandError>(__TAURI_INVOKE("setup_info", { onboardingId })),
	beginReveal: (onboardingId: string) => typedError<null, CommandError>(__TAURI_INVOKE("begin_reveal", { onboardingId })),
	revealPassword: (onboardingId: string) => typedError<RevealedPassword, CommandError>(__TAURI_INVOKE("reveal_password", { onboardingId })),
	copyPassword: (onboardingId: string) => typedError<null, CommandError>(__TAURI_INVOKE("copy_password", { onboardingId })),
	copyText: (text: string) => typedError<null, CommandError>(__TAURI_INVOKE("copy_text", { text })),
	acknowledgeSetupInfo: (onboardingId: string) => typedError<SetupInfoView, CommandError>(__TAURI_INVOKE("acknowledge_setup_info", { onboardingId })),
	openSetupMail: (onboardingId: string, language: Language) => typedError<MailView, CommandError>(__TAURI_INVOKE("open_setup_mail", { onboardingId, language })),
	openAdminAccessMail: (onboardingId: string, language: Language) => typedError<MailView, CommandError>(__TAURI_INVOKE("open_admin_access_mail", { onboardingId, language })),
	startView: () => typedError<StartView, CommandError>(__TAURI_INVOKE("start_view")),
	tryItOut: () => typedError<StartView, CommandError>(__TAURI_INVOKE("try_it_out")),
	retryStart: () => typedError<StartView, CommandError>(__TAURI_INVOKE("retry_start")),
	saveSettings: (settings: SettingsView) => typedError<SettingsView, CommandError>(__TAURI_INVOKE("save_settings", { settings })),
	renameWorkspace: (name: string) => typedError<WorkspaceView, CommandError>(__TAURI_INVOKE("rename_workspace", { name })),
	connection: () => typedError<ConnectionView, CommandError>(__TAURI_INVOKE("connection")),
	setWorkOffline: (on: boolean) => typedError<ConnectionView, CommandError>(__TAURI_INVOKE("set_work_offline", { on })),
	setPaused: (on: boolean) => typedError<ConnectionView, CommandError>(__TAURI_INVOKE("set_paused", { on })),
	sendNow: () => typedError<ConnectionView, CommandError>(__TAURI_INVOKE("send_now")),
	listOperations: (filter: OutboxFilter) => typedError<OutboxView, CommandError>(__TAURI_INVOKE("list_operations", { filter })),
	operationDetail: (id: string) => typedError<OperationDetail, CommandError>(__TAURI_INVOKE("operation_detail", { id })),
	cancelOperation: (id: string) => typedError<null, CommandError>(__TAURI_INVOKE("cancel_operation", { id })),
	checkOperationAgain: (id: string) => typedError<null, CommandError>(__TAURI_INVOKE("check_operation_again", { id })),
	approveOperationAgain: (id: string) => typedError<null, CommandError>(__TAURI_INVOKE("approve_operation_again", { id })),
	sendOperationAgain: (id: string) => typedError<null, CommandError>(__TAURI_INVOKE("send_operation_again", { id })),
	startCustomerDraft: (resellerId: string) => typedError<DraftView, CommandError>(__TAURI_INVOKE("start_customer_draft", { resellerId })),
	startSubscriptionDraft: (customerId: string) => typedError<DraftView, CommandError>(__TAURI_INVOKE("start_subscription_draft", { customerId })),
	mendOperation: (operationId: string) => typedError<DraftView, CommandError>(__TAURI_INVOKE("mend_operation", { operationId })),
	getDraft: (id: string) => typedError<DraftView, CommandError>(__TAURI_INVOKE("get_draft", { id })),
	saveDraft: (request: SaveDraftRequest) => typedError<SavedDraft, CommandError>(__TAURI_INVOKE("save_draft", { request })),
	discardDraft: (id: string) => typedError<null, CommandError>(__TAURI_INVOKE("discard_draft", { id })),
	listDrafts: () => typedError<DraftRow[], CommandError>(__TAURI_INVOKE("list_drafts")),
	reviewDraft: (id: string) => typedError<ReviewView, CommandError>(__TAURI_INVOKE("review_draft", { id })),
	submitDraft: (id: string, hash: string) => typedError<ConfirmationView, CommandError>(__TAURI_INVOKE("submit_draft", { id, hash })),
	confirmation: (onboardingId: string) => typedError<ConfirmationView, CommandError>(__TAURI_INVOKE("confirmation", { onboardingId })),
	listCountries: () => typedError<string[], CommandError>(__TAURI_INVOKE("list_countries")),
	checkDraftOnline: (id: string) => typedError<null, CommandError>(__TAURI_INVOKE("check_draft_online", { id })),
	practice: () => typedError<PracticeView, CommandError>(__TAURI_INVOKE("practice")),
	setPractice: (switches: PracticeView) => typedError<PracticeView, CommandError>(__TAURI_INVOKE("set_practice", { switches })),
};

export type PartnershipView = "draft" | "requested" | "active" | "declined" | "ended";
export type FitnessView = "fit" | "agreement_not_signed" | "partner_id_not_valid" | "suspended" | "unknown";
export type StandsKind = "draft" | "waiting" | "sending" | "confirmed" | "on_hold" | "needs_attention" | "window_closes" | "term_ends" | "active" | "suspended" | "expired" | "pending";
export type HoldReasonView = "customer_under_review" | "agreement_open" | "reseller_not_fit" | "tenant_being_made";
export type SortBy = "name" | "country" | "seats" | "customers" | "last_activity" | "reseller" | "subscriptions";
export type CommerceView = "legacy" | "new";
export type TodoKind = "setup_info" | "needs_attention" | "window_closes" | "term_ends" | "on_hold" | "draft" | "partnership_unanswered" | "reseller_not_fit";
export type Urgency = "now" | "this_week" | "later";
export type OperationKindView = "create_customer" | "confirm_agreement" | "create_cart" | "checkout_cart" | "verify_order";
export type OperationStateView = "waiting" | "sending" | "on_hold" | "needs_attention" | "confirmed" | "cancelled";
export type OutboxFilter = "all" | "waiting" | "on_hold" | "needs_attention" | "confirmed";
export type FixerView = "us" | "reseller" | "customer" | "microsoft";
export type AttentionReasonView = "domain_taken" | "domain_taken_or_half_created" | "customer_details" | "address" | "postal_code" | "email" | "registration_number" | "phone" | "reseller_not_fit" | "reseller_unknown" | "agreement_missing" | "account_not_allowed" | "product_gone" | "price_changed" | "quantity" | "term_not_offered" | "custom_end_date" | "partial_checkout" | "order_differs" | "order_may_exist" | "outcome_unknown" | "approval_too_old" | "cart_expired" | "permission" | "microsoft_agreement" | "credit" | "unexpected";
export type WaitsFor = "nothing" | "customer" | "agreement" | "cart" | "checkout" | "network" | "turn" | "retry" | "review";
export type HistoryKind = "submitted" | "corrected" | "sent" | "answered" | "not_sent" | "no_answer" | "looked_up" | "held" | "released" | "confirmed" | "needs_attention" | "cancelled" | "adopted";
export type OperationAction = "mend" | "cancel" | "check_again" | "approve_again" | "send_again";
export type StartKind = "first_start" | "ready" | "failed";
export type StartProblem = "key_missing" | "wrong_key" | "corrupt" | "locked" | "disk_full" | "read_only" | "newer_schema" | "keychain_missing" | "unsafe_folder" | "other";
export type WorkspaceKind = "practice" | "live";
export type WorkspaceColour = "purple" | "teal" | "steel" | "bronze" | "berry" | "slate";
export type Language = "en" | "de";
export type ThemeChoice = "system" | "light" | "dark" | "high_contrast";
export type ConnectionKind = "up_to_date" | "offline" | "working_offline" | "sending" | "needs_attention" | "sign_in_again" | "paused";
export type SearchHitKind = "reseller" | "customer" | "subscription" | "operation";
export type Topic = "workspace" | "settings" | "connection" | "resellers" | "customers" | "subscriptions" | "catalogue" | "drafts" | "outbox" | "setup_info" | "practice";
export type DraftPurposeView = "new_customer" | "add_subscription" | "mend_customer";
export type WizardStepView = "customer" | "subscriptions" | "review";
export type PreflightItem = "company_name" | "domain_prefix" | "registration_number" | "postal_code" | "contact" | "signer" | "duplicate" | "domain_free" | "address_known" | "reseller_fit";
export type PreflightState = "good" | "open" | "problem" | "warning" | "when_sent" | "asking";
export type JourneyStep = "create_customer" | "keep_setup_info" | "record_agreement" | "place_order";
export type JourneyState = "waiting" | "sending" | "done" | "on_hold" | "needs_attention" | "cancelled";
export type SetupInfoState = "not_yet" | "sealed" | "showing" | "destroyed" | "unavailable";
export type PlanView = {
	term: string,
	cycle: string,
	monthlyPrice: number | null,
	periodPrice: number | null,
	minimumQuantity: number,
};
export type OfferView = {
	productId: string,
	skuId: string,
	title: string,
	description: string,
	family: string,
	minimumQuantity: number,
	maximumQuantity: number,
	isTrial: boolean,
	isAddon: boolean,
	plans: PlanView[],
	addons: string[],
	bases: string[],
	favourite: boolean,
	recent: boolean,
	currency: string,
};
export type CatalogueView = {
	country: string,
	segment: string,
	offers: OfferView[],
	pricesFrom: string | null,
	countries: string[],
};
export type Stands = {
	kind: StandsKind,
	hold: HoldReasonView | null,
	attention: AttentionReasonView | null,
	at: string | null,
	count: number,
};
export type ResellerRow = {
	id: string,
	name: string,
	partnerId: string,
	tenantId: string,
	country: string,
	town: string,
	partnership: PartnershipView,
	partnershipSince: string | null,
	fitness: FitnessView,
	fitnessCheckedAt: string | null,
	takesCustomers: boolean,
	customers: number,
	seats: number,
	lastActivityAt: string | null,
	contactName: string,
	contactRole: string,
	contactEmail: string,
	contactPhone: string,
};
export type ResellerQuery = {
	search: string,
	partnership: PartnershipView[],
	sort: SortBy,
	descending: boolean,
};
export type ResellerList = {
	rows: ResellerRow[],
	total: number,
	active: number,
	asOf: string | null,
};
export type CustomerRow = {
	id: string,
	tenantId: string,
	name: string,
	alias: string,
	domainPrefix: string,
	country: string,
	town: string,
	resellerId: string,
	resellerName: string,
	subscriptions: number,
	seats: number,
	stands: Stands,
};
export type CustomerQuery = {
	search: string,
	resellerIds: string[],
	sort: SortBy,
	descending: boolean,
	after: string,
	limit: number,
};
export type CustomerPage = {
	rows: CustomerRow[],
	next: string,
	matching: number,
	total: number,
	asOf: string | null,
};
export type SubscriptionRow = {
	id: string,
	productName: string,
	quantity: number,
	term: string,
	cycle: string,
	commerce: CommerceView,
	endsAt: string | null,
	autoRenew: boolean,
	stands: Stands,
};
export type CustomerDetail = {
	row: CustomerRow,
	subscriptions: SubscriptionRow[],
	contactName: string,
	contactEmail: string,
	setupInfoOnboardingId: string,
};
export type ResellerDetail = {
	row: ResellerRow,
	newestCustomers: CustomerRow[],
};
export type TodoView = {
	kind: TodoKind,
	urgency: Urgency,
	id: string,
	customerId: string,
	name: string,
	detail: string,
	count: number,
	at: string | null,
};
export type RenewalMonth = {
	month: string,
	decided: number,
	open: number,
};
export type ResellerSeats = {
	resellerId: string,
	name: string,
	seats: number,
};
export type HomeView = {
	todo: TodoView[],
	renewals: RenewalMonth[],
	seats: ResellerSeats[],
	asOf: string | null,
	activeResellers: number,
};
export type OperationRow = {
	id: string,
	onboardingId: string,
	kind: OperationKindView,
	state: OperationStateView,
	customerId: string,
	customerName: string,
	lines: number,
	licences: number,
	waitsFor: WaitsFor,
	notBefore: string | null,
	hold: HoldReasonView | null,
	holdSince: string | null,
	attention: AttentionReasonView | null,
	setupInfoWaits: boolean,
	updatedAt: string,
};
export type OutboxView = {
	rows: OperationRow[],
	all: number,
	waiting: number,
	onHold: number,
	needsAttention: number,
	confirmed: number,
};
export type HistoryEntry = {
	at: string,
	kind: HistoryKind,
	status: number,
	code: number,
	correlationId: string,
	reason: string,
};
export type OperationDetail = {
	row: OperationRow,
	fixer: FixerView | null,
	field: string,
	fieldValue: string,
	ambiguous: boolean,
	actions: OperationAction[],
	history: HistoryEntry[],
	orderLines: OperationLine[],
};
export type OperationLine = {
	title: string,
	quantity: number,
	term: string,
	cycle: string,
};
export type StartView = {
	kind: StartKind,
	problem: StartProblem | null,
	problemPath: string,
	workspace: WorkspaceView | null,
	settings: SettingsView,
	version: string,
};
export type WorkspaceView = {
	id: string,
	name: string,
	kind: WorkspaceKind,
	colour: WorkspaceColour,
	folder: string,
};
export type SettingsView = {
	language: Language,
	theme: ThemeChoice,
	lastRoute: string,
};
export type ConnectionView = {
	kind: ConnectionKind,
	waiting: number,
	onHold: number,
	needsAttention: number,
	sendingNumber: number,
	sendingOf: number,
	workOffline: boolean,
	paused: boolean,
	lastContactAt: string | null,
	clockSkewSeconds: number,
};
export type SearchHit = {
	kind: SearchHitKind,
	id: string,
	title: string,
	detail: string,
	customerId: string,
};
export type PracticeView = {
	networkOff: boolean,
	slowMs: number,
	loseNextAnswer: boolean,
	domainTaken: boolean,
	underReview: boolean,
	throttled: boolean,
};
export type CustomerFormView = {
	companyName: string,
	country: string,
	registrationNumber: string,
	domainPrefix: string,
	domainPrefixTouched: boolean,
	fallbackPrefix1: string,
	fallbackPrefix2: string,
	addressLine1: string,
	addressLine2: string,
	postalCode: string,
	city: string,
	state: string,
	firstName: string,
	lastName: string,
	email: string,
	phone: string,
	language: string,
	culture: string,
	qualification: string,
	signerFirstName: string,
	signerLastName: string,
	signerEmail: string,
	signerPhone: string,
	agreementDate: string,
};
export type LineFormView = {
	line: number,
	productId: string,
	skuId: string,
	term: string,
	cycle: string,
	quantity: number,
	baseLine: number | null,
	customEnd: string | null,
};
export type DraftContentView = {
	resellerId: string,
	customer: CustomerFormView,
	lines: LineFormView[],
	resellerOfRecord: string,
};
export type DraftView = {
	id: string,
	purpose: DraftPurposeView,
	customerId: string,
	customerName: string,
	customerCountry: string,
	revision: number,
	step: WizardStepView,
	focus: string,
	content: DraftContentView,
	savedAt: string,
	check: DraftCheck,
};
export type DraftRow = {
	id: string,
	purpose: DraftPurposeView,
	name: string,
	resellerName: string,
	step: WizardStepView,
	savedAt: string,
};
export type SaveDraftRequest = {
	id: string,
	revision: number,
	step: WizardStepView,
	focus: string,
	content: DraftContentView,
};
export type SavedDraft = {
	revision: number,
	savedAt: string,
	content: DraftContentView,
	check: DraftCheck,
};
export type DraftCheck = {
	country: CountryFormView,
	problems: FieldProblem[],
	preflight: PreflightLine[],
	duplicates: DuplicateView[],
	order: OrderView,
};
export type CountryFormView = {
	country: string,
	addressFields: string[],
	required: string[],
	states: string[],
	stateLabel: string,
	postalLabel: string,
	postalExample: string,
	registrationRequired: boolean,
	registrationNames: string,
	phoneExample: string,
	phoneRequired: boolean,
	languages: string[],
	cultures: string[],
};
export type FieldProblem = {
	field: string,
	key: string,
	expected: string,
};
export type PreflightLine = {
	item: PreflightItem,
	state: PreflightState,
	field: string,
	detail: string,
	at: string | null,
};
export type DuplicateView = {
	customerId: string,
	name: string,
	town: string,
	seats: number,
	because: string,
};
export type OrderView = {
	lines: OrderLineView[],
	currency: string,
	monthlyTotal: number | null,
	yearlyTotal: number | null,
	triennialTotal: number | null,
	termTotal: number | null,
	longestTermMonths: number,
	pricesFrom: string | null,
};
export type OrderLineView = {
	line: number,
	title: string,
	quantity: number,
	term: string,
	cycle: string,
	isAddon: boolean,
	baseLine: number | null,
	unitPrice: number | null,
	periodTotal: number | null,
	endChoices: string[],
};
export type ReviewView = {
	draftId: string,
	hash: string,
	purpose: DraftPurposeView,
	customerName: string,
	country: string,
	resellerName: string,
	facts: ReviewFact[],
	order: OrderView,
	resellerOfRecordName: string,
	resellerOfRecordPartnerId: string,
	journey: JourneyStep[],
	agreementDate: string | null,
	signerName: string,
	problems: FieldProblem[],
};
export type ReviewFact = {
	field: string,
	values: string[],
};
export type JourneyLine = {
	step: JourneyStep,
	state: JourneyState,
	at: string | null,
	detail: string,
	operation: OperationRow | null,
};
export type ConfirmationView = {
	onboardingId: string,
	purpose: DraftPurposeView,
	customerId: string,
	customerName: string,
	resellerId: string,
	resellerName: string,
	journey: JourneyLine[],
	setupInfo: SetupInfoView | null,
	order: OrderView,
	cancellableUntil: string | null,
	renewsAt: string | null,
	offline: boolean,
};
export type SetupInfoView = {
	onboardingId: string,
	state: SetupInfoState,
	signInAddress: string,
	userName: string,
	customerName: string,
	since: string | null,
};
export type MailView = {
	opened: boolean,
	to: string,
	subject: string,
	body: string,
};
export type RevealedPassword = {
	userName: string,
	password: string,
};
export type ErrorCode = "validation" | "not_found" | "stale" | "review_changed" | "not_allowed" | "no_book" | "disk_full" | "keychain_unavailable" | "book_unavailable" | "internal";
export type CommandError = {
	code: ErrorCode,
	fields: FieldProblem[],
};
export type DataChanged = {
	topics: Topic[],
};

async function typedError<T, E>(result: Promise<T>): Promise<{ status: "ok"; data: T } | { status: "error"; error: E }> {
    try {
        return { status: "ok", data: await result };
    } catch (e) {
        if (e instanceof Error) throw e;
        return { status: "error", error: e as any };
    }
}
