//! Changes of subscriptions: compared before they are written, told when they are too late, carried out once; upgrades are
//! never repeated on a guess.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::wildcard_enum_match_arm)]

use cb_domain::catalogue::{BillingCycle, SkuKey, Term};
use cb_domain::change::{
    Batch, Change, ChangeSubscription, Details, EndInstruction, NextTerm, UpgradeSubscription, Values,
};
use cb_domain::ids::TenantId;
use cb_domain::operation::{AttentionReason, Operation, OperationPayload, OperationState};
use cb_domain::subscription::SubscriptionStatus;
use cb_sync::person::{Action, actions};
use cb_sync::remote::{Answer, Call, Outcome, RefusalClass, RemoteSubscription, RemoteUpgrade, UpgradeState};
use cb_sync::{Consequence, Effect, Event, Facts, Progress, step};
use cb_testkit::fake::{FakePartnerCenter, Faults};
use cb_testkit::{Seeded, build};
use jiff::{SignedDuration, Timestamp};

fn values() -> Values {
    Values {
        sku: SkuKey { product_id: "P".into(), sku_id: "0001".into() },
        quantity: 40,
        term: Term::P1Y,
        cycle: BillingCycle::Monthly,
        status: SubscriptionStatus::Active,
        auto_renew: true,
        end: EndInstruction::None,
        next_term: None,
    }
}

fn remote(values: Values) -> RemoteSubscription {
    let until: Timestamp = build::start().checked_add(SignedDuration::from_hours(48)).unwrap();
    RemoteSubscription {
        details: Details { batches: vec![Batch { quantity: 6, until }], ..Details::default() },
        values,
        name: "Suite".into(),
        ends_at: None,
        cancellable_until: None,
        partner_id: None,
    }
}

struct Case {
    operation: Operation,
    tenant: TenantId,
    progress: Progress,
    now: Timestamp,
    last_sent: Option<Timestamp>,
}

impl Case {
    fn new(payload: OperationPayload, state: OperationState, tries: u32) -> Self {
        let mut random = Seeded::new(7);
        let (onboarding, customer) = (random.uuid().into(), random.uuid().into());
        let mut operation = build::operation(payload, onboarding, customer, 0, Vec::new(), &mut random);
        operation.state = state;
        operation.ever_unknown = state == OperationState::Unknown;
        operation.wire_tries = tries;
        let now = build::start();
        Self { operation, tenant: TenantId(random.uuid()), progress: Progress::default(), now, last_sent: None }
    }

    fn change(change: Change, state: OperationState) -> Self {
        let payload = ChangeSubscription {
            subscription_id: Seeded::new(3).uuid().into(),
            remote_id: Some("sub-1".into()),
            product_name: "Suite".into(),
            base: values(),
            base_read_at: build::start(),
            term_ends_at: None,
            change,
            effects: Vec::new(),
        };
        Self::new(OperationPayload::ChangeSubscription(Box::new(payload)), state, 0)
    }

    fn upgrade(quantity: u32, state: OperationState) -> Self {
        let payload = UpgradeSubscription {
            subscription_id: Seeded::new(3).uuid().into(),
            remote_id: Some("sub-1".into()),
            product_name: "Suite".into(),
            legacy: false,
            base: values(),
            base_read_at: build::start(),
            target: target(),
            target_title: "Better".into(),
            quantity,
            term: Term::P1Y,
            cycle: BillingCycle::Monthly,
            effects: Vec::new(),
        };
        Self::new(OperationPayload::UpgradeSubscription(Box::new(payload)), state, 1)
    }

    fn step(&mut self, event: Event) -> Vec<Effect> {
        let held_since = self.progress.held_since(&self.operation, self.now);
        let facts = Facts {
            operation: self.operation.clone(),
            chain: vec![self.operation.clone()],
            tenant: Some(self.tenant),
            country: "DE".into(),
            reseller_partner_id: String::new(),
            known_orders: Vec::new(),
            last_sent_at: self.last_sent,
            subscription: Some("sub-1".into()),
            now: self.now,
            steady: self.now,
            held_since,
            random: 1,
            fresh_key: self.operation.request_key,
        };
        step(&facts, &mut self.progress, event).unwrap()
    }

