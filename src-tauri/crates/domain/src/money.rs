//! Amounts of money as whole minor units, so that totals are exact.

use serde::{Deserialize, Serialize};

/// An ISO 4217 code, upper case.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Currency(pub String);

/// An amount in minor units (cents) of a currency with two decimals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    /// Minor units; negative for a refund.
    pub minor: i64,
    /// The currency of the amount.
    pub currency: Currency,
}
