//! A customer's page.

use super::customers::{CustomerRow, ResellerRow, SubscriptionRow};
use super::outbox::OperationRow;
use super::{view, words};

words! {
    /// Microsoft's review of the account.
    pub enum AccountReviewView { Unknown, UnderReview, Allowed, NotAllowed, NotReady }
    /// Where the Microsoft Customer Agreement stands.
    pub enum AgreementView { Open, Attested, SignedByCustomer }
}

view! {
    /// A reseller that has to do with a customer.
    pub struct CustomerReseller {
        /// The reseller.
        pub row: ResellerRow,
        /// The customer is listed under it.
        pub listed: bool,
        /// Live subscriptions of this customer with it on record.
        pub on_record: u32,
    }
    /// An order of a customer.
    pub struct CustomerOrder {
        /// Partner Center's id.
        pub order_id: String,
        /// When.
        pub at: String,
        /// Lines.
        pub lines: Vec<CustomerOrderLine>,
        /// Reseller of record; empty when none.
        pub reseller_name: String,
    }
    /// A line of an order.
    pub struct CustomerOrderLine {
        /// Product.
        pub product_name: String,
        /// Licences.
        pub quantity: u32,
    }
    /// A customer's page. Name, contact and address come with `customer_profile`, which reads them when need be.
    pub struct CustomerPageView {
        /// The row.
        pub row: CustomerRow,
        /// Registration number; empty when none.
        pub registration_number: String,
        /// Contact name.
        pub contact_name: String,
        /// Contact e-mail.
        pub contact_email: String,
        /// Account review as last seen.
        pub review: AccountReviewView,
        /// Agreement as last seen.
        pub agreement: AgreementView,
        /// Who signs it, where an onboarding of this book told; empty otherwise.
        pub signer_name: String,
        /// Day on which the customer accepted it; `None` when it is not known here.
        pub agreed_on: Option<String>,
        /// Resellers: the one it is listed under first, then those on record.
        pub resellers: Vec<CustomerReseller>,
        /// Subscriptions, newest first.
        pub subscriptions: Vec<SubscriptionRow>,
        /// Orders, newest first, at most 50.
        pub orders: Vec<CustomerOrder>,
        /// Operations that are not done, in the order in which they go.
        pub open: Vec<OperationRow>,
        /// Onboarding whose setup info waits; empty when none.
        pub setup_info_onboarding_id: String,
        /// Private note.
        pub note: String,
        /// Tags.
        pub tags: Vec<String>,
        /// Tags used anywhere, to choose from.
        pub known_tags: Vec<String>,
        /// When it entered the book.
        pub created_at: String,
        /// When Partner Center last confirmed it; `None` while it is only wanted.
        pub confirmed_at: Option<String>,
    }
}
