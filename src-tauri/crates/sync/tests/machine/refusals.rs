//! Refusals of what is written and of what is read, by operation and by what was known before (N6, S3, S8, S10); and
//! whose a customer is that a look-up found (S10).

use super::*;
use cb_domain::operation::OperationPayload;
use cb_sync::queue::{Choice, Pick, QueueState, pick};

/// The call that this operation writes with.
fn write(case: &mut Case, at: usize) -> Call {
    let tenant = case.tenant;
    match case.operation().payload.clone() {
        OperationPayload::CreateCustomer(payload) => Call::CreateCustomer { payload, prefix_index: 0 },
        OperationPayload::ConfirmAgreement(payload) => Call::ConfirmAgreement { tenant, payload },
        OperationPayload::CreateCart(cart) => Call::CreateCart {
            tenant,
            country: "DE".into(),
            reseller_partner_id: cart.reseller_partner_id.clone(),
            lines: cart.lines.clone(),
        },
        OperationPayload::CheckoutCart => case.checkout(),
        other => panic!("{at} writes nothing: {other:?}"),
    }
}

fn in_flight(at: usize, ever_unknown: bool) -> Case {
    let mut case = Case::in_flight(at);
    case.operation().ever_unknown = ever_unknown;
    case.last_sent_at = Some(case.now);
    case
}

#[test]
fn s8_a_definite_no_to_a_write_needs_a_person_and_after_an_unknown_stays_unknown() {
    for (at, status, code, reason) in [
        (CUSTOMER, 400, 27_002, AttentionReason::Email),
        (CUSTOMER, 400, 600_049, AttentionReason::RegistrationNumber),
        (AGREEMENT, 400, 600_051, AttentionReason::Phone),
        (CART, 400, 900_275, AttentionReason::Quantity),
        (CART, 404, 400_013, AttentionReason::ProductGone),
        (CHECKOUT, 403, 800_023, AttentionReason::Credit),
        (CHECKOUT, 404, 800_008, AttentionReason::CartExpired),
        // The code of a review that there is none says so of a review only.
        (CART, 404, 600_074, AttentionReason::Unexpected),
    ] {
        for ever_unknown in [false, true] {
            let mut case = in_flight(at, ever_unknown);
            let (key, call) = (case.operation().request_key, write(&mut case, at));
            let effects = case.refuse(call, RefusalClass::Fixable, status, code);
            assert!(!sends(&effects), "{at} {code}");
            let told = (case.operation().state, case.reason(), case.operation().request_key == key);
            let wanted = if ever_unknown {
                (OperationState::Unknown, None, true)
            } else {
                (OperationState::NeedsAttention, Some((reason, false)), true)
            };
            assert_eq!(told, wanted, "{at} {status} {code}, unknown before {ever_unknown}");
            let [Effect::Save { changes, .. }] = &effects[..] else { panic!("{effects:?}") };
            let last = changes.last().unwrap();
            assert_eq!((last.status, last.code), (status, code), "the history keeps what was said");
            let word = serde_json::to_value(reason).unwrap();
            assert_eq!(last.reason, if ever_unknown { "" } else { word.as_str().unwrap() });
        }
    }
}

#[test]
fn n6_an_earlier_request_at_work_is_waited_for_under_the_same_key() {
    for at in [CUSTOMER, CART, CHECKOUT] {
        for ever_unknown in [false, true] {
            let mut case = in_flight(at, ever_unknown);
            let (key, call) = (case.operation().request_key, write(&mut case, at));
            case.refuse(call, RefusalClass::Busy, 409, 800_060);
            let now = case.now;
            let after = case.operation();
            assert_eq!((after.state, after.request_key, after.wire_tries), (OperationState::Unknown, key, 1), "{at}");
            assert!(after.ever_unknown && after.not_before.is_some_and(|at| at > now), "{at}");
        }
    }
}

