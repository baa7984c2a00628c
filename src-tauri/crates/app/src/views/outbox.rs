//! The outbox: operations with state and history.

use super::customers::HoldReasonView;
use super::{view, words};

words! {
    /// Kinds of operation.
    pub enum OperationKindView { CreateCustomer, ConfirmAgreement, CreateCart, CheckoutCart, VerifyOrder }
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
        CartExpired, Permission, MicrosoftAgreement, Credit, Unexpected,
    }
    /// What a waiting operation waits for.
    pub enum WaitsFor { Nothing, Customer, Agreement, Cart, Checkout, Network, Turn, Retry, Review }
    /// One step of the history.
    pub enum HistoryKind { Submitted, Corrected, Sent, Answered, NotSent, NoAnswer, LookedUp, Held, Released, Confirmed, NeedsAttention, Cancelled, Adopted }
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
    }
}

view! {
    /// A row of the outbox.
    pub struct OperationRow {
        /// Id.
        pub id: String,
        /// Onboarding it belongs to.
        pub onboarding_id: String,
        /// Kind.
        pub kind: OperationKindView,
        /// State.
        pub state: OperationStateView,
        /// Customer.
        pub customer_id: String,
        /// Customer's name.
        pub customer_name: String,
        /// Lines of the order; 0 otherwise.
        pub lines: u32,
        /// Licences of the order; 0 otherwise.
        pub licences: u32,
        /// What it waits for.
        pub waits_for: WaitsFor,
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
        /// Newest first.
        pub history: Vec<HistoryEntry>,
        /// What was approved, line by line (order) or empty.
        pub order_lines: Vec<OperationLine>,
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
    }
}
