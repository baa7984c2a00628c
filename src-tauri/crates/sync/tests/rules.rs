//! Rules that a hostile reviewer would try first, one named case each: what the person may press, what is read again,
//! what an earlier revision may have left behind.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::wildcard_enum_match_arm)]

use cb_domain::ids::{RequestKey, TenantId};
use cb_domain::operation::{Attention, AttentionReason, LineOutcome, Operation, OperationPayload, OperationState};
use cb_sync::person::{Action, accept_part, actions, cancel, correct, link_part};
use cb_sync::remote::{Answer, Call, FoundCustomer, Outcome, RefusalClass, RemoteLine, RemoteOrder};
use cb_sync::{Effect, Event, Facts, Progress, step, wait};
use cb_testkit::{Seeded, build};
use std::time::Duration;

const CUSTOMER: usize = 0;
const CART: usize = 2;
const CHECKOUT: usize = 3;
const VERIFY: usize = 4;

struct Case {
    chain: Vec<Operation>,
    at: usize,
    progress: Progress,
    now: jiff::Timestamp,
}

impl Case {
    fn new(at: usize, edit: impl FnOnce(&mut Operation)) -> Self {
        let mut chain = build::onboarding("Nordwind", &["nordwind", "nordwindgmbh"], 0, &mut Seeded::new(5));
        for before in &mut chain[..at] {
            before.state = OperationState::Confirmed;
        }
        chain[CART].result.cart_id = (at > CART).then(|| "cart-1".to_owned());
        edit(&mut chain[at]);
        Self { chain, at, progress: Progress::default(), now: build::start() }
    }

    fn step(&mut self, event: Event) -> Vec<Effect> {
        let held_since = self.progress.held_since(&self.chain[self.at], self.now);
        let facts = Facts {
            operation: self.chain[self.at].clone(),
            chain: self.chain.clone(),
            tenant: (self.at > CUSTOMER).then(tenant),
            country: "DE".into(),
            reseller_partner_id: "4800000".into(),
            known_orders: Vec::new(),
            last_sent_at: Some(build::start()),
            subscription: None,
            now: self.now,
            steady: self.now,
            held_since,
            random: 7,
            fresh_key: RequestKey(uuid::Uuid::from_u128(77)),
        };
        let effects = step(&facts, &mut self.progress, event).unwrap();
        for effect in &effects {
            match effect {
                Effect::Send { begin, .. } => self.chain[self.at] = begin.operation.clone(),
                Effect::Save { changes, .. } => self.chain[self.at] = changes.last().unwrap().operation.clone(),
                _ => {}
            }
        }
        effects
    }

    fn hear(&mut self, call: Call, answer: Answer) -> Vec<Effect> {
        self.step(Event::Heard { call, outcome: Outcome::Done { answer, server_date: None } })
    }

    fn refuse(&mut self, call: Call, class: RefusalClass, status: u16, code: u32, data: &[&str]) -> Vec<Effect> {
        let data = data.iter().map(|name| (*name).to_owned()).collect();
        self.step(Event::Heard { call, outcome: Outcome::Refused { class, status, code, data } })
    }

    fn operation(&self) -> &Operation {
        &self.chain[self.at]
    }

    fn create(&self) -> Call {
        match &self.chain[CUSTOMER].payload {
            OperationPayload::CreateCustomer(payload) => {
                Call::CreateCustomer { payload: payload.clone(), prefix_index: 0 }
            }
            other => panic!("{other:?}"),
        }
    }

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
        RemoteOrder { id: id.into(), status: "completed".into(), created_at: Some(self.now), lines: lines.collect() }
    }
}

fn tenant() -> TenantId {
    TenantId(uuid::Uuid::from_u128(3))
}

fn found() -> Answer {
    Answer::Customers(vec![FoundCustomer {
        tenant: tenant(),
        domain_prefix: "nordwind".into(),
        company_name: "Nordwind".into(),
        reseller_tenant: None,
    }])
}

fn find() -> Call {
    Call::FindCustomer { domain_prefix: "nordwind".into() }
}

fn asked(reason: AttentionReason, ambiguous: bool) -> impl FnOnce(&mut Operation) {
    move |operation| {
        operation.state = OperationState::NeedsAttention;
        operation.ever_unknown = ambiguous;
        operation.attention = Some(Attention { reason, ambiguous, field: String::new(), status: 403, code: 0 });
    }
}

