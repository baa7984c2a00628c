//! Whose turn it is (N1–N3): what holds the whole queue, what holds one operation, and waiting times that no setting of
//! the wall clock makes shorter or longer.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use cb_domain::ids::{OnboardingId, TenantId};
use cb_domain::operation::{Operation, OperationState};
use cb_sync::queue::Choice;
use cb_sync::{Alarms, Pick, QueueState, pick, wait};
use cb_testkit::{Seeded, build};
use jiff::{SignedDuration, Timestamp};
use std::collections::{HashMap, HashSet};
use std::time::Duration;

const CART: usize = 2;

/// A chain whose cart is next: customer and agreement are done.
fn chain(sequence: i64) -> Vec<Operation> {
    let mut chain =
        build::onboarding("Nordwind", &["nordwind"], sequence, &mut Seeded::new(5 + sequence.unsigned_abs()));
    for done in &mut chain[..CART] {
        done.state = OperationState::Confirmed;
    }
    chain
}

fn picked(all: &[Operation], queue: &QueueState, now: Timestamp) -> Pick {
    let over = |one: &&Operation| matches!(one.state, OperationState::Confirmed | OperationState::Cancelled);
    let closed: HashMap<_, _> = all.iter().filter(over).map(|one| (one.id, one.state)).collect();
    let open: Vec<Operation> = all.iter().filter(|one| !over(one)).cloned().collect();
    let made = all.iter().map(|one| one.customer_id).collect();
    pick(Choice { open: &open, closed: &closed, made: &made, hurried: &HashSet::new() }, queue, now)
}

#[test]
fn what_holds_the_whole_queue_holds_it() {
    let now = build::start();
    let chain = chain(0);
    assert_eq!(picked(&chain, &QueueState::default(), now), Pick::Operation(chain[CART].id));
    for queue in [
        QueueState { work_offline: true, ..QueueState::default() },
        QueueState { paused: true, ..QueueState::default() },
        QueueState { offline: true, ..QueueState::default() },
        QueueState { sign_in: true, ..QueueState::default() },
        QueueState { signed_in_as: Some(TenantId(uuid::Uuid::from_u128(404))), ..QueueState::default() },
        QueueState { held: HashSet::from([chain[CART].onboarding_id]), ..QueueState::default() },
    ] {
        assert_eq!(picked(&chain, &queue, now), Pick::Idle, "{queue:?}");
    }
    let own = QueueState { signed_in_as: Some(chain[CART].partner_tenant), ..QueueState::default() };
    assert_eq!(picked(&chain, &own, now), Pick::Operation(chain[CART].id));
    let wait = Duration::from_secs(40);
    let told = QueueState { throttled_until: Some(wait::after(now, wait)), ..QueueState::default() };
    assert_eq!(picked(&chain, &told, now), Pick::Wait(wait));
}

#[test]
fn p2_a_customer_gets_no_other_cart_while_a_purchase_is_unknown() {
    let now = build::start();
    let mut first = chain(0);
    let mut second = chain(10);
    for operation in &mut second {
        operation.customer_id = first[0].customer_id;
        operation.onboarding_id = OnboardingId(uuid::Uuid::from_u128(2));
    }
    first[CART].state = OperationState::Confirmed;
    let checkout = &mut first[CART + 1];
    (checkout.state, checkout.ever_unknown) = (OperationState::Unknown, true);
    checkout.not_before = Some(wait::after(now, Duration::from_secs(60)));
    let all: Vec<Operation> = first.iter().chain(&second).cloned().collect();
    assert_eq!(picked(&all, &QueueState::default(), now), Pick::Wait(Duration::from_secs(60)));
    first[CART + 1].state = OperationState::Confirmed;
    let all: Vec<Operation> = first[..CART + 2].iter().chain(&second).cloned().collect();
    assert_eq!(picked(&all, &QueueState::default(), now), Pick::Operation(second[CART].id));
}