    fn reads(&mut self, theirs: RemoteSubscription) -> Vec<Effect> {
        let call = Call::ReadSubscription { tenant: self.tenant, subscription: "sub-1".into() };
        self.step(Event::Heard { call, outcome: done(Answer::Subscription(Box::new(theirs))) })
    }

    fn reads_upgrades(&mut self, all: Vec<RemoteUpgrade>) -> Vec<Effect> {
        let (tenant, subscription) = (self.tenant, "sub-1".into());
        let call = Call::ReadUpgrades { tenant, subscription, legacy: false, target: target() };
        self.step(Event::Heard { call, outcome: done(Answer::Upgrades(all)) })
    }
}

fn target() -> SkuKey {
    SkuKey { product_id: "Q".into(), sku_id: "0002".into() }
}

fn done(answer: Answer) -> Outcome {
    Outcome::Done { answer, server_date: None }
}

fn saved(effects: &[Effect]) -> (&Operation, &Consequence) {
    match effects {
        [Effect::Save { changes, consequence }] => (&changes.last().unwrap().operation, consequence),
        other => panic!("{other:?}"),
    }
}

fn reason(effects: &[Effect]) -> Option<AttentionReason> {
    saved(effects).0.attention.as_ref().map(|found| found.reason)
}

#[test]
fn a_change_reads_first_and_sends_once_what_is_still_wanted() {
    let mut case = Case::change(Change::Licences { quantity: 50 }, OperationState::Queued);
    assert!(matches!(case.step(Event::Turn)[..], [Effect::LookUp { call: Call::ReadSubscription { .. } }]));
    let effects = case.reads(remote(values()));
    assert!(matches!(effects[..], [Effect::Send { call: Call::ChangeSubscription { .. }, .. }]), "{effects:?}");
    let mut after = values();
    after.quantity = 50;
    for state in [OperationState::Queued, OperationState::Unknown] {
        let mut case = Case::change(Change::Licences { quantity: 50 }, state);
        let effects = case.reads(remote(after.clone()));
        let (operation, taken) = saved(&effects);
        assert_eq!(operation.state, OperationState::Confirmed, "carried out already: never a second time");
        assert!(matches!(taken, Consequence::Subscription { .. }));
    }
}

#[test]
fn what_somebody_changed_meanwhile_is_asked_about_and_never_overwritten() {
    let planned = NextTerm { quantity: 60, sku: values().sku, term: Term::P1Y, cycle: BillingCycle::Monthly };
    for (name, theirs) in [
        ("licences", Values { quantity: 45, ..values() }),
        ("a plan that would be lost", Values { next_term: Some(planned), ..values() }),
        ("suspended", Values { status: SubscriptionStatus::Suspended, ..values() }),
    ] {
        for state in [OperationState::Queued, OperationState::Unknown] {
            let mut case = Case::change(Change::Licences { quantity: 50 }, state);
            let effects = case.reads(remote(theirs.clone()));
            assert_eq!(reason(&effects), Some(AttentionReason::Difference), "{name}");
            let (operation, _) = saved(&effects);
            assert_eq!(operation.result.subscription.as_deref(), Some(&theirs), "{name}");
            assert_eq!(actions(operation), [Action::Resolve], "{name}");
        }
    }
    // What it does not touch is nobody's business.
    let mut case = Case::change(Change::Licences { quantity: 50 }, OperationState::Queued);
    let effects = case.reads(remote(Values { auto_renew: false, ..values() }));
    assert!(matches!(effects[..], [Effect::Send { .. }]));
}