#[test]
fn s3_s10_without_absent_lookups_the_persons_word_is_not_enough() {
    for at in [CUSTOMER, CHECKOUT] {
        for reason in [AttentionReason::Permission, AttentionReason::Unexpected, AttentionReason::Credit] {
            let case = Case::new(at, asked(reason, true));
            assert_eq!(actions(case.operation()), [Action::CheckAgain], "{reason:?}");
            assert!(correct(case.operation(), RequestKey(uuid::Uuid::from_u128(1)), case.now).is_err());
            assert!(cancel(case.operation(), case.now).is_err());
        }
        let case = Case::new(at, asked(AttentionReason::OutcomeUnknown, true));
        assert!(actions(case.operation()).contains(&Action::SendAgain), "lookups found nothing");
        assert!(correct(case.operation(), RequestKey(uuid::Uuid::from_u128(1)), case.now).is_ok());
    }
}

#[test]
fn s3_order_lookups_that_are_refused_make_no_second_cart_possible() {
    let mut case = Case::new(CHECKOUT, |operation| {
        operation.state = OperationState::Unknown;
        (operation.ever_unknown, operation.wire_tries) = (true, 8);
    });
    for _ in 0..=wait::WIRE_TRIES {
        case.refuse(Call::ListOrders { tenant: tenant() }, RefusalClass::Permission, 403, 0, &[]);
    }
    assert_eq!(case.operation().state, OperationState::NeedsAttention);
    assert_eq!(actions(case.operation()), [Action::CheckAgain]);
}

#[test]
fn s10_after_the_persons_word_a_customer_that_came_late_is_adopted_and_not_made_twice() {
    let again = |operation: &mut Operation| operation.revision = 2;
    // It shows at the check of the domain.
    let mut case = Case::new(CUSTOMER, again);
    let effects = case.hear(Call::CheckDomain { prefix: "nordwind".into() }, Answer::DomainFree(false));
    assert!(matches!(&effects[..], [Effect::LookUp { call: Call::FindCustomer { .. } }]), "{effects:?}");
    case.hear(find(), found());
    assert_eq!((case.operation().state, case.operation().prefix_index), (OperationState::Confirmed, 0));
    // It shows only when the second one is refused.
    let mut case = Case::new(CUSTOMER, |operation| {
        again(operation);
        operation.state = OperationState::InFlight;
    });
    let create = case.create();
    case.refuse(create.clone(), RefusalClass::Fixable, 409, 0, &["companyProfile.domain"]);
    case.hear(find(), found());
    assert_eq!((case.operation().state, case.operation().prefix_index), (OperationState::Confirmed, 0));
    // Somebody else's: on to the fallback.
    let mut case = Case::new(CUSTOMER, |operation| {
        again(operation);
        operation.state = OperationState::InFlight;
    });
    case.refuse(create, RefusalClass::Fixable, 409, 0, &["companyProfile.domain"]);
    case.hear(find(), Answer::Customers(Vec::new()));
    assert_eq!((case.operation().state, case.operation().prefix_index), (OperationState::Queued, 1));
}

#[test]
fn s4_orders_of_an_adopted_customer_are_read_under_every_revision_and_asked_about_once() {
    let mut case = Case::new(CART, |operation| operation.revision = 2);
    case.chain[CUSTOMER].ever_unknown = true;
    case.progress.account_allowed = true;
    let orders = Call::ListOrders { tenant: tenant() };
    let effects = case.step(Event::Turn);
    assert!(matches!(&effects[..], [Effect::LookUp { call: Call::ListOrders { .. } }]), "{effects:?}");
    let order = case.order("order-1");
    case.hear(orders.clone(), Answer::Orders(vec![order.clone()]));
    assert_eq!(case.operation().attention.as_ref().unwrap().reason, AttentionReason::OrderMayExist);
    let word = correct(case.operation(), RequestKey(uuid::Uuid::from_u128(1)), case.now).unwrap();
    case.chain[CART] = word.operation;
    let effects = case.hear(orders, Answer::Orders(vec![order]));
    assert!(matches!(&effects[..], [Effect::Send { .. }]), "the person has seen that order: {effects:?}");
}

