//! The wire format: every body that this slice sends or reads, in both directions.
//!
//! Written as the service writes it: camelCase, absent members left out. Read leniently: null and missing members,
//! unknown members and words, codes as number or text, any date shape ([`instant`]).

mod base;
mod budget;
mod catalogue;
mod commerce;
mod customer;
mod member;
mod names;
mod partner;
mod schema;
mod service;
mod sheet;
mod sheet_stream;
mod time;

pub use base::{Attributes, Collection, Filter, Link, LinkHeader, Links, Secret, ServiceError};
pub use catalogue::{
    AttestationProperties, Availability, BillingCycle, CancellationPolicy, Currency, LegacyOffer, OfferCategory,
    OfferProduct, Product, ProductType, RenewalInstruction, RenewalOption, Sku, Term, TermRefundOption,
};
pub use commerce::{
    BillingType, Cart, CartErrorInformation, CartLineError, CartLineItem, CartStatus, CheckoutResult, ContractType,
    Order, OrderError, OrderLineItem, OrderProvisioningStatus, OrderStatus, Participant, ParticipantKey, Pricing,
    ProvisioningStatus, QuantityProvisioning, RefundOption, RefundableDetail, RefundableQuantity, RenewsTo,
    Subscription, SubscriptionStatus,
};
pub use customer::{
    Address, AddressStatus, AddressValidation, BillingProfile, CompanyProfile, CountryValidationRules, CreatedCustomer,
    CredentialsOnly, Customer, CustomerUser, DirectoryRole, ProductSku, RelationshipToPartner, ReviewStatus,
    ServicePlan, SubscribedSku, UserCredentials, UserMember, ValidationStatus,
};
pub use member::Code;
pub use partner::{
    Agreement, AgreementMetadata, Contact, DirectSignedStatus, IsAgreementSigned, LegalBusinessProfile, MpnProfile,
    PartnerRelationship, RelationshipRequest, RelationshipType, ResellerValidation, SupportProfile, ValidateResellers,
    ValidateResellersResult,
};
pub use schema::{created_customer_schema, list_schema, schema};
pub use service::{
    AuditRecord, AuditStatus, KeyValue, LicenseAssignment, LicenseUpdate, PromotionAnswer, PromotionAnswers,
    PromotionEligibility, PromotionFault, PromotionQuestion, PromotionQuestions, SubscriptionProvisioning,
    SubscriptionProvisioningStatus, SupportContact,
};
pub use sheet::{PriceRow, read_price_sheet, write_price_sheet};
pub use sheet_stream::{NoSheet, SheetReader};
pub use time::{day, instant};

use serde::de::DeserializeOwned;

/// The byte order mark that success bodies start with.
pub const BOM: &[u8] = b"\xEF\xBB\xBF";

/// A body that can't be read. It says where, never what was written there.
#[derive(Debug, thiserror::Error)]
#[error("body can't be read: line {line}, column {column}")]
pub struct Unreadable {
    /// Line.
    pub line: usize,
    /// Column.
    pub column: usize,
}

impl From<serde_json::Error> for Unreadable {
    fn from(error: serde_json::Error) -> Self {
        Self { line: error.line(), column: error.column() }
    }
}

/// The body without its byte order mark.
#[must_use]
pub fn without_bom(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(BOM).unwrap_or(bytes)
}

/// Reads an answer's body.
///
/// # Errors
/// When it is not JSON or not of that shape, or would take many times its own length in memory.
pub fn from_answer<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Unreadable> {
    Ok(budget::counted(bytes.len(), || serde_json::from_slice(without_bom(bytes)))?)
}

/// Reads an answer's body as it is, whatever it says.
///
/// # Errors
/// As [`from_answer`].
pub fn document(bytes: &[u8]) -> Result<serde_json::Value, Unreadable> {
    from_answer::<budget::Document>(bytes).map(|document| document.0)
}

/// Reads a request's body: names in any casing, nulls allowed.
///
/// # Errors
/// When it is not JSON or not of that shape.
pub fn from_request<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Unreadable> {
    let value = serde_json::from_slice(without_bom(bytes))?;
    Ok(serde_json::from_value(names::tidy(value))?)
}

/// Reads the answer to the creation of a customer.
///
/// # Errors
/// When it is not JSON or not of that shape.
pub fn created_customer(bytes: &[u8]) -> Result<CreatedCustomer, Unreadable> {
    let CredentialsOnly { user_credentials } = from_answer(bytes)?;
    Ok(CreatedCustomer { customer: from_answer(bytes)?, user_credentials })
}

/// Writes a body, compact. Types here always can be written; the empty object stands for the impossible.
#[must_use]
pub fn to_body<T: serde::Serialize>(body: &T) -> Vec<u8> {
    serde_json::to_vec(body).unwrap_or_else(|_| b"{}".to_vec())
}
