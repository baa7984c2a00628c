//! D8, the rest of the rules: what is asked and when, what the person may decide, what is taken over and what is let go.
//! Each case is one that a small slip in `restore.rs` would get wrong and the random histories would not notice.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::wildcard_enum_match_arm)]

use cb_domain::catalogue::{BillingCycle, SkuKey, Term};
use cb_domain::change::{EndInstruction, UpgradeSubscription, Values};
use cb_domain::ids::{OnboardingId, OperationId, RequestKey, TenantId};
use cb_domain::operation::{
    Attention, AttentionReason, EventKind, Found, HoldReason, Operation, OperationKind, OperationPayload,
    OperationState,
};
use cb_domain::subscription::SubscriptionStatus;
use cb_sync::remote::{Call, FoundCustomer, RemoteLine, RemoteOrder};
use cb_sync::restore::{
    Case, Decision, Held, LOOK_AGAIN, Next, QUARANTINE, Quarantine, Seen, Why, customer_found, let_go, next,
    orders_seen, restored, take_over,
};
use cb_sync::{Consequence, Secret, wait};
use cb_testkit::{Seeded, build};
use jiff::Timestamp;
use std::time::Duration;
use uuid::Uuid;

use OperationState as S;

const CUSTOMER: usize = 0;
const AGREEMENT: usize = 1;
const CART: usize = 2;
const CHECKOUT: usize = 3;
const VERIFY: usize = 4;

fn queued() -> Vec<Operation> {
    build::onboarding("Nordwind", &["nordwind", "nordwindgmbh"], 0, &mut Seeded::new(5))
}

/// The chain as a restored book has it: all that was approved is unknown, from this operation on.
fn unknown_from(first: usize) -> Vec<Operation> {
    let mut chain = queued();
    for (at, one) in chain.iter_mut().enumerate().take(VERIFY) {
        (one.state, one.ever_unknown) = if at < first { (S::Confirmed, false) } else { (S::Unknown, true) };
    }
    chain
}

fn upgrade() -> Operation {
    let sku = |id: &str| SkuKey { product_id: id.into(), sku_id: "0001".into() };
    let base = Values {
        sku: sku("P"),
        quantity: 40,
        term: Term::P1Y,
        cycle: BillingCycle::Monthly,
        status: SubscriptionStatus::Active,
        auto_renew: true,
        end: EndInstruction::None,
        next_term: None,
    };
    let payload = UpgradeSubscription {
        subscription_id: Seeded::new(3).uuid().into(),
        remote_id: Some("sub-1".into()),
        product_name: "Suite".into(),
        legacy: false,
        base,
        base_read_at: build::start(),
        target: sku("Q"),
        target_title: "Better".into(),
        quantity: 40,
        term: Term::P1Y,
        cycle: BillingCycle::Monthly,
        effects: Vec::new(),
    };
    let mut random = Seeded::new(7);
    let (onboarding, customer) = (random.uuid().into(), random.uuid().into());
    build::operation(
        OperationPayload::UpgradeSubscription(Box::new(payload)),
        onboarding,
        customer,
        0,
        Vec::new(),
        &mut random,
    )
}

fn attention(reason: AttentionReason, ambiguous: bool) -> Option<Attention> {
    Some(Attention { reason, ambiguous, field: String::new(), status: 0, code: 0 })
}

fn tenant() -> TenantId {
    TenantId(Uuid::from_u128(9))
}

fn case(chain: &[Operation]) -> Case<'_> {
    Case { chain, tenant: Some(tenant()), known_orders: &[], now: build::start() }
}

/// An order of these lines of the cart.
fn order(chain: &[Operation], id: &str, lines: &[usize]) -> RemoteOrder {
    let OperationPayload::CreateCart(cart) = &chain[CART].payload else { panic!() };
    let line = |at: &usize| RemoteLine {
        number: cart.lines[*at].number,
        sku: cart.lines[*at].sku.clone(),
        quantity: cart.lines[*at].quantity,
        term: String::new(),
        cycle: String::new(),
        subscription_id: None,
        error: 0,
        extended_price_minor: None,
    };
    let lines = lines.iter().map(line).collect();
    RemoteOrder { id: id.into(), status: "completed".into(), created_at: None, lines }
}

fn minutes(count: u64) -> Timestamp {
    wait::after(build::start(), Duration::from_secs(count * 60))
}