#[test]
fn s5_an_order_that_shows_only_a_part_long_after_an_unknown_checkout_is_a_partial_one() {
    let mut case = Case::new(CHECKOUT, |operation| {
        operation.state = OperationState::Unknown;
        (operation.ever_unknown, operation.wire_tries) = (true, 8);
    });
    let mut part = case.order("order-1");
    part.lines.truncate(1);
    while case.operation().state == OperationState::Unknown {
        case.hear(Call::ListOrders { tenant: tenant() }, Answer::Orders(vec![part.clone()]));
        case.now = wait::after(case.now, Duration::from_secs(61));
    }
    assert_eq!(case.operation().attention.as_ref().unwrap().reason, AttentionReason::PartialCheckout);
    assert_eq!(actions(case.operation()), [Action::OrderRest, Action::GiveUpRest]);
    assert_eq!(case.operation().result.order_ids, ["order-1"]);
    assert_eq!(case.operation().result.lines.iter().filter(|line| line.order_id.is_none()).count(), 1);
}

#[test]
fn n7_reading_back_what_was_bought_needs_no_approval() {
    let mut case = Case::new(VERIFY, |_| ());
    case.chain[CHECKOUT].result.order_ids = vec!["order-1".into()];
    case.now = wait::after(case.now, Duration::from_secs(8 * 24 * 3600));
    let effects = case.step(Event::Turn);
    assert!(matches!(&effects[..], [Effect::LookUp { call: Call::ListOrders { .. } }]), "{effects:?}");
}

#[test]
fn s6_what_is_sent_is_in_flight_under_its_key_before_it_leaves() {
    let mut case = Case::new(CHECKOUT, |_| ());
    let key = case.operation().request_key;
    let effects = case.step(Event::Turn);
    let [Effect::Send { call: Call::CheckoutCart { cart_id, .. }, begin }] = &effects[..] else {
        panic!("{effects:?}")
    };
    assert_eq!((begin.operation.state, begin.operation.request_key), (OperationState::InFlight, key));
    assert_eq!(cart_id, "cart-1", "S2: the stored cart and no other");
    assert_eq!(begin.from, OperationState::Queued);
}

#[test]
fn s7_only_what_was_in_flight_becomes_unknown_at_the_start() {
    for state in [
        OperationState::Queued,
        OperationState::InFlight,
        OperationState::Unknown,
        OperationState::NeedsAttention,
        OperationState::Confirmed,
        OperationState::Cancelled,
    ] {
        let case = Case::new(CHECKOUT, |operation| operation.state = state);
        let change = cb_sync::restart(case.operation(), case.now);
        assert_eq!(change.is_some(), state == OperationState::InFlight, "{state:?}");
        if let Some(change) = change {
            assert_eq!(change.operation.state, OperationState::Unknown);
            assert!(change.operation.ever_unknown && change.operation.wire_tries == 1);
        }
    }
}

#[test]
fn s5_a_linked_order_that_has_some_of_the_lines_leaves_the_rest_to_decide() {
    let case = Case::new(CHECKOUT, |checkout| {
        checkout.state = OperationState::NeedsAttention;
        checkout.ever_unknown = true;
        let reason = AttentionReason::OrderMayExist;
        checkout.attention = Some(Attention { reason, ambiguous: true, field: "lines".into(), status: 0, code: 0 });
    });
    let checkout = &case.chain[CHECKOUT];
    let outcome = |number, order: Option<&str>| LineOutcome { number, order_id: order.map(str::to_owned), code: 0 };
    let lines = vec![outcome(0, Some("o1")), outcome(1, None)];
    let [adopted, open] = link_part(checkout, "o1", lines.clone(), case.now).unwrap();
    assert_eq!((adopted.from, adopted.operation.state), (OperationState::NeedsAttention, OperationState::Unknown));
    assert_eq!((open.from, open.operation.state), (OperationState::Unknown, OperationState::NeedsAttention));
    assert_eq!(open.operation.result.order_ids, ["o1"]);
    assert_eq!(open.operation.result.lines, lines);
    assert_eq!(actions(&open.operation), [Action::OrderRest, Action::GiveUpRest]);
    let accepted = accept_part(&open.operation, case.now).unwrap();
    assert_eq!(accepted.operation.state, OperationState::Confirmed, "and it can be brought to its end");
}
