//! *Where it stands*: of everything that could be said of a customer or a subscription, the most urgent thing.

use super::{told, words};
use crate::views::{Stands, StandsKind};
use cb_domain::change::Closing;
use cb_domain::customer::Customer;
use cb_domain::ids::{CustomerId, SubscriptionId};
use cb_domain::operation::{AttentionReason, HoldReason, Operation, OperationState};
use cb_domain::subscription::{Subscription, SubscriptionStatus};
use cb_store::{Db, StandsFacts, StoreError};
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;

/// A seven-day window is urgent in its last two days.
pub(super) const WINDOW_URGENT: SignedDuration = SignedDuration::from_hours(48);
/// The end of a term asks for a decision a month before.
pub(super) const TERM_URGENT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// What can be urgent, gathered from operations and dates. [`most_urgent`] picks.
#[derive(Debug, Clone, Default)]
struct Facts {
    attention: Option<AttentionReason>,
    hold: Option<HoldReason>,
    window: Option<Closing>,
    term_ends_undecided: Option<Timestamp>,
    sending: u32,
    waiting: u32,
    draft: bool,
}

/// Where a customer stands.
pub(super) fn of_customer(customer: &Customer, facts: &StandsFacts, now: Timestamp) -> Stands {
    let facts = Facts {
        attention: facts.attention,
        hold: facts.on_hold,
        window: facts.window,
        term_ends_undecided: facts.term_ends_undecided,
        sending: facts.sending,
        waiting: facts.waiting,
        draft: facts.draft,
    };
    most_urgent(&facts, now).unwrap_or_else(|| {
        // Without a tenant and without an operation (all were cancelled) it is no more than a wish.
        plain(if customer.tenant_id.is_some() { StandsKind::Confirmed } else { StandsKind::Draft })
    })
}

/// What closes or ends of a customer's subscriptions.
pub(crate) struct Dates {
    windows: HashMap<SubscriptionId, Closing>,
    undecided_ends: HashMap<SubscriptionId, Timestamp>,
}

impl Dates {
    /// Reads them within a read of the caller.
    pub(crate) fn read(db: &Db, customer: CustomerId, now: Timestamp) -> Result<Self, StoreError> {
        let book = db.subscription_book();
        Ok(Self { windows: book.windows_of(customer, now)?, undecided_ends: book.undecided_ends_of(customer, now)? })
    }
}

/// Where a subscription stands; `operations` and `dates` are those of its customer.
pub(crate) fn of_subscription(
    subscription: &Subscription,
    operations: &[Operation],
    dates: &Dates,
    now: Timestamp,
) -> Stands {
    let mut facts = Facts {
        window: dates.windows.get(&subscription.id).copied(),
        term_ends_undecided: dates.undecided_ends.get(&subscription.id).copied(),
        ..Facts::default()
    };
    if subscription.status == SubscriptionStatus::Wanted {
        add_chain(&mut facts, subscription, operations);
    }
    most_urgent(&facts, now).unwrap_or_else(|| by_status(subscription))
}

/// A wanted subscription stands where its chain stands: the order can't go before the customer exists.
fn add_chain(facts: &mut Facts, subscription: &Subscription, operations: &[Operation]) {
    let order = operations.iter().find(|o| Some(o.id) == subscription.operation_id);
    let Some(onboarding) = order.map(|o| o.onboarding_id) else { return };
    for operation in operations.iter().filter(|o| o.onboarding_id == onboarding) {
        match operation.state {
            OperationState::NeedsAttention => {
                facts.attention = facts.attention.or(operation.attention.as_ref().map(|a| a.reason));
            }
            OperationState::Queued => {
                facts.hold = facts.hold.or(operation.hold);
                facts.waiting += 1;
            }
            OperationState::InFlight | OperationState::Unknown => facts.sending += 1,
            OperationState::Confirmed | OperationState::Cancelled => {}
        }
    }
}

