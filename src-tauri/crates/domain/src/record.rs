//! The reseller of record of a subscription, changed: payload of `set_reseller_of_record`.

use crate::ids::{ResellerId, SubscriptionId};
use serde::{Deserialize, Serialize};

/// Name another reseller of record on a subscription that exists (`PATCH partnerId` with the whole resource).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetResellerOfRecord {
    /// The subscription in the book.
    pub subscription_id: SubscriptionId,
    /// Partner Center's id of it.
    pub remote_id: String,
    /// Its product, as shown when it was approved.
    pub product_name: String,
    /// PartnerID (PLA) on record as last known; `None` when there was none. Another one there is no longer what the
    /// person looked at.
    pub base: Option<String>,
    /// The reseller wanted.
    pub reseller_id: ResellerId,
    /// Its PartnerID (PLA).
    pub partner_id: String,
    /// Its name, as shown when it was approved.
    pub reseller_name: String,
}
