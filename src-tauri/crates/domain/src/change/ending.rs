//! The end of a term: what happens if nobody decides, what can be decided, and what the paid extension costs.
//!
//! Terms bought or renewed from 1 April 2025 that end from 4 May 2026 and do not renew roll into the paid Extended
//! Service Term, month by month, unless Partner Center is told that they end: the month costs 3 % more than the one-month
//! term of the product, or 23 % more than the month of the old term where there is no one-month term. Older terms keep
//! 30 days of grace without charge. So nothing here is left to silence: *off* says which of the two it means.

use super::prorate::{scaled, term_start};
use super::{Change, Details, EndInstruction, NextTerm, Standing};
use crate::catalogue::{CommerceKind, Term};
use crate::money::Money;
use crate::subscription::{Subscription, SubscriptionStatus};
use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// First day of purchase or renewal of a term that can be extended.
const BOUGHT_FROM: Date = date(2025, 4, 1);
/// First day on which such a term can end.
const ENDS_FROM: Date = date(2026, 5, 4);
/// Access without charge after the end of a term that is not extended.
pub(super) const GRACE: SignedDuration = SignedDuration::from_hours(30 * 24);
/// A term that does not renew asks for a decision so long before its end.
pub const ASK: SignedDuration = SignedDuration::from_hours(30 * 24);
/// One that renews by itself: soon enough to cut or cancel it.
pub const ASK_RENEWING: SignedDuration = SignedDuration::from_hours(14 * 24);

/// What a person decides about the end of a term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "decision")]
pub enum Decision {
    /// As it is.
    Renew,
    /// With fewer licences.
    Cut {
        /// Licences from then on.
        quantity: u32,
    },
    /// With something else.
    Change {
        /// From then on.
        next: NextTerm,
    },
    /// Ends with the term, without a paid extension.
    Cancel,
    /// The paid extension, month by month.
    Extend,
}

impl Decision {
    /// What has to be sent for it; `None` when everything is so already.
    #[must_use]
    pub fn change(&self, standing: &Standing) -> Option<Change> {
        let values = &standing.values;
        let planned = |next: NextTerm| {
            let change = Change::AtRenewal { next };
            (!super::is_done(values, &change)).then_some(change)
        };
        let ends = |end| {
            let change = Change::AutoRenew { on: false, end };
            (!super::is_done(values, &change)).then_some(change)
        };
        match self {
            Self::Renew if !values.auto_renew => Some(Change::AutoRenew { on: true, end: EndInstruction::None }),
            Self::Renew => values.next_term.is_some().then_some(Change::DropAtRenewal),
            Self::Cut { quantity } => planned(NextTerm {
                sku: values.sku.clone(),
                quantity: *quantity,
                term: values.term,
                cycle: values.cycle,
            }),
            Self::Change { next } => planned(next.clone()),
            Self::Cancel => match default_of(standing) {
                TermDefault::Ends | TermDefault::Grace => None,
                // Where no paid extension threatens, Partner Center takes no word about it and would never repeat it.
                TermDefault::Renews | TermDefault::PaidExtension if !can_extend(standing) => ends(EndInstruction::None),
                TermDefault::Renews | TermDefault::PaidExtension => ends(EndInstruction::Cancel),
            },
            Self::Extend => ends(EndInstruction::Extend),
        }
    }
}

/// What can be decided, without its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DecisionKind {
    /// [`Decision::Renew`].
    Renew,
    /// [`Decision::Cut`].
    Cut,
    /// [`Decision::Change`].
    Change,
    /// [`Decision::Cancel`].
    Cancel,
    /// [`Decision::Extend`].
    Extend,
}

/// What can be decided about this end, in the order of the question: nothing is planned for older commerce, fewer
/// licences only where there can be fewer, and the paid extension only where it exists.
#[must_use]
pub fn decisions(standing: &Standing) -> Vec<DecisionKind> {
    use DecisionKind as K;
    let plans = super::effects::is_new(standing);
    let cut = plans && standing.values.quantity > standing.minimum.max(1);
    [(K::Renew, true), (K::Cut, cut), (K::Change, plans), (K::Cancel, true), (K::Extend, can_extend(standing))]
        .into_iter()
        .filter_map(|(kind, possible)| possible.then_some(kind))
        .collect()
}

