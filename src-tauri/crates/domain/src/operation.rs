//! Operations: changes meant for Partner Center, as they wait in the outbox.

use crate::catalogue::{BillingCycle, SkuKey, Term};
use crate::change::{ChangeSubscription, SetSupportContact, UpgradeSubscription, Values};
use crate::ids::{CorrelationId, CustomerId, OnboardingId, OperationId, RequestKey, SubscriptionId, TenantId};
use crate::money::Money;
use crate::profile::{KnownProfile, UpdateCustomerProfile};
use crate::record::SetResellerOfRecord;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Kinds of operation, in the order of an onboarding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OperationKind {
    CreateCustomer,
    ConfirmAgreement,
    CreateCart,
    CheckoutCart,
    VerifyOrder,
    /// A change of name, contact or address of a customer that exists.
    UpdateCustomerProfile,
    /// Another reseller of record on a subscription that exists.
    SetResellerOfRecord,
    /// Licences, renewal, cancellation, suspension of a subscription that exists.
    ChangeSubscription,
    /// Licences of a subscription moved to another product.
    UpgradeSubscription,
    /// Another support contact on an older subscription.
    SetSupportContact,
}

/// States of `sync-and-safety.md` section 3. `draft` is a row of the drafts table, not an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OperationState {
    Queued,
    InFlight,
    Unknown,
    NeedsAttention,
    Confirmed,
    Cancelled,
}

/// Why a queued operation is on hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HoldReason {
    CustomerUnderReview,
    AgreementOpen,
    ResellerNotFit,
    TenantBeingMade,
    /// The keychain of this machine is missing or refuses: no password could be kept (C1).
    KeychainMissing,
    /// Its onboarding session holds everything until the person releases it. Nothing else lets it go.
    SessionNotReleased,
}

/// Who can mend what needs attention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fixer {
    Us,
    Reseller,
    Customer,
    Microsoft,
}

/// Why an operation needs a person. The UI has one text per reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttentionReason {
    DomainTaken,
    DomainTakenOrHalfCreated,
    CustomerDetails,
    Address,
    PostalCode,
    Email,
    RegistrationNumber,
    Phone,
    ResellerNotFit,
    ResellerUnknown,
    AgreementMissing,
    AccountNotAllowed,
    ProductGone,
    PriceChanged,
    Quantity,
    TermNotOffered,
    CustomEndDate,
    PartialCheckout,
    OrderDiffers,
    OrderMayExist,
    OutcomeUnknown,
    ApprovalTooOld,
    CartExpired,
    Permission,
    MicrosoftAgreement,
    Credit,
    Unexpected,
    /// Partner Center and the book were changed both: three values per field.
    Difference,
    /// Partner Center takes no reseller of record on this subscription (800098).
    RecordNotSupported,
    /// Somebody has named another reseller of record since the person looked.
    RecordChanged,
    /// The provider's own PartnerID was named as the reseller's (2072).
    OwnPartnerId,
    /// The seven-day window has closed before it could be sent.
    WindowClosed,
    /// Partner Center does not move these licences to that product.
    UpgradeRefused,
    /// Somebody has named another support contact since the person looked.
    ContactChanged,
    /// It was about the end of a term that has ended meanwhile: a later one runs.
    TermOver,
}

/// What needs attention, and what the answer was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attention {
    /// Why.
    pub reason: AttentionReason,
    /// The outcome is not known for sure: may not be cancelled or edited without lookups (S3, S9, S10).
    pub ambiguous: bool,
    /// Form field to mend, for example `customer.postalCode`; empty when none.
    pub field: String,
    /// HTTP status of the answer; 0 when none came.
    pub status: u16,
    /// Partner Center's code; 0 when none came.
    pub code: u32,
}