#[test]
fn a_window_that_has_closed_is_told_and_not_tried() {
    let late = |theirs: RemoteSubscription, change: Change| {
        let mut case = Case::change(change, OperationState::Queued);
        let effects = case.reads(theirs);
        let sends = matches!(effects[..], [Effect::Send { .. }]);
        (sends, if sends { None } else { reason(&effects) })
    };
    let closed = Some(AttentionReason::WindowClosed);
    let open = |mut theirs: RemoteSubscription| {
        theirs.cancellable_until = Some(build::start());
        theirs
    };
    let mut shut = remote(values());
    shut.details.batches.clear();
    assert_eq!(late(remote(values()), Change::Licences { quantity: 34 }), (true, None));
    assert_eq!(late(remote(values()), Change::Licences { quantity: 33 }), (false, closed));
    assert_eq!(late(shut.clone(), Change::Licences { quantity: 39 }), (false, closed));
    assert_eq!(late(shut.clone(), Change::Licences { quantity: 41 }), (true, None), "more is possible at any time");
    assert_eq!(late(shut, Change::Cancel), (false, closed));
    assert_eq!(late(open(remote(values())), Change::Cancel), (true, None), "Partner Center's clock counts");
    let mut shut = remote(values());
    shut.details.batches.clear();
    let mut unheard = Case::change(Change::Licences { quantity: 39 }, OperationState::Unknown);
    let effects = unheard.reads(shut);
    assert_eq!(
        actions(saved(&effects).0),
        [Action::CheckAgain, Action::Cancel],
        "read, and not done: it may be taken back"
    );
    let mut older = remote(values());
    older.values.sku.sku_id.clear();
    older.details.batches.clear();
    let mut case = Case::change(Change::Licences { quantity: 1 }, OperationState::Queued);
    let OperationPayload::ChangeSubscription(payload) = &mut case.operation.payload else { unreachable!() };
    payload.base.sku.sku_id.clear();
    assert!(matches!(case.reads(older)[..], [Effect::Send { .. }]), "older licences go back at any time");
}

#[test]
fn what_was_decided_about_one_term_never_counts_for_the_next() {
    let next = NextTerm { quantity: 30, sku: values().sku, term: Term::P1Y, cycle: BillingCycle::Monthly };
    let off = Change::AutoRenew { on: false, end: EndInstruction::Cancel };
    let seen: Timestamp = "2026-11-27T23:59:59Z".parse().unwrap();
    let hours = |hours| seen.checked_add(SignedDuration::from_hours(hours)).unwrap();
    let over = Some(AttentionReason::TermOver);
    for (change, now, expected) in [
        (off.clone(), Some(seen), None),
        // The same day written in another way, and a term that was cut short: still the one that was looked at.
        (off.clone(), Some(hours(24)), None),
        (off.clone(), Some(hours(-24 * 30)), None),
        (off.clone(), None, None),
        (off, Some(hours(25)), over),
        (Change::AtRenewal { next: next.clone() }, Some(seen), None),
        (Change::AtRenewal { next }, Some(hours(365 * 24)), over),
        // Licences are bought for the term that runs, whichever it is.
        (Change::Licences { quantity: 50 }, Some(hours(365 * 24)), None),
    ] {
        for state in [OperationState::Queued, OperationState::Unknown] {
            let mut case = Case::change(change.clone(), state);
            let OperationPayload::ChangeSubscription(payload) = &mut case.operation.payload else { unreachable!() };
            payload.term_ends_at = Some(seen);
            let effects = case.reads(RemoteSubscription { ends_at: now, ..remote(values()) });
            let sends = matches!(effects[..], [Effect::Send { .. }]);
            let told = if sends { None } else { reason(&effects) };
            assert_eq!((sends, told), (expected.is_none(), expected), "{change:?} {now:?} {state:?}");
            if !sends && state == OperationState::Queued {
                assert_eq!(actions(saved(&effects).0), [Action::Cancel], "nothing to approve: the person decides anew");
            } else if !sends {
                assert_eq!(actions(saved(&effects).0), [Action::CheckAgain, Action::Cancel], "it was read: not done");
            }
        }
    }
}

#[test]
fn a_refusal_reaches_the_person_with_its_cause() {
    for (status, code, expected) in [
        (400, 900_214, AttentionReason::WindowClosed),
        (400, 900_213, AttentionReason::WindowClosed),
        (400, 900_154, AttentionReason::ResellerNotFit),
        (403, 800_066, AttentionReason::Quantity),
        (400, 900_268, AttentionReason::TermNotOffered),
        (418, 7, AttentionReason::Unexpected),
    ] {
        let mut case = Case::change(Change::Licences { quantity: 34 }, OperationState::InFlight);
        let call = Call::ChangeSubscription {
            tenant: case.tenant,
            subscription: "sub-1".into(),
            seen: Box::new(values()),
            change: Box::new(Change::Licences { quantity: 34 }),
        };
        let class = RefusalClass::Fixable;
        let effects =
            case.step(Event::Heard { call, outcome: Outcome::Refused { class, status, code, data: Vec::new() } });
        assert_eq!(reason(&effects), Some(expected), "{status} {code}");
    }
}