fn quarantine(seen: Seen, looked_at: Option<Timestamp>) -> (Quarantine, OnboardingId) {
    let id = OnboardingId(Uuid::from_u128(1));
    let mut quarantine = Quarantine::begin(Why::Restored, None, vec![id], build::start());
    quarantine.held[0] = Held { onboarding: id, seen, looked_at, decision: None };
    (quarantine, id)
}

fn orders(whole: bool) -> Seen {
    Seen::Orders { ids: vec!["o".into()], whole }
}

#[test]
fn d8_it_lasts_half_an_hour_and_looks_every_five_minutes() {
    assert_eq!((QUARANTINE, LOOK_AGAIN), (Duration::from_secs(1800), Duration::from_secs(300)));
    let (quarantine, _) = quarantine(Seen::NotYet, None);
    assert_eq!(quarantine.until(), minutes(30));
}

#[test]
fn d8_what_is_looked_up_and_when() {
    let due = |seen, looked_at, now| {
        let (quarantine, id) = quarantine(seen, looked_at);
        quarantine.due(now) == Some(id)
    };
    assert!(due(Seen::NotYet, None, minutes(0)), "never yet: at once");
    let nearly = wait::after(minutes(0), LOOK_AGAIN - Duration::from_secs(1));
    assert!(!due(Seen::Absent, Some(minutes(0)), nearly), "not before five minutes");
    assert!(due(Seen::Absent, Some(minutes(0)), minutes(5)), "an order may show late");
    assert!(
        due(Seen::Absent, Some(minutes(28)), minutes(30)),
        "as soon as the quarantine is over, whatever the last look"
    );
    assert!(!due(Seen::Absent, Some(minutes(30)), minutes(60)), "the look behind the quarantine is the last");
    for settled in [Seen::Harmless, orders(true), orders(false)] {
        assert!(!due(settled.clone(), Some(minutes(0)), minutes(60)), "{settled:?} is not asked again by itself");
    }
    let (mut quarantine, id) = quarantine(orders(true), Some(minutes(0)));
    quarantine.held[0].decision = Some(Decision::TakeOver);
    assert_eq!(quarantine.due(minutes(1)), Some(id), "what the person decided is done at once");
}

#[test]
fn d8_the_worker_wakes_for_the_next_look_and_for_nothing_else() {
    let at = |seen, looked_at, now| quarantine(seen, looked_at).0.next_look(now);
    assert_eq!(at(Seen::Absent, Some(minutes(2)), minutes(3)), Some(minutes(7)));
    assert_eq!(at(Seen::Absent, Some(minutes(28)), minutes(28)), Some(minutes(30)), "not later than its end");
    assert_eq!(at(Seen::Absent, Some(minutes(30)), minutes(31)), None);
    assert_eq!(at(orders(true), Some(minutes(2)), minutes(3)), None);
    assert_eq!(at(Seen::Harmless, Some(minutes(2)), minutes(3)), None);
}

#[test]
fn d8_what_the_person_may_decide() {
    let (early, over) = (minutes(29), minutes(30));
    for (seen, looked_at, now, take_over, send) in [
        (Seen::NotYet, None, over, false, false),
        (Seen::Harmless, Some(early), early, false, true),
        (Seen::Absent, Some(early), early, false, false),
        (Seen::Absent, Some(early), over, false, false),
        (Seen::Absent, None, over, false, false),
        (Seen::Absent, Some(over), over, false, true),
        (orders(true), Some(early), early, true, false),
        (orders(true), Some(early), over, true, true),
        (orders(false), Some(early), early, false, false),
        (orders(false), Some(early), over, false, true),
    ] {
        let (quarantine, id) = quarantine(seen.clone(), looked_at);
        let may = |decision| quarantine.may(id, decision, now);
        assert_eq!((may(Decision::TakeOver), may(Decision::Send)), (take_over, send), "{seen:?} {looked_at:?} {now}");
        assert!(!quarantine.may(OnboardingId(Uuid::from_u128(2)), Decision::Send, now), "another is not held");
    }
}

#[test]
fn d8_everything_rests_that_was_not_released_and_what_is_held_rests_for_good() {
    let (mut quarantine, held) = quarantine(Seen::Harmless, Some(minutes(1)));
    let (late, other) = (minutes(60 * 24 * 30), OnboardingId(Uuid::from_u128(2)));
    assert!(quarantine.holds(held, minutes(1)) && quarantine.holds(held, late), "until a person releases it");
    assert!(quarantine.holds(other, minutes(29)), "submitted since: it could double what was forgotten");
    assert!(!quarantine.holds(other, minutes(30)));
    let third = OnboardingId(Uuid::from_u128(3));
    quarantine.held.push(Held { onboarding: third, seen: Seen::NotYet, looked_at: None, decision: None });
    quarantine.release(held);
    assert!(!quarantine.holds(held, minutes(1)), "released, it goes though the quarantine lasts");
    assert!(quarantine.holds(third, late), "each by itself");
}

