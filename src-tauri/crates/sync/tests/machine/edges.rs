//! Cases at the edge of a rule: where one condition more or less would send, hold or ask otherwise.

use super::*;
use cb_domain::operation::{Attention, ContactThere, OperationPayload, OrderLine};
use cb_sync::person::{Action, Look, ReorderIds, actions_after, order_rest};
use cb_sync::triage::DOMAIN_IN_USE;

fn prefix_taken(case: &mut Case) -> Vec<Effect> {
    let call = case.create();
    case.refuse(call, RefusalClass::Fixable, 400, DOMAIN_IN_USE)
}

#[test]
fn s10_a_domain_refused_to_a_first_revision_falls_back_and_to_a_later_one_is_looked_for() {
    let mut case = Case::in_flight(CUSTOMER);
    let key = case.operation().request_key;
    prefix_taken(&mut case);
    let after = case.operation();
    assert_eq!((after.state, after.prefix_index), (OperationState::Queued, 1), "the fallback was approved with it");
    assert_ne!(after.request_key, key, "another content, another key");
    let mut case = Case::in_flight(CUSTOMER);
    case.operation().revision = 2;
    let effects = prefix_taken(&mut case);
    assert!(matches!(looks_up(&effects), Some(Call::FindCustomer { .. })), "it may be of an earlier revision");
    assert_eq!(case.operation().prefix_index, 0);
}

#[test]
fn n2_a_refused_look_up_before_the_customer_is_made_is_tried_again() {
    for call in [Call::CheckDomain { prefix: "nordwind".into() }, find()] {
        let mut case = Case::new(CUSTOMER);
        case.refuse(call, RefusalClass::Other, 418, 7);
        assert_eq!((case.operation().state, case.progress.failed_reads), (OperationState::Queued, 1));
        assert!(case.operation().not_before.is_some(), "P5");
    }
}

#[test]
fn n8_an_agreement_whose_tenant_is_being_made_is_on_hold_for_that() {
    let mut case = Case::new(AGREEMENT);
    let status = Call::AgreementStatus { tenant: case.tenant };
    case.refuse(status.clone(), RefusalClass::NotFound, 404, 1000);
    assert_eq!(
        (case.operation().state, case.operation().hold),
        (OperationState::Queued, Some(HoldReason::TenantBeingMade))
    );
    let mut case = Case::unknown(AGREEMENT, 1);
    case.refuse(status, RefusalClass::NotFound, 404, 1000);
    let after = case.operation();
    assert_eq!((after.state, after.hold), (OperationState::Unknown, None), "what is not known holds nothing");
    assert!(after.not_before.is_some(), "P5");
}

#[test]
fn s3_a_cart_of_unknown_outcome_is_asked_about_after_the_last_try() {
    let mut case = Case::unknown(CART, wait::WIRE_TRIES - 1);
    assert!(sends(&case.turn()));
    let mut case = Case::unknown(CART, wait::WIRE_TRIES);
    assert!(!sends(&case.turn()));
    assert_eq!(case.reason(), Some((AttentionReason::OutcomeUnknown, true)));
}

#[test]
fn s4_a_customer_of_a_later_revision_may_have_orders() {
    for (revision, ever_unknown, reads) in [(1, false, false), (2, false, true), (1, true, true)] {
        let mut case = Case::new(CART);
        case.progress.account_allowed = true;
        (case.chain[CUSTOMER].revision, case.chain[CUSTOMER].ever_unknown) = (revision, ever_unknown);
        let effects = case.turn();
        assert_eq!(matches!(looks_up(&effects), Some(Call::ListOrders { .. })), reads, "{revision} {ever_unknown}");
        assert_eq!(sends(&effects), !reads, "{revision} {ever_unknown}");
    }
}

#[test]
fn n6_an_earlier_request_at_work_stands_in_the_history_with_what_was_said() {
    let mut case = Case::in_flight(CHECKOUT);
    let call = case.checkout();
    let effects = case.refuse(call, RefusalClass::Busy, 409, 800_060);
    let [Effect::Save { changes, .. }] = &effects[..] else { panic!("{effects:?}") };
    assert_eq!((changes[0].status, changes[0].code, changes[0].entry.is_some()), (409, 800_060, true));
}

