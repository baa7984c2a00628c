//! Changes of a subscription over the wire: the whole of what was read goes back, whatever this app knows of it; upgrades
//! and support contacts in the shapes of the documentation, read leniently.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic)]

mod support;

use cb_domain::catalogue::{BillingCycle, SkuKey, Term};
use cb_domain::change::{Change, EndInstruction, NextTerm, UpgradeSubscription, Values};
use cb_domain::ids::SubscriptionId;
use cb_sync::remote::{Answer, Call, Outcome, RefusalClass, RemoteContact, RemoteSubscription, UpgradeState};
use serde_json::{Value, json};
use support::{TENANT, answer, body, fail, good, header, ok, run, tenant};
use uuid::Uuid;

const SUBSCRIPTION: &str = "2f6d8a10-7b1c-4f55-d0d4-0c353b8eda9d";

fn path() -> String {
    format!("/v1/customers/{TENANT}/subscriptions/{SUBSCRIPTION}")
}

/// The documentation's example, with members that this app has never heard of.
fn document() -> Value {
    json!({
        "id": SUBSCRIPTION, "offerId": "CFQ7TTC0XXX1:0001:CFQ7TTC0AAA1", "offerName": "Example Suite",
        "productType": {"id": "OnlineServicesNCE", "displayName": "OnlineServicesNCE"}, "quantity": 5,
        "creationDate": "2026-01-05T09:14:02.0966728Z", "effectiveStartDate": "2026-01-05T00:00:00Z",
        "commitmentEndDate": "2027-01-04T00:00:00Z", "commitmentEndDateTime": "2027-01-04T23:59:59Z",
        "cancellationAllowedUntilDate": "2026-01-12T09:14:02Z", "status": "active", "autoRenewEnabled": true,
        "isTrial": false, "billingType": "license", "billingCycle": "monthly", "termDuration": "P1Y",
        "partnerId": "4800000", "novel": {"deep": [1, {"kept": null}]}, "promotionId": "39NFJQT1X9KM",
        "scheduledNextTermInstructions": {
            "product": {"productId": "CFQ7TTC0XXX1", "skuId": "0001", "availabilityId": "CFQ7TTC0AAA1",
                "billingCycle": "annual", "termDuration": "P1Y"},
            "quantity": 4, "customTermEndDate": "2028-01-31T00:00:00Z"
        },
        "refundableQuantity": {"totalQuantity": 5, "details": [{"quantity": 5, "allowedUntilDateTime": "2026-01-12T09:14:02Z"}]},
        "attributes": {"etag": "W/1", "objectType": "Subscription"}
    })
}

async fn seen() -> RemoteSubscription {
    let call = Call::ReadSubscription { tenant: tenant(), subscription: SUBSCRIPTION.to_owned() };
    let told = good(call, vec![ok(&format!("GET {}", path()), &document().to_string())]).await;
    let Answer::Subscription(found) = told else { panic!("{told:?}") };
    *found
}

fn change(seen: &Values, change: Change) -> Call {
    let (seen, change) = (Box::new(seen.clone()), Box::new(change));
    Call::ChangeSubscription { tenant: tenant(), subscription: SUBSCRIPTION.to_owned(), seen, change }
}

fn sku() -> SkuKey {
    SkuKey { product_id: "CFQ7TTC0XXX1".to_owned(), sku_id: "0001".to_owned() }
}

/// What the `PATCH` carries.
async fn sent(wanted: Change) -> Value {
    let values = seen().await.values;
    let steps = vec![
        ok(&format!("GET {}", path()), &document().to_string()),
        answer(&format!("PATCH {}", path()), 200, &[], &document().to_string()),
    ];
    let (outcome, requests) = run(change(&values, wanted), steps).await;
    assert!(matches!(outcome, Outcome::Done { answer: Answer::Subscription(_), .. }), "{outcome:?}");
    assert_eq!(header(&requests[1], "if-match"), "\"W/1\"");
    body(&requests[1])
}

#[tokio::test]
async fn a_subscription_is_read_whole() {
    let found = seen().await;
    assert_eq!(found.values.sku, sku());
    assert_eq!((found.values.quantity, found.values.auto_renew, found.values.end), (5, true, EndInstruction::None));
    let next = NextTerm { sku: sku(), quantity: 4, term: Term::P1Y, cycle: BillingCycle::Annual };
    assert_eq!(found.values.next_term, Some(next));
    assert_eq!(found.details.batches[0].until.to_string(), "2026-01-12T09:14:02Z");
    assert_eq!(found.partner_id.as_deref(), Some("4800000"));
}