/// What happens at the end of a term if nobody decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TermDefault {
    /// Renews with what is planned, or as it is.
    Renews,
    /// Rolls into the paid extension.
    PaidExtension,
    /// Ends; access for 30 days more without charge.
    Grace,
    /// Ends: Partner Center was told so.
    Ends,
}

/// The paid extension exists for this term.
#[must_use]
pub fn can_extend(standing: &Standing) -> bool {
    !standing.trial && extends(standing.commerce, standing.started_at, standing.ends_at, standing.values.term)
}

/// The paid extension exists for a term of this start, end and length that is no trial.
fn extends(commerce: CommerceKind, start: Option<Timestamp>, end: Option<Timestamp>, term: Term) -> bool {
    let legacy = match commerce {
        CommerceKind::Legacy => true,
        CommerceKind::New => false,
    };
    let Some(last_day) = end.map(super::term_end_day) else { return false };
    let Some(first_day) = term_start(start, end, term) else { return false };
    !legacy && first_day >= BOUGHT_FROM && last_day >= ENDS_FROM
}

/// What happens if nobody decides.
#[must_use]
pub fn default_of(standing: &Standing) -> TermDefault {
    by_values(standing.values.auto_renew, standing.values.end, || can_extend(standing))
}

/// As [`default_of`], from what the book keeps of a subscription: a list needs neither prices nor what waits.
#[must_use]
pub fn default_unless_decided(one: &Subscription, details: Option<&Details>) -> TermDefault {
    let end = details.map(|details| details.end).unwrap_or_default();
    by_values(one.auto_renew, end, || {
        let start = details.and_then(|details| details.started_at).unwrap_or(one.created_at);
        !details.is_some_and(|details| details.trial) && extends(one.commerce, Some(start), one.ends_at, one.term)
    })
}

fn by_values(auto_renew: bool, end: EndInstruction, can_extend: impl FnOnce() -> bool) -> TermDefault {
    if auto_renew {
        return TermDefault::Renews;
    }
    match end {
        EndInstruction::Cancel => TermDefault::Ends,
        EndInstruction::Extend => TermDefault::PaidExtension,
        EndInstruction::None if can_extend() => TermDefault::PaidExtension,
        EndInstruction::None => TermDefault::Grace,
    }
}

/// What the paid extension costs for all licences a month.
#[must_use]
pub fn extension_price(standing: &Standing) -> Option<Money> {
    if !can_extend(standing) {
        return None;
    }
    let each = match &standing.prices.monthly_term {
        Some(month) => scaled(month, 103, 100)?,
        None => {
            let months = standing.values.cycle.months()?.min(standing.values.term.months());
            scaled(standing.prices.unit.as_ref()?, 123, 100 * i128::from(months))?
        }
    };
    scaled(&each, i128::from(standing.values.quantity), 1)
}

/// Somebody has to decide: the term ends soon, nothing was decided about this very end, and nothing is told to Partner
/// Center that could only have been decided. A one-month term that renews asks nobody each month.
#[must_use]
pub fn is_open(standing: &Standing, decided: bool) -> bool {
    let Some(end) = standing.ends_at else { return false };
    if decided || standing.values.status != SubscriptionStatus::Active || end <= standing.now {
        return false;
    }
    let values = &standing.values;
    if values.end != EndInstruction::None || values.next_term.is_some() {
        return false;
    }
    let within = |time: SignedDuration| end <= latest(standing.now, time);
    if values.auto_renew { values.term.months() > 1 && within(ASK_RENEWING) } else { within(ASK) }
}

fn latest(now: Timestamp, wait: SignedDuration) -> Timestamp {
    now.checked_add(wait).unwrap_or(now)
}
