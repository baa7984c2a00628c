//! Resellers: the partners who sell to the customer.

use crate::ids::{ResellerId, TenantId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Where a partnership stands. Partner Center itself only knows *active*; the others are the book's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartnershipState {
    Draft,
    Requested,
    Active,
    Declined,
    Ended,
}

/// Whether orders may name this reseller, as last checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fitness {
    Fit,
    AgreementNotSigned,
    PartnerIdNotValid,
    Suspended,
    Unknown,
}

/// A reseller as the book knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reseller {
    /// Id in the book.
    pub id: ResellerId,
    /// Name as Partner Center writes it.
    pub name: String,
    /// Entra tenant; goes into `associatedPartnerId`. Unknown until the partnership is active.
    pub tenant_id: Option<TenantId>,
    /// PartnerID of the location (PLA), digits; goes into carts as `transaction_reseller`.
    pub partner_id: Option<String>,
    /// ISO 3166 two letters, upper case.
    pub country: String,
    /// Where the partnership stands.
    pub partnership: PartnershipState,
    /// Since when it stands there.
    pub partnership_since: Option<Timestamp>,
    /// Result of the last fitness check.
    pub fitness: Fitness,
    /// When it was checked.
    pub fitness_checked_at: Option<Timestamp>,
    /// Person to talk to.
    pub contact_name: String,
    /// Their role, free text.
    pub contact_role: String,
    /// Their e-mail.
    pub contact_email: String,
    /// Their phone.
    pub contact_phone: String,
    /// Town, for search.
    pub town: String,
    /// Last change of anything that hangs on this reseller.
    pub last_activity_at: Option<Timestamp>,
}

impl Reseller {
    /// Customers can be added on behalf of this reseller.
    #[must_use]
    pub fn takes_customers(&self) -> bool {
        self.partnership == PartnershipState::Active && self.tenant_id.is_some()
    }
}

/// A reseller for tests: active, with nothing known about it but its name.
#[cfg(test)]
pub(crate) fn sample(name: &str) -> Reseller {
    Reseller {
        id: ResellerId(uuid::Uuid::nil()),
        name: name.to_owned(),
        tenant_id: None,
        partner_id: Some("4800000".to_owned()),
        country: "DE".to_owned(),
        partnership: PartnershipState::Active,
        partnership_since: None,
        fitness: Fitness::Unknown,
        fitness_checked_at: None,
        contact_name: String::new(),
        contact_role: String::new(),
        contact_email: String::new(),
        contact_phone: String::new(),
        town: String::new(),
        last_activity_at: None,
    }
}