#[test]
fn n3_a_waiting_time_lasts_as_long_as_it_lasts_whatever_the_wall_clock_is_set_to() {
    let minute = |number: i64| SignedDuration::from_mins(number);
    for jump in [minute(-300), minute(0), minute(300)] {
        let (now, steady) = (build::start(), Timestamp::UNIX_EPOCH);
        let mut chain = chain(0);
        let stored = wait::after(now, Duration::from_secs(600));
        chain[CART].not_before = Some(stored);
        let told =
            QueueState { throttled_until: Some(wait::after(now, Duration::from_secs(300))), ..QueueState::default() };
        let mut alarms = Alarms::default();
        alarms.align(&mut chain, &mut told.clone(), now, steady);
        // Four minutes pass, and somebody sets the clock.
        let later =
            |mins: i64| (now.checked_add(jump + minute(mins)).unwrap(), steady.checked_add(minute(mins)).unwrap());
        for (mins, expected) in [
            (4, Pick::Wait(Duration::from_secs(60))),
            (6, Pick::Wait(Duration::from_secs(240))),
            (11, Pick::Operation(chain[CART].id)),
        ] {
            let (now, steady) = later(mins);
            let (mut as_stored, mut queue) = (chain.clone(), told.clone());
            as_stored[CART].not_before = Some(stored);
            alarms.align(&mut as_stored, &mut queue, now, steady);
            assert_eq!(picked(&as_stored, &queue, now), expected, "{jump} after {mins} minutes");
        }
    }
}

#[test]
fn n3_what_was_stored_is_believed_for_an_hour_at_most() {
    let (now, steady) = (build::start(), Timestamp::UNIX_EPOCH);
    let mut chain = chain(0);
    chain[CART].not_before = Some(wait::after(now, Duration::from_secs(9 * 3600)));
    let mut alarms = Alarms::default();
    alarms.align(&mut chain, &mut QueueState::default(), now, steady);
    assert_eq!(picked(&chain, &QueueState::default(), now), Pick::Wait(wait::LONGEST));
}

/// N3, at the very moment: what has rung keeps nothing back, and what has not is on the wall as long as it lasts.
#[test]
fn n3_a_waiting_time_is_over_at_the_moment_it_ends() {
    let (now, steady) = (build::start(), Timestamp::UNIX_EPOCH);
    let mut chain = chain(0);
    let wait = Duration::from_secs(60);
    chain[CART].not_before = Some(wait::after(now, wait));
    let queue = QueueState { throttled_until: Some(wait::after(now, wait)), ..QueueState::default() };
    let mut alarms = Alarms::default();
    for (millis, left) in [(0, Some(60_000)), (59_999, Some(1)), (60_000, None), (60_001, None)] {
        let passed = Duration::from_millis(millis);
        let (now, steady) = (wait::after(now, passed), wait::after(steady, passed));
        let (mut all, mut told) = (chain.clone(), queue.clone());
        alarms.align(&mut all, &mut told, now, steady);
        let until = left.map(|left| wait::after(now, Duration::from_millis(left)));
        assert_eq!((all[CART].not_before, told.throttled_until), (until, until), "after {millis} ms");
    }
}

/// Only a purchase that may have taken effect keeps another one back; and only one of the same customer.
#[test]
fn p2_what_is_settled_or_was_never_sent_keeps_no_other_cart_back() {
    use cb_domain::operation::{Attention, AttentionReason};
    let attention = |ambiguous| Attention {
        reason: AttentionReason::Credit,
        ambiguous,
        field: String::new(),
        status: 403,
        code: 7,
    };
    let now = build::start();
    let waits = |all: &mut [Operation], at: usize, state: OperationState, found: Option<bool>| {
        all[at].state = state;
        all[at].attention = found.map(attention);
        all[at].not_before = Some(wait::after(now, Duration::from_secs(60)));
    };
    for (at, state, found, held) in [
        (CART, OperationState::Queued, None, false),
        (CART, OperationState::Unknown, None, true),
        (CART, OperationState::InFlight, None, true),
        (CART, OperationState::NeedsAttention, Some(false), false),
        (CART, OperationState::NeedsAttention, Some(true), true),
        (CART + 1, OperationState::Unknown, None, true),
        (CART + 1, OperationState::NeedsAttention, Some(false), false),
        (CART + 1, OperationState::NeedsAttention, Some(true), true),
        // Neither the agreement nor what is read back buys anything.
        (CART - 1, OperationState::Unknown, None, false),
        (CART + 2, OperationState::Unknown, None, false),
    ] {
        for same_customer in [true, false] {
            let (mut first, mut second) = (chain(0), chain(10));
            for operation in &mut second {
                operation.onboarding_id = OnboardingId(uuid::Uuid::from_u128(2));
                if same_customer {
                    operation.customer_id = first[0].customer_id;
                }
            }
            for done in &mut first[..at] {
                done.state = OperationState::Confirmed;
            }
            waits(&mut first, at, state, found);
            let all: Vec<Operation> = first.iter().chain(&second).cloned().collect();
            let goes = picked(&all, &QueueState::default(), now) == Pick::Operation(second[CART].id);
            assert_eq!(goes, !(held && same_customer), "{at} {state:?} {found:?}, same customer {same_customer}");
        }
    }
}