#[test]
fn n8_what_passes_by_itself_is_held_with_a_new_key_unless_it_is_unknown() {
    for (at, status, code, hold) in [
        (CUSTOMER, 403, 900_123, HoldReason::ResellerNotFit),
        (AGREEMENT, 404, 1000, HoldReason::TenantBeingMade),
        (CART, 403, 800_073, HoldReason::CustomerUnderReview),
        (CART, 404, 1000, HoldReason::TenantBeingMade),
        (CHECKOUT, 403, 800_074, HoldReason::CustomerUnderReview),
        (CHECKOUT, 400, 2203, HoldReason::ResellerNotFit),
    ] {
        for ever_unknown in [false, true] {
            let mut case = in_flight(at, ever_unknown);
            case.operation().wire_tries = 3;
            let (key, call) = (case.operation().request_key, write(&mut case, at));
            case.refuse(call, RefusalClass::Fixable, status, code);
            let now = case.now;
            let after = case.operation();
            if ever_unknown {
                let told = (after.state, after.hold, after.request_key == key, after.wire_tries);
                assert_eq!(told, (OperationState::Unknown, None, true, 4), "{at} {code}");
            } else {
                let told = (after.state, after.hold, after.request_key == key, after.wire_tries);
                assert_eq!(told, (OperationState::Queued, Some(hold), false, 0), "{at} {code}");
                assert_eq!(after.hold_since, Some(now), "since when it is on hold");
                assert!(after.not_before.is_some_and(|at| at > now), "P5");
            }
        }
    }
}

#[test]
fn n2_a_read_that_is_refused_is_tried_again_and_in_the_end_asked_about() {
    // A missing right is clear at once, of a review as of orders.
    let mut case = Case::new(CART);
    let review = Call::AccountReview { tenant: case.tenant };
    case.refuse(review.clone(), RefusalClass::Permission, 403, 7);
    assert_eq!(case.reason(), Some((AttentionReason::Permission, false)));
    // There is no review: then nothing is in the way. Of another read the same code says nothing.
    let mut case = Case::new(CART);
    assert!(sends(&case.refuse(review.clone(), RefusalClass::NotFound, 404, 600_074)));
    let mut case = Case::new(CART);
    let orders = case.orders();
    assert!(!sends(&case.refuse(orders, RefusalClass::NotFound, 404, 600_074)));
    assert!(!case.progress.account_allowed);
    // Anything else waits, longer and longer, and after as many tries as a write has it is a person's.
    let mut case = Case::new(CART);
    for tries in 1..=wait::WIRE_TRIES {
        case.refuse(review.clone(), RefusalClass::Other, 418, 7);
        assert_eq!((case.operation().state, case.progress.failed_reads), (OperationState::Queued, tries));
        assert!(case.operation().not_before.is_some(), "P5");
    }
    case.refuse(review, RefusalClass::Other, 418, 7);
    assert_eq!(case.reason(), Some((AttentionReason::Unexpected, false)));
}

#[test]
fn s3_an_order_look_up_that_must_wait_settles_no_checkout() {
    let mut case = Case::unknown(CHECKOUT, wait::WIRE_TRIES);
    let orders = case.orders();
    case.refuse(orders, RefusalClass::Fixable, 403, 800_073);
    let now = case.now;
    let after = case.operation();
    assert_eq!((after.state, after.hold), (OperationState::Unknown, None));
    assert_eq!(after.not_before, Some(wait::after(now, wait::ABSENT_AGAIN)));
}

#[test]
fn s10_only_a_customer_of_this_domain_and_this_name_is_ours() {
    for (domain, name, ours) in [
        ("nordwind", "Nordwind", true),
        ("NORDWIND", " nordwind ", true),
        ("nordwind", "Nordwind GmbH", false),
        ("nordwindgmbh", "Nordwind", false),
        ("nordwind2", "Nordwind", false),
    ] {
        let mut case = Case::unknown(CUSTOMER, wait::WIRE_TRIES);
        case.progress.looked_up = true;
        let tenant = TenantId(uuid::Uuid::from_u128(9));
        let one =
            FoundCustomer { tenant, domain_prefix: domain.into(), company_name: name.into(), reseller_tenant: None };
        case.hear(find(), Answer::Customers(vec![one]));
        let adopted = case.operation().state == OperationState::Confirmed;
        assert_eq!(adopted, ours, "{domain} {name}");
        assert_eq!(case.operation().result.tenant_id, ours.then_some(tenant), "{domain} {name}");
    }
}

