//! *Not ours* (S3, P2, P4): an order that look-ups found after an unknown checkout, and the person says that it is not
//! theirs. One row a case; the page of decision 21 has the same table in words.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::wildcard_enum_match_arm)]

use cb_domain::ids::{OperationId, RequestKey, TenantId};
use cb_domain::operation::{
    Attention, AttentionReason, EventKind, Found, Operation, OperationKind, OperationPayload, OperationState,
};
use cb_sync::person::{Action as A, Look, ReorderIds, actions_after, cancel, correct, disown, reorder};
use cb_sync::remote::{Answer, Call, Outcome, RemoteLine, RemoteOrder};
use cb_sync::{Cause, Effect, Event, Facts, Marks, Progress, step, transition, wait};
use cb_testkit::{Seeded, build};
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;

const CART: usize = 2;
const CHECKOUT: usize = 3;

struct Case {
    chain: Vec<Operation>,
    progress: Progress,
    now: Timestamp,
    tenant: TenantId,
}

impl Case {
    /// A checkout whose every try was lost.
    fn new() -> Self {
        let mut random = Seeded::new(5);
        let mut chain = build::onboarding("Nordwind", &["nordwind"], 0, &mut random);
        for before in &mut chain[..CHECKOUT] {
            before.state = OperationState::Confirmed;
        }
        chain[CART].result.cart_id = Some("cart-1".into());
        let checkout = &mut chain[CHECKOUT];
        (checkout.state, checkout.ever_unknown, checkout.wire_tries) = (OperationState::Unknown, true, 3);
        let mut progress = Progress::default();
        progress.refused = true;
        Self { chain, progress, now: build::start(), tenant: TenantId(random.uuid()) }
    }

    fn checkout(&self) -> &Operation {
        &self.chain[CHECKOUT]
    }

    fn step(&mut self, event: Event) -> Vec<Effect> {
        let facts = Facts {
            operation: self.chain[CHECKOUT].clone(),
            chain: self.chain.clone(),
            tenant: Some(self.tenant),
            country: "DE".into(),
            reseller_partner_id: String::new(),
            known_orders: Vec::new(),
            last_sent_at: Some(build::start()),
            subscription: None,
            now: self.now,
            steady: self.now,
            held_since: None,
            random: 7,
            fresh_key: RequestKey(uuid::Uuid::from_u128(77)),
        };
        let effects = step(&facts, &mut self.progress, event).unwrap();
        for effect in &effects {
            if let Effect::Save { changes, .. } = effect {
                self.chain[CHECKOUT] = changes.last().unwrap().operation.clone();
            }
        }
        effects
    }

    /// One look, and what Partner Center shows in it.
    fn look(&mut self, orders: &[RemoteOrder]) {
        let asked = self.step(Event::Turn);
        assert!(matches!(asked[..], [Effect::LookUp { call: Call::ListOrders { .. } }]), "only looked up: {asked:?}");
        let outcome = Outcome::Done { answer: Answer::Orders(orders.to_vec()), server_date: None };
        self.step(Event::Heard { call: Call::ListOrders { tenant: self.tenant }, outcome });
    }

    /// Looks until the person is asked.
    fn asked(&mut self, orders: &[RemoteOrder]) {
        while self.checkout().state == OperationState::Unknown {
            self.look(orders);
            self.now = wait::after(self.now, Duration::from_secs(61));
        }
        let attention = self.checkout().attention.as_ref().unwrap();
        assert_eq!((attention.reason, attention.ambiguous), (AttentionReason::OrderMayExist, true));
    }

    fn disown(&mut self, id: &str) {
        let change = disown(self.checkout(), id, self.now).unwrap();
        assert_eq!((change.cause, change.entry), (Cause::Disowned, Some(EventKind::Disowned)));
        self.chain[CHECKOUT] = change.operation;
        // As the driver does when a person has changed something.
        self.progress = Progress::default();
    }