#[test]
fn d8_a_quarantine_of_an_earlier_version_is_read() {
    let (mut quarantine, held) = quarantine(Seen::Absent, Some(minutes(1)));
    quarantine.release(held);
    let mut json = serde_json::to_value(&quarantine).unwrap();
    assert_eq!(serde_json::from_value::<Quarantine>(json.clone()).unwrap(), quarantine);
    json.as_object_mut().unwrap().remove("released");
    assert_eq!(serde_json::from_value::<Quarantine>(json).unwrap().released, []);
}

/// For every kind that may double something and every state, and for those that may not.
#[test]
fn d8_what_each_operation_becomes() {
    let table = [
        (S::Queued, None, Some(S::Unknown)),
        (S::InFlight, None, Some(S::Unknown)),
        (S::Unknown, None, None),
        (S::Confirmed, None, None),
        (S::Cancelled, None, None),
        (S::NeedsAttention, attention(AttentionReason::Address, false), Some(S::Unknown)),
        (S::NeedsAttention, attention(AttentionReason::OutcomeUnknown, true), None),
        (S::NeedsAttention, attention(AttentionReason::PartialCheckout, false), None),
    ];
    let mut all = queued();
    let verify = all.remove(VERIFY);
    all.push(upgrade());
    for before in &all {
        for (state, attention, becomes) in table.clone() {
            let ever_unknown = state == S::Unknown;
            let before = Operation {
                state,
                attention,
                ever_unknown,
                not_before: Some(minutes(50)),
                hold: (state == S::Queued).then_some(HoldReason::CustomerUnderReview),
                hold_since: (state == S::Queued).then(|| minutes(0)),
                ..before.clone()
            };
            let changes = restored(&before, minutes(2)).unwrap();
            let name = format!("{:?} {state:?} {:?}", before.payload.kind(), before.attention);
            assert_eq!(changes.last().map(|change| change.operation.state), becomes, "{name}");
            let Some(last) = changes.last() else { continue };
            assert_eq!(changes[0].from, state, "{name}: by the steps of the table");
            assert!(changes.windows(2).all(|pair| pair[0].operation.state == pair[1].from), "{name}");
            assert_eq!((last.entry, last.reason.as_str()), (Some(EventKind::NoAnswer), "restored"), "{name}");
            assert!(changes[..changes.len() - 1].iter().all(|change| change.entry.is_none()), "{name}: told once");
            let after = &last.operation;
            assert!(after.ever_unknown && after.attention.is_none(), "{name}");
            assert_eq!(
                (after.not_before, after.hold, after.hold_since),
                (None, None, None),
                "{name}: looked up at once"
            );
            assert_eq!((after.request_key, after.revision), (before.request_key, before.revision), "{name}: S8");
        }
    }
    // What only reads goes on as after any start (S7).
    assert!(restored(&verify, minutes(2)).unwrap().is_empty());
    let changes = restored(&Operation { state: S::InFlight, ..verify }, minutes(2)).unwrap();
    assert_eq!((changes.len(), changes[0].operation.state, changes[0].reason.as_str()), (1, S::Unknown, "restarted"));
}

#[test]
fn d8_what_is_asked_of_an_onboarding() {
    let chain = unknown_from(CUSTOMER);
    let nobody = Case { tenant: None, ..case(&chain) };
    let find = |prefix: &str| Next::Ask(Call::FindCustomer { domain_prefix: prefix.into() });
    assert_eq!(
        [next(nobody, 0), next(nobody, 1)],
        [find("nordwind"), find("nordwindgmbh")],
        "every prefix it may have"
    );
    assert_eq!(next(nobody, 2), Next::Known(Seen::Absent), "no tenant, so no order either");
    assert_eq!(next(case(&chain), 0), Next::Ask(Call::ListOrders { tenant: tenant() }));

    let mut customer_only = unknown_from(CUSTOMER);
    customer_only.truncate(1);
    assert_eq!(
        next(Case { tenant: None, ..case(&customer_only) }, 2),
        Next::Known(Seen::Absent),
        "it may be made late"
    );
    let mut agreement_only = unknown_from(AGREEMENT);
    agreement_only.truncate(2);
    assert_eq!(next(case(&agreement_only), 0), Next::Known(Seen::Harmless), "a second one is refused");
    let upgrade = Operation { state: S::Unknown, ever_unknown: true, ..upgrade() };
    assert_eq!(next(case(&[upgrade]), 0), Next::Known(Seen::Absent), "moves may show late");
    assert_eq!(next(case(&unknown_from(VERIFY)), 0), Next::Known(Seen::Harmless));

    // One that the person was asked about counts as open, one that needs mending does not.
    let mut asked = unknown_from(VERIFY);
    asked[CHECKOUT].state = S::NeedsAttention;
    asked[CHECKOUT].attention = attention(AttentionReason::OrderMayExist, true);
    assert_eq!(next(case(&asked), 0), Next::Ask(Call::ListOrders { tenant: tenant() }));
    asked[CHECKOUT].attention = attention(AttentionReason::PriceChanged, false);
    assert_eq!(next(case(&asked), 0), Next::Known(Seen::Harmless));
}

