//! *What will happen*: each thing that a change does, as data. Days and deadlines are moments in UTC; the words are the
//! screen's.

use super::ending::GRACE;
use super::prorate::{Part, bill_period, prorated, scaled};
use super::{Change, EndInstruction, NextTerm, Standing, TermDefault, apply, can_extend, default_of, extension_price};
use crate::catalogue::CommerceKind;
use crate::money::Money;
use crate::subscription::SubscriptionStatus;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// Seven days from the purchase of licences: 168 hours.
pub const WINDOW: SignedDuration = SignedDuration::from_hours(168);

/// What an amount is made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    /// Amount.
    pub money: Money,
    /// Price of one licence for a whole billing period.
    pub unit: Money,
    /// Licences.
    pub licences: u32,
    /// Days charged or credited.
    pub days: u32,
    /// Days of the billing period.
    pub of_days: u32,
    /// End of the billing period.
    pub until: Timestamp,
}

/// One thing that a change does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "effect")]
pub enum Effect {
    /// So many licences become so many.
    Licences { from: u32, to: u32 },
    /// Charged on the next invoice.
    Charged(Basis),
    /// Credited on the next invoice.
    Credited(Basis),
    /// No price is known.
    PriceUnknown,
    /// Price of all licences a billing period from a moment on.
    PriceFrom { at: Timestamp, money: Money },
    /// Only until: if it can't be sent by then, it is not sent.
    OnlyUntil { at: Timestamp, licences: u32 },
    /// Licences added can go back for 168 hours from the moment at which Partner Center adds them; so no moment is named.
    WindowOpens { licences: u32 },
    /// So many licences are fixed until the end of the term.
    FixedUntil { licences: u32, at: Timestamp },
    /// Users lose access; licences that nobody has go first.
    UsersLose { licences: u32 },
    /// Access ends; at once without a moment.
    AccessEnds { at: Option<Timestamp> },
    /// What was planned for the renewal is deleted.
    DropsPlanned { next: NextTerm },
    /// Takes effect with the next term.
    TakesEffect { at: Option<Timestamp> },
    /// Renews.
    Renews { at: Timestamp, licences: u32 },
    /// Ends.
    Ends { at: Timestamp },
    /// Rolls into the paid extension.
    PaidExtension { at: Timestamp, month: Option<Money> },
    /// Grace without charge.
    Grace { until: Timestamp },
    /// Billing goes on though nobody can use it.
    BillingContinues,
    /// Billing stops.
    BillingStops,
    /// Auto-renew goes off.
    AutoRenewGoesOff,
    /// Licences move to another product; the users keep theirs.
    Reassigned { licences: u32, product: String },
    /// Licences move to another product by hand.
    AssignByHand { licences: u32, product: String },
    /// A second subscription is made.
    SecondSubscription { at: Option<Timestamp> },
    /// The second one keeps the window of the first.
    WindowKept { at: Timestamp },
    /// Waits while the customer is under review.
    HeldByReview,
    /// Waits for the order that makes it.
    WaitsForOrder,
    /// Waits for a change approved before.
    WaitsForChange,
    /// The reseller of record is checked when it is sent.
    RecordChecked,
    /// Kept as the book's own note; the customer sees the reseller of record.
    NoteOnly { reseller: String },
    /// The customer sees this contact.
    ContactShown { name: String },
    /// Can't be undone.
    Irreversible,
}

