//! The outbox: operations with state and history.

use super::customers::HoldReasonView;
use super::explanation::ExplanationView;
use super::subscriptions::SubscriptionChangeKind;
use super::{view, words};

words! {
    /// Kinds of operation.
    pub enum OperationKindView { CreateCustomer, ConfirmAgreement, CreateCart, CheckoutCart, VerifyOrder, UpdateCustomerProfile, SetResellerOfRecord, ChangeSubscription, UpgradeSubscription, SetSupportContact }
    /// States shown.
    pub enum OperationStateView { Waiting, Sending, OnHold, NeedsAttention, Confirmed, Cancelled }
    /// Filter of the list.
    pub enum OutboxFilter { All, Waiting, OnHold, NeedsAttention, Confirmed }
    /// Who can mend it.
    pub enum FixerView { Us, Reseller, Customer, Microsoft }
    /// Why it needs attention.
    pub enum AttentionReasonView {
        DomainTaken, DomainTakenOrHalfCreated, CustomerDetails, Address, PostalCode, Email, RegistrationNumber, Phone,
        ResellerNotFit, ResellerUnknown, AgreementMissing, AccountNotAllowed, ProductGone, PriceChanged, Quantity,
        TermNotOffered, CustomEndDate, PartialCheckout, OrderDiffers, OrderMayExist, OutcomeUnknown, ApprovalTooOld,
        CartExpired, Permission, MicrosoftAgreement, Credit, Unexpected, Difference,
        RecordNotSupported, RecordChanged, OwnPartnerId, WindowClosed, UpgradeRefused, ContactChanged,
        TermOver,
    }
    /// What a waiting operation waits for.
    pub enum WaitsFor { Nothing, Customer, Agreement, Cart, Checkout, Change, LookUp, Network, Turn, Retry, Review, WorkingOffline, Paused, Throttled, SignIn }
    /// One step of the history.
    pub enum HistoryKind { Submitted, Corrected, Sent, Answered, NotSent, NoAnswer, LookedUp, Held, Released, Confirmed, NeedsAttention, Cancelled, Adopted, Resolved, Disowned }
    /// What can be done with it now.
    pub enum OperationAction {
        /// Open the form at the field.
        Mend,
        /// Cancel it with all that depends on it.
        Cancel,
        /// Look again.
        CheckAgain,
        /// Approve again as it is (price changed, approval too old).
        ApproveAgain,
        /// Say, after lookups found nothing, that it may be sent again.
        SendAgain,
        /// Say which of the objects found is the one it made.
        Link,
        /// Say that an order found is not ours.
        Disown,
        /// Order what a partial checkout refused, as a new operation.
        OrderRest,
        /// Leave what a partial checkout refused.
        GiveUpRest,
        /// Say, field by field, what is right.
        Resolve,
    }
    /// What became of a line of the order.
    pub enum LineState { Open, Bought, Refused }
}

