//! Subscriptions: a product in a number of licences for a term.

use crate::catalogue::{BillingCycle, CommerceKind, SkuKey, Term};
use crate::ids::{CustomerId, OperationId, ResellerId, SubscriptionId};
use crate::money::Money;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Status in Partner Center's words, plus *wanted*: ordered in the book, not yet confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubscriptionStatus {
    Wanted,
    None,
    Active,
    Pending,
    Suspended,
    Expired,
    Disabled,
    Deleted,
}

/// A subscription as the book knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    /// Id in the book.
    pub id: SubscriptionId,
    /// Owner.
    pub customer_id: CustomerId,
    /// Partner Center's id, once provisioned.
    pub remote_id: Option<String>,
    /// Partner Center's order id.
    pub order_id: Option<String>,
    /// The operation that orders it (its `checkout_cart`), while wanted.
    pub operation_id: Option<OperationId>,
    /// Older or new commerce.
    pub commerce: CommerceKind,
    /// Product and SKU.
    pub sku: SkuKey,
    /// Name shown.
    pub product_name: String,
    /// Licences.
    pub quantity: u32,
    /// Term.
    pub term: Term,
    /// Billing cycle.
    pub cycle: BillingCycle,
    /// Price of one licence per billing period, where known.
    pub unit_price: Option<Money>,
    /// Status.
    pub status: SubscriptionStatus,
    /// Renews by itself at the end of the term.
    pub auto_renew: bool,
    /// Reseller of record.
    pub reseller_of_record: Option<ResellerId>,
    /// End of the term; renewal date.
    pub ends_at: Option<Timestamp>,
    /// Until when it can be cancelled or reduced (seven-day window).
    pub cancellable_until: Option<Timestamp>,
    /// When it entered the book.
    pub created_at: Timestamp,
    /// Last time Partner Center confirmed it.
    pub confirmed_at: Option<Timestamp>,
}
