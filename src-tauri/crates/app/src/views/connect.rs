//! *Connect with an existing customer*: the invitation, and those that nobody has answered yet.

use super::partnership::{MailDraftView, MailText};
use super::resellers::NamedView;
use super::{FieldProblem, Language, view, words};

words! {
    /// Where an invitation stands; stale is one that nobody has answered for seven days.
    pub enum InvitationStateView { Draft, Requested, Stale, Connected, GivenUp }
}

view! {
    /// An invitation, whole.
    pub struct CustomerInvitationView {
        /// Id.
        pub id: String,
        /// Where it stands.
        pub state: InvitationStateView,
        /// Since when it stands there.
        pub since: String,
        /// Reseller invited for as well; empty for the provider alone.
        pub reseller_id: String,
        /// Company.
        pub company: String,
        /// Domain or its prefix; may be empty.
        pub domain: String,
        /// Person written to; may be empty.
        pub contact_name: String,
        /// Their address.
        pub email: String,
        /// The mail.
        pub mail: MailDraftView,
        /// What keeps it from leaving.
        pub problems: Vec<FieldProblem>,
        /// Resellers that can be invited for.
        pub choices: Vec<NamedView>,
        /// Handed to the mail program.
        pub opened_at: Option<String>,
        /// Copied.
        pub copied_at: Option<String>,
        /// *Done*.
        pub requested_at: Option<String>,
        /// Who it turned out to be; empty until then.
        pub customer_id: String,
    }
    /// What was typed.
    pub struct SaveCustomerInvitation {
        /// Id.
        pub id: String,
        /// Reseller invited for as well; empty for the provider alone.
        pub reseller_id: String,
        /// Company.
        pub company: String,
        /// Domain or its prefix.
        pub domain: String,
        /// Person written to.
        pub contact_name: String,
        /// Their address.
        pub email: String,
        /// Language that is sent.
        pub language: Language,
        /// Changed German text; `None` for the template's.
        pub de: Option<MailText>,
        /// Changed English text; `None` for the template's.
        pub en: Option<MailText>,
    }
    /// A customer who was invited and has not appeared yet.
    pub struct InvitedCustomer {
        /// Invitation.
        pub id: String,
        /// Company; empty while nothing was typed.
        pub company: String,
        /// Reseller invited for as well; empty for the provider alone.
        pub reseller_name: String,
        /// Where it stands.
        pub state: InvitationStateView,
        /// Since when.
        pub since: String,
    }
}