/// A partial checkout of the chain's cart that bought its first line only.
fn bought_the_first(errors: Vec<u32>) -> Case {
    let mut case = Case::in_flight(CHECKOUT);
    let OperationPayload::CreateCart(cart) = &mut case.chain[CART].payload else { panic!() };
    let mut second = cart.lines[0].clone();
    (second.number, second.quantity) = (1, second.quantity + 1);
    second.sku.product_id = "SECOND".into();
    let third = OrderLine { number: 2, base_number: Some(1), ..second.clone() };
    cart.lines.truncate(1);
    cart.lines.extend([second, third]);
    let mut order = case.approved_order("order-1");
    order.lines.truncate(1);
    let checkout = case.checkout();
    case.hear(checkout, Answer::CheckedOut(CheckoutResult { orders: vec![order], errors }));
    case
}

#[test]
fn s5_a_refused_line_gets_the_code_that_is_certain() {
    for (errors, code) in [(vec![10_002], 10_002), (vec![10_002, 10_002], 10_002), (vec![10_002, 10_003], 0)] {
        let mut case = bought_the_first(errors.clone());
        let told: Vec<_> = case.operation().result.lines.iter().map(|line| (line.number, line.code)).collect();
        assert_eq!(told, [(0, 0), (1, code), (2, code)], "{errors:?}");
    }
}

#[test]
fn s5_the_rest_is_a_cart_of_its_own_numbered_from_the_start() {
    let case = bought_the_first(vec![10_002]);
    let mut random = Seeded::new(8);
    let ids = ReorderIds {
        operations: [(); 3].map(|()| random.uuid().into()),
        keys: [(); 4].map(|()| RequestKey(random.uuid())),
        first_sequence: 50,
    };
    let rest = order_rest(&case.chain, &case.chain[CHECKOUT], ids, case.now).unwrap();
    let OperationPayload::CreateCart(cart) = &rest.new[0].payload else { panic!() };
    let lines: Vec<_> = cart.lines.iter().map(|line| (line.number, line.base_number)).collect();
    assert_eq!(lines, [(0, None), (1, Some(0))], "what belongs to a line follows it to its new number");
}

#[test]
fn a_changed_contact_that_may_have_been_set_is_no_choice_between_two() {
    let mut case = Case::new(CUSTOMER);
    let reason = AttentionReason::ContactChanged;
    let found = |ambiguous| Attention { reason, ambiguous, field: String::new(), status: 0, code: 0 };
    let contact = ContactThere { partner_id: "4800003".into(), name: String::new(), is_provider: false };
    case.operation().state = OperationState::NeedsAttention;
    for (ambiguous, known, resolves) in [(false, true, true), (true, true, false), (false, false, false)] {
        case.operation().attention = Some(found(ambiguous));
        case.operation().result.contact = known.then(|| contact.clone());
        let offered = actions_after(case.operation(), Look::Fresh);
        assert_eq!(offered.contains(&Action::Resolve), resolves, "ambiguous {ambiguous}, known {known}: {offered:?}");
    }
}

/// What was checked before a wait is checked again after it; what counts on is kept.
#[test]
fn checks_count_for_one_go_only() {
    let mut checked = Progress::default();
    (checked.reseller_fit, checked.address_known, checked.orders_read) = (true, true, true);
    (checked.account_allowed, checked.free_prefix, checked.failed_reads) = (true, Some(0), 3);
    checked.forget_checks();
    let told = (checked.reseller_fit, checked.address_known, checked.orders_read, checked.account_allowed);
    assert_eq!((told, checked.free_prefix, checked.failed_reads), ((false, false, false, false), None, 3));
}

#[test]
fn p3_a_password_is_no_text_of_a_log() {
    let secret = OneTimeSecret::new(b"S3cret!".to_vec());
    assert_eq!((format!("{secret:?}").as_str(), secret.expose()), ("[redacted]", &b"S3cret!"[..]));
}

/// The figures of the specification, in seconds.
#[test]
fn the_waits_are_as_long_as_they_are_specified() {
    let told = [wait::TENANT_PATIENCE, wait::ABSENT_AGAIN, wait::ORDERS_LATE, wait::FRESH_LOOK, wait::APPROVAL];
    assert_eq!(told.map(|wait| wait.as_secs()), [1_800, 60, 1_200, 900, 604_800]);
}
