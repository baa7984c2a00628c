//! Changes of a subscription that exists: what is possible in which state and why not, what each will do, and what is
//! frozen when the person approves it. Rules: `domain.md` section 4 (seven-day window, scheduled changes, suspend,
//! upgrades, paid extension) and section 6; times are UTC throughout, the screen adds the person's zone.

mod compare;
mod effects;
mod ending;
mod prorate;
mod rules;
#[cfg(test)]
mod tests;
mod upgrade;
mod windows;

pub use compare::{FIELDS, TermField, apply, differences, is_done, text, watched};
pub use effects::{Basis, Effect, WINDOW, effects, end_effects};
pub use ending::{
    ASK, ASK_RENEWING, Decision, DecisionKind, TermDefault, can_extend, decisions, default_of, default_unless_decided,
    extension_price, is_open,
};
pub use prorate::{Part, Period, bill_period, prorated, term_end_day, term_start};
pub use rules::{Action, Block, Limits, allowed};
pub use upgrade::{UpgradeSubscription, upgrade_effects};
pub use windows::{Closing, Windowed, next_to_close};

use crate::catalogue::{BillingCycle, CommerceKind, SkuKey, Term};
use crate::ids::{ResellerId, SubscriptionId};
use crate::money::Money;
use crate::subscription::{Subscription, SubscriptionStatus};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// What holds from the next term on (`scheduledNextTermInstructions`): the whole of it, unchanged members included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextTerm {
    /// Product and SKU.
    pub sku: SkuKey,
    /// Licences.
    pub quantity: u32,
    /// Term.
    pub term: Term,
    /// Billing cycle.
    pub cycle: BillingCycle,
}

/// What Partner Center is told about the end of a term that does not renew.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndInstruction {
    /// Nothing: the default of the time holds.
    #[default]
    None,
    /// It ends with the term.
    Cancel,
    /// The paid extension, month by month.
    Extend,
}

/// What of a subscription can be changed. Compared before anything is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Values {
    /// Product and SKU.
    pub sku: SkuKey,
    /// Licences.
    pub quantity: u32,
    /// Term.
    pub term: Term,
    /// Billing cycle.
    pub cycle: BillingCycle,
    /// Status.
    pub status: SubscriptionStatus,
    /// Renews by itself.
    pub auto_renew: bool,
    /// What is said about an end without renewal.
    #[serde(default)]
    pub end: EndInstruction,
    /// Planned for the renewal.
    #[serde(default)]
    pub next_term: Option<NextTerm>,
}

impl Values {
    /// What the book's row says; what it does not hold is as if nothing was planned.
    #[must_use]
    pub fn of(subscription: &Subscription, details: Option<&Details>) -> Self {
        Self {
            sku: subscription.sku.clone(),
            quantity: subscription.quantity,
            term: subscription.term,
            cycle: subscription.cycle,
            status: subscription.status,
            auto_renew: subscription.auto_renew,
            end: details.map(|details| details.end).unwrap_or_default(),
            next_term: details.and_then(|details| details.next_term.clone()),
        }
    }
}

/// Licences that can go back until a moment: 168 hours after they were bought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch {
    /// Licences.
    pub quantity: u32,
    /// Until.
    pub until: Timestamp,
}

/// What Partner Center tells of a subscription beside the row of the list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Details {
    /// Trial.
    pub trial: bool,
    /// Start of the first term: the day that all periods are counted from.
    pub started_at: Option<Timestamp>,
    /// Licences that can go back.
    pub batches: Vec<Batch>,
    /// Planned for the renewal.
    pub next_term: Option<NextTerm>,
    /// What is said about an end without renewal.
    pub end: EndInstruction,
}

/// A change of values by `PATCH` of the whole resource. Absolute, so that twice is the same as once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "change")]
pub enum Change {
    /// So many licences from now on.
    Licences {
        /// Licences.
        quantity: u32,
    },
    /// Renew by itself or not; and what is said about an end without renewal.
    AutoRenew {
        /// On.
        on: bool,
        /// Said about the end; `None` when on.
        end: EndInstruction,
    },
    /// From the next term on. Turns auto-renew on: Partner Center plans nothing without it.
    AtRenewal {
        /// The whole of it.
        next: NextTerm,
    },
    /// Nothing is planned for the renewal any more.
    DropAtRenewal,
    /// Cancel now.
    Cancel,
    /// Suspend.
    Suspend,
    /// Resume.
    Resume,
}

