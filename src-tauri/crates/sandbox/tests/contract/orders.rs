//! Carts, checkout, orders, subscriptions.

use crate::support::{
    BASIC, COPILOT, E3, PREMIUM, PREMIUM_TRIAL, Practice, UNSIGNED_MPN, cart_body, line, new_customer,
};
use cb_partner_center::wire;
use jiff::SignedDuration;
use serde_json::{Value, json};

fn id_of(answer: &crate::support::Answer) -> String {
    assert_eq!(answer.status, 201, "{}", answer.json());
    answer.json()["id"].as_str().expect("an id").to_owned()
}

#[tokio::test]
async fn from_cart_to_subscription() {
    let practice = Practice::new();
    let customer = practice.customer("nordwind").await;
    let answer = practice.cart(&customer, &[(PREMIUM, 12, "P1Y", "Monthly"), (COPILOT, 3, "P1Y", "monthly")]).await;
    let cart: wire::Cart = answer.read();
    let lines = cart.line_items.expect("lines");
    assert!(lines.iter().all(|line| line.error.is_none()));
    let pricing = lines[0].pricing.as_ref().expect("pricing");
    let (each, all) = (pricing.list_price.expect("a price"), pricing.extended_price.expect("a price"));
    assert!((each * 12.0 * 12.0 - all).abs() < 0.01, "12 licences over 12 months: {each} and {all}");
    let cart_id = cart.id.expect("an id");

    let answer = practice.checkout(&customer, &cart_id).await;
    assert_eq!(answer.status, 201);
    let result: wire::CheckoutResult = answer.read();
    assert!(result.order_errors.is_none());
    let orders = result.orders.expect("orders");
    assert_eq!(orders.len(), 1, "one order for one billing cycle");
    let order = orders[0].id.clone().expect("an id");
    assert_eq!(practice.checkout(&customer, &cart_id).await.body, answer.body, "the same first answer");
    assert_eq!(practice.get(&format!("/v1/customers/{customer}/carts/{cart_id}")).await.json()["status"], "Ordered");

    let listed: wire::Collection<wire::Order> = practice.get(&format!("/v1/customers/{customer}/orders")).await.read();
    assert_eq!(listed.items.len(), 1, "a repeated checkout buys nothing");
    let one: wire::Order = practice.get(&format!("/v1/customers/{customer}/orders/{order}")).await.read();
    let bought = one.line_items.expect("lines");
    assert_eq!(bought[0].partner_id_on_record.as_deref(), Some(crate::support::RESELLER_MPN));
    let state: wire::Collection<wire::OrderProvisioningStatus> =
        practice.get(&format!("/v1/customers/{customer}/orders/{order}/provisioningstatus")).await.read();
    assert_eq!(state.items[0].status, Some(wire::ProvisioningStatus::Fulfilled));

    let subscriptions: wire::Collection<wire::Subscription> =
        practice.get(&format!("/v1/customers/{customer}/subscriptions?order_id={order}")).await.read();
    assert_eq!(subscriptions.items.len(), 2);
    let first = &subscriptions.items[0];
    assert_eq!(first.id, bought[0].subscription_id);
    assert_eq!((first.quantity, first.auto_renew_enabled), (Some(12), Some(true)));
    assert_eq!(first.commitment_end_date_time.as_deref(), Some("2027-03-09T23:59:59Z"));
    assert!(first.cancellation_allowed_until_date.is_some(), "the window is open");
    let path = format!("/v1/customers/{customer}/subscriptions/{}", first.id.as_deref().expect("an id"));
    assert_eq!(practice.get(&path).await.status, 200);
    practice.wait(SignedDuration::from_hours(7 * 24 + 1));
    let later: wire::Subscription = practice.get(&path).await.read();
    assert_eq!(later.cancellation_allowed_until_date, None, "the window closes after 168 hours");
    practice.wait(SignedDuration::from_hours(365 * 24));
    let next: wire::Subscription = practice.get(&path).await.read();
    assert_eq!(next.commitment_end_date_time.as_deref(), Some("2028-03-09T23:59:59Z"), "renewed by itself");
}

