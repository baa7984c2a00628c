//! Names of all fields that a screen may have to say: those of a difference, and those of the journal. The screens have a
//! text for each; a test of theirs goes through these lists.

use crate::{change, profile};

/// Fields of a change that waits, beside those of a profile and of a subscription.
const OTHERS: [&str; 1] = ["supportContact"];

/// Fields of changes and differences, in camel case.
pub fn of_differences() -> impl Iterator<Item = &'static str> {
    profile::FIELDS.into_iter().chain(change::FIELDS).chain(OTHERS)
}

/// Fields of the journal, in snake case. The store refuses any other while it is tested.
pub const JOURNAL: [&str; 51] = [
    "name",
    "alias",
    "domain_prefix",
    "tenant_id",
    "country",
    "town",
    "contact_name",
    "contact_role",
    "contact_email",
    "contact_phone",
    "registration_number",
    "reseller",
    "review",
    "agreement",
    "product",
    "quantity",
    "status",
    "term",
    "cycle",
    "price",
    "auto_renew",
    "term_end",
    "next_term",
    "reseller_of_record",
    "ends_at",
    "remote_id",
    "order_id",
    "partner_id",
    "partnership",
    "fitness",
    "note",
    "tags",
    "support_contact",
    "company_name",
    "first_name",
    "last_name",
    "email",
    "phone",
    "address_line_1",
    "address_line_2",
    "postal_code",
    "city",
    "state",
    "signer",
    "agreed_on",
    "user_name",
    "session",
    "session_who",
    "session_holds",
    "colour",
    "value",
];
