//! Customers: one Entra tenant each, owner of the subscriptions.

use crate::ids::{CustomerId, ResellerId, TenantId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Microsoft's review of a new account (`validationStatus?type=account`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountReview {
    Unknown,
    UnderReview,
    Allowed,
    NotAllowed,
    NotReady,
}

/// Where the Microsoft Customer Agreement stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgreementState {
    Open,
    Attested,
    SignedByCustomer,
}

/// A customer as the book knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customer {
    /// Id in the book.
    pub id: CustomerId,
    /// Tenant, once Partner Center has made it.
    pub tenant_id: Option<TenantId>,
    /// Legal name.
    pub name: String,
    /// The book's own second name; empty when none.
    pub alias: String,
    /// Prefix before `.onmicrosoft.com`.
    pub domain_prefix: String,
    /// ISO 3166 two letters, upper case.
    pub country: String,
    /// Town of the address.
    pub town: String,
    /// Contact's full name.
    pub contact_name: String,
    /// Contact's e-mail.
    pub contact_email: String,
    /// Registration number; empty when none.
    pub registration_number: String,
    /// The reseller it is listed under.
    pub reseller_id: Option<ResellerId>,
    /// Account review as last seen.
    pub review: AccountReview,
    /// Agreement as last seen.
    pub agreement: AgreementState,
    /// When it entered the book.
    pub created_at: Timestamp,
    /// Last time Partner Center confirmed it; `None` while it is only wanted.
    pub confirmed_at: Option<Timestamp>,
}