/// One order line, frozen at Submit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderLine {
    /// Line number in the cart, from 0.
    pub number: u32,
    /// The wanted subscription in the book.
    pub subscription_id: SubscriptionId,
    /// Product and SKU.
    pub sku: SkuKey,
    /// Name at the time of Submit.
    pub title: String,
    /// Licences.
    pub quantity: u32,
    /// Term.
    pub term: Term,
    /// Billing cycle.
    pub cycle: BillingCycle,
    /// Price of one licence for the whole term that the person saw.
    pub term_price: Option<Money>,
    /// Custom end date.
    pub custom_end: Option<Date>,
    /// Add-on of the line with this number.
    pub base_number: Option<u32>,
}

/// What is wanted, frozen at Submit (its canonical JSON bytes and their SHA-256 are stored).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum OperationPayload {
    /// Make the tenant.
    CreateCustomer(Box<CreateCustomer>),
    /// Attest the Microsoft Customer Agreement.
    ConfirmAgreement(ConfirmAgreement),
    /// Make the cart.
    CreateCart(CreateCart),
    /// Buy the cart that `create_cart` made.
    CheckoutCart,
    /// Read the order back and compare.
    VerifyOrder,
    /// Change name, contact or address.
    UpdateCustomerProfile(Box<UpdateCustomerProfile>),
    /// Name another reseller of record.
    SetResellerOfRecord(Box<SetResellerOfRecord>),
    /// Change a subscription.
    ChangeSubscription(Box<ChangeSubscription>),
    /// Move licences to another product.
    UpgradeSubscription(Box<UpgradeSubscription>),
    /// Name another support contact.
    SetSupportContact(Box<SetSupportContact>),
}

impl OperationPayload {
    /// The cart that this payload makes; `None` for everything that makes none.
    #[must_use]
    pub fn cart(&self) -> Option<&CreateCart> {
        match self {
            Self::CreateCart(cart) => Some(cart),
            Self::CreateCustomer(_)
            | Self::ConfirmAgreement(_)
            | Self::CheckoutCart
            | Self::VerifyOrder
            | Self::UpdateCustomerProfile(_)
            | Self::SetResellerOfRecord(_)
            | Self::ChangeSubscription(_)
            | Self::UpgradeSubscription(_)
            | Self::SetSupportContact(_) => None,
        }
    }

    /// The support contact that this payload names; `None` for everything that names none.
    #[must_use]
    pub fn support_contact(&self) -> Option<&SetSupportContact> {
        if let Self::SetSupportContact(contact) = self { Some(contact) } else { None }
    }

    /// The kind of this payload.
    #[must_use]
    pub fn kind(&self) -> OperationKind {
        match self {
            Self::CreateCustomer(_) => OperationKind::CreateCustomer,
            Self::ConfirmAgreement(_) => OperationKind::ConfirmAgreement,
            Self::CreateCart(_) => OperationKind::CreateCart,
            Self::CheckoutCart => OperationKind::CheckoutCart,
            Self::VerifyOrder => OperationKind::VerifyOrder,
            Self::UpdateCustomerProfile(_) => OperationKind::UpdateCustomerProfile,
            Self::SetResellerOfRecord(_) => OperationKind::SetResellerOfRecord,
            Self::ChangeSubscription(_) => OperationKind::ChangeSubscription,
            Self::UpgradeSubscription(_) => OperationKind::UpgradeSubscription,
            Self::SetSupportContact(_) => OperationKind::SetSupportContact,
        }
    }
}

/// Payload of `create_customer`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreateCustomer {
    /// Reseller's tenant, for `associatedPartnerId`.
    pub reseller_tenant: TenantId,
    /// Prefixes to try, first is the wanted one.
    pub prefixes: Vec<String>,
    /// Legal name.
    pub company_name: String,
    /// ISO country.
    pub country: String,
    /// Registration number where demanded.
    pub registration_number: Option<String>,
    /// Address line 1.
    pub address_line_1: String,
    /// Address line 2.
    pub address_line_2: Option<String>,
    /// City.
    pub city: String,
    /// State.
    pub state: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// Contact's first name.
    pub first_name: String,
    /// Contact's last name.
    pub last_name: String,
    /// Contact's e-mail.
    pub email: String,
    /// Contact's phone.
    pub phone: Option<String>,
    /// Language.
    pub language: String,
    /// Culture.
    pub culture: String,
    /// Special qualification, `None` for a commercial customer.
    pub qualification: Option<String>,
}