#[tokio::test]
async fn numbers_as_text_words_in_any_case_and_gaps_are_read_too() {
    let odd = json!({
        "id": SUBSCRIPTION, "offerId": "031c9e47-4802-4248-838e-778fb1d2cc05", "quantity": "7", "status": "Active",
        "autoRenewEnabled": "False", "billingCycle": "Monthly", "scheduledNextTermInstructions": null,
        "refundableQuantity": {"details": [null, {"quantity": "2", "allowedUntilDateTime": "not a date"}]}
    });
    let call = Call::ReadSubscription { tenant: tenant(), subscription: SUBSCRIPTION.to_owned() };
    let told = good(call, vec![ok(&format!("GET {}", path()), &odd.to_string())]).await;
    let Answer::Subscription(found) = told else { panic!("{told:?}") };
    assert_eq!((found.values.quantity, found.values.auto_renew), (7, false));
    assert_eq!((found.values.next_term, found.details.batches.len()), (None, 0));
}

#[tokio::test]
async fn the_patch_loses_neither_the_renewal_nor_what_is_not_known_here() {
    let mut expected = document();
    expected["quantity"] = json!(9);
    expected["scheduledNextTermInstructions"] = Value::Null;
    assert_eq!(sent(Change::Licences { quantity: 9 }).await, expected);

    let mut expected = document();
    expected["autoRenewEnabled"] = json!(false);
    expected["termEndInstruction"] = json!("cancel");
    expected["scheduledNextTermInstructions"] = Value::Null;
    let off = Change::AutoRenew { on: false, end: EndInstruction::Cancel };
    assert_eq!(sent(off).await, expected, "auto-renew off always says what shall happen");

    let next = NextTerm { sku: sku(), quantity: 3, term: Term::P3Y, cycle: BillingCycle::Monthly };
    let planned = sent(Change::AtRenewal { next }).await;
    assert_eq!(planned["autoRenewEnabled"], json!(true));
    let product = json!({
        "productId": "CFQ7TTC0XXX1", "skuId": "0001", "availabilityId": "CFQ7TTC0AAA1",
        "billingCycle": "monthly", "termDuration": "P3Y",
    });
    assert_eq!(planned["scheduledNextTermInstructions"], json!({"product": product, "quantity": 3}));
    assert_eq!(planned["novel"], document()["novel"]);
}

#[tokio::test]
async fn what_stands_otherwise_is_not_overwritten_and_what_is_done_not_repeated() {
    let read = || ok(&format!("GET {}", path()), &document().to_string());
    let mut other = seen().await.values;
    other.quantity = 6;
    let (outcome, requests) = run(change(&other, Change::Licences { quantity: 9 }), vec![read()]).await;
    assert!(matches!(outcome, Outcome::Refused { class: RefusalClass::Conflict, .. }), "{outcome:?}");
    assert_eq!(requests.len(), 1, "nothing is written");
    let (outcome, requests) = run(change(&other, Change::Licences { quantity: 5 }), vec![read()]).await;
    assert!(matches!(outcome, Outcome::Done { .. }), "{outcome:?}");
    assert_eq!(requests.len(), 1, "it is so already");
}

#[tokio::test]
async fn a_reading_that_failed_leaves_nothing_open_and_a_change_without_an_answer_does() {
    use cb_partner_center::transport::TransportError;
    let values = seen().await.values;
    let more = || change(&values, Change::Licences { quantity: 9 });
    let lost = || TransportError::Unknown;
    let (outcome, _) = run(more(), vec![fail(&format!("GET {}", path()), lost())]).await;
    assert!(matches!(outcome, Outcome::NotSent), "{outcome:?}");
    let steps =
        vec![ok(&format!("GET {}", path()), &document().to_string()), fail(&format!("PATCH {}", path()), lost())];
    let (outcome, _) = run(more(), steps).await;
    assert!(matches!(outcome, Outcome::Unknown), "{outcome:?}");
}

fn upgrade(legacy: bool, target: SkuKey, quantity: u32, base: Values) -> Call {
    let payload = UpgradeSubscription {
        subscription_id: SubscriptionId(Uuid::from_u128(7)),
        remote_id: Some(SUBSCRIPTION.to_owned()),
        product_name: "Example Suite".to_owned(),
        legacy,
        base,
        base_read_at: "2026-01-06T00:00:00Z".parse().unwrap(),
        target,
        target_title: "Bigger Suite".to_owned(),
        quantity,
        term: Term::P1Y,
        cycle: BillingCycle::Monthly,
        effects: Vec::new(),
    };
    Call::Upgrade { tenant: tenant(), subscription: SUBSCRIPTION.to_owned(), payload: Box::new(payload) }
}

