//! Single rules of the machine, one named case each. The simulation covers their interplay.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::wildcard_enum_match_arm)]

mod case;
mod edges;
mod refusals;

use case::*;
use cb_domain::catalogue::SkuKey;
use cb_domain::customer::AccountReview;
use cb_domain::ids::{RequestKey, TenantId};
use cb_domain::operation::{AttentionReason, HoldReason, Operation, OperationState};
use cb_domain::reseller::Fitness;
use cb_sync::remote::{
    Answer, Call, CheckoutResult, CreatedCustomer, FoundCustomer, OneTimeSecret, Outcome, RefusalClass, RemoteLine,
    RemoteOrder,
};
use cb_sync::{Consequence, Effect, Event, Facts, Pause, Progress, Secret, step, wait};
use cb_testkit::{Seeded, build};
use jiff::Timestamp;
use std::time::Duration;

const CUSTOMER: usize = 0;
const AGREEMENT: usize = 1;
const CART: usize = 2;
const CHECKOUT: usize = 3;
const VERIFY: usize = 4;
#[test]
fn preflight_asks_for_reseller_domain_and_address_before_anything_is_sent() {
    let mut case = Case::new(CUSTOMER);
    let effects = case.turn();
    let Some(call @ Call::CheckReseller { .. }) = looks_up(&effects).cloned() else { panic!("{effects:?}") };
    let effects = case.hear(call, Answer::ResellerFitness(Fitness::Fit));
    let Some(call @ Call::CheckDomain { .. }) = looks_up(&effects).cloned() else { panic!("{effects:?}") };
    let effects = case.hear(call, Answer::DomainFree(true));
    let Some(call @ Call::CheckAddress { .. }) = looks_up(&effects).cloned() else { panic!("{effects:?}") };
    assert!(sends(&case.hear(call, Answer::Address { accepted: true, suggestion: None })));
    assert_eq!(case.operation().state, OperationState::InFlight);
}

#[test]
fn taken_prefixes_go_to_the_fallback_and_then_to_the_person() {
    let mut case = Case::new(CUSTOMER);
    let check = || Call::CheckDomain { prefix: "nordwind".into() };
    case.hear(check(), Answer::DomainFree(false));
    assert_eq!((case.operation().state, case.operation().prefix_index), (OperationState::Queued, 1));
    case.hear(check(), Answer::DomainFree(false));
    assert_eq!(case.reason(), Some((AttentionReason::DomainTaken, false)));
    assert_eq!(case.operation().attention.as_ref().unwrap().field, "customer.domainPrefix");
}

#[test]
fn a_reseller_not_fit_and_a_refused_address_stop_it_before_it_is_sent() {
    let mut case = Case::new(CUSTOMER);
    let call = Call::CheckReseller { tenant: case.tenant, partner_id: String::new() };
    case.hear(call, Answer::ResellerFitness(Fitness::AgreementNotSigned));
    assert_eq!(case.operation().hold, Some(HoldReason::ResellerNotFit));
    assert!(case.operation().not_before.is_some(), "P5");

    let mut case = Case::new(CUSTOMER);
    let Call::CreateCustomer { payload, .. } = case.create() else { panic!() };
    case.hear(Call::CheckAddress { payload }, Answer::Address { accepted: false, suggestion: None });
    assert_eq!(case.reason(), Some((AttentionReason::Address, false)));
}

#[test]
fn n7_an_approval_older_than_seven_days_is_asked_for_again() {
    let mut case = Case::new(CUSTOMER);
    case.later(7 * 24 * 3600);
    assert!(!sends(&case.turn()));
    assert_eq!(case.reason(), Some((AttentionReason::ApprovalTooOld, false)));
}

#[test]
fn s8_the_key_stays_while_unknown_and_is_renewed_after_a_definite_answer() {
    let mut case = Case::in_flight(CUSTOMER);
    let key = case.operation().request_key;
    let create = case.create();
    case.step(Event::Heard { call: create.clone(), outcome: Outcome::Unknown });
    assert_eq!((case.operation().state, case.operation().request_key), (OperationState::Unknown, key));
    assert!(case.operation().ever_unknown);

    let mut case = Case::in_flight(CUSTOMER);
    case.refuse(create, RefusalClass::Fixable, 403, 900_123);
    assert_eq!(case.operation().hold, Some(HoldReason::ResellerNotFit));
    assert_ne!(case.operation().request_key, key);
}