/// Payload of `confirm_agreement`. Without a date the customer accepts it himself and the operation polls for that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfirmAgreement {
    /// Signer's first name.
    pub first_name: String,
    /// Signer's last name.
    pub last_name: String,
    /// Signer's e-mail.
    pub email: String,
    /// Signer's phone.
    pub phone: Option<String>,
    /// The day the customer accepted.
    pub agreed_on: Option<Date>,
}

/// Payload of `create_cart`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreateCart {
    /// PartnerID (PLA) of the reseller of record; `None` earns no incentive.
    pub reseller_partner_id: Option<String>,
    /// Lines.
    pub lines: Vec<OrderLine>,
}

/// What a confirmed operation brought.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OperationResult {
    /// `create_customer`: the new tenant.
    pub tenant_id: Option<TenantId>,
    /// `create_customer`: the prefix that was used.
    pub domain_prefix: Option<String>,
    /// `create_cart`: stored once, with `WHERE cart_id IS NULL` (S2).
    pub cart_id: Option<String>,
    /// `checkout_cart`: the orders.
    pub order_ids: Vec<String>,
    /// `create_cart`: orders that were there before and that the person has been shown (S4).
    pub orders_shown: Vec<String>,
    /// `checkout_cart`: what became of each line, where not all of them were bought (S5); empty otherwise.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<LineOutcome>,
    /// What a look-up found that may be ours, for a person to decide; empty when it found nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub found: Vec<Found>,
    /// `checkout_cart`: orders found of which the person has said that they are not ours; it never gets shorter. While
    /// there are any, the operation is only looked up, never sent (S3).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub disowned: Vec<Found>,
    /// `update_customer_profile`: what Partner Center says instead of what was last known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub theirs: Option<KnownProfile>,
    /// `set_reseller_of_record`: the PartnerID that stood there when the person was asked; empty when none did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record_shown: Option<String>,
    /// `change_subscription`, `upgrade_subscription`: what Partner Center says instead of what was last known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subscription: Option<Box<Values>>,
    /// `set_support_contact`: whom Partner Center names instead of the one that was last known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<ContactThere>,
}

/// The support contact that Partner Center names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactThere {
    /// Its PartnerID; empty when nobody is named.
    pub partner_id: String,
    /// Its name, as Partner Center writes it.
    pub name: String,
    /// It is the provider: named, or because nobody is.
    pub is_provider: bool,
}

/// What became of one line of a checkout (S5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineOutcome {
    /// Number of the line in the cart.
    pub number: u32,
    /// The order it was bought with; `None` when it was refused.
    pub order_id: Option<String>,
    /// Partner Center's code of its refusal; 0 when it was bought, or when several groups were refused and the answer
    /// does not say which one it was in.
    pub code: u32,
}

/// Something in Partner Center that may be what an operation of unknown outcome made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// Tenant id of a customer, or id of an order.
    pub id: String,
    /// Its name: the company, or the products with their licences.
    pub name: String,
    /// When it was made, where told.
    pub at: Option<Timestamp>,
    /// Numbers of the approved lines that an order has; empty for a customer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<u32>,
    /// An order with exactly the approved lines.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub same: bool,
}