#[tokio::test]
async fn refused_lines() {
    let practice = Practice::new();
    let customer = practice.customer("nordwind").await;
    let path = format!("/v1/customers/{customer}/carts");
    let basic = practice.item(&customer, BASIC).await;
    let copilot = practice.item(&customer, COPILOT).await;
    let good = line(0, &basic, 5, "P1Y", "annual");
    let with = |name: &str, value: Value| {
        let mut changed = good.clone();
        changed[name] = value;
        cart_body(vec![changed])
    };
    let participant = |mpn: &str| json!([{"key": "transaction_reseller", "value": mpn}]);
    let mut unattested = cart_body(vec![good.clone()]);
    unattested["PartnerOnRecordAttestationAccepted"] = json!(false);
    for (body, refusal) in [
        (cart_body(vec![]), (400, 800_002)),
        (cart_body(vec![good.clone(), good.clone()]), (400, 800_002)),
        (with("CatalogItemId", json!("NOTHING:0001:X")), (404, 400_013)),
        (with("CatalogItemId", json!("CFQ7TTC0LH18:9999:X")), (404, 400_018)),
        (with("CatalogItemId", json!("CFQ7TTC0LH18:0001:OLD")), (404, 400_019)),
        (with("TermDuration", json!("P3Y")), (400, 900_268)),
        (with("BillingCycle", json!("triennial")), (400, 900_269)),
        (with("Participants", participant("1234567")), (400, 800_016)),
        (with("Participants", participant(UNSIGNED_MPN)), (403, 900_123)),
        (with("Participants", json!([{"key": "friend", "value": "1"}])), (400, 800_002)),
        (unattested, (400, 900_206)),
        (cart_body(vec![line(0, &copilot, 1, "P1Y", "annual")]), (400, 400_041)),
    ] {
        let answer = practice.post(&path, body).await;
        assert_eq!(answer.refusal(), refusal, "{}", answer.json());
    }
    assert_eq!(practice.checkout(&customer, "none").await.refusal(), (404, 800_008));
    assert_eq!(practice.get(&format!("/v1/customers/{customer}/orders/none")).await.status, 404);
    assert_eq!(practice.get(&format!("/v1/customers/{customer}/subscriptions/none")).await.status, 404);
}

#[tokio::test]
async fn quantities_are_line_errors() {
    let practice = Practice::new();
    let customer = practice.customer("nordwind").await;
    for (key, quantity, term, cycle, code) in [
        (BASIC, 301, "P1Y", "annual", 10_015),
        (BASIC, 0, "P1Y", "annual", 10_015),
        (E3, 99, "P3Y", "triennial", 10_015),
        (PREMIUM_TRIAL, 24, "P1M", "none", 10_015),
    ] {
        let answer = practice.cart(&customer, &[(key, quantity, term, cycle)]).await;
        let cart = id_of(&answer);
        let lines = answer.read::<wire::Cart>().line_items.expect("lines");
        assert_eq!(lines[0].error.as_ref().map(wire::CartLineError::number), Some(code), "{key} {quantity}");
        assert_eq!(practice.checkout(&customer, &cart).await.refusal(), (400, 800_009));
    }
    let cart = id_of(&practice.cart(&customer, &[(BASIC, 301, "P1Y", "annual")]).await);
    let item = practice.item(&customer, BASIC).await;
    let mended = cart_body(vec![line(0, &item, 300, "P1Y", "annual")]);
    let path = format!("/v1/customers/{customer}/carts/{cart}");
    assert_eq!(practice.put(&path, mended.clone()).await.status, 201);
    assert_eq!(practice.checkout(&customer, &cart).await.status, 201, "a replaced line can be bought");
    assert_eq!(practice.put(&path, mended).await.refusal(), (400, 800_065));
    let mut foreign = line(0, &item, 1, "P1Y", "annual");
    foreign["CurrencyCode"] = json!("USD");
    let answer = practice.post(&format!("/v1/customers/{customer}/carts"), cart_body(vec![foreign])).await;
    let lines = answer.read::<wire::Cart>().line_items.expect("lines");
    assert_eq!(lines[0].error.as_ref().map(wire::CartLineError::number), Some(10_000));
}