#[test]
fn s10_after_an_unknown_it_looks_up_and_sends_again_whatever_the_lookup_says() {
    let mut case = Case::unknown(CUSTOMER, 1);
    let key = case.operation().request_key;
    assert_eq!(looks_up(&case.turn()), Some(&find()));
    // Even found: only a repeated answer brings the password.
    assert!(sends(&case.hear(find(), found("Nordwind"))));
    assert_eq!(case.operation().request_key, key);
}

#[test]
fn s10_a_domain_taken_after_an_unknown_is_adopted_when_it_is_ours() {
    let mut case = Case::unknown(CUSTOMER, 1);
    case.turn();
    case.hear(find(), Answer::Customers(Vec::new()));
    let create = case.create();
    case.step(Event::Heard {
        call: create,
        outcome: Outcome::Refused {
            class: RefusalClass::Fixable,
            status: 409,
            code: 600_071,
            data: vec!["companyProfile.domain".into()],
        },
    });
    assert_eq!(case.operation().state, OperationState::Unknown);
    let effects = case.hear(find(), found("NORDWIND "));
    assert_eq!(case.operation().state, OperationState::Confirmed);
    let adopted = effects.iter().any(|effect| {
        matches!(
            effect,
            Effect::Save { consequence: Consequence::CustomerMade { secret: Secret::Unavailable, .. }, .. }
        )
    });
    assert!(adopted);
}

#[test]
fn s10_a_domain_taken_after_an_unknown_names_both_causes_when_it_is_not_ours() {
    let mut case = Case::unknown(CUSTOMER, 1);
    case.progress.looked_up = true;
    case.progress.refused = true;
    case.progress.refused_domain = true;
    case.hear(find(), found("Somebody else"));
    assert_eq!(case.reason(), Some((AttentionReason::DomainTakenOrHalfCreated, true)));
}

#[test]
fn s10_an_absent_lookup_counts_only_when_repeated_after_a_minute() {
    let mut case = Case::unknown(CUSTOMER, 8);
    case.turn();
    case.hear(find(), Answer::Customers(Vec::new()));
    assert_eq!(case.operation().state, OperationState::Unknown);
    case.later(30);
    assert_eq!(looks_up(&case.turn()), None, "hurrying does not shorten the minute");
    case.later(40);
    assert_eq!(looks_up(&case.turn()), Some(&find()));
    case.hear(find(), Answer::Customers(Vec::new()));
    assert_eq!(case.reason(), Some((AttentionReason::OutcomeUnknown, true)));
}

#[test]
fn c2_an_unreadable_good_answer_is_kept_and_stays_unknown() {
    let mut case = Case::in_flight(CUSTOMER);
    let create = case.create();
    let created = CreatedCustomer {
        tenant: TenantId(uuid::Uuid::nil()),
        domain_prefix: String::new(),
        user_name: String::new(),
        password: None,
        unreadable: Some(OneTimeSecret::new(b"{".to_vec())),
    };
    let effects = case.hear(create, Answer::Created(Box::new(created)));
    assert_eq!(case.operation().state, OperationState::Unknown);
    let kept =
        effects.iter().any(|effect| matches!(effect, Effect::Save { consequence: Consequence::AnswerKept { .. }, .. }));
    assert!(kept);
}

#[test]
fn an_agreement_attested_already_is_read_back_and_confirmed() {
    let mut case = Case::in_flight(AGREEMENT);
    let tenant = case.tenant;
    let cb_domain::operation::OperationPayload::ConfirmAgreement(payload) = case.operation().payload.clone() else {
        panic!()
    };
    let effects = case.refuse(Call::ConfirmAgreement { tenant, payload }, RefusalClass::DoneAlready, 403, 600_061);
    let status = Call::AgreementStatus { tenant };
    assert_eq!(looks_up(&effects), Some(&status));
    case.hear(status, Answer::Agreement { attested: true, signed_by_customer: false });
    assert_eq!(case.operation().state, OperationState::Confirmed);
}

#[test]
fn s4_existing_orders_of_a_customer_once_unknown_stop_the_chain() {
    let mut case = Case::new(CART);
    case.chain[CUSTOMER].ever_unknown = true;
    case.progress.account_allowed = true;
    let orders = case.orders();
    assert_eq!(looks_up(&case.turn()), Some(&orders));
    let order = case.approved_order("order-1");
    case.hear(orders, Answer::Orders(vec![order]));
    assert_eq!(case.reason(), Some((AttentionReason::OrderMayExist, false)));
}