#[test]
fn d8_s10_a_customer_is_taken_over_by_domain_and_name_together() {
    let chain = unknown_from(CUSTOMER);
    let case = Case { tenant: None, ..case(&chain) };
    let found = |prefix: &str, name: &str| FoundCustomer {
        tenant: tenant(),
        domain_prefix: prefix.into(),
        company_name: name.into(),
        reseller_tenant: None,
    };
    for (prefix, name) in [("nordwind", "Somebody else"), ("other", "Nordwind"), ("nordwin", "Nordwind")] {
        assert!(customer_found(case, &[found(prefix, name)]).unwrap().is_none(), "{prefix} {name}");
    }
    assert!(customer_found(case, &[]).unwrap().is_none());
    let all = [found("nordwind", "Somebody else"), found("NordwindGmbH", " NORDWIND ")];
    let (change, made) = customer_found(case, &all).unwrap().unwrap();
    assert_eq!((change.operation.id, change.operation.state), (chain[CUSTOMER].id, S::Confirmed));
    assert_eq!((change.entry, change.operation.result.tenant_id), (Some(EventKind::Adopted), Some(tenant())));
    assert_eq!(change.operation.result.domain_prefix.as_deref(), Some("NordwindGmbH"), "the one it has");
    let Consequence::CustomerMade { tenant: made, domain_prefix, secret: Secret::Unavailable, .. } = made else {
        panic!("its password came with an answer that nobody has: {made:?}")
    };
    assert_eq!((made, domain_prefix.as_str()), (tenant(), "NordwindGmbH"));
    let done = unknown_from(AGREEMENT);
    let settled = Case { chain: &done, ..case };
    assert!(customer_found(settled, &[found("nordwind", "Nordwind")]).unwrap().is_none(), "nothing is open");
}

#[test]
fn d8_only_orders_that_nobody_knows_and_that_are_made_of_its_lines_count() {
    let mut chain = unknown_from(CHECKOUT);
    let ids = |seen: Seen| match seen {
        Seen::Orders { ids, whole } => (ids, whole),
        other => panic!("{other:?}"),
    };
    let (all, first, rest) = (order(&chain, "all", &[0, 1]), order(&chain, "first", &[0]), order(&chain, "rest", &[1]));
    assert_eq!(
        ids(orders_seen(case(&chain), &[first.clone(), rest.clone()])),
        (vec!["first".into(), "rest".into()], true)
    );
    assert_eq!(
        ids(orders_seen(case(&chain), &[all.clone(), first.clone()])),
        (vec!["all".into()], true),
        "each line once"
    );
    assert_eq!(ids(orders_seen(case(&chain), &[first.clone(), first.clone()])), (vec!["first".into()], false));
    let mut more = all.clone();
    more.lines[0].sku.product_id = "something else".into();
    let mut fewer = all.clone();
    fewer.lines[0].quantity += 1;
    for other in [more, fewer, RemoteOrder { lines: Vec::new(), ..all.clone() }] {
        assert_eq!(orders_seen(case(&chain), &[other]), Seen::Absent);
    }
    chain[CHECKOUT].result.disowned =
        vec![Found { id: "all".into(), name: String::new(), at: None, lines: Vec::new(), same: true }];
    assert_eq!(
        orders_seen(case(&chain), std::slice::from_ref(&all)),
        Seen::Absent,
        "the person said that it is not theirs"
    );
    chain[CHECKOUT].result.disowned.clear();
    chain[VERIFY].result.order_ids = vec!["all".into()];
    assert_eq!(
        orders_seen(case(&chain), std::slice::from_ref(&all)),
        Seen::Absent,
        "it belongs to another of this Submit"
    );
    assert!(take_over(case(&chain), &[all]).unwrap().is_empty());
    assert_eq!(orders_seen(case(&unknown_from(VERIFY)), &[first]), Seen::Harmless, "nothing is open");
}