fn moved(quantity: u32, at: Timestamp, state: UpgradeState) -> RemoteUpgrade {
    RemoteUpgrade { target: target(), quantity, at: Some(at), state, to: Some("sub-2".into()) }
}

#[test]
fn an_upgrade_of_unknown_outcome_is_looked_up_and_never_sent_again_by_itself() {
    let start = build::start();
    let mut case = Case::upgrade(10, OperationState::Unknown);
    case.last_sent = Some(start);
    assert!(matches!(case.step(Event::Turn)[..], [Effect::LookUp { call: Call::ReadUpgrades { .. } }]));
    let effects = case.reads_upgrades(vec![moved(10, start, UpgradeState::Completed)]);
    assert_eq!(saved(&effects).0.state, OperationState::Confirmed);
    // Another number, another time: not ours. Then the subscription itself is asked.
    let earlier = start.checked_sub(SignedDuration::from_hours(2)).unwrap();
    for other in [moved(9, start, UpgradeState::Completed), moved(10, earlier, UpgradeState::Completed)] {
        let effects = case.reads_upgrades(vec![other]);
        assert!(matches!(effects[..], [Effect::LookUp { call: Call::ReadSubscription { .. } }]));
    }
    // Nothing has moved: it may be late, so it waits; after twenty minutes the person decides.
    let effects = case.reads(remote(values()));
    assert_eq!(saved(&effects).0.state, OperationState::Unknown);
    case.now = start.checked_add(SignedDuration::from_mins(21)).unwrap();
    let effects = case.reads(remote(values()));
    let (operation, _) = saved(&effects);
    assert_eq!(
        (operation.state, reason(&effects)),
        (OperationState::NeedsAttention, Some(AttentionReason::OutcomeUnknown))
    );
    assert!(operation.attention.as_ref().unwrap().ambiguous);
    assert_eq!(actions(operation), [Action::CheckAgain, Action::SendAgain]);
    for late in 0..200 {
        case.now = start.checked_add(SignedDuration::from_mins(late)).unwrap();
        for effects in [case.step(Event::Turn), case.reads_upgrades(Vec::new()), case.reads(remote(values()))] {
            assert!(!effects.iter().any(|effect| matches!(effect, Effect::Send { .. })), "a double order");
        }
    }
}

#[test]
fn an_upgrade_there_counts_as_done_only_when_it_is() {
    let start = build::start();
    for (state, wanted) in [
        (UpgradeState::Completed, (OperationState::Confirmed, None)),
        (UpgradeState::Failed, (OperationState::NeedsAttention, Some((AttentionReason::UpgradeRefused, true)))),
        (UpgradeState::Started, (OperationState::Unknown, None)),
    ] {
        let mut case = Case::upgrade(10, OperationState::Unknown);
        case.last_sent = Some(start);
        let effects = case.reads_upgrades(vec![moved(10, start, state)]);
        let (after, _) = saved(&effects);
        let asked = after.attention.as_ref().map(|found| (found.reason, found.ambiguous));
        assert_eq!((after.state, asked), wanted, "{state:?}");
        assert_eq!(after.not_before.is_some(), state == UpgradeState::Started, "under way: looked at again");
    }
}

#[test]
fn a_refused_upgrade_is_a_definite_no_unless_an_answer_was_lost_before() {
    let refusal = |class, status, code| Outcome::Refused { class, status, code, data: Vec::new() };
    let (fixable, busy) = (RefusalClass::Fixable, RefusalClass::Busy);
    for (class, status, code, ever_unknown, state) in [
        (fixable, 400, 900_236, false, OperationState::NeedsAttention),
        (fixable, 400, 900_236, true, OperationState::Unknown),
        (busy, 409, 800_060, false, OperationState::Unknown),
    ] {
        let mut case = Case::upgrade(10, OperationState::InFlight);
        case.operation.ever_unknown = ever_unknown;
        let OperationPayload::UpgradeSubscription(payload) = case.operation.payload.clone() else { panic!() };
        let call = Call::Upgrade { tenant: case.tenant, subscription: "sub-1".into(), payload };
        let effects = case.step(Event::Heard { call, outcome: refusal(class, status, code) });
        let (after, _) = saved(&effects);
        let asked = after.attention.as_ref().map(|found| (found.reason, found.ambiguous));
        let no = (state == OperationState::NeedsAttention).then_some((AttentionReason::UpgradeRefused, false));
        assert_eq!((after.state, asked), (state, no), "{code} {ever_unknown}");
    }
}