#[test]
fn n8_a_cart_waits_for_the_review_and_for_a_tenant_still_being_made() {
    for (review, hold) in [
        (AccountReview::UnderReview, Some(HoldReason::CustomerUnderReview)),
        (AccountReview::NotReady, Some(HoldReason::TenantBeingMade)),
        (AccountReview::Allowed, None),
    ] {
        let mut case = Case::new(CART);
        let call = Call::AccountReview { tenant: case.tenant };
        let effects = case.hear(call, Answer::Review(review));
        assert_eq!(case.operation().hold, hold);
        assert_eq!(sends(&effects), hold.is_none());
    }
    let mut case = Case::new(CART);
    let call = Call::AccountReview { tenant: case.tenant };
    case.hear(call.clone(), Answer::Review(AccountReview::NotReady));
    case.later(31 * 60);
    case.hear(call.clone(), Answer::Review(AccountReview::NotReady));
    assert_eq!(case.reason(), Some((AttentionReason::Unexpected, false)), "half an hour is enough");
    let mut case = Case::new(CART);
    case.hear(call, Answer::Review(AccountReview::NotAllowed));
    assert_eq!(case.reason(), Some((AttentionReason::AccountNotAllowed, false)));
}

#[test]
fn n7_line_errors_and_other_prices_need_the_person() {
    for (change, reason) in [
        ((10_015, 12_000 * 5), Some(AttentionReason::Quantity)),
        ((0, 13_000 * 5), Some(AttentionReason::PriceChanged)),
        ((0, 12_000 * 5 + 3), None),
    ] {
        let mut case = Case::in_flight(CART);
        let mut lines = case.approved_order("").lines;
        (lines[0].error, lines[0].extended_price_minor) = (change.0, Some(change.1));
        let call = Call::CreateCart {
            tenant: case.tenant,
            country: "DE".into(),
            reseller_partner_id: None,
            lines: Vec::new(),
        };
        case.hear(call, Answer::Cart { cart_id: "cart-9".into(), lines });
        assert_eq!(case.reason().map(|(reason, _)| reason), reason);
        assert_eq!(case.operation().result.cart_id.is_some(), reason.is_none(), "S2: only a good cart is stored");
    }
}

#[test]
fn s5_a_partial_checkout_keeps_what_was_bought_and_asks() {
    let mut case = Case::in_flight(CHECKOUT);
    let mut order = case.approved_order("order-1");
    order.lines.truncate(1);
    let result = CheckoutResult { orders: vec![order], errors: vec![800_028] };
    let checkout = case.checkout();
    case.hear(checkout, Answer::CheckedOut(result));
    assert_eq!(case.reason(), Some((AttentionReason::PartialCheckout, false)));
    assert_eq!(case.operation().result.order_ids, ["order-1"]);
    assert!(!sends(&case.turn()), "never checked out again by itself");
}

#[test]
fn s3_an_expired_cart_after_an_unknown_waits_for_the_orders_and_then_asks() {
    let mut case = Case::unknown(CHECKOUT, 1);
    let (checkout, orders) = (case.checkout(), case.orders());
    assert!(sends(&case.turn()), "the same cart again");
    case.refuse(checkout, RefusalClass::NotFound, 404, 800_008);
    assert_eq!(case.operation().state, OperationState::Unknown);
    assert_eq!(looks_up(&case.turn()), Some(&orders));
    case.hear(orders.clone(), Answer::Orders(Vec::new()));
    assert_eq!(case.operation().state, OperationState::Unknown, "new orders may show late");
    case.later(19 * 60);
    case.hear(orders.clone(), Answer::Orders(Vec::new()));
    assert_eq!(case.operation().state, OperationState::Unknown, "and a minute later still");
    case.later(61);
    case.hear(orders.clone(), Answer::Orders(Vec::new()));
    assert_eq!(case.reason(), Some((AttentionReason::OrderMayExist, true)));
}