#[tokio::test]
async fn an_upgrade_asks_for_the_item_of_today_and_reads_either_spelling_of_its_events() {
    let target = SkuKey { product_id: "CFQ7TTC0YYY1".to_owned(), sku_id: "0001".to_owned() };
    let item = "CFQ7TTC0YYY1:0001:CFQ7TTC0BBB1";
    let availabilities = json!({"items": [{
        "id": "CFQ7TTC0BBB1", "productId": "CFQ7TTC0YYY1", "skuId": "0001", "catalogItemId": item,
        "terms": [{"duration": "P1Y", "billingCycle": "monthly"}],
    }]});
    for (quantity, kind) in [(3, "transition_only"), (5, "transition_with_license_transfer")] {
        let told = json!({
            "toCatalogItemId": item, "quantity": quantity, "toSubscriptionId": "other",
            "Events": [{"name": "Conversion", "status": "Completed", "timestamp": "2026-01-06T10:00:00Z"}],
        });
        let steps = vec![
            ok(
                &format!("GET /v1/customers/{TENANT}/products/CFQ7TTC0YYY1/skus/0001/availabilities"),
                &availabilities.to_string(),
            ),
            answer(&format!("POST {}/transitions", path()), 200, &[], &told.to_string()),
        ];
        let (outcome, requests) = run(upgrade(false, target.clone(), quantity, seen().await.values), steps).await;
        let Outcome::Done { answer: Answer::Upgraded(moved), .. } = outcome else { panic!("{outcome:?}") };
        assert_eq!(
            (moved.state, moved.quantity, moved.to.as_deref()),
            (UpgradeState::Completed, quantity, Some("other"))
        );
        let expected = json!({
            "toCatalogItemId": item, "quantity": quantity, "termDuration": "P1Y", "billingCycle": "monthly",
            "transitionType": kind,
        });
        assert_eq!(body(&requests[1]), expected);
    }
}

#[tokio::test]
async fn an_older_upgrade_sends_back_the_very_item_that_was_offered() {
    let target = SkuKey { product_id: "031c9e47-4802-4248-838e-778fb1d2cc05".to_owned(), sku_id: String::new() };
    let offered = json!({
        "targetOffer": {"id": "031C9E47-4802-4248-838E-778FB1D2CC05", "name": "Bigger", "novel": true},
        "upgradeType": "upgrade_with_license_transfer", "isEligible": true, "quantity": 5, "upgradeErrors": [],
    });
    let list = json!({"items": [{"targetOffer": {"id": "x"}, "isEligible": false}, offered]}).to_string();
    let told = json!({"sourceSubscriptionId": SUBSCRIPTION, "targetSubscriptionId": "new", "upgradeErrors": []});
    let steps = vec![
        ok(&format!("GET {}/upgrades", path()), &list),
        answer(&format!("POST {}/upgrades", path()), 200, &[], &told.to_string()),
    ];
    let (outcome, requests) = run(upgrade(true, target, 5, seen().await.values), steps).await;
    let Outcome::Done { answer: Answer::Upgraded(moved), .. } = outcome else { panic!("{outcome:?}") };
    assert_eq!((moved.state, moved.to.as_deref()), (UpgradeState::Completed, Some("new")));
    assert_eq!(body(&requests[1]), offered);

    let call = Call::UpgradeTargets { tenant: tenant(), subscription: SUBSCRIPTION.to_owned(), legacy: true };
    let Answer::UpgradeTargets(found) = good(call, vec![ok(&format!("GET {}/upgrades", path()), &list)]).await else {
        panic!("no targets")
    };
    assert_eq!(
        found.iter().map(|one| one.title.as_str()).collect::<Vec<_>>(),
        ["Bigger"],
        "what is refused is no target"
    );
}

#[tokio::test]
async fn a_support_contact_is_replaced_as_a_whole_and_the_provider_names_itself() {
    let own = || ok("GET /v1/profiles/mpn", &json!({"mpnId": 4_860_001}).to_string());
    let set = |contact: RemoteContact| Call::SetSupportContact {
        tenant: tenant(),
        subscription: SUBSCRIPTION.to_owned(),
        contact,
    };
    let put = format!("PUT {}/supportcontact", path());
    let birch = RemoteContact {
        is_provider: false,
        tenant: "5d0c1b1e-6a0f-4f43-9a77-0d3a7c5b9e10".to_owned(),
        partner_id: "4800000".to_owned(),
        name: "Birch Reseller".to_owned(),
    };
    let told = json!({
        "supportTenantId": birch.tenant, "supportMpnId": "4800000", "name": "Birch Reseller",
        "attributes": {"objectType": "SupportContact"},
    });
    let (outcome, requests) = run(set(birch.clone()), vec![own(), answer(&put, 200, &[], &told.to_string())]).await;
    assert!(
        matches!(&outcome, Outcome::Done { answer: Answer::SupportContact(now), .. } if *now == birch),
        "{outcome:?}"
    );
    assert_eq!(body(&requests[1]), told);

    let provider =
        RemoteContact { is_provider: true, tenant: String::new(), partner_id: String::new(), name: String::new() };
    let told = json!({"supportMpnId": 4_860_001, "name": "Nordhafen"}).to_string();
    let (outcome, requests) = run(set(provider), vec![own(), answer(&put, 200, &[], &told)]).await;
    assert!(
        matches!(&outcome, Outcome::Done { answer: Answer::SupportContact(now), .. } if now.is_provider),
        "{outcome:?}"
    );
    assert_eq!(body(&requests[1])["supportMpnId"], json!("4860001"));
}
