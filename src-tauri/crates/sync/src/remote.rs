//! What the machine asks of Partner Center, and what it may hear back. `cb-partner-center` implements [`Remote`].

use async_trait::async_trait;
use cb_domain::catalogue::{Offer, SkuKey};
use cb_domain::change::{Change, Details, UpgradeSubscription, Values};
use cb_domain::customer::AccountReview;
use cb_domain::fitness::Findings;
use cb_domain::ids::{CorrelationId, RequestKey, TenantId};
use cb_domain::operation::{ConfirmAgreement, CreateCustomer, OrderLine};
use cb_domain::profile::CustomerProfile;
use cb_domain::reseller::{Fitness, Reseller};
use cb_domain::subscription::Subscription;
use jiff::Timestamp;
use std::time::Duration;

/// One request. Changing ones carry the key of their intent revision (S8).
#[derive(Debug, Clone, PartialEq)]
pub enum Call {
    /// A signed-in read that must return the known shape: tells online from offline (N5).
    Probe,
    /// Is `{prefix}.onmicrosoft.com` free?
    CheckDomain { prefix: String },
    /// Is the address known?
    CheckAddress { payload: Box<CreateCustomer> },
    /// Country rules as the server gives them (regexes and switches), JSON text.
    CountryRules { country: String },
    /// May this reseller be ordered for?
    CheckReseller { tenant: TenantId, partner_id: String },
    /// May these be ordered for? Asked in one go: one request for all PartnerIDs, one each for the agreement.
    CheckResellers { resellers: Vec<ResellerToCheck> },
    /// All resellers.
    ListResellers,
    /// Make the tenant with the prefix at `prefix_index`.
    CreateCustomer { payload: Box<CreateCustomer>, prefix_index: u32 },
    /// Customers with this domain prefix (S10).
    FindCustomer { domain_prefix: String },
    /// Account review.
    AccountReview { tenant: TenantId },
    /// Name, contact and address of a customer, with the tag that its next change needs.
    ReadProfile { tenant: TenantId },
    /// Change them, unless they were changed since they were read (`If-Match`).
    UpdateProfile { tenant: TenantId, id: String, etag: String, profile: Box<CustomerProfile> },
    /// Attest the agreement.
    ConfirmAgreement { tenant: TenantId, payload: ConfirmAgreement },
    /// Attested already, or signed directly by the customer?
    AgreementStatus { tenant: TenantId },
    /// Make a cart. Availability ids are resolved just before, by the client.
    CreateCart { tenant: TenantId, country: String, reseller_partner_id: Option<String>, lines: Vec<OrderLine> },
    /// Buy it.
    CheckoutCart { tenant: TenantId, cart_id: String },
    /// The PartnerID on record of a subscription.
    ReadRecord { tenant: TenantId, subscription: String },
    /// Name another one; everything else of the subscription stays as it is.
    SetRecord { tenant: TenantId, subscription: String, partner_id: String },
    /// A subscription with everything that can be changed in it.
    ReadSubscription { tenant: TenantId, subscription: String },
    /// Change it, as long as it is as it was seen; everything else of it stays as it is.
    ChangeSubscription { tenant: TenantId, subscription: String, seen: Box<Values>, change: Box<Change> },
    /// Licences moved from it so far.
    ReadUpgrades { tenant: TenantId, subscription: String, legacy: bool, target: SkuKey },
    /// Products that its licences can be moved to.
    UpgradeTargets { tenant: TenantId, subscription: String, legacy: bool },
    /// Move licences.
    Upgrade { tenant: TenantId, subscription: String, payload: Box<UpgradeSubscription> },
    /// Who supports it.
    ReadSupportContact { tenant: TenantId, subscription: String },
    /// Name who supports it.
    SetSupportContact { tenant: TenantId, subscription: String, contact: RemoteContact },
    /// State of a cart.
    ReadCart { tenant: TenantId, cart_id: String },
    /// Orders of the customer.
    ListOrders { tenant: TenantId },
    /// Subscriptions of the customer.
    ListSubscriptions { tenant: TenantId },
    /// Customers, all (first sync).
    ListCustomers,
    /// One page of all customers, or of those of a reseller; a first sync keeps the link to the next one.
    CustomerPage { of: Option<TenantId>, next: Option<PageLink> },
    /// Catalogue of a country: products, SKUs, terms, with prices.
    Catalogue { country: String },
}

