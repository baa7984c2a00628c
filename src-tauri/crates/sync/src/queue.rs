//! Whose turn it is: one worker, one request at a time (N1).

use crate::wait::{LONGEST, after, clamp_wake_up};
use cb_domain::ids::{CustomerId, OnboardingId, OperationId, TenantId};
use cb_domain::operation::{HoldReason, Operation, OperationKind, OperationState};
use jiff::Timestamp;
use std::collections::{HashMap, HashSet};
use std::time::Duration;

/// What holds the whole queue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QueueState {
    /// The person works offline.
    pub work_offline: bool,
    /// The person paused it.
    pub paused: bool,
    /// No network, as the last request said (N5).
    pub offline: bool,
    /// The person must sign in.
    pub sign_in: bool,
    /// Told to wait until.
    pub throttled_until: Option<Timestamp>,
    /// Partner tenant that is signed in; operations approved for another are not sent.
    pub signed_in_as: Option<TenantId>,
    /// Onboardings that rest after a restore until a person releases them (D8).
    pub held: HashSet<OnboardingId>,
}

/// Answer of [`pick`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pick {
    /// This one.
    Operation(OperationId),
    /// None yet: look again after this.
    Wait(Duration),
    /// None until something changes.
    Idle,
}

/// Waiting times of this run, kept by the monotonic clock: setting the wall clock makes none of them shorter or longer
/// (N3). What the book has stored is believed for an hour at most, and only once.
#[derive(Debug, Clone, Default)]
pub struct Alarms {
    operations: HashMap<OperationId, Alarm>,
    queue: Option<Alarm>,
}

/// A time as it was stored, by the wall clock of then, and the same by the monotonic clock.
#[derive(Debug, Clone, Copy)]
struct Alarm {
    stored: Timestamp,
    rings: Timestamp,
}

impl Alarm {
    fn set(known: Option<Self>, stored: Timestamp, now: Timestamp, steady: Timestamp) -> Self {
        known.filter(|known| known.stored == stored).unwrap_or_else(|| {
            let wait = clamp_wake_up(Some(stored), now).map_or(Duration::ZERO, |at| until_from(at, now));
            Self { stored, rings: after(steady, wait) }
        })
    }

    /// As the wall clock says it now; nothing once it has rung.
    fn on_the_wall(self, now: Timestamp, steady: Timestamp) -> Option<Timestamp> {
        (self.rings > steady).then(|| after(now, until_from(self.rings, steady)))
    }
}

impl Alarms {
    /// Puts the waiting times of these operations and of the queue as the wall clock says them now.
    pub fn align(&mut self, open: &mut [Operation], queue: &mut QueueState, now: Timestamp, steady: Timestamp) {
        let mut kept = HashMap::new();
        for operation in open {
            if let Some(stored) = operation.not_before {
                let alarm = Alarm::set(self.operations.get(&operation.id).copied(), stored, now, steady);
                kept.insert(operation.id, alarm);
                operation.not_before = alarm.on_the_wall(now, steady);
            }
        }
        self.operations = kept;
        self.queue = queue.throttled_until.map(|stored| Alarm::set(self.queue, stored, now, steady));
        queue.throttled_until = self.queue.and_then(|alarm| alarm.on_the_wall(now, steady));
    }
}

/// What [`pick`] chooses from.
#[derive(Debug, Clone, Copy)]
pub struct Choice<'a> {
    /// Operations that are neither confirmed nor cancelled, by sequence.
    pub open: &'a [Operation],
    /// States of parents that are not open.
    pub closed: &'a HashMap<OperationId, OperationState>,
    /// Customers that have a tenant.
    pub made: &'a HashSet<CustomerId>,
    /// Operations whose waiting time the person has cut short.
    pub hurried: &'a HashSet<OperationId>,
}

/// The next eligible operation by sequence across all chains.
///
/// Waiting time, a hold or trouble in one chain never blocks another onboarding.
#[must_use]
pub fn pick(choice: Choice<'_>, queue: &QueueState, now: Timestamp) -> Pick {
    if queue.work_offline || queue.paused || queue.offline || queue.sign_in {
        return Pick::Idle;
    }
    if let Some(until) = clamp_wake_up(queue.throttled_until, now).filter(|until| *until > now) {
        return Pick::Wait(until_from(until, now));
    }
    let unsettled: HashSet<(CustomerId, OnboardingId)> = choice
        .open
        .iter()
        .filter(|operation| is_unsettled(operation))
        .map(|operation| (operation.customer_id, operation.onboarding_id))
        .collect();
    let mut soonest: Option<Duration> = None;
    for operation in choice.open {
        if !is_eligible(operation, choice, queue, &unsettled) {
            continue;
        }
        let wake =
            clamp_wake_up(operation.not_before, now).filter(|at| *at > now && !choice.hurried.contains(&operation.id));
        match wake {
            None => return Pick::Operation(operation.id),
            Some(at) => {
                let wait = until_from(at, now);
                soonest = Some(soonest.map_or(wait, |known| known.min(wait)));
            }
        }
    }
    soonest.map_or(Pick::Idle, Pick::Wait)
}

/// Purchases of unknown outcome: while there is one, its customer gets no other cart (section 2).
fn is_unsettled(operation: &Operation) -> bool {
    let buys = matches!(operation.payload.kind(), OperationKind::CreateCart | OperationKind::CheckoutCart);
    let unknown = match operation.state {
        OperationState::Unknown | OperationState::InFlight => true,
        OperationState::NeedsAttention => operation.attention.as_ref().is_some_and(|attention| attention.ambiguous),
        OperationState::Queued | OperationState::Confirmed | OperationState::Cancelled => false,
    };
    buys && unknown
}

fn is_eligible(
    operation: &Operation,
    choice: Choice<'_>,
    queue: &QueueState,
    unsettled: &HashSet<(CustomerId, OnboardingId)>,
) -> bool {
    let waits = match operation.state {
        OperationState::Queued | OperationState::Unknown => true,
        OperationState::InFlight
        | OperationState::NeedsAttention
        | OperationState::Confirmed
        | OperationState::Cancelled => false,
    };
    let kind = operation.payload.kind();
    let buys = matches!(kind, OperationKind::CreateCart | OperationKind::CheckoutCart);
    let another_unsettled = buys
        && operation.state == OperationState::Queued
        && unsettled
            .iter()
            .any(|(customer, onboarding)| *customer == operation.customer_id && *onboarding != operation.onboarding_id);
    waits
        // Neither time nor *Send now* lets it go: only the person's release of its session.
        && operation.hold != Some(HoldReason::SessionNotReleased)
        && !queue.held.contains(&operation.onboarding_id)
        && !another_unsettled
        && queue.signed_in_as.is_none_or(|tenant| tenant == operation.partner_tenant)
        && operation.parents.iter().all(|parent| choice.closed.get(parent) == Some(&OperationState::Confirmed))
        && (kind == OperationKind::CreateCustomer || choice.made.contains(&operation.customer_id))
}

fn until_from(at: Timestamp, now: Timestamp) -> Duration {
    Duration::try_from(at.duration_since(now)).unwrap_or(Duration::ZERO).min(LONGEST)
}