/// N1: a chain that waits is not in the way of another one, and of two that wait the sooner one is waited for.
#[test]
fn n1_of_all_waits_the_shortest_counts() {
    let now = build::start();
    let waiting = |sequence: i64, secs: u64| {
        let mut chain =
            build::onboarding("Nordwind", &["nordwind"], sequence, &mut Seeded::new(sequence.unsigned_abs()));
        chain.truncate(1);
        chain[0].not_before = Some(wait::after(now, Duration::from_secs(secs)));
        chain.remove(0)
    };
    for (first, second) in [(60, 90), (90, 60)] {
        let open = [waiting(1, first), waiting(20, second)];
        let (closed, none) = (std::collections::HashMap::new(), std::collections::HashSet::new());
        let made = std::collections::HashSet::new();
        let choice = Choice { open: &open, closed: &closed, made: &made, hurried: &none };
        assert_eq!(pick(choice, &QueueState::default(), now), Pick::Wait(Duration::from_secs(60)));
        let hurried = std::collections::HashSet::from([open[1].id]);
        let choice = Choice { hurried: &hurried, ..choice };
        assert_eq!(pick(choice, &QueueState::default(), now), Pick::Operation(open[1].id));
    }
}

#[test]
fn s4_only_an_order_of_one_of_these_products_is_asked_about() {
    for (same, asked) in [(true, true), (false, false)] {
        let mut case = Case::new(CART);
        case.chain[CUSTOMER].ever_unknown = true;
        case.progress.account_allowed = true;
        let (orders, mut order) = (case.orders(), case.approved_order("order-1"));
        if same {
            // Written in another case it is the same product.
            order.lines[0].sku.product_id.make_ascii_lowercase();
            order.lines.truncate(1);
        } else {
            for line in &mut order.lines {
                line.sku.product_id = "SOMETHING-ELSE".into();
            }
        }
        let effects = case.hear(orders, Answer::Orders(vec![order]));
        assert_eq!(sends(&effects), !asked);
        assert_eq!(case.reason(), asked.then_some((AttentionReason::OrderMayExist, false)));
    }
}

#[test]
fn s5_what_was_said_of_the_failed_line_reaches_the_person() {
    for ever_unknown in [false, true] {
        let mut case = in_flight(CHECKOUT, ever_unknown);
        let (call, order) = (case.checkout(), case.approved_order("order-1"));
        let effects = case.hear(call, Answer::CheckedOut(CheckoutResult { orders: vec![order], errors: vec![10_002] }));
        let found = case.operation().attention.clone().unwrap();
        let told = (found.reason, found.ambiguous, found.status, found.code, found.field.as_str());
        assert_eq!(told, (AttentionReason::PartialCheckout, ever_unknown, 201, 10_002, "lines"));
        let [Effect::Save { changes, .. }] = &effects[..] else { panic!("{effects:?}") };
        assert_eq!((changes.last().unwrap().status, changes.last().unwrap().code), (201, 10_002));
        assert_eq!(case.operation().result.order_ids, ["order-1"]);
    }
}

/// Asked before it was sent, heard after: a domain that is not free may be our own doing by then (S10).
#[test]
fn s10_what_is_heard_of_the_domain_after_the_sending_settles_nothing() {
    for free in [false, true] {
        for mut case in [Case::in_flight(CUSTOMER), Case::unknown(CUSTOMER, 1)] {
            let key = case.operation().request_key;
            let effects = case.hear(Call::CheckDomain { prefix: "nordwind".into() }, Answer::DomainFree(free));
            assert!(free || !sends(&effects));
            let after = case.operation();
            assert!(matches!(after.state, OperationState::Unknown | OperationState::InFlight), "{:?}", after.state);
            assert_eq!((after.prefix_index, after.request_key, &after.attention), (0, key, &None));
        }
    }
}