#[test]
fn a_full_upgrade_that_is_there_is_done_and_a_changed_source_is_asked_about() {
    let upgraded = Values { sku: target(), ..values() };
    for state in [OperationState::Queued, OperationState::Unknown] {
        let mut case = Case::upgrade(40, state);
        let effects = case.reads(remote(upgraded.clone()));
        assert_eq!(saved(&effects).0.state, OperationState::Confirmed, "{state:?}");
    }
    let mut case = Case::upgrade(10, OperationState::Queued);
    let effects = case.reads(remote(Values { quantity: 30, ..values() }));
    assert_eq!(
        reason(&effects),
        Some(AttentionReason::Difference),
        "ten have gone already: moving ten more is the person's word"
    );
    let mut case = Case::upgrade(10, OperationState::Queued);
    assert!(matches!(case.reads(remote(values()))[..], [Effect::Send { call: Call::Upgrade { .. }, .. }]));
}

/// One operation against a server that loses, delays and forgets, until it rests: what became of it, and what the server
/// did.
fn run(mut case: Case, seed: u64) -> (OperationState, u64, usize, Values) {
    let faults = Faults {
        not_sent: 10,
        lost_before: 15,
        lost_after: 20,
        delayed: 10,
        throttled: 5,
        forgets_keys: 20,
        sign_in: 3,
        ..Faults::default()
    };
    let server = FakePartnerCenter::new(seed, faults);
    server.with(|state| state.owned.insert("sub-1".into(), remote(values())));
    for _ in 0..400 {
        if !matches!(case.operation.state, OperationState::Queued | OperationState::Unknown) {
            break;
        }
        case.now = case.now.checked_add(SignedDuration::from_secs(90)).unwrap();
        server.with(|state| state.pass(case.now));
        let mut effects = case.step(Event::Turn);
        while let Some(effect) = effects.pop() {
            let call = match effect {
                Effect::Send { call, begin } => {
                    case.operation = begin.operation;
                    case.last_sent = Some(case.now);
                    call
                }
                Effect::LookUp { call } => call,
                Effect::Save { changes, .. } => {
                    if let Some(last) = changes.into_iter().last() {
                        case.operation = last.operation;
                    }
                    continue;
                }
                Effect::PauseQueue(_) => continue,
            };
            let outcome = server.answer(&call, case.operation.request_key);
            effects.extend(case.step(Event::Heard { call, outcome }));
        }
    }
    // What was delayed arrives in the end.
    let late = case.now.checked_add(SignedDuration::from_hours(2)).unwrap();
    server.with(|state| {
        state.pass(late);
        (case.operation.state, state.changes, state.moved.len(), state.owned["sub-1"].values.clone())
    })
}

#[test]
fn whatever_the_network_does_licences_change_once_and_move_once() {
    let (mut confirmed, mut asked) = (0, 0);
    for seed in 0..2_000 {
        let (state, changes, _, after) =
            run(Case::change(Change::Licences { quantity: 50 }, OperationState::Queued), seed);
        assert!(changes <= 1, "seed {seed}: changed {changes} times");
        if state == OperationState::Confirmed {
            assert_eq!((changes, after.quantity), (1, 50), "seed {seed}");
            confirmed += 1;
        }
        let (state, _, moved, after) = run(Case::upgrade(10, OperationState::Queued), seed);
        assert!(moved <= 1, "seed {seed}: moved {moved} times");
        match state {
            OperationState::Confirmed => assert_eq!((moved, after.quantity), (1, 30), "seed {seed}"),
            OperationState::NeedsAttention => asked += 1,
            other => panic!("seed {seed}: rests nowhere: {other:?}"),
        }
    }
    assert!(confirmed > 1_900, "{confirmed}");
    assert!(asked > 0, "a lost upgrade reaches the person");
}