    /// The order as approved, an hour before: too old to be taken over unasked.
    fn order(&self, id: &str) -> RemoteOrder {
        let OperationPayload::CreateCart(cart) = &self.chain[CART].payload else { panic!() };
        let lines = cart.lines.iter().map(|line| RemoteLine {
            number: line.number,
            sku: line.sku.clone(),
            quantity: line.quantity,
            term: "P1Y".into(),
            cycle: "monthly".into(),
            subscription_id: None,
            error: 0,
            extended_price_minor: None,
        });
        let created_at = build::start().checked_sub(SignedDuration::from_hours(1)).ok();
        RemoteOrder { id: id.into(), status: "completed".into(), created_at, lines: lines.collect() }
    }

    fn other(&self, id: &str) -> RemoteOrder {
        let mut order = self.order(id);
        order.lines[0].quantity += 1;
        order
    }
}

fn found(id: &str, same: bool) -> Found {
    Found { id: id.into(), name: "5 × A".into(), at: None, lines: Vec::new(), same }
}

#[test]
fn p4_what_is_offered_by_what_was_found_what_was_disowned_and_how_old_the_look_is() {
    let ours = || vec![found("o1", true)];
    for (kind, there, disowned, look, expected) in [
        // Nothing found and nothing disowned: the lookups are the evidence, as before.
        (CHECKOUT, vec![], vec![], Look::Stale, vec![A::CheckAgain, A::SendAgain]),
        (CHECKOUT, vec![], vec![], Look::Fresh, vec![A::CheckAgain, A::SendAgain]),
        // An order is there: named as ours, or, on a fresh look, disowned. Never placed anew.
        (CHECKOUT, ours(), vec![], Look::Stale, vec![A::Link, A::CheckAgain]),
        (CHECKOUT, ours(), vec![], Look::Fresh, vec![A::Link, A::Disown, A::CheckAgain]),
        // Disowned, and another one is there.
        (CHECKOUT, ours(), vec![found("o0", false)], Look::Stale, vec![A::Link, A::CheckAgain]),
        (CHECKOUT, ours(), vec![found("o0", false)], Look::Fresh, vec![A::Link, A::Disown, A::CheckAgain]),
        // Disowned, and nothing else is there: anew, on a fresh look only.
        (CHECKOUT, vec![], ours(), Look::Stale, vec![A::CheckAgain]),
        (CHECKOUT, vec![], ours(), Look::Fresh, vec![A::CheckAgain, A::SendAgain]),
        // Of a customer nothing is disowned: sent again, a taken domain comes back as a definite no (S10).
        (0, ours(), vec![], Look::Fresh, vec![A::Link, A::CheckAgain, A::SendAgain]),
    ] {
        let mut operation = Case::new().chain.swap_remove(kind);
        let reason = if kind == CHECKOUT { AttentionReason::OrderMayExist } else { AttentionReason::OutcomeUnknown };
        operation.state = OperationState::NeedsAttention;
        operation.attention = Some(Attention { reason, ambiguous: true, field: String::new(), status: 0, code: 0 });
        (operation.result.found, operation.result.disowned) = (there, disowned);
        assert_eq!(actions_after(&operation, look), expected, "{:?} {look:?}", operation.result);
    }
}

#[test]
fn s3_a_disowned_order_is_looked_past_and_the_cart_is_never_sent_again() {
    let mut case = Case::new();
    let theirs = case.order("o1");
    case.asked(std::slice::from_ref(&theirs));
    assert!(case.checkout().result.found[0].same, "the very lines that were approved: the page warns");
    case.disown("o1");
    assert_eq!(case.checkout().state, OperationState::Unknown);
    // Under eight tries and after a restart it would be sent again; disowned, it is looked up. Once is enough.
    case.look(std::slice::from_ref(&theirs));
    let checkout = case.checkout();
    assert_eq!(checkout.state, OperationState::NeedsAttention);
    assert!(checkout.result.found.is_empty());
    assert_eq!(checkout.result.disowned.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), ["o1"]);
    let marks = Marks::of(checkout);
    assert!(transition(OperationState::Unknown, Cause::Begun, marks).is_err());
    assert!(correct(checkout, RequestKey(uuid::Uuid::from_u128(1)), case.now).is_ok(), "now the word is enough");
    assert!(cancel(checkout, case.now).is_err(), "and it may still have been carried out");
}

