//! Operations of an onboarding session that holds: nothing leaves before the person releases it, whatever else is
//! pressed or passes; until then they may be put right or cancelled.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::wildcard_enum_match_arm)]

use cb_domain::ids::RequestKey;
use cb_domain::operation::{EventKind, HoldReason, Operation, OperationKind, OperationState};
use cb_sync::person::{self, Action, actions};
use cb_sync::queue::Choice;
use cb_sync::restore::restored;
use cb_sync::{Event, Facts, Pick, Progress, QueueState, pick, postpone, step, wait};
use cb_testkit::{Seeded, build};
use std::collections::{HashMap, HashSet};
use std::time::Duration;

fn held() -> Vec<Operation> {
    let mut chain = build::onboarding("Nordwind", &["nordwind"], 0, &mut Seeded::new(5));
    for operation in &mut chain {
        operation.hold = Some(HoldReason::SessionNotReleased);
        operation.hold_since = Some(build::start());
    }
    chain
}

fn key() -> RequestKey {
    RequestKey(uuid::Uuid::from_u128(77))
}

fn picked(open: &[Operation], now: jiff::Timestamp) -> Pick {
    let hurried: HashSet<_> = open.iter().map(|one| one.id).collect();
    let made: HashSet<_> = open.iter().map(|one| one.customer_id).collect();
    let choice = Choice { open, closed: &HashMap::new(), made: &made, hurried: &hurried };
    pick(choice, &QueueState::default(), now)
}

#[test]
fn nothing_of_it_is_picked_whatever_is_pressed_or_passes() {
    let chain = held();
    for hours in [0_u64, 1, 24, 24 * 30] {
        let now = wait::after(build::start(), Duration::from_secs(hours * 3600));
        assert_eq!(picked(&chain, now), Pick::Idle, "after {hours} hours, everything hurried");
    }
}

#[test]
fn another_onboarding_is_not_kept_back_by_it() {
    let mut open = held();
    let free = build::onboarding("Seeblick", &["seeblick"], 10, &mut Seeded::new(6));
    let first = free[0].id;
    open.extend(free);
    assert_eq!(picked(&open, build::start()), Pick::Operation(first));
}

#[test]
fn its_turn_would_ask_nothing_and_change_nothing() {
    for operation in held() {
        let facts = Facts {
            chain: held(),
            tenant: Some(cb_domain::ids::TenantId(uuid::Uuid::from_u128(9))),
            country: "DE".into(),
            reseller_partner_id: "4800000".into(),
            known_orders: Vec::new(),
            last_sent_at: None,
            subscription: None,
            now: wait::after(build::start(), Duration::from_secs(3600 * 24 * 9)),
            steady: build::start(),
            held_since: None,
            random: 7,
            fresh_key: key(),
            operation,
        };
        let effects = step(&facts, &mut Progress::default(), Event::Turn).unwrap();
        assert!(effects.is_empty(), "{effects:?}");
    }
}

#[test]
fn it_may_be_put_right_or_cancelled_and_nothing_else() {
    for operation in held() {
        let kind = operation.payload.kind();
        let expected =
            if kind == OperationKind::VerifyOrder { vec![Action::Cancel] } else { vec![Action::Mend, Action::Cancel] };
        assert_eq!(actions(&operation), expected, "{kind:?}");
    }
    let free = build::onboarding("Nordwind", &["nordwind"], 0, &mut Seeded::new(5));
    assert_eq!(actions(&free[0]), [Action::Cancel], "what may be on its way at any moment is not edited");
    assert!(person::correct(&free[0], key(), build::start()).is_err());
}

#[test]
fn what_was_put_right_still_waits_for_the_release() {
    let before = held().remove(0);
    let now = wait::after(build::start(), Duration::from_secs(60));
    let change = person::correct(&before, key(), now).unwrap();
    let after = change.operation;
    assert_eq!((after.state, after.hold), (OperationState::Queued, Some(HoldReason::SessionNotReleased)));
    assert_eq!((after.revision, after.request_key, after.approved_at), (2, key(), now));
    assert_eq!(after.hold_since, before.hold_since);
}

#[test]
fn no_other_hold_takes_its_place() {
    let before = held().remove(0);
    let later = postpone(&before, build::start(), HoldReason::KeychainMissing, build::start());
    assert!(later.is_err(), "waiting for the keychain would end the wait for the person");
}

#[test]
fn n7_the_release_lets_it_go_and_approves_it_anew() {
    let before = held().remove(0);
    let now = wait::after(build::start(), Duration::from_secs(3600 * 24 * 9));
    let change = person::release(&before, now).unwrap();
    assert_eq!((change.entry, change.reason.as_str()), (Some(EventKind::Released), "session"));
    let after = change.operation;
    assert_eq!((after.state, after.hold, after.hold_since), (OperationState::Queued, None, None));
    assert_eq!(after.approved_at, now, "an approval of nine days ago would be too old");
    assert_eq!((after.revision, after.request_key), (before.revision, before.request_key), "nothing else changed");
    assert_eq!(picked(&[after], now), Pick::Operation(before.id));
    assert!(person::release(&person::release(&before, now).unwrap().operation, now).is_err(), "once");
}

#[test]
fn d8_in_a_restored_book_it_may_have_been_released_and_sent() {
    for before in held() {
        let changes = restored(&before, build::start()).unwrap();
        let last = &changes.last().unwrap().operation;
        let unknown = before.payload.kind() != OperationKind::VerifyOrder;
        let expected = if unknown { OperationState::Unknown } else { OperationState::Queued };
        assert_eq!((last.state, last.hold), (expected, None), "{:?}", before.payload.kind());
    }
}
