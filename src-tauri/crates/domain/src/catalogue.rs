//! The catalogue: products, SKUs, terms, billing cycles, limits and prices.

use crate::money::Money;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Older commerce (one offer id) or new commerce (product, SKU, availability).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CommerceKind {
    Legacy,
    New,
}

/// Term of a subscription.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Term {
    /// One month.
    #[serde(rename = "P1M")]
    P1M,
    /// One year.
    #[serde(rename = "P1Y")]
    P1Y,
    /// Three years.
    #[serde(rename = "P3Y")]
    P3Y,
}

impl Term {
    /// Length in months.
    #[must_use]
    pub fn months(self) -> u32 {
        match self {
            Self::P1M => 1,
            Self::P1Y => 12,
            Self::P3Y => 36,
        }
    }
}

/// How often a subscription is billed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BillingCycle {
    Monthly,
    Annual,
    Triennial,
    None,
}

impl BillingCycle {
    /// Months covered by one bill; `None` where nothing is billed (trials).
    #[must_use]
    pub fn months(self) -> Option<u32> {
        match self {
            Self::Monthly => Some(1),
            Self::Annual => Some(12),
            Self::Triennial => Some(36),
            Self::None => None,
        }
    }
}

/// Product and SKU: what an offline order stores. The third part of `catalogItemId` is resolved when sent.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SkuKey {
    /// Product id (or, for older commerce, the offer GUID).
    pub product_id: String,
    /// SKU id; empty for older commerce.
    pub sku_id: String,
}

/// One (term, billing cycle) pair on sale, with its price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Term.
    pub term: Term,
    /// Billing cycle.
    pub cycle: BillingCycle,
    /// Price of one licence for the **whole term**, as price sheets write it; `None` when no price list is loaded.
    pub term_price: Option<Money>,
    /// Fewest licences with this plan, where it differs from the SKU's.
    pub minimum_quantity: Option<u32>,
}

/// A product's SKU as offered in one country.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Key.
    pub sku: SkuKey,
    /// ISO country of the market.
    pub country: String,
    /// Customer segment: `commercial`, `education`, `government`, `nonprofit`.
    pub segment: String,
    /// Name.
    pub title: String,
    /// What it holds, one line.
    pub description: String,
    /// Family key (tab): `business`, `enterprise`, `frontline`, `teams`, `security`, `dynamics`, `other`.
    pub family: String,
    /// Fewest licences.
    pub minimum_quantity: u32,
    /// Most licences.
    pub maximum_quantity: u32,
    /// Trial.
    pub is_trial: bool,
    /// Add-on: needs one of `prerequisites` in the same order or tenant.
    pub is_addon: bool,
    /// Keys of compatible base SKUs.
    pub prerequisites: Vec<SkuKey>,
    /// Plans on sale.
    pub plans: Vec<Plan>,
    /// Date of the price list.
    pub prices_from: Option<Date>,
}
