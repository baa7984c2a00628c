//! Support contacts of many subscriptions at once.

use super::customers::CommerceView;
use super::outbox::OperationStateView;
use super::resellers::NamedView;
use super::{view, words};

words! {
    /// What can be set in the support contacts list.
    pub enum SupportFilter { All, Deviating, WithoutContact, Older, New }
}

view! {
    /// What to list of support contacts.
    pub struct SupportQuery {
        /// Which.
        pub filter: SupportFilter,
        /// Reseller of record or of the customer; empty for all.
        pub reseller_id: String,
        /// Part of the customer's name or the product's.
        pub search: String,
        /// From the page before; empty for the first.
        pub after: String,
        /// Rows wanted, at most 200.
        pub limit: u32,
    }
    /// A subscription with its support contact.
    pub struct SupportRow {
        /// Subscription.
        pub subscription_id: String,
        /// Customer.
        pub customer_id: String,
        /// Its name.
        pub customer_name: String,
        /// Customer's reseller; empty for a direct customer.
        pub reseller_id: String,
        /// Its name.
        pub reseller_name: String,
        /// Product.
        pub product_name: String,
        /// Licences.
        pub quantity: u32,
        /// Older or new: for new commerce the contact is the book's own note.
        pub commerce: CommerceView,
        /// Contact; empty for the provider.
        pub contact_id: String,
        /// Its name; empty for the provider.
        pub contact_name: String,
        /// Somebody chose it.
        pub chosen: bool,
        /// The reseller's default; empty for the provider.
        pub default_id: String,
        /// Its name; empty for the provider.
        pub default_name: String,
        /// It is not the default.
        pub deviates: bool,
        /// A change of it waits; empty when none.
        pub operation_id: String,
        /// How that stands.
        pub state: Option<OperationStateView>,
    }
    /// Customers and subscriptions with their support contacts, by customer.
    pub struct SupportList {
        /// Rows.
        pub rows: Vec<SupportRow>,
        /// Cursor of the next page; empty at the end.
        pub next: String,
        /// Those that match, counted as far as a thousand.
        pub matching: u32,
        /// There are more.
        pub more: bool,
        /// Those among them that deviate from the default, counted as far as a thousand.
        pub deviating: u32,
        /// There are more of these.
        pub more_deviating: bool,
        /// Who can be it, besides the provider.
        pub choices: Vec<NamedView>,
        /// From when; `None` before Partner Center was ever read.
        pub as_of: Option<String>,
    }
    /// One change of a support contact.
    pub struct SupportChange {
        /// Subscription.
        pub subscription_id: String,
        /// Customer.
        pub customer_name: String,
        /// Product.
        pub product_name: String,
        /// Contact before; empty for the provider.
        pub from_name: String,
        /// Contact afterwards; empty for the provider.
        pub to_name: String,
        /// Only the book's own note.
        pub note_only: bool,
        /// It will not be the reseller's default.
        pub deviates: bool,
    }
    /// What *Submit* will do.
    pub struct SupportPreview {
        /// Changes.
        pub changes: Vec<SupportChange>,
        /// Those among them that are sent to Partner Center.
        pub sent: u32,
        /// Those that are the book's own note.
        pub notes: u32,
        /// Chosen ones that are so already, or that a change waits for.
        pub left_out: u32,
        /// Names what was looked at (W2).
        pub hash: String,
    }
}
