//! Upgrades: to another product, of all licences (the same subscription, licences follow their users) or of some of them
//! (a second subscription with the same end, licences assigned by hand). Never back. Older commerce makes a new
//! subscription of the other product and moves everything.

use super::effects::{Effect, drops, is_new, part, part_of, waits};
use super::{Standing, Values};
use crate::catalogue::{BillingCycle, SkuKey, Term};
use crate::ids::SubscriptionId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Payload of `upgrade_subscription`, frozen at Submit. Sent twice it would move licences twice, so an unknown outcome
/// is never repeated without a look and the person's word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpgradeSubscription {
    /// The subscription in the book.
    pub subscription_id: SubscriptionId,
    /// Partner Center's id of it.
    pub remote_id: Option<String>,
    /// Its product, as shown when it was approved.
    pub product_name: String,
    /// Older commerce: `…/upgrades` instead of `…/transitions`.
    pub legacy: bool,
    /// What the person looked at.
    pub base: Values,
    /// When Partner Center said so.
    pub base_read_at: Timestamp,
    /// Product and SKU upgraded to.
    pub target: SkuKey,
    /// Its name.
    pub target_title: String,
    /// Licences that move.
    pub quantity: u32,
    /// Term of the new product; at least the old one's.
    pub term: Term,
    /// Its billing cycle.
    pub cycle: BillingCycle,
    /// What was said to happen (W2).
    pub effects: Vec<Effect>,
}

impl UpgradeSubscription {
    /// All licences move.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.quantity >= self.base.quantity
    }
}

/// What an upgrade of so many licences does.
#[must_use]
pub fn upgrade_effects(quantity: u32, product: &str, standing: &Standing) -> Vec<Effect> {
    let all_of_them = quantity >= standing.values.quantity;
    let mut all = Vec::new();
    if all_of_them {
        all.push(Effect::Reassigned { licences: quantity, product: product.to_owned() });
    } else {
        all.push(Effect::Licences { from: standing.values.quantity, to: standing.values.quantity - quantity });
        all.push(Effect::SecondSubscription { at: standing.ends_at });
        all.push(Effect::AssignByHand { licences: quantity, product: product.to_owned() });
    }
    match (part_of(standing, standing.prices.target.as_ref(), quantity), part(standing, quantity)) {
        (Some(new), Some(old)) => {
            all.push(Effect::Charged(new));
            all.push(Effect::Credited(old));
        }
        (_, _) => all.push(Effect::PriceUnknown),
    }
    if is_new(standing) {
        if !all_of_them {
            all.extend(standing.window().map(|at| Effect::WindowKept { at }));
        }
        all.push(Effect::RecordChecked);
    }
    drops(standing, &mut all);
    if standing.under_review {
        all.push(Effect::HeldByReview);
    }
    all.push(Effect::Irreversible);
    all.extend(waits(standing));
    all
}