view! {
    /// An operation by what tells it from the next one of its kind.
    pub struct OperationName {
        /// Id.
        pub id: String,
        /// Kind.
        pub kind: OperationKindView,
        /// Licences that it leads to; 0 otherwise.
        pub licences: u32,
        /// Product of the subscription that is changed; empty otherwise.
        pub product: String,
        /// What is changed about it; `None` for all else.
        pub change: Option<SubscriptionChangeKind>,
        /// Automatic renewal as it shall be; `None` when that is not what changes.
        pub auto_renew: Option<bool>,
        /// What it is changed to: reseller, contact or product; empty otherwise.
        pub target: String,
    }
    /// A row of the outbox.
    pub struct OperationRow {
        /// Id.
        pub id: String,
        /// Onboarding it belongs to.
        pub onboarding_id: String,
        /// Onboarding session it belongs to; `None` when none.
        pub session_id: Option<String>,
        /// Name of that session; empty when none.
        pub session_name: String,
        /// Kind.
        pub kind: OperationKindView,
        /// State.
        pub state: OperationStateView,
        /// Customer.
        pub customer_id: String,
        /// Customer's name.
        pub customer_name: String,
        /// Town, domain or both, where another customer of the list has the same name; empty otherwise.
        pub customer_hint: String,
        /// When that customer was entered, where town and domain do not tell it from another; `None` otherwise.
        pub customer_entered: Option<String>,
        /// Lines of the order; 0 otherwise.
        pub lines: u32,
        /// Licences of the order, or those that a change leads to; 0 otherwise.
        pub licences: u32,
        /// Product of the subscription that is changed; empty otherwise.
        pub product: String,
        /// What is changed about it; `None` for all else.
        pub change: Option<SubscriptionChangeKind>,
        /// Automatic renewal as it shall be; `None` when that is not what changes.
        pub auto_renew: Option<bool>,
        /// What it is changed to: reseller, contact or product; empty otherwise.
        pub target: String,
        /// What it waits for.
        pub waits_for: WaitsFor,
        /// The earlier change that it waits for; `None` when it waits for none.
        pub after: Option<OperationName>,
        /// Not tried before.
        pub not_before: Option<String>,
        /// Hold reason.
        pub hold: Option<HoldReasonView>,
        /// Since when on hold.
        pub hold_since: Option<String>,
        /// Reason it needs attention.
        pub attention: Option<AttentionReasonView>,
        /// Setup info waits to be handed over.
        pub setup_info_waits: bool,
        /// Last change.
        pub updated_at: String,
    }
    /// The outbox, in the order in which operations must go; confirmed ones newest first at the end (at most 500).
    pub struct OutboxView {
        /// Rows that match the filter.
        pub rows: Vec<OperationRow>,
        /// All.
        pub all: u32,
        /// Waiting and sending.
        pub waiting: u32,
        /// On hold.
        pub on_hold: u32,
        /// Needs attention.
        pub needs_attention: u32,
        /// Confirmed.
        pub confirmed: u32,
    }
    /// One step of the history.
    pub struct HistoryEntry {
        /// When.
        pub at: String,
        /// What.
        pub kind: HistoryKind,
        /// HTTP status; 0 when none.
        pub status: u16,
        /// Partner Center's code; 0 when none.
        pub code: u32,
        /// Correlation id to quote to Microsoft support; empty when none.
        pub correlation_id: String,
        /// Reason key; empty when none.
        pub reason: String,
    }
    /// An operation, opened.
    pub struct OperationDetail {
        /// The row.
        pub row: OperationRow,
        /// Who can mend it.
        pub fixer: Option<FixerView>,
        /// Field to mend, for example `customer.postalCode`; empty when none.
        pub field: String,
        /// What stands in that field now; empty when none.
        pub field_value: String,
        /// The outcome is not known for sure.
        pub ambiguous: bool,
        /// What can be done.
        pub actions: Vec<OperationAction>,
        /// Operations that *Cancel* takes out, this one included.
        pub cancels: u32,
        /// Orders among them.
        pub cancels_orders: u32,
        /// Changes among them that wait for this one, in the order in which they would go; without this one.
        pub cancels_changes: Vec<OperationName>,
        /// Newest first.
        pub history: Vec<HistoryEntry>,
        /// What was approved, line by line (order) or empty.
        pub order_lines: Vec<OperationLine>,
        /// Prices differ from the approved ones, or the approval is too old: totals then and now. `None` otherwise.
        pub prices: Option<PriceChange>,
        /// Names what *Approve again* approves; to be sent with it (W2).
        pub approval: String,
        /// Requests, newest first.
        pub attempts: Vec<AttemptView>,
        /// What a look-up found that may be ours.
        pub found: Vec<FoundView>,
        /// Orders found of which the person has said that they are not ours.
        pub disowned: Vec<FoundView>,
        /// What differs between book and Partner Center.
        pub difference: Option<DifferenceView>,
        /// What a change of a customer changes: each field before and after.
        pub changes: Vec<FieldChange>,
        /// What products and support contacts are called that `difference` and `changes` name by their key.
        pub titles: Vec<ProductTitle>,
    }
    /// What a product is called.
    pub struct ProductTitle {
        /// Product and plan as fields write them: `CFQ7TTC0LDPB:0001`; or the PartnerID of a support contact.
        pub key: String,
        /// Its name.
        pub title: String,
    }
    /// Totals for the whole term, then and now.
    pub struct PriceChange {
        /// As approved, in major units; `None` where a price was not known.
        pub approved: Option<f64>,
        /// As it is now.
        pub now: Option<f64>,
        /// ISO currency.
        pub currency: String,
    }
    /// One request.
    pub struct AttemptView {
        /// Number, from 1.
        pub number: u32,
        /// Started.
        pub started_at: String,
        /// Outcome in one word: `done`, `refused`, `unknown` …; empty while under way.
        pub outcome: String,
        /// HTTP status; 0 when none.
        pub status: u16,
        /// Partner Center's code; 0 when none.
        pub code: u32,
        /// What the answer means; `None` for a good one and for none.
        pub explanation: Option<ExplanationView>,
        /// Correlation id to quote to Microsoft support.
        pub correlation_id: String,
    }
    /// Something in Partner Center that may be what the operation made.
    pub struct FoundView {
        /// Id to link.
        pub id: String,
        /// Its name.
        pub name: String,
        /// When it was made, where told.
        pub at: Option<String>,
        /// An order with exactly the approved lines.
        pub same: bool,
    }
    /// One field before and after a change.
    pub struct FieldChange {
        /// Field, for example `city`.
        pub field: String,
        /// Before.
        pub before: String,
        /// After.
        pub after: String,
    }
    /// One field with its three values.
    pub struct DifferenceField {
        /// Field, for example `city`.
        pub field: String,
        /// Last known.
        pub base: String,
        /// Wanted here.
        pub mine: String,
        /// In Partner Center now.
        pub theirs: String,
        /// Changed on both sides, and not alike.
        pub conflict: bool,
    }
    /// Book and Partner Center were both changed.
    pub struct DifferenceView {
        /// Fields that are not the same everywhere, in the order of the form.
        pub fields: Vec<DifferenceField>,
        /// When the last known values were read; empty when that was not kept.
        pub base_at: String,
        /// When the wanted values were approved.
        pub mine_at: String,
        /// When Partner Center's values were read.
        pub theirs_at: String,
    }
    /// A value that the person decided on.
    pub struct DecidedField {
        /// Field.
        pub field: String,
        /// Value.
        pub value: String,
    }
    /// Name, contact and address of a customer, to be edited.
    pub struct ProfileView {
        /// Customer.
        pub customer_id: String,
        /// Its name.
        pub customer_name: String,
        /// Read from Partner Center; without, the values are what the book holds, not compared yet.
        pub known: bool,
        /// The address is among the values. Without, the form would open half-filled.
        pub whole: bool,
        /// It is not whole and being read right now; the topic `customers` tells when that has ended.
        pub reading: bool,
        /// When it was read.
        pub read_at: Option<String>,
        /// A change that waits, needs attention or is under way; empty when none.
        pub operation_id: String,
        /// State of that change.
        pub state: Option<OperationStateView>,
        /// Values by field, in the order of the form: the waiting change's where there is one.
        pub fields: Vec<DecidedField>,
        /// Fields of which another value can make Microsoft review the account anew, with the values that the book has
        /// of Partner Center, whatever waits.
        pub reviewed: Vec<DecidedField>,
        /// Country, which is never changed.
        pub country: String,
    }
    /// A line of an order in the outbox.
    pub struct OperationLine {
        /// Product.
        pub title: String,
        /// Licences.
        pub quantity: u32,
        /// Term.
        pub term: String,
        /// Cycle.
        pub cycle: String,
        /// Approved price of the line for its whole term, in major units.
        pub approved_price: Option<f64>,
        /// The same as it is now; `None` where the book has no price.
        pub price_now: Option<f64>,
        /// What became of it (partial checkout).
        pub state: LineState,
        /// Partner Center's code of its refusal; 0 when none.
        pub code: u32,
        /// What that code says; `None` where it is not known.
        pub reason: Option<AttentionReasonView>,
    }
}