#[tokio::test]
async fn some_groups_fail_beside_others() {
    let practice = Practice::new();
    let customer = practice.customer("nordwind").await;
    let trial = [(PREMIUM_TRIAL, 25, "P1M", "none")];
    let cart = id_of(&practice.cart(&customer, &trial).await);
    assert_eq!(practice.checkout(&customer, &cart).await.status, 201);
    let mixed = [(PREMIUM_TRIAL, 25, "P1M", "none"), (BASIC, 4, "P1Y", "annual")];
    let cart = id_of(&practice.cart(&customer, &mixed).await);
    let answer = practice.checkout(&customer, &cart).await;
    assert_eq!(answer.status, 201);
    let result: wire::CheckoutResult = answer.read();
    assert_eq!(result.orders.expect("orders").len(), 1);
    let errors = result.order_errors.expect("errors");
    assert_eq!(errors[0].code.as_ref().map(wire::Code::number), Some(800_089));
    assert_eq!(errors[0].order_group_id.as_deref(), Some("0"));
    assert_eq!(practice.checkout(&customer, &cart).await.body, answer.body, "the first result stays");
    let cart = id_of(&practice.cart(&customer, &trial).await);
    assert_eq!(practice.checkout(&customer, &cart).await.refusal(), (403, 800_089), "when all fail it is a refusal");
    let cart = id_of(&practice.cart(&customer, &[(BASIC, 299, "P1Y", "monthly")]).await);
    assert_eq!(practice.checkout(&customer, &cart).await.refusal(), (403, 800_066), "300 in all");
}

#[tokio::test]
async fn no_agreement_no_order_and_carts_run_out() {
    let practice = Practice::new();
    let answer = practice.post("/v1/customers", new_customer("nordwind")).await;
    let customer = id_of(&answer);
    let cart = id_of(&practice.cart(&customer, &[(BASIC, 1, "P1M", "monthly")]).await);
    assert_eq!(practice.checkout(&customer, &cart).await.refusal(), (403, 13_605));
    let late = id_of(&practice.cart(&customer, &[(BASIC, 1, "P1M", "monthly")]).await);
    let signed = format!("/v1/customers/{customer}/directSignedMicrosoftCustomerAgreementStatus");
    assert_eq!(practice.get(&signed).await.json()["isSigned"], false);
    practice.wait(SignedDuration::from_mins(5));
    assert_eq!(practice.get(&signed).await.json()["isSigned"], true, "the customer has been to the admin centre");
    assert_eq!(practice.checkout(&customer, &cart).await.status, 201);
    practice.wait(SignedDuration::from_hours(7 * 24));
    assert_eq!(practice.checkout(&customer, &late).await.refusal(), (404, 800_008));
}

#[tokio::test]
async fn subscription_ids_can_be_late() {
    let practice = Practice::with_delay(SignedDuration::from_mins(15));
    let customer = practice.customer("nordwind").await;
    let cart = id_of(&practice.cart(&customer, &[(BASIC, 1, "P1Y", "annual")]).await);
    let orders = practice.checkout(&customer, &cart).await.read::<wire::CheckoutResult>().orders.expect("orders");
    assert_eq!(orders[0].status, Some(wire::OrderStatus::Pending));
    assert_eq!(orders[0].line_items.as_ref().expect("lines")[0].subscription_id, None);
    let subscriptions = format!("/v1/customers/{customer}/subscriptions");
    assert_eq!(practice.get(&subscriptions).await.json()["totalCount"], 0);
    practice.wait(SignedDuration::from_mins(15));
    assert_eq!(practice.get(&subscriptions).await.json()["totalCount"], 1);
    let order = practice.get(&format!("/v1/customers/{customer}/orders")).await.json();
    assert_eq!(order["items"][0]["status"], "completed");
    assert!(order["items"][0]["lineItems"][0]["subscriptionId"].is_string());
}