/// What a change does, in the order to be read: what, money, deadline, what is locked, what is lost.
#[must_use]
pub fn effects(change: &Change, standing: &Standing) -> Vec<Effect> {
    let mut all = Vec::new();
    match change {
        Change::Licences { quantity } if *quantity > standing.values.quantity => more(standing, *quantity, &mut all),
        Change::Licences { quantity } => fewer(standing, *quantity, &mut all),
        Change::AutoRenew { on, end } => auto_renew(standing, *on, *end, &mut all),
        Change::AtRenewal { next } => at_renewal(standing, next, &mut all),
        Change::DropAtRenewal => {
            all.extend(standing.values.next_term.clone().map(|next| Effect::DropsPlanned { next }));
            all.extend(renews(standing, standing.values.quantity));
        }
        Change::Cancel => cancel(standing, &mut all),
        Change::Suspend => suspend(standing, &mut all),
        Change::Resume => {
            all.push(Effect::Licences { from: standing.values.quantity, to: standing.values.quantity });
            // Auto-renew went off with the suspension and stays off.
            all.extend(at_end(standing, &apply(&standing.values, change)));
        }
    }
    if matches!(change, Change::Licences { .. } | Change::Cancel) {
        drops(standing, &mut all);
    }
    all.extend(waits(standing));
    all
}

/// Why it does not go at once.
pub(super) fn waits(standing: &Standing) -> Vec<Effect> {
    let mut all = Vec::new();
    if matches!(standing.values.status, SubscriptionStatus::Wanted | SubscriptionStatus::Pending) {
        all.push(Effect::WaitsForOrder);
    } else if standing.change_waits || standing.upgrade_waits {
        all.push(Effect::WaitsForChange);
    }
    all
}

fn more(standing: &Standing, quantity: u32, all: &mut Vec<Effect>) {
    let added = quantity.saturating_sub(standing.values.quantity);
    all.push(Effect::Licences { from: standing.values.quantity, to: quantity });
    all.push(part(standing, added).map_or(Effect::PriceUnknown, Effect::Charged));
    if is_new(standing) {
        all.push(Effect::WindowOpens { licences: added });
        all.extend(fixed(standing, quantity, standing.now.checked_add(WINDOW).ok()));
        all.push(Effect::RecordChecked);
    }
    if standing.under_review {
        all.push(Effect::HeldByReview);
    }
}

fn fewer(standing: &Standing, quantity: u32, all: &mut Vec<Effect>) {
    let gone = standing.values.quantity.saturating_sub(quantity);
    all.push(Effect::Licences { from: standing.values.quantity, to: quantity });
    all.push(Effect::UsersLose { licences: gone });
    all.push(part(standing, gone).map_or(Effect::PriceUnknown, Effect::Credited));
    if is_new(standing) {
        // With those that wait to go back already; those that wait to be added have no deadline yet.
        let in_all = standing.confirmed_quantity.saturating_sub(quantity);
        all.extend(deadline(standing, in_all).map(|at| Effect::OnlyUntil { at, licences: gone.min(in_all) }));
        all.extend(fixed(standing, quantity, standing.open_batches().last().map(|batch| batch.until)));
        all.push(Effect::RecordChecked);
    }
}

/// Fixed once the window has closed; one that is open beyond the end of the term fixes nothing before it.
fn fixed(standing: &Standing, licences: u32, window: Option<Timestamp>) -> Option<Effect> {
    let at = standing.ends_at?;
    window.is_none_or(|until| until < at).then_some(Effect::FixedUntil { licences, at })
}

/// Licences that go back are taken from the batch that closes last: the deadline is the one of the last batch needed.
fn deadline(standing: &Standing, gone: u32) -> Option<Timestamp> {
    let mut left = gone;
    let mut until = None;
    for batch in standing.open_batches().iter().rev() {
        if left == 0 {
            break;
        }
        left = left.saturating_sub(batch.quantity);
        until = Some(batch.until);
    }
    until
}

fn auto_renew(standing: &Standing, on: bool, end: EndInstruction, all: &mut Vec<Effect>) {
    if on {
        all.extend(renews(standing, standing.values.quantity));
        return;
    }
    drops(standing, all);
    let after = apply(&standing.values, &Change::AutoRenew { on, end });
    all.extend(at_end(standing, &after));
}

/// What the end of the term then brings.
fn at_end(standing: &Standing, values: &super::Values) -> Vec<Effect> {
    end_effects(&Standing { values: values.clone(), ..standing.clone() })
}