/// A reseller whose fitness is asked.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ResellerToCheck {
    /// Its tenant, for the agreement.
    pub tenant: TenantId,
    /// Its PartnerID (PLA), for the record; empty when unknown.
    pub partner_id: String,
}

/// Headers that make a request traceable and repeatable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestIds {
    /// `MS-RequestId`.
    pub request_key: RequestKey,
    /// `MS-CorrelationId`.
    pub correlation_id: CorrelationId,
}

/// Password of a new tenant on its way to the seal. No `Clone`, prints `[redacted]`, wiped when dropped.
pub struct OneTimeSecret {
    bytes: Vec<u8>,
}

impl OneTimeSecret {
    /// Takes the bytes over.
    #[must_use]
    pub fn new(bytes: Vec<u8>) -> Self {
        Self { bytes }
    }
    /// Only for sealing.
    #[must_use]
    pub fn expose(&self) -> &[u8] {
        &self.bytes
    }
}

impl Drop for OneTimeSecret {
    fn drop(&mut self) {
        zeroize::Zeroize::zeroize(&mut self.bytes);
    }
}

impl std::fmt::Debug for OneTimeSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[redacted]")
    }
}

/// A new tenant.
#[derive(Debug)]
pub struct CreatedCustomer {
    /// Tenant.
    pub tenant: TenantId,
    /// Domain as answered, without `.onmicrosoft.com`.
    pub domain_prefix: String,
    /// Admin user name, `admin@…`.
    pub user_name: String,
    /// The password; `None` when the answer carried none.
    pub password: Option<OneTimeSecret>,
    /// A 2xx body that did not parse, kept to be sealed raw (C2).
    pub unreadable: Option<OneTimeSecret>,
}

/// Name, contact and address of a customer as the server has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteProfile {
    /// Its id, to be sent back with a change.
    pub id: String,
    /// Its tag.
    pub etag: String,
    /// What it says.
    pub profile: CustomerProfile,
}

/// A subscription as the server has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteSubscription {
    /// What can be changed.
    pub values: Values,
    /// What else is told of it.
    pub details: Details,
    /// Its name.
    pub name: String,
    /// End of the term.
    pub ends_at: Option<Timestamp>,
    /// The whole of it can be cancelled until then.
    pub cancellable_until: Option<Timestamp>,
    /// PartnerID on record.
    pub partner_id: Option<String>,
}

/// How far moved licences are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UpgradeState {
    Started,
    Completed,
    Failed,
}

/// Licences that were moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteUpgrade {
    /// To which product.
    pub target: SkuKey,
    /// How many.
    pub quantity: u32,
    /// When, where told.
    pub at: Option<Timestamp>,
    /// How far.
    pub state: UpgradeState,
    /// The subscription that has them now, where another one.
    pub to: Option<String>,
}

/// A product that licences can be moved to.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Target {
    /// Product and SKU.
    pub sku: SkuKey,
    /// Its name.
    pub title: String,
    /// Most licences that can be moved.
    pub quantity: u32,
}

/// A support contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteContact {
    /// It is the provider itself.
    pub is_provider: bool,
    /// Tenant; empty for the provider on its way to the server, which asks for its own.
    pub tenant: String,
    /// PartnerID.
    pub partner_id: String,
    /// Name.
    pub name: String,
}

/// A customer found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundCustomer {
    /// Tenant.
    pub tenant: TenantId,
    /// Domain prefix.
    pub domain_prefix: String,
    /// Company name.
    pub company_name: String,
    /// Reseller's tenant, where told.
    pub reseller_tenant: Option<TenantId>,
}

/// A line of an order or cart as the server has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteLine {
    /// Line number.
    pub number: u32,
    /// Product and SKU.
    pub sku: SkuKey,
    /// Licences.
    pub quantity: u32,
    /// Term as written, for example `P1Y`.
    pub term: String,
    /// Billing cycle as written, lower case.
    pub cycle: String,
    /// Subscription id once provisioned.
    pub subscription_id: Option<String>,
    /// Error code of the line, 0 when fine.
    pub error: u32,
    /// Total price of the line in minor units, where told.
    pub extended_price_minor: Option<i64>,
}