/// Waits last as long as they last, whatever is done to the clock on the wall meanwhile.
#[test]
fn n3_s3_s10_n8_a_jump_of_the_wall_clock_neither_shortens_nor_lengthens_a_wait() {
    for jump in [6 * 60, -6 * 60] {
        let mut case = Case::unknown(CHECKOUT, 8);
        let orders = case.orders();
        case.hear(orders.clone(), Answer::Orders(Vec::new()));
        case.jump(jump);
        case.hear(orders.clone(), Answer::Orders(Vec::new()));
        assert_eq!(case.operation().state, OperationState::Unknown, "S3: {jump} is not twenty minutes");
        case.later(21 * 60);
        case.hear(orders, Answer::Orders(Vec::new()));
        assert_eq!(case.reason(), Some((AttentionReason::OrderMayExist, true)), "S3: nor longer after {jump}");

        let mut case = Case::unknown(CUSTOMER, 8);
        case.turn();
        case.hear(find(), Answer::Customers(Vec::new()));
        case.jump(jump);
        assert_eq!(looks_up(&case.turn()), None, "S10: {jump} is not a minute");
        let wake = case.operation().not_before.unwrap();
        assert!(wake > case.now && wake <= wait::after(case.now, wait::ABSENT_AGAIN), "S10: by the clock as it is");
        case.later(61);
        assert_eq!(looks_up(&case.turn()), Some(&find()));
        case.hear(find(), Answer::Customers(Vec::new()));
        assert_eq!(case.reason(), Some((AttentionReason::OutcomeUnknown, true)));

        let mut case = Case::unknown(AGREEMENT, 8);
        let status = Call::AgreementStatus { tenant: case.tenant };
        let absent = || Answer::Agreement { attested: false, signed_by_customer: false };
        case.hear(status.clone(), absent());
        case.jump(jump);
        case.hear(status.clone(), absent());
        assert_eq!(case.operation().state, OperationState::Unknown, "{jump} is not a minute");
        case.later(61);
        case.hear(status, absent());
        assert_eq!(case.reason(), Some((AttentionReason::OutcomeUnknown, true)));

        let mut case = Case::new(CART);
        let review = Call::AccountReview { tenant: case.tenant };
        case.hear(review.clone(), Answer::Review(AccountReview::NotReady));
        case.step(Event::Turn);
        case.jump(jump);
        case.hear(review.clone(), Answer::Review(AccountReview::NotReady));
        assert_eq!(case.operation().hold, Some(HoldReason::TenantBeingMade), "N8: {jump} is not half an hour");
        case.later(31 * 60);
        case.hear(review, Answer::Review(AccountReview::NotReady));
        assert_eq!(case.reason(), Some((AttentionReason::Unexpected, false)), "N8: nor longer after {jump}");

        let mut case = Case::new(VERIFY);
        case.chain[CHECKOUT].result.order_ids = vec!["order-1".into()];
        let orders = case.orders();
        case.hear(orders.clone(), Answer::Orders(Vec::new()));
        case.jump(jump);
        case.hear(orders.clone(), Answer::Orders(Vec::new()));
        assert_eq!(case.operation().state, OperationState::Queued, "S3: a late order is no other one after {jump}");
        case.later(21 * 60);
        case.hear(orders, Answer::Orders(Vec::new()));
        assert_eq!(case.reason(), Some((AttentionReason::OrderDiffers, false)));
    }
}

#[test]
fn s3_orders_that_match_prove_an_unknown_checkout_and_older_ones_do_not() {
    let mut case = Case::unknown(CHECKOUT, 8);
    let orders = case.orders();
    let mut old = case.approved_order("order-0");
    old.created_at = Some(case.now.checked_sub(jiff::SignedDuration::from_hours(1)).unwrap());
    let elsewhere = case.approved_order("old-order");
    case.hear(orders.clone(), Answer::Orders(vec![old, elsewhere]));
    assert_eq!(case.operation().state, OperationState::Unknown);
    let order = case.approved_order("order-1");
    case.hear(orders, Answer::Orders(vec![order]));
    assert_eq!(case.operation().state, OperationState::Confirmed);
    assert_eq!(case.operation().result.order_ids, ["order-1"]);
}

/// What Partner Center has dropped, and what another order of the same Submit has bought, is no proof of this one.
#[test]
fn s3_a_dropped_order_and_one_of_the_same_submit_prove_nothing() {
    for status in ["cancelled", "error"] {
        let mut case = Case::unknown(CHECKOUT, 8);
        let orders = case.orders();
        let dropped = RemoteOrder { status: status.into(), ..case.approved_order("order-1") };
        case.hear(orders, Answer::Orders(vec![dropped]));
        assert_eq!(case.operation().state, OperationState::Unknown, "{status}");
    }
    let mut case = Case::unknown(CHECKOUT, 8);
    let mut earlier = case.chain[CHECKOUT].clone();
    earlier.id = cb_domain::ids::OperationId(uuid::Uuid::from_u128(4));
    earlier.state = OperationState::Confirmed;
    earlier.result.order_ids = vec!["order-1".into()];
    case.chain.push(earlier);
    let (orders, bought) = (case.orders(), case.approved_order("order-1"));
    case.hear(orders, Answer::Orders(vec![bought]));
    assert_eq!(case.operation().state, OperationState::Unknown, "that one is told already");
}