/// What the end of the term brings as it stands.
#[must_use]
pub fn end_effects(standing: &Standing) -> Vec<Effect> {
    let Some(at) = standing.ends_at else { return Vec::new() };
    match default_of(standing) {
        TermDefault::Renews => {
            let next = standing.values.next_term.as_ref().map_or(standing.values.quantity, |next| next.quantity);
            renews(standing, next).into_iter().collect()
        }
        TermDefault::PaidExtension => vec![Effect::PaidExtension { at, month: extension_price(standing) }],
        TermDefault::Ends => {
            let mut all = vec![Effect::Ends { at }];
            if !can_extend(standing) {
                all.extend(at.checked_add(GRACE).ok().map(|until| Effect::Grace { until }));
            } else {
                all.push(Effect::AccessEnds { at: Some(at) });
            }
            all
        }
        TermDefault::Grace => {
            let grace = at.checked_add(GRACE).ok().map(|until| Effect::Grace { until });
            std::iter::once(Effect::Ends { at }).chain(grace).collect()
        }
    }
}

fn at_renewal(standing: &Standing, next: &NextTerm, all: &mut Vec<Effect>) {
    all.extend(standing.values.next_term.clone().map(|next| Effect::DropsPlanned { next }));
    all.push(Effect::TakesEffect { at: standing.ends_at });
    if next.quantity != standing.values.quantity {
        all.push(Effect::Licences { from: standing.values.quantity, to: next.quantity });
    }
    let price = standing.prices.target.as_ref().and_then(|unit| scaled(unit, i128::from(next.quantity), 1));
    match (price, standing.ends_at) {
        (Some(money), Some(at)) => all.push(Effect::PriceFrom { at, money }),
        (None, _) => all.push(Effect::PriceUnknown),
        (Some(_), None) => {}
    }
    if !standing.values.auto_renew {
        all.extend(renews(standing, next.quantity));
    }
}

fn cancel(standing: &Standing, all: &mut Vec<Effect>) {
    all.push(Effect::AccessEnds { at: None });
    all.push(part(standing, standing.values.quantity).map_or(Effect::PriceUnknown, Effect::Credited));
    all.extend(standing.window().map(|at| Effect::OnlyUntil { at, licences: standing.values.quantity }));
    all.push(Effect::Irreversible);
}

fn suspend(standing: &Standing, all: &mut Vec<Effect>) {
    all.push(Effect::AccessEnds { at: None });
    if is_new(standing) {
        all.push(Effect::BillingContinues);
        if standing.values.auto_renew {
            all.push(Effect::AutoRenewGoesOff);
        }
        drops(standing, all);
        all.extend(at_end(standing, &apply(&standing.values, &Change::Suspend)));
    } else {
        all.push(Effect::BillingStops);
    }
}

pub(super) fn drops(standing: &Standing, all: &mut Vec<Effect>) {
    all.extend(standing.values.next_term.clone().map(|next| Effect::DropsPlanned { next }));
}

fn renews(standing: &Standing, licences: u32) -> Option<Effect> {
    standing.ends_at.map(|at| Effect::Renews { at, licences })
}

/// The part of the billing period that is left, for so many licences.
pub(super) fn part(standing: &Standing, licences: u32) -> Option<Basis> {
    part_of(standing, standing.prices.unit.as_ref(), licences)
}

pub(super) fn part_of(standing: &Standing, unit: Option<&Money>, licences: u32) -> Option<Basis> {
    let unit = unit?;
    let values = &standing.values;
    let period = bill_period(standing.started_at, standing.ends_at, values.term, values.cycle, standing.now)?;
    let Part { money, days, of_days, until } = prorated(unit, licences, period, standing.now)?;
    let until = until.to_zoned(TimeZone::UTC).ok()?.timestamp();
    Some(Basis { money, unit: unit.clone(), licences, days, of_days, until })
}

pub(super) fn is_new(standing: &Standing) -> bool {
    match standing.commerce {
        CommerceKind::Legacy => false,
        CommerceKind::New => true,
    }
}