/// Both causes are named when either sign is there: the server refused the domain, or somebody has it.
#[test]
fn s10_one_sign_of_a_domain_taken_is_enough_to_name_both_causes() {
    let both = AttentionReason::DomainTakenOrHalfCreated;
    for (refused_domain, holder, reason) in [
        (true, Some("Somebody else"), both),
        (true, None, both),
        (false, Some("Somebody else"), both),
        (false, None, AttentionReason::OutcomeUnknown),
    ] {
        let mut case = Case::unknown(CUSTOMER, wait::WIRE_TRIES);
        (case.progress.looked_up, case.progress.refused_domain) = (true, refused_domain);
        let answer = || holder.map_or_else(|| Answer::Customers(Vec::new()), found);
        case.hear(find(), answer());
        if holder.is_none() {
            // Absent counts when it is repeated.
            assert_eq!(case.operation().state, OperationState::Unknown);
            case.later(61);
            case.hear(find(), answer());
        }
        assert_eq!(case.reason(), Some((reason, true)), "{refused_domain} {holder:?}");
        assert_eq!(case.operation().result.found.len(), usize::from(holder.is_some()));
    }
}

#[test]
fn an_answer_that_is_lost_counts_as_a_try_of_what_was_sent_and_not_as_a_read() {
    for at in [CUSTOMER, AGREEMENT, CART, CHECKOUT] {
        let mut case = in_flight(at, false);
        let call = write(&mut case, at);
        case.step(Event::Heard { call, outcome: Outcome::Unknown });
        assert_eq!((case.operation().state, case.operation().wire_tries), (OperationState::Unknown, 1), "{at}");
        assert_eq!(case.progress.failed_reads, 0, "{at}");
    }
}

/// The history tells once that it is on hold, however often it is looked at again.
#[test]
fn a_hold_is_told_once_and_keeps_its_beginning() {
    let case = Case::new(CART);
    let reason = HoldReason::CustomerUnderReview;
    let later = |secs: u64| wait::after(case.now, Duration::from_secs(secs));
    let first = cb_sync::postpone(&case.chain[CART], later(60), reason, case.now).unwrap();
    let second = cb_sync::postpone(&first.operation, later(120), reason, later(60)).unwrap();
    assert!(first.entry.is_some() && second.entry.is_none());
    let told = |change: &cb_sync::Change| (change.operation.hold_since, change.operation.not_before);
    assert_eq!((told(&first), told(&second)), ((Some(case.now), Some(later(60))), (Some(case.now), Some(later(120)))));
    let other = cb_sync::postpone(&second.operation, later(180), HoldReason::ResellerNotFit, later(120)).unwrap();
    assert!(other.entry.is_some() && other.operation.hold_since == Some(later(120)), "another reason begins anew");
}

#[test]
fn an_answer_to_another_question_settles_nothing() {
    for at in [CUSTOMER, AGREEMENT, CART, CHECKOUT] {
        let mut case = in_flight(at, false);
        let call = write(&mut case, at);
        case.hear(call, Answer::Resellers(Vec::new()));
        assert_eq!(case.operation().state, OperationState::Unknown, "{at}: what it did is not known");
    }
    let mut case = Case::new(CART);
    let review = Call::AccountReview { tenant: case.tenant };
    case.hear(review, Answer::Resellers(Vec::new()));
    assert_eq!((case.operation().state, case.progress.failed_reads), (OperationState::Queued, 1));
    assert!(case.operation().not_before.is_some(), "P5");
}

#[test]
fn the_history_names_what_the_whole_queue_waits_for() {
    for (outcome, word) in [
        (Outcome::NotSent, "offline"),
        (Outcome::Throttled { retry_after: None }, "throttled"),
        (Outcome::SignIn, "sign_in"),
        (Outcome::MfaNeeded, "sign_in"),
    ] {
        let mut case = in_flight(CHECKOUT, false);
        let call = case.checkout();
        let effects = case.step(Event::Heard { call, outcome });
        let [Effect::Save { changes, .. }, Effect::PauseQueue(_)] = &effects[..] else { panic!("{effects:?}") };
        assert_eq!((changes[0].reason.as_str(), changes[0].operation.state), (word, OperationState::Queued));
    }
}