#[test]
fn s3_what_shows_up_after_disowning_is_taken_over_or_asked_about() {
    let mut case = Case::new();
    let theirs = case.other("o1");
    case.asked(std::slice::from_ref(&theirs));
    assert!(!case.checkout().result.found[0].same);
    case.disown("o1");
    // Ours came late: proven, whatever the person thought.
    let ours = RemoteOrder { created_at: Some(case.now), ..case.order("o2") };
    case.look(&[theirs.clone(), ours]);
    assert_eq!(case.checkout().state, OperationState::Confirmed);
    assert_eq!(case.checkout().result.order_ids, ["o2"]);

    let mut case = Case::new();
    case.asked(std::slice::from_ref(&theirs));
    case.disown("o1");
    case.look(&[theirs, case.other("o3")]);
    let ids: Vec<_> = case.checkout().result.found.iter().map(|one| one.id.clone()).collect();
    assert_eq!(ids, ["o3"], "only what is new is asked about");
}

#[test]
fn p2_nothing_goes_while_an_order_found_is_open_and_only_what_was_found_is_disowned() {
    let mut case = Case::new();
    case.asked(&[case.order("o1")]);
    assert!(correct(case.checkout(), RequestKey(uuid::Uuid::from_u128(1)), case.now).is_err());
    assert!(disown(case.checkout(), "o9", case.now).is_err());
    case.disown("o1");
    assert!(disown(case.checkout(), "o1", case.now).is_err(), "said once");
    // A definite no is no case for it.
    let mut definite = case.checkout().clone();
    definite.state = OperationState::NeedsAttention;
    definite.result.found = vec![found("o2", false)];
    let reason = AttentionReason::OrderMayExist;
    definite.attention = Some(Attention { reason, ambiguous: false, field: String::new(), status: 0, code: 0 });
    assert!(disown(&definite, "o2", case.now).is_err());
}

#[test]
fn s3_an_order_placed_anew_does_not_find_what_was_disowned_before() {
    let mut case = Case::new();
    let theirs = case.order("o1");
    case.asked(std::slice::from_ref(&theirs));
    case.disown("o1");
    case.look(std::slice::from_ref(&theirs));
    let id = |number| OperationId(uuid::Uuid::from_u128(number));
    let key = |number| RequestKey(uuid::Uuid::from_u128(number));
    let ids =
        ReorderIds { operations: [id(1), id(2), id(3)], keys: [key(1), key(2), key(3), key(4)], first_sequence: 9 };
    let anew = reorder(&case.chain, case.checkout(), ids, case.now).unwrap();
    for change in anew.changes {
        let at = case.chain.iter().position(|one| one.id == change.operation.id).unwrap();
        case.chain[at] = change.operation;
    }
    assert_eq!(case.checkout().result.disowned.len(), 1, "it stays known as not ours");
    case.chain.extend(anew.new);
    let at = case.chain.iter().rposition(|one| one.payload.kind() == OperationKind::CheckoutCart).unwrap();
    case.chain.swap(CHECKOUT, at);
    let checkout = &mut case.chain[CHECKOUT];
    assert!(checkout.result.disowned.is_empty());
    (checkout.state, checkout.ever_unknown, checkout.wire_tries) = (OperationState::Unknown, true, 8);
    case.progress = Progress::default();
    case.asked(&[theirs]);
    assert!(case.checkout().result.found.is_empty(), "asked about once");
}