/// An operation in the outbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operation {
    /// Id.
    pub id: OperationId,
    /// Submit that made it.
    pub onboarding_id: OnboardingId,
    /// Customer it is for.
    pub customer_id: CustomerId,
    /// Order in the outbox; grows.
    pub sequence: i64,
    /// Grows with each correction.
    pub revision: u32,
    /// State.
    pub state: OperationState,
    /// Operations that must be confirmed first.
    pub parents: Vec<OperationId>,
    /// Frozen intent.
    pub payload: OperationPayload,
    /// SHA-256 of the payload's canonical JSON, hex.
    pub payload_hash: String,
    /// `MS-RequestId` of this revision.
    pub request_key: RequestKey,
    /// Index into `CreateCustomer::prefixes` in use.
    pub prefix_index: u32,
    /// Tries under this key that reached the wire.
    pub wire_tries: u32,
    /// An outcome under this key was unknown once (sticky, S8).
    pub ever_unknown: bool,
    /// Not to be tried before.
    pub not_before: Option<Timestamp>,
    /// On hold, and for what.
    pub hold: Option<HoldReason>,
    /// Since when it is on hold.
    pub hold_since: Option<Timestamp>,
    /// What needs attention.
    pub attention: Option<Attention>,
    /// What it brought.
    pub result: OperationResult,
    /// When the person approved it.
    pub approved_at: Timestamp,
    /// Tenant of the partner it was approved for; sending as another is refused.
    pub partner_tenant: TenantId,
    /// Last change.
    pub updated_at: Timestamp,
}

/// One request of an operation (S6): committed before the first byte leaves, completed with the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// Operation.
    pub operation_id: OperationId,
    /// Number within the operation, from 1.
    pub number: u32,
    /// Request key used.
    pub request_key: RequestKey,
    /// Correlation id, to quote to Microsoft support.
    pub correlation_id: CorrelationId,
    /// Hash of the payload sent.
    pub payload_hash: String,
    /// Started.
    pub started_at: Timestamp,
    /// Ended; `None` while under way or when the app was killed.
    pub ended_at: Option<Timestamp>,
    /// Outcome in one word: `done`, `not_sent`, `unknown`, `throttled`, `sign_in`, `refused`, `busy` …; empty while open.
    pub outcome: String,
    /// HTTP status, 0 when none.
    pub status: u16,
    /// Partner Center's code, 0 when none.
    pub code: u32,
}

/// Where a one-time password stands (section 5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecretState {
    KeyReady,
    Sealed,
    Showing,
    Destroying,
    Destroyed,
    Unavailable,
}

/// What a Submit was for, frozen: the confirmation is built from it, also after a restart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Onboarding {
    /// Id.
    pub id: OnboardingId,
    /// The draft's purpose at Submit.
    pub purpose: crate::draft::DraftPurpose,
    /// Customer.
    pub customer_id: CustomerId,
    /// Reseller it is for.
    pub reseller_id: Option<crate::ids::ResellerId>,
    /// Reseller of record of the order.
    pub reseller_of_record: Option<crate::ids::ResellerId>,
    /// The content as submitted; opened again when something must be mended.
    pub content: crate::draft::DraftContent,
    /// Hash of the frozen payloads that the person reviewed (W2).
    pub hash: String,
    /// When.
    pub submitted_at: Timestamp,
}

/// Kinds of entries in an operation's history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    Submitted,
    Corrected,
    Sent,
    Answered,
    NotSent,
    NoAnswer,
    LookedUp,
    Held,
    Released,
    Confirmed,
    NeedsAttention,
    Cancelled,
    Adopted,
    /// A difference was resolved; the reason says how: `mine`, `theirs` or `edited`.
    Resolved,
    /// The person said that an order found is not ours; the reason is its id.
    Disowned,
}

/// An entry of an operation's history: appended, never changed (S11).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Operation.
    pub operation_id: OperationId,
    /// When, UTC.
    pub at: Timestamp,
    /// What.
    pub kind: EventKind,
    /// State after it.
    pub state: OperationState,
    /// HTTP status, 0 when none.
    pub status: u16,
    /// Partner Center's code, 0 when none.
    pub code: u32,
    /// Correlation id of the request.
    pub correlation_id: Option<CorrelationId>,
    /// Reason in one word: an attention or hold reason in snake case; empty when none.
    pub reason: String,
}