/// The order of urgency, in one place.
fn most_urgent(facts: &Facts, now: Timestamp) -> Option<Stands> {
    if let Some(reason) = facts.attention {
        return Some(Stands { attention: Some(words::attention(reason)), ..plain(StandsKind::NeedsAttention) });
    }
    if let Some(reason) = facts.hold {
        return Some(Stands { hold: Some(words::hold(reason)), ..plain(StandsKind::OnHold) });
    }
    if let Some(next) = facts.window.filter(|next| is_near(next.until, now, WINDOW_URGENT)) {
        return Some(Stands { at: Some(told(next.until)), count: next.quantity, ..plain(StandsKind::WindowCloses) });
    }
    if let Some(at) = facts.term_ends_undecided.filter(|at| is_near(*at, now, TERM_URGENT)) {
        return Some(Stands { at: Some(told(at)), ..plain(StandsKind::TermEnds) });
    }
    if facts.sending > 0 {
        return Some(Stands { count: facts.sending, ..plain(StandsKind::Sending) });
    }
    if facts.waiting > 0 {
        return Some(Stands { count: facts.waiting, ..plain(StandsKind::Waiting) });
    }
    facts.draft.then(|| plain(StandsKind::Draft))
}

fn is_near(at: Timestamp, now: Timestamp, within: SignedDuration) -> bool {
    at > now && at.duration_since(now) <= within
}

fn by_status(subscription: &Subscription) -> Stands {
    let kind = match subscription.status {
        SubscriptionStatus::Wanted => StandsKind::Waiting,
        SubscriptionStatus::Active => StandsKind::Active,
        // Bought, as the answer to the order said; its own state has not been read yet.
        SubscriptionStatus::None | SubscriptionStatus::Pending
            if subscription.order_id.is_some() && subscription.confirmed_at.is_none() =>
        {
            StandsKind::Confirmed
        }
        SubscriptionStatus::None | SubscriptionStatus::Pending => StandsKind::Pending,
        SubscriptionStatus::Suspended | SubscriptionStatus::Disabled => StandsKind::Suspended,
        SubscriptionStatus::Expired => StandsKind::Expired,
        SubscriptionStatus::Deleted => StandsKind::Cancelled,
    };
    Stands { at: subscription.ends_at.map(told), ..plain(kind) }
}

fn plain(kind: StandsKind) -> Stands {
    Stands { kind, hold: None, attention: None, at: None, count: 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: &str = "2026-11-24T10:00:00Z";

    fn at(hours: i64) -> Option<Timestamp> {
        let now: Timestamp = NOW.parse().unwrap();
        Some(now + SignedDuration::from_hours(hours))
    }

    #[test]
    fn the_most_urgent_thing_wins() {
        let mut facts = Facts {
            attention: Some(AttentionReason::PostalCode),
            hold: Some(HoldReason::AgreementOpen),
            window: at(9).map(|until| Closing { until, quantity: 6 }),
            term_ends_undecided: at(29 * 24),
            sending: 1,
            waiting: 2,
            draft: true,
        };
        let now = NOW.parse().unwrap();
        let mut seen = Vec::new();
        let steps: [fn(&mut Facts); 7] = [
            |f| f.attention = None,
            |f| f.hold = None,
            |f| f.window = None,
            |f| f.term_ends_undecided = None,
            |f| f.sending = 0,
            |f| f.waiting = 0,
            |f| f.draft = false,
        ];
        for step in steps {
            seen.push(most_urgent(&facts, now).unwrap().kind);
            step(&mut facts);
        }
        use StandsKind::{Draft, NeedsAttention, OnHold, Sending, TermEnds, Waiting, WindowCloses};
        assert_eq!(seen, [NeedsAttention, OnHold, WindowCloses, TermEnds, Sending, Waiting, Draft]);
        assert!(most_urgent(&facts, now).is_none(), "nothing urgent is left");
    }

    #[test]
    fn dates_count_only_when_near_and_ahead() {
        let now = NOW.parse().unwrap();
        for (hours, urgent) in [(-1, false), (1, true), (48, true), (49, false)] {
            let window = at(hours).map(|until| Closing { until, quantity: 6 });
            let facts = Facts { window, ..Facts::default() };
            assert_eq!(most_urgent(&facts, now).is_some(), urgent, "window in {hours} hours");
        }
        for (hours, urgent) in [(-1, false), (30 * 24, true), (30 * 24 + 1, false)] {
            let facts = Facts { term_ends_undecided: at(hours), ..Facts::default() };
            assert_eq!(most_urgent(&facts, now).is_some(), urgent, "term in {hours} hours");
        }
    }
}