/// An order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteOrder {
    /// Id.
    pub id: String,
    /// Status, lower case.
    pub status: String,
    /// Made when.
    pub created_at: Option<Timestamp>,
    /// Lines.
    pub lines: Vec<RemoteLine>,
}

/// Result of a checkout: some order groups may have failed (S5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckoutResult {
    /// Orders made.
    pub orders: Vec<RemoteOrder>,
    /// Codes of the groups that failed.
    pub errors: Vec<u32>,
}

/// Where a list goes on, as Partner Center gave it: an address and the headers that it wants.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct PageLink {
    /// Address, whole or below the base.
    pub uri: String,
    /// Names and values.
    pub headers: Vec<(String, String)>,
}

/// A good answer.
#[derive(Debug)]
pub enum Answer {
    /// To `Probe`.
    Alive,
    /// To `CheckDomain`.
    DomainFree(bool),
    /// To `CheckAddress`: accepted, and a suggestion where the server has one.
    Address { accepted: bool, suggestion: Option<String> },
    /// To `CountryRules`.
    CountryRules(String),
    /// To `CheckReseller`.
    ResellerFitness(Fitness),
    /// To `CheckResellers`: by PartnerID, in the order asked; what was not answered is `None` in it.
    ResellersChecked(Vec<(ResellerToCheck, Findings)>),
    /// To `ListResellers`; ids are made by the book.
    Resellers(Vec<Reseller>),
    /// To `CreateCustomer`.
    Created(Box<CreatedCustomer>),
    /// To `FindCustomer` and `ListCustomers`.
    Customers(Vec<FoundCustomer>),
    /// To `CustomerPage`: without a link it was the last one.
    CustomerPage { customers: Vec<FoundCustomer>, next: Option<PageLink> },
    /// To `AccountReview`.
    Review(AccountReview),
    /// To `ReadRecord` and `SetRecord`: what is on record there now.
    Record(Option<String>),
    /// To `ReadSubscription` and `ChangeSubscription`: as it stands there now.
    Subscription(Box<RemoteSubscription>),
    /// To `ReadUpgrades`.
    Upgrades(Vec<RemoteUpgrade>),
    /// To `Upgrade`.
    Upgraded(RemoteUpgrade),
    /// To `UpgradeTargets`.
    UpgradeTargets(Vec<Target>),
    /// To `ReadSupportContact` and `SetSupportContact`: who it is now.
    SupportContact(RemoteContact),
    /// To `ReadProfile` and `UpdateProfile`: what stands there now.
    Profile(Box<RemoteProfile>),
    /// To `ConfirmAgreement`.
    AgreementConfirmed,
    /// To `AgreementStatus`.
    Agreement { attested: bool, signed_by_customer: bool },
    /// To `CreateCart`: id and lines (a line may carry an error).
    Cart { cart_id: String, lines: Vec<RemoteLine> },
    /// To `ReadCart`: `active`, `ordered` …
    CartStatus(String),
    /// To `CheckoutCart`.
    CheckedOut(CheckoutResult),
    /// To `ListOrders`.
    Orders(Vec<RemoteOrder>),
    /// To `ListSubscriptions`; book ids and customer are filled in by the app.
    Subscriptions(Vec<Subscription>),
    /// To `Catalogue`.
    Catalogue(Vec<Offer>),
}

/// How a refusal is classed (N6), by operation, status and code, never by text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefusalClass {
    DoneAlready,
    Busy,
    Permission,
    Fixable,
    Conflict,
    NotFound,
    Other,
}

/// What came of a request.
#[derive(Debug)]
pub enum Outcome {
    /// A good answer, with the server's `Date` where it had one.
    Done { answer: Answer, server_date: Option<Timestamp> },
    /// Provably nothing left this machine.
    NotSent,
    /// It may or may not have taken effect.
    Unknown,
    /// Wait; the queue pauses.
    Throttled { retry_after: Option<Duration> },
    /// The token was refused twice.
    SignIn,
    /// MFA is demanded (900421).
    MfaNeeded,
    /// A definite no.
    Refused { class: RefusalClass, status: u16, code: u32, data: Vec<String> },
}

/// Partner Center, as the driver sees it. Never panics; never retries a changing call by itself.
#[async_trait]
pub trait Remote: Send + Sync {
    /// Sends one request and waits for what comes of it.
    async fn send(&self, call: &Call, ids: RequestIds) -> Outcome;
}