/// The same product twice, the same number of licences: two lines, and an order has one of them.
#[test]
fn d8_lines_that_are_the_same_are_counted() {
    let mut chain = unknown_from(CHECKOUT);
    let OperationPayload::CreateCart(cart) = &mut chain[CART].payload else { panic!() };
    cart.lines[1].sku = cart.lines[0].sku.clone();
    cart.lines[1].quantity = cart.lines[0].quantity;
    let (one, two) = (order(&chain, "one", &[0]), order(&chain, "two", &[1]));
    let half = Seen::Orders { ids: vec!["one".into()], whole: false };
    assert_eq!(orders_seen(case(&chain), std::slice::from_ref(&one)), half);
    let whole = Seen::Orders { ids: vec!["one".into(), "two".into()], whole: true };
    assert_eq!(orders_seen(case(&chain), &[one, two]), whole);
}

#[test]
fn d8_taking_over_settles_the_cart_and_the_checkout_with_their_orders() {
    let chain = unknown_from(CART);
    let both = [order(&chain, "first", &[0]), order(&chain, "rest", &[1])];
    let done = take_over(case(&chain), &both).unwrap();
    let [(cart, Consequence::Nothing), (checkout, Consequence::Ordered(ordered))] = &done[..] else {
        panic!("{done:?}")
    };
    for (change, at) in [(cart, CART), (checkout, CHECKOUT)] {
        assert_eq!((change.operation.id, change.operation.state), (chain[at].id, S::Confirmed));
        assert_eq!(change.entry, Some(EventKind::Adopted));
    }
    assert_eq!(checkout.operation.result.order_ids, ["first", "rest"]);
    assert_eq!(ordered, &both);
    let bought = unknown_from(CHECKOUT);
    assert_eq!(take_over(case(&bought), &both).unwrap().len(), 1, "a cart that is settled stays so");
}

#[test]
fn d8_what_is_let_go_begins_anew_and_a_customer_keeps_its_key() {
    let mut chain = unknown_from(CUSTOMER);
    chain.push(Operation { state: S::Unknown, ever_unknown: true, ..upgrade() });
    let mut number = 100_u128;
    let changes = let_go(
        &chain,
        || {
            number += 1;
            RequestKey(Uuid::from_u128(number))
        },
        minutes(40),
    )
    .unwrap();
    let asked: Vec<OperationId> = changes.iter().step_by(2).map(|change| change.operation.id).collect();
    assert_eq!(asked, [chain[AGREEMENT].id, chain[CART].id, chain[CHECKOUT].id, chain[5].id], "not the customer (S10)");
    for (at, pair) in changes.chunks(2).enumerate() {
        let [asked, released] = pair else { panic!() };
        assert_eq!((asked.from, asked.operation.state), (S::Unknown, S::NeedsAttention));
        let attention = asked.operation.attention.as_ref().unwrap();
        assert_eq!((attention.reason, attention.ambiguous), (AttentionReason::OutcomeUnknown, true));
        let after = &released.operation;
        assert_eq!((after.state, after.revision, after.ever_unknown), (S::Queued, 2, false));
        assert_eq!(after.request_key, RequestKey(Uuid::from_u128(101 + at as u128)), "each has a key of its own");
        assert_eq!((released.entry, released.reason.as_str()), (Some(EventKind::Released), "restored"));
        assert_eq!(after.approved_at, minutes(40), "released is approved anew (N7)");
    }
    // What the person is asked about anyway, and what is settled, stays with them.
    let mut chain = unknown_from(VERIFY);
    chain[CHECKOUT].state = S::NeedsAttention;
    chain[CHECKOUT].attention = attention(AttentionReason::OrderMayExist, true);
    assert!(let_go(&chain, || RequestKey(Uuid::nil()), minutes(40)).unwrap().is_empty());
    let verify = Operation { state: S::Unknown, ever_unknown: true, ..chain[VERIFY].clone() };
    assert_eq!(verify.payload.kind(), OperationKind::VerifyOrder);
    assert!(let_go(&[verify], || RequestKey(Uuid::nil()), minutes(40)).unwrap().is_empty(), "it only reads");
}
