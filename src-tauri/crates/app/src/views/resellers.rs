//! Resellers in depth: the shield, the page, the work list, partnerships to place, and invitations of customers.

use super::customers::{CustomerRow, ResellerRow};
use super::outbox::{FixerView, OperationStateView};
use super::partnership::PartnershipRequestRow;
use super::{view, words};

words! {
    /// May an order name the reseller?
    pub enum ShieldKind {
        /// Yes.
        Fit,
        /// No.
        NotFit,
        /// The last good answer is old: not known, checked when sent.
        Stale,
        /// Never answered: not known, checked when sent.
        Unknown,
    }
    /// Why not.
    pub enum UnfitView { NotRequested, NotAccepted, Declined, Ended, PartnerIdMissing, PartnerIdNotValid, AgreementNotSigned, Suspended }
    /// What Partner Center answered to a question.
    pub enum AnswerView { Yes, No, Open }
    /// What can happen to a reseller on a practice day.
    pub enum PracticeEventKind {
        /// A reseller that stands as requested accepts; without one, a reseller that nobody knows.
        Accepts,
        /// The same under the reseller's name, but with a PartnerID and a tenant that the book does not know.
        AcceptsUnknown,
        /// The partnership is gone.
        Ends,
        /// Microsoft suspends the reseller.
        Suspended,
        /// Signed, valid, not suspended.
        Fit,
    }
    /// Why a subscription can't be moved to another reseller of record.
    pub enum StaysView {
        /// Older commerce: Partner Center takes no reseller of record.
        Legacy,
        /// Not provisioned yet.
        NotThereYet,
        /// A change is under way already.
        UnderWay,
    }
}

view! {
    /// The shield of a reseller.
    pub struct ShieldView {
        /// May an order name it?
        pub kind: ShieldKind,
        /// Why not.
        pub reason: Option<UnfitView>,
        /// Who can mend it.
        pub fixer: Option<FixerView>,
        /// Last answer.
        pub checked_at: Option<String>,
        /// Its age in days.
        pub days: u32,
    }
    /// Something that happens to a reseller on a practice day.
    pub struct PracticeResellerEvent {
        /// What.
        pub kind: PracticeEventKind,
        /// To whom; empty for a reseller that nobody knows.
        pub reseller_id: String,
    }
    /// Id and name.
    pub struct NamedView {
        /// Id.
        pub id: String,
        /// Name.
        pub name: String,
    }
    /// An order of one of its customers.
    pub struct ResellerOrder {
        /// Partner Center's id.
        pub order_id: String,
        /// Customer.
        pub customer_id: String,
        /// Its name.
        pub customer_name: String,
        /// When.
        pub at: String,
        /// Products.
        pub products: Vec<String>,
        /// Licences.
        pub licences: u32,
    }
    /// A reseller's page.
    pub struct ResellerPageView {
        /// The row.
        pub row: ResellerRow,
        /// Signed the Microsoft Partner Agreement?
        pub agreement: AnswerView,
        /// May its PartnerID stand on record?
        pub on_record: AnswerView,
        /// Partner Center's code where it may not; 0 without one.
        pub code: u32,
        /// Newest customers, at most 50.
        pub customers: Vec<CustomerRow>,
        /// Newest orders, at most 50.
        pub orders: Vec<ResellerOrder>,
        /// Requests, newest first.
        pub requests: Vec<PartnershipRequestRow>,
        /// Private note.
        pub note: String,
        /// Default support contact of its customers' subscriptions; empty for the provider.
        pub support_id: String,
        /// Who can be it, besides the provider.
        pub support_choices: Vec<NamedView>,
        /// Live subscriptions with it on record.
        pub on_record_count: u32,
        /// Tags used anywhere, to choose from.
        pub known_tags: Vec<String>,
    }
    /// A partnership that Partner Center lists and a person must place.
    pub struct PartnershipToPlace {
        /// Tenant ID.
        pub tenant_id: String,
        /// PartnerID; empty when not told.
        pub partner_id: String,
        /// Name.
        pub name: String,
        /// ISO country.
        pub country: String,
        /// First seen.
        pub seen_at: String,
        /// Who it may be, best first.
        pub candidates: Vec<ResellerRow>,
    }
    /// A subscription on the work list.
    pub struct HangingRow {
        /// Subscription.
        pub subscription_id: String,
        /// Product.
        pub product_name: String,
        /// Licences.
        pub quantity: u32,
        /// End of the term.
        pub ends_at: Option<String>,
        /// Customer.
        pub customer_id: String,
        /// Its name.
        pub customer_name: String,
        /// Why it can't be moved; it can when empty.
        pub stays: Option<StaysView>,
        /// The operation under way; empty when none.
        pub operation_id: String,
        /// How it stands.
        pub operation_state: Option<OperationStateView>,
    }
    /// What hangs on one reseller that is not fit.
    pub struct HangingGroup {
        /// The reseller.
        pub reseller: ResellerRow,
        /// Live subscriptions with it on record.
        pub subscriptions: Vec<HangingRow>,
    }
    /// A reseller to move subscriptions to.
    pub struct RecordChoice {
        /// Id.
        pub id: String,
        /// Name.
        pub name: String,
        /// PartnerID.
        pub partner_id: String,
        /// Its shield: one that is not fit can't be chosen.
        pub shield: ShieldView,
    }
    /// The work list.
    pub struct HangingList {
        /// One group per reseller, most subscriptions first.
        pub groups: Vec<HangingGroup>,
        /// Whom they can be moved to.
        pub choices: Vec<RecordChoice>,
    }
    /// One change of a preview.
    pub struct RecordChange {
        /// Subscription.
        pub subscription_id: String,
        /// Customer.
        pub customer_name: String,
        /// Product.
        pub product_name: String,
        /// Licences.
        pub quantity: u32,
        /// Reseller on record now.
        pub from_name: String,
        /// Its PartnerID; empty when unknown.
        pub from_partner_id: String,
    }
    /// What *Submit* will put into the outbox.
    pub struct RecordPreview {
        /// Changes.
        pub changes: Vec<RecordChange>,
        /// Chosen ones that stay as they are.
        pub left_out: u32,
        /// New reseller.
        pub to_name: String,
        /// Its PartnerID.
        pub to_partner_id: String,
        /// Its shield.
        pub shield: ShieldView,
        /// Names what was looked at (W2).
        pub hash: String,
    }
}
