//! D8, rule by rule: what a restored operation becomes, when the quarantine is over, what counts as ours; and two rules of
//! unknown outcomes beside it (S8, S10). The histories of `restore.rs` cover their interplay.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::wildcard_enum_match_arm)]

use cb_domain::ids::{RequestKey, TenantId};
use cb_domain::operation::{Attention, AttentionReason, Operation, OperationPayload, OperationState};
use cb_sync::person::correct;
use cb_sync::remote::{Answer, Call, Outcome, RefusalClass, RemoteLine, RemoteOrder};
use cb_sync::restore::{Case, Decision, QUARANTINE, Quarantine, Seen, Why, orders_seen, restored, take_over};
use cb_sync::{Effect, Event, Facts, Progress, step, wait};
use cb_testkit::{Seeded, build};
use std::time::Duration;

const AGREEMENT: usize = 1;
const CART: usize = 2;
const CHECKOUT: usize = 3;

/// A chain whose checkout may have been carried out since the backup.
fn chain() -> Vec<Operation> {
    let mut chain = build::onboarding("Nordwind", &["nordwind"], 0, &mut Seeded::new(5));
    for done in &mut chain[..CHECKOUT] {
        done.state = OperationState::Confirmed;
    }
    (chain[CHECKOUT].state, chain[CHECKOUT].ever_unknown) = (OperationState::Unknown, true);
    chain
}

fn order(chain: &[Operation], id: &str) -> RemoteOrder {
    let OperationPayload::CreateCart(cart) = &chain[CART].payload else { panic!() };
    let lines = cart.lines.iter().map(|line| RemoteLine {
        number: line.number,
        sku: line.sku.clone(),
        quantity: line.quantity,
        term: String::new(),
        cycle: String::new(),
        subscription_id: None,
        error: 0,
        extended_price_minor: None,
    });
    RemoteOrder { id: id.into(), status: "completed".into(), created_at: None, lines: lines.collect() }
}

#[test]
fn d8_what_was_approved_has_an_unknown_outcome() {
    let chain = build::onboarding("Nordwind", &["nordwind"], 0, &mut Seeded::new(5));
    for operation in &chain[..=CHECKOUT] {
        let last = restored(operation, build::start()).unwrap().pop().unwrap().operation;
        assert_eq!((last.state, last.ever_unknown), (OperationState::Unknown, true), "{:?}", operation.payload.kind());
    }
}

#[test]
fn d8_what_is_absent_goes_only_after_a_look_behind_the_quarantine() {
    let (now, chain) = (build::start(), chain());
    let id = chain[CHECKOUT].onboarding_id;
    let mut quarantine = Quarantine::begin(Why::Restored, None, vec![id], now);
    let early = wait::after(now, QUARANTINE.saturating_sub(Duration::from_secs(1)));
    let over = wait::after(now, QUARANTINE);
    assert!(!quarantine.is_over(early) && quarantine.is_over(over));
    (quarantine.held[0].seen, quarantine.held[0].looked_at) = (Seen::Absent, Some(early));
    assert!(!quarantine.may(id, Decision::Send, early) && !quarantine.may(id, Decision::Send, over), "seen too early");
    quarantine.held[0].looked_at = Some(over);
    assert!(quarantine.may(id, Decision::Send, over));
}

#[test]
fn d8_only_whole_orders_that_belong_to_nothing_else_are_taken_over() {
    let chain = chain();
    let (tenant, now) = (Some(TenantId(uuid::Uuid::from_u128(9))), build::start());
    let known = vec!["known".to_owned()];
    let case = Case { chain: &chain, tenant, known_orders: &known, now };
    let mut part = order(&chain, "part");
    part.lines.truncate(1);
    assert_eq!(orders_seen(case, &[order(&chain, "known")]), Seen::Absent);
    assert_eq!(orders_seen(case, std::slice::from_ref(&part)), Seen::Orders { ids: vec!["part".into()], whole: false });
    assert!(take_over(case, &[part]).unwrap().is_empty());
    assert!(!take_over(case, &[order(&chain, "ours")]).unwrap().is_empty());
}

#[test]
fn s8_a_new_revision_knows_of_no_unknown_outcome() {
    let mut checkout = chain().swap_remove(CHECKOUT);
    let reason = AttentionReason::OrderMayExist;
    checkout.state = OperationState::NeedsAttention;
    checkout.attention = Some(Attention { reason, ambiguous: true, field: String::new(), status: 0, code: 0 });
    let next = correct(&checkout, RequestKey(uuid::Uuid::from_u128(1)), build::start()).unwrap().operation;
    assert_eq!((next.state, next.ever_unknown, next.wire_tries), (OperationState::Queued, false, 0));
}

#[test]
fn s8_an_agreement_refused_after_an_unknown_is_looked_up() {
    let mut chain = chain();
    let agreement = &mut chain[AGREEMENT];
    (agreement.state, agreement.ever_unknown) = (OperationState::InFlight, true);
    let operation = agreement.clone();
    let OperationPayload::ConfirmAgreement(payload) = operation.payload.clone() else { panic!() };
    let tenant = TenantId(uuid::Uuid::from_u128(9));
    let facts = Facts {
        operation,
        chain,
        tenant: Some(tenant),
        country: "DE".into(),
        reseller_partner_id: String::new(),
        known_orders: Vec::new(),
        last_sent_at: None,
        subscription: None,
        now: build::start(),
        steady: build::start(),
        held_since: None,
        random: 7,
        fresh_key: RequestKey(uuid::Uuid::from_u128(77)),
    };
    let mut progress = Progress::default();
    let outcome = Outcome::Refused { class: RefusalClass::Fixable, status: 400, code: 27_002, data: Vec::new() };
    let call = Call::ConfirmAgreement { tenant, payload };
    let effects = step(&facts, &mut progress, Event::Heard { call, outcome }).unwrap();
    let [Effect::Save { changes, .. }] = &effects[..] else { panic!("{effects:?}") };
    assert_eq!(changes.last().unwrap().operation.state, OperationState::Unknown);
    let unknown = Facts { operation: changes.last().unwrap().operation.clone(), ..facts };
    let next = step(&unknown, &mut progress, Event::Turn).unwrap();
    assert!(matches!(next[..], [Effect::LookUp { call: Call::AgreementStatus { .. } }]), "{next:?}");
    let absent = Answer::Agreement { attested: false, signed_by_customer: false };
    let outcome = Outcome::Done { answer: absent, server_date: None };
    let heard = Event::Heard { call: Call::AgreementStatus { tenant }, outcome };
    let next = step(&unknown, &mut progress, heard).unwrap();
    assert!(matches!(next[..], [Effect::Save { .. }]), "never sent again: {next:?}");
}
