//! Resellers, customers and their subscriptions.

use super::outbox::AttentionReasonView;
use super::resellers::{ShieldKind, ShieldView};
use super::{view, words};

words! {
    /// Partnership state.
    pub enum PartnershipView { Draft, Requested, Active, Declined, Ended }
    /// Fitness to order.
    pub enum FitnessView { Fit, AgreementNotSigned, PartnerIdNotValid, Suspended, Unknown }
    /// Where something stands, the most urgent thing first.
    pub enum StandsKind { Draft, Waiting, Sending, Confirmed, OnHold, NeedsAttention, WindowCloses, TermEnds, Active, Suspended, Expired, Cancelled, Pending }
    /// A state that customers are filtered by; a customer may be in several.
    pub enum CustomerStateView { NeedsAttention, OnHold, Waiting, WindowCloses, TermEnds, Draft, Confirmed }
    /// What a hold is for.
    pub enum HoldReasonView { CustomerUnderReview, AgreementOpen, ResellerNotFit, TenantBeingMade, KeychainMissing, SessionNotReleased }
    /// Sort column of a list.
    #[derive(Default)]
    pub enum SortBy { #[default] Name, Country, Seats, Customers, LastActivity, Reseller, Subscriptions }
    /// Older or new commerce.
    pub enum CommerceView { Legacy, New }
}

view! {
    /// Where something stands.
    pub struct Stands {
        /// Kind.
        pub kind: StandsKind,
        /// What the hold is for.
        pub hold: Option<HoldReasonView>,
        /// What needs attention.
        pub attention: Option<AttentionReasonView>,
        /// Deadline or end date, by kind.
        pub at: Option<String>,
        /// Licences that can go back, or operations waiting, by kind.
        pub count: u32,
    }
    /// A row of the resellers list.
    pub struct ResellerRow {
        /// Id.
        pub id: String,
        /// Name.
        pub name: String,
        /// PartnerID; empty when unknown.
        pub partner_id: String,
        /// Tenant ID; empty when unknown.
        pub tenant_id: String,
        /// ISO country.
        pub country: String,
        /// Town.
        pub town: String,
        /// Partnership.
        pub partnership: PartnershipView,
        /// Since when.
        pub partnership_since: Option<String>,
        /// Fitness.
        pub fitness: FitnessView,
        /// Checked when.
        pub fitness_checked_at: Option<String>,
        /// May an order name it, as judged now.
        pub shield: ShieldView,
        /// Its tags.
        pub tags: Vec<String>,
        /// Takes customers: *Add new customer* is offered.
        pub takes_customers: bool,
        /// Customers.
        pub customers: u32,
        /// Seats.
        pub seats: u32,
        /// Last activity.
        pub last_activity_at: Option<String>,
        /// Contact name.
        pub contact_name: String,
        /// Contact role.
        pub contact_role: String,
        /// Contact e-mail.
        pub contact_email: String,
        /// Contact phone.
        pub contact_phone: String,
    }
    /// What to list.
    pub struct ResellerQuery {
        /// Text searched; empty for all.
        pub search: String,
        /// Partnership states; empty for all.
        pub partnership: Vec<PartnershipView>,
        /// Fitness; empty for all.
        #[serde(default)]
        pub fitness: Vec<ShieldKind>,
        /// ISO country; empty for all.
        #[serde(default)]
        pub country: String,
        /// Sort column.
        pub sort: SortBy,
        /// Descending.
        pub descending: bool,
    }
    /// The resellers list. A distributor has tens to hundreds: it comes whole.
    pub struct ResellerList {
        /// Rows.
        pub rows: Vec<ResellerRow>,
        /// All in the book.
        pub total: u32,
        /// Active ones in the book.
        pub active: u32,
        /// Countries in the book.
        pub countries: Vec<String>,
        /// Partnerships that a person must place.
        pub to_place: u32,
        /// Live subscriptions that hang on a reseller that is not fit.
        pub hanging: u32,
        /// From when.
        pub as_of: Option<String>,
    }
    /// A row of the customers list.
    pub struct CustomerRow {
        /// Id.
        pub id: String,
        /// Microsoft ID; empty until made.
        pub tenant_id: String,
        /// Name.
        pub name: String,
        /// Alias; empty when none.
        pub alias: String,
        /// Domain prefix.
        pub domain_prefix: String,
        /// ISO country.
        pub country: String,
        /// Town.
        pub town: String,
        /// Reseller's id; empty when direct.
        pub reseller_id: String,
        /// Reseller's name.
        pub reseller_name: String,
        /// Subscriptions.
        pub subscriptions: u32,
        /// Seats.
        pub seats: u32,
        /// Where it stands.
        pub stands: Stands,
    }
    /// What to list.
    #[derive(Default)]
    pub struct CustomerQuery {
        /// Text searched over name, alias, domain, contact, registration number, Microsoft ID and town.
        pub search: String,
        /// Resellers; empty for all.
        pub reseller_ids: Vec<String>,
        /// Countries by ISO code; empty for all.
        pub countries: Vec<String>,
        /// Any of these states; empty for all.
        pub states: Vec<CustomerStateView>,
        /// Any of these tags; empty for all.
        #[serde(default)]
        pub tags: Vec<String>,
        /// Month `YYYY-MM` in which a term ends, in UTC; empty for all.
        pub renews_in: String,
        /// Sort column.
        pub sort: SortBy,
        /// Descending.
        pub descending: bool,
        /// From the page before; empty for the first.
        pub after: String,
        /// Number of the row to begin with, counted from 0, where the page before is not known.
        #[serde(default)]
        pub row: u32,
        /// Customer to have in the middle of the page, in the whole list in the order of names; empty otherwise.
        #[serde(default)]
        pub around: String,
        /// Rows wanted, at most 500.
        pub limit: u32,
    }
    /// A letter that names begin with.
    pub struct CustomerInitial {
        /// The letter, without accent, in upper case.
        pub letter: String,
        /// Number of the first row with it in the whole list in the order of names.
        pub row: u32,
    }
    /// A page of customers.
    pub struct CustomerPage {
        /// Rows.
        pub rows: Vec<CustomerRow>,
        /// Cursor of the next page; empty at the end.
        pub next: String,
        /// Number of the first row, where the page was asked for by `row` or `around`; 0 otherwise.
        pub first_row: u32,
        /// Rows that match, as far as they were counted.
        pub matching: u32,
        /// There are more than `matching`.
        pub more: bool,
        /// All in the book.
        pub total: u32,
        /// Countries in which there are customers.
        pub countries: Vec<String>,
        /// Tags that customers have.
        pub tags: Vec<String>,
        /// What names begin with, in the order of names.
        pub initials: Vec<CustomerInitial>,
        /// From when.
        pub as_of: Option<String>,
    }
    /// A subscription in an expanded row.
    pub struct SubscriptionRow {
        /// Id.
        pub id: String,
        /// Product.
        pub product_name: String,
        /// Licences.
        pub quantity: u32,
        /// `P1M`, `P1Y`, `P3Y`.
        pub term: String,
        /// `monthly`, `annual`, `triennial`, `none`.
        pub cycle: String,
        /// Commerce.
        pub commerce: CommerceView,
        /// Renewal or end date.
        pub ends_at: Option<String>,
        /// Renews by itself.
        pub auto_renew: bool,
        /// Where it stands.
        pub stands: Stands,
    }
    /// An expanded customer.
    pub struct CustomerDetail {
        /// The row.
        pub row: CustomerRow,
        /// Its subscriptions, newest first.
        pub subscriptions: Vec<SubscriptionRow>,
        /// Contact name.
        pub contact_name: String,
        /// Contact e-mail.
        pub contact_email: String,
        /// Onboarding whose setup info waits; empty when none.
        pub setup_info_onboarding_id: String,
    }
    /// An expanded reseller.
    pub struct ResellerDetail {
        /// The row.
        pub row: ResellerRow,
        /// Newest customers, at most five.
        pub newest_customers: Vec<CustomerRow>,
    }
}