/// S2: the first id stays, whatever a repeated answer says.
#[test]
fn s2_a_later_cart_id_never_replaces_the_stored_one() {
    let mut case = Case::in_flight(CART);
    case.operation().result.cart_id = Some("cart-1".into());
    let lines = case.approved_order("").lines;
    let call =
        Call::CreateCart { tenant: case.tenant, country: "DE".into(), reseller_partner_id: None, lines: Vec::new() };
    case.hear(call, Answer::Cart { cart_id: "cart-9".into(), lines });
    assert_eq!(case.operation().result.cart_id.as_deref(), Some("cart-1"));
}

#[test]
fn a_finished_cart_is_proven_by_its_orders_and_a_busy_one_waits() {
    let mut case = Case::in_flight(CHECKOUT);
    let (checkout, orders) = (case.checkout(), case.orders());
    let effects = case.refuse(checkout.clone(), RefusalClass::DoneAlready, 400, 800_065);
    assert_eq!(looks_up(&effects), Some(&orders));
    let order = case.approved_order("order-1");
    case.hear(orders, Answer::Orders(vec![order]));
    assert_eq!(case.operation().state, OperationState::Confirmed);

    let mut case = Case::in_flight(CHECKOUT);
    case.refuse(checkout, RefusalClass::Busy, 409, 800_064);
    assert_eq!(case.operation().state, OperationState::Unknown);
    assert!(case.operation().not_before.is_some());
}

#[test]
fn verify_compares_and_says_when_the_order_differs() {
    let mut case = Case::new(VERIFY);
    case.chain[CHECKOUT].result.order_ids = vec!["order-1".into()];
    let orders = case.orders();
    case.hear(orders.clone(), Answer::Orders(Vec::new()));
    assert_eq!(case.operation().state, OperationState::Queued, "new orders may show late");
    let mut order = case.approved_order("order-1");
    order.lines[0].quantity += 1;
    case.hear(orders.clone(), Answer::Orders(vec![order]));
    assert_eq!(case.reason(), Some((AttentionReason::OrderDiffers, false)));

    let mut case = Case::new(VERIFY);
    case.chain[CHECKOUT].result.order_ids = vec!["order-1".into()];
    let order = case.approved_order("order-1");
    let effects = case.hear(orders, Answer::Orders(vec![order]));
    assert!(matches!(looks_up(&effects), Some(Call::ListSubscriptions { .. })));
    let call = Call::ListSubscriptions { tenant: case.tenant };
    case.hear(call, Answer::Subscriptions(Vec::new()));
    assert_eq!(case.operation().state, OperationState::Queued, "subscriptions still being provisioned are waited for");
    assert!(case.operation().not_before.is_some(), "P5");
}

#[test]
fn n6_what_stops_the_queue_changes_nothing_of_the_operation_but_its_state() {
    for (outcome, pause) in [
        (Outcome::NotSent, Pause::Offline),
        (
            Outcome::Throttled { retry_after: Some(Duration::from_secs(9_000)) },
            Pause::Throttled(Duration::from_secs(3_600)),
        ),
        (Outcome::Throttled { retry_after: None }, Pause::Throttled(Duration::from_secs(60))),
        (Outcome::SignIn, Pause::SignIn),
        (Outcome::MfaNeeded, Pause::Mfa),
    ] {
        let mut case = Case::in_flight(CHECKOUT);
        let before = case.operation().clone();
        let call = case.checkout();
        let effects = case.step(Event::Heard { call, outcome });
        assert!(effects.iter().any(|effect| matches!(effect, Effect::PauseQueue(told) if *told == pause)));
        let after = case.operation();
        assert_eq!((after.state, after.request_key), (OperationState::Queued, before.request_key));
        assert_eq!((after.wire_tries, after.ever_unknown), (0, false), "not counted");
    }
}

#[test]
fn s3_a_product_bought_by_others_is_no_proof() {
    let mut case = Case::unknown(CHECKOUT, 8);
    let orders = case.orders();
    let mut other = case.approved_order("order-2");
    other.lines[0].sku = SkuKey { product_id: "other".into(), sku_id: "0001".into() };
    case.hear(orders, Answer::Orders(vec![other]));
    assert_eq!(case.operation().state, OperationState::Unknown);
}