/// Payload of `change_subscription`, frozen at Submit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeSubscription {
    /// The subscription in the book.
    pub subscription_id: SubscriptionId,
    /// Partner Center's id of it; `None` while its order waits: then the book has it by the time of sending.
    pub remote_id: Option<String>,
    /// Its product, as shown when it was approved.
    pub product_name: String,
    /// What the person looked at; where changes wait that were approved before, with them carried out.
    pub base: Values,
    /// When Partner Center said so.
    pub base_read_at: Timestamp,
    /// End of the term that the person looked at; `None` when Partner Center had told none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term_ends_at: Option<Timestamp>,
    /// What shall be changed.
    pub change: Change,
    /// What was said to happen (W2).
    pub effects: Vec<Effect>,
}

/// Less than the shortest term, more than any two ways of writing the same day.
const ANOTHER_TERM: SignedDuration = SignedDuration::from_hours(24);

impl ChangeSubscription {
    /// It says what shall happen at the end of a term, and the term that Partner Center now names ends later than the
    /// one that the person looked at: what was decided for the one must not count for the other.
    #[must_use]
    pub fn is_about_an_earlier_term(&self, ends_at: Option<Timestamp>) -> bool {
        let about_the_end = match self.change {
            Change::AutoRenew { .. } | Change::AtRenewal { .. } | Change::DropAtRenewal => true,
            Change::Licences { .. } | Change::Cancel | Change::Suspend | Change::Resume => false,
        };
        let later = self.term_ends_at.zip(ends_at).is_some_and(|(seen, now)| now.duration_since(seen) > ANOTHER_TERM);
        about_the_end && later
    }
}

/// Payload of `set_support_contact`: older subscriptions only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetSupportContact {
    /// The subscription in the book.
    pub subscription_id: SubscriptionId,
    /// Partner Center's id of it; `None` while its order waits.
    pub remote_id: Option<String>,
    /// Its product, as shown when it was approved.
    pub product_name: String,
    /// The contact in the book; `None` for the provider.
    pub contact: Option<ResellerId>,
    /// Its tenant; empty for the provider, whose own is asked when sent.
    pub tenant: String,
    /// Its PartnerID (PLA); empty for the provider.
    pub partner_id: String,
    /// Its name; empty for the provider.
    pub name: String,
    /// PartnerID of the contact that Partner Center last named, empty for the provider; `None` when nobody has looked.
    pub base: Option<String>,
    /// Where nobody has looked: PartnerIDs that may stand there without anybody's choice, beside the provider's.
    #[serde(default)]
    pub defaults: Vec<String>,
}

/// Prices that effects are made of, each of one licence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prices {
    /// Per billing period, as it is now.
    pub unit: Option<Money>,
    /// A month with the one-month term of the same product, where it is sold.
    pub monthly_term: Option<Money>,
    /// Per billing period of what is planned or upgraded to.
    pub target: Option<Money>,
}

/// Everything that rules look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Older or new commerce.
    pub commerce: CommerceKind,
    /// As it is wanted: changes that wait are carried out in it.
    pub values: Values,
    /// Licences that Partner Center has confirmed.
    pub confirmed_quantity: u32,
    /// Trial.
    pub trial: bool,
    /// Start of the first term.
    pub started_at: Option<Timestamp>,
    /// End of the term, its last moment.
    pub ends_at: Option<Timestamp>,
    /// The whole of it can be cancelled until then.
    pub cancellable_until: Option<Timestamp>,
    /// Licences that can go back.
    pub batches: Vec<Batch>,
    /// Fewest licences.
    pub minimum: u32,
    /// Most licences; 0 when unknown.
    pub maximum: u32,
    /// Something to upgrade to is known.
    pub has_target: bool,
    /// An upgrade waits or is under way.
    pub upgrade_waits: bool,
    /// Another change waits or is under way.
    pub change_waits: bool,
    /// The customer's account is under review.
    pub under_review: bool,
    /// Prices.
    pub prices: Prices,
    /// Now, as Partner Center counts it.
    pub now: Timestamp,
}

impl Standing {
    /// Licences that can still go back, with their deadlines, soonest first.
    #[must_use]
    pub fn open_batches(&self) -> Vec<Batch> {
        let mut open: Vec<Batch> =
            self.batches.iter().filter(|batch| batch.until > self.now && batch.quantity > 0).cloned().collect();
        open.sort_by_key(|batch| batch.until);
        open
    }

    /// The window of the whole subscription, while it is open.
    #[must_use]
    pub fn window(&self) -> Option<Timestamp> {
        self.cancellable_until.filter(|until| *until > self.now)
    }
}
