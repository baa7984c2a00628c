//! Carts, checkouts, orders, subscriptions, the catalogue, and the answers that every call may get.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic)]

mod support;

use cb_domain::catalogue::{BillingCycle, CommerceKind, SkuKey, Term};
use cb_domain::operation::OrderLine;
use cb_domain::subscription::SubscriptionStatus;
use cb_partner_center::transport::TransportError;
use cb_sync::remote::{Answer, Call, Outcome, RefusalClass};
use serde_json::json;
use std::time::Duration;
use support::{TENANT, answer, body, fail, good, header, ok, run, tenant};

fn line(term: Term, cycle: BillingCycle) -> OrderLine {
    OrderLine {
        number: 0,
        subscription_id: uuid::Uuid::from_u128(7).into(),
        sku: SkuKey { product_id: "CFQ7TTC0XXX1".to_owned(), sku_id: "0001".to_owned() },
        title: "Example Suite".to_owned(),
        quantity: 5,
        term,
        cycle,
        term_price: None,
        custom_end: Some("2026-12-31".parse().unwrap()),
        base_number: None,
    }
}

fn cart(term: Term, cycle: BillingCycle) -> Call {
    Call::CreateCart {
        tenant: tenant(),
        country: "DE".to_owned(),
        reseller_partner_id: Some("4800000".to_owned()),
        lines: vec![line(term, cycle)],
    }
}

fn checkout() -> Call {
    Call::CheckoutCart { tenant: tenant(), cart_id: "7f0e2c1a".to_owned() }
}

fn availabilities() -> String {
    format!("GET /v1/customers/{TENANT}/products/CFQ7TTC0XXX1/skus/0001/availabilities?country=DE")
}

const ON_SALE: &str = r#"{"items":[
    {"id":"OLD","catalogItemId":"CFQ7TTC0XXX1:0001:OLD","isPurchasable":false,"terms":[{"duration":"P1Y","billingCycle":"monthly"}]},
    {"id":"NOW","productId":"CFQ7TTC0XXX1","skuId":"0001","isPurchasable":true,"terms":[{"duration":"P1Y","billingCycle":"Monthly"}]}]}"#;

#[tokio::test]
async fn a_cart_names_todays_availability_and_the_reseller() {
    let answered = r#"{"id":"7f0e2c1a","lineItems":[{"id":0,"catalogItemId":"CFQ7TTC0XXX1:0001:NOW","quantity":5,"termDuration":"P1Y",
        "billingCycle":"monthly","pricing":{"extendedPrice":600.1},"error":{"errorCode":10015}}]}"#;
    let post = format!("POST /v1/customers/{TENANT}/carts");
    let steps = vec![ok(&availabilities(), ON_SALE), answer(&post, 201, &[], answered)];
    let (outcome, seen) = run(cart(Term::P1Y, BillingCycle::Monthly), steps).await;
    let Outcome::Done { answer: Answer::Cart { cart_id, lines }, .. } = outcome else { panic!("{outcome:?}") };
    assert_eq!(cart_id, "7f0e2c1a");
    assert_eq!(
        (lines[0].error, lines[0].extended_price_minor, lines[0].cycle.as_str()),
        (10_015, Some(60_010), "monthly")
    );
    assert_eq!(
        body(&seen[1]),
        json!({"partnerOnRecordAttestationAccepted":true,"lineItems":[{"id":0,"catalogItemId":"CFQ7TTC0XXX1:0001:NOW",
            "quantity":5,"billingCycle":"monthly","termDuration":"P1Y","customTermEndDate":"2026-12-31T00:00:00Z",
            "participants":[{"key":"transaction_reseller","value":"4800000"}]}]})
    );
    assert_eq!(header(&seen[1], "ms-requestid"), "00000000-0000-0000-0000-000000000001");
}

#[tokio::test]
async fn a_pair_that_is_not_on_sale_makes_no_cart() {
    let (outcome, _) = run(cart(Term::P3Y, BillingCycle::Annual), vec![ok(&availabilities(), ON_SALE)]).await;
    assert!(matches!(outcome, Outcome::Refused { class: RefusalClass::NotFound, status: 404, code: 400_019, .. }));
    let steps = vec![answer(&availabilities(), 404, &[], r#"{"code":400018}"#)];
    let (outcome, _) = run(cart(Term::P1Y, BillingCycle::Monthly), steps).await;
    assert!(matches!(outcome, Outcome::Refused { class: RefusalClass::NotFound, code: 400_018, .. }));
    let steps = vec![answer(&availabilities(), 404, &[], r#"{"code":1000}"#)];
    let (outcome, _) = run(cart(Term::P1Y, BillingCycle::Monthly), steps).await;
    assert!(matches!(outcome, Outcome::Refused { class: RefusalClass::NotFound, code: 1000, .. }));
}

#[tokio::test]
async fn a_checkout_may_succeed_in_part() {
    let post = format!("POST /v1/customers/{TENANT}/carts/7f0e2c1a/checkout");
    let text = r#"{"orders":[{"id":"a1","billingCycle":"monthly","status":"Pending Review","creationDate":"2026-01-05T09:13:45.4505136Z",
        "lineItems":[{"lineItemNumber":"0","offerId":"CFQ7TTC0XXX1:0001:NOW","quantity":5,"termDuration":"P1Y","subscriptionId":"s1"}]}],
        "orderErrors":[{"orderGroupId":"1","code":"800028"}]}"#;
    let (outcome, seen) = run(checkout(), vec![answer(&post, 201, &[], text)]).await;
    let Outcome::Done { answer: Answer::CheckedOut(result), .. } = outcome else { panic!("{outcome:?}") };
    assert!(seen[0].body().is_empty());
    assert_eq!(result.errors, [800_028]);
    let order = &result.orders[0];
    assert_eq!((order.id.as_str(), order.status.as_str()), ("a1", "pending review"));
    assert!(order.created_at.is_some());
    assert_eq!(order.lines[0].sku.sku_id, "0001");
    assert_eq!((order.lines[0].cycle.as_str(), order.lines[0].subscription_id.as_deref()), ("monthly", Some("s1")));
    for nothing in ["{}", "<html>", ""] {
        let (outcome, _) = run(checkout(), vec![answer(&post, 201, &[], nothing)]).await;
        assert!(matches!(outcome, Outcome::Unknown), "{nothing}");
    }
}

#[tokio::test]
async fn a_checkouts_answer_cut_at_any_byte_is_unknown() {
    let post = format!("POST /v1/customers/{TENANT}/carts/7f0e2c1a/checkout");
    let text = r#"{"orders":[{"id":"a1","status":"pending","lineItems":[{"lineItemNumber":0,"quantity":5}]}],"orderErrors":[]}"#;
    for end in 0..text.len() {
        let (outcome, _) = run(checkout(), vec![answer(&post, 201, &[], &text[..end])]).await;
        assert!(matches!(outcome, Outcome::Unknown), "cut at {end}: {outcome:?}");
    }
}

#[tokio::test]
async fn n6_refused_checkouts() {
    let post = format!("POST /v1/customers/{TENANT}/carts/7f0e2c1a/checkout");
    for (status, code, class) in [
        (400, 800_065, RefusalClass::DoneAlready),
        (409, 800_064, RefusalClass::Busy),
        (409, 800_060, RefusalClass::Busy),
        (404, 800_008, RefusalClass::NotFound),
        (403, 13_605, RefusalClass::Fixable),
        (403, 800_039, RefusalClass::Permission),
        (412, 0, RefusalClass::Conflict),
    ] {
        let steps = vec![answer(&post, status, &[], &format!(r#"{{"code":{code},"description":"x","data":[]}}"#))];
        let (outcome, _) = run(checkout(), steps).await;
        assert!(
            matches!(&outcome, Outcome::Refused { class: found, code: told, .. } if *found == class && *told == code),
            "{status} {code}: {outcome:?}"
        );
    }
    for (status, error) in [(408, ""), (500, r#"{"code":800003}"#), (502, "<html>"), (503, ""), (302, "")] {
        let (outcome, _) = run(checkout(), vec![answer(&post, status, &[], error)]).await;
        assert!(matches!(outcome, Outcome::Unknown), "{status}");
    }
    for (error, unknown) in [(TransportError::NotSent, false), (TransportError::Unknown, true)] {
        let (outcome, _) = run(checkout(), vec![fail(&post, error)]).await;
        assert_eq!(matches!(outcome, Outcome::Unknown), unknown);
        assert_eq!(matches!(outcome, Outcome::NotSent), !unknown);
    }
}

#[tokio::test]
async fn n6_sign_in_is_refreshed_once_with_the_same_key() {
    let post = format!("POST /v1/customers/{TENANT}/carts/7f0e2c1a/checkout");
    let denied = || answer(&post, 401, &[("www-authenticate", "Bearer error=\"invalid_token\"")], "");
    let (outcome, seen) = run(checkout(), vec![denied(), answer(&post, 201, &[], r#"{"orders":[{"id":"a"}]}"#)]).await;
    assert!(matches!(outcome, Outcome::Done { .. }));
    assert_eq!(header(&seen[0], "ms-requestid"), header(&seen[1], "ms-requestid"));
    assert_ne!(header(&seen[0], "ms-correlationid"), header(&seen[1], "ms-correlationid"));
    assert_eq!(header(&seen[1], "authorization"), "Bearer token-1");
    let (outcome, _) = run(checkout(), vec![denied(), denied()]).await;
    assert!(matches!(outcome, Outcome::SignIn));
    let (outcome, _) = run(checkout(), vec![answer(&post, 401, &[], r#"{"code":"900421"}"#)]).await;
    assert!(matches!(outcome, Outcome::MfaNeeded));
    let (outcome, _) = run(checkout(), vec![denied(), answer(&post, 401, &[], r#"{"code":900421}"#)]).await;
    assert!(matches!(outcome, Outcome::MfaNeeded));
}

#[tokio::test]
async fn n2_throttling_by_header_never_by_text() {
    let post = format!("POST /v1/customers/{TENANT}/carts/7f0e2c1a/checkout");
    let gateway = r#"{"statusCode":429,"message":"Rate limit is exceeded. Try again in 57 seconds."}"#;
    for (status, headers, wait) in [
        (429, vec![("retry-after", "7")], Some(7)),
        (429, vec![("retry-after", "soon")], Some(60)),
        (429, vec![], None),
        (503, vec![("retry-after", "100000")], Some(3600)),
        (
            429,
            vec![("retry-after", "Mon, 05 Jan 2026 09:01:30 GMT"), ("date", "Mon, 05 Jan 2026 09:00:00 GMT")],
            Some(90),
        ),
    ] {
        let (outcome, _) = run(checkout(), vec![answer(&post, status, &headers, gateway)]).await;
        let Outcome::Throttled { retry_after } = outcome else { panic!("{outcome:?}") };
        assert_eq!(retry_after, wait.map(Duration::from_secs));
    }
}

#[tokio::test]
async fn carts_orders_and_subscriptions_are_read_back() {
    let get = format!("GET /v1/customers/{TENANT}/carts/7f0e2c1a");
    let read = Call::ReadCart { tenant: tenant(), cart_id: "7f0e2c1a".to_owned() };
    let Answer::CartStatus(status) = good(read, vec![ok(&get, r#"{"id":"7f0e2c1a","status":"Ordered"}"#)]).await else {
        panic!()
    };
    assert_eq!(status, "ordered");

    let get = format!("GET /v1/customers/{TENANT}/orders?include_price=true");
    let page = r#"{"items":[{"id":"a1","status":"completed","lineItems":[{"lineItemNumber":0,"offerId":"BD938F12-058F-4927-BBA3-AE36B1D2501C","quantity":1}]}]}"#;
    let Answer::Orders(orders) = good(Call::ListOrders { tenant: tenant() }, vec![ok(&get, page)]).await else {
        panic!()
    };
    assert_eq!((orders[0].lines[0].sku.sku_id.as_str(), orders[0].created_at), ("", None));

    let get = format!("GET /v1/customers/{TENANT}/subscriptions");
    let page = r#"{"items":[{"id":"s1","offerId":"CFQ7TTC0XXX1:0001:NOW","offerName":"Example Suite","quantity":5,"status":"active","autoRenewEnabled":true,
        "termDuration":"P1Y","billingCycle":"monthly","commitmentEndDate":"2027-01-04T00:00:00Z","cancellationAllowedUntilDate":"2026-01-12T09:14:02","orderId":"a1"},
        {"id":"s2","offerId":"BD938F12-058F-4927-BBA3-AE36B1D2501C","status":"novel"}]}"#;
    let Answer::Subscriptions(found) = good(Call::ListSubscriptions { tenant: tenant() }, vec![ok(&get, page)]).await
    else {
        panic!()
    };
    assert_eq!(
        (found[0].commerce, found[0].status, found[0].auto_renew),
        (CommerceKind::New, SubscriptionStatus::Active, true)
    );
    assert_eq!(found[0].cancellable_until.map(|at| at.to_string()).as_deref(), Some("2026-01-12T09:14:02Z"));
    assert!(found[0].id.0.is_nil() && found[0].customer_id.0.is_nil());
    assert_eq!((found[1].commerce, found[1].status), (CommerceKind::Legacy, SubscriptionStatus::None));
}

#[tokio::test]
async fn the_catalogue_joins_products_skus_terms_and_prices() {
    let sheet = "GET /v1.0/sales/pricesheets(Market='DE',PricesheetView='updatedlicensebased')/$value";
    let steps = |prices| {
        vec![
            ok(
                "GET /v1/products?country=DE&targetView=OnlineServices",
                r#"{"items":[{"id":"P1","title":"Microsoft 365 Business Premium"},{"id":"P2","title":"Gone"}]}"#,
            ),
            ok(
                "GET /v1/products/P1/skus?country=DE",
                r#"{"items":[{"id":"0001","productId":"P1","title":"Business Premium","minimumQuantity":1,"maximumQuantity":300,
                    "dynamicAttributes":{"isAddon":"true","prerequisiteSkus":["P9:0001"]}}]}"#,
            ),
            ok(
                "GET /v1/products/P1/skus/0001/availabilities?country=DE",
                r#"{"items":[{"id":"A","segment":"commercial","defaultCurrency":{"code":"EUR"},"terms":[{"duration":"P1Y","billingCycle":"annual"},
                    {"duration":"P1M","billingCycle":"monthly"},{"duration":"P5Y","billingCycle":"monthly"}]},{"id":"B","segment":"Education","terms":[{"duration":"P1Y","billingCycle":"annual"}]},
                    {"id":"C","segment":"government","isPurchasable":false,"terms":[{"duration":"P1Y","billingCycle":"annual"}]}]}"#,
            ),
            answer("GET /v1/products/P2/skus?country=DE", 404, &[], r#"{"code":400013}"#),
            prices,
        ]
    };
    let csv = "ProductId,SkuId,TermDuration,BillingPlan,Market,Currency,UnitPrice,PricingTierRangeMin,EffectiveStartDate,EffectiveEndDate,Segment\n\
        P1,0001,P1Y,Annual,DE,USD,999,,2026-01-01T00:00:00Z,9999-12-31T00:00:00Z,Commercial\n\
        P1,0001,P1Y,Annual,DE,EUR,200.00,,2025-01-01T00:00:00Z,9999-12-31T00:00:00Z,Commercial\n\
        P1,0001,P1Y,Annual,DE,EUR,231.6,,2026-01-01T00:00:00Z,9999-12-31T00:00:00Z,Commercial\n\
        P1,0001,P1Y,Annual,DE,EUR,180,100,2026-02-01T00:00:00Z,9999-12-31T00:00:00Z,Commercial\n";
    let call = || Call::Catalogue { country: "DE".to_owned() };
    let Answer::Catalogue(offers) = good(call(), steps(ok(sheet, csv))).await else { panic!() };
    assert_eq!(offers.iter().map(|offer| offer.segment.as_str()).collect::<Vec<_>>(), ["commercial", "education"]);
    let offer = &offers[0];
    assert_eq!(
        (offer.family.as_str(), offer.title.as_str(), offer.maximum_quantity),
        ("business", "Business Premium", 300)
    );
    assert!(offer.is_addon);
    assert_eq!(offer.prerequisites, [SkuKey { product_id: "P9".to_owned(), sku_id: "0001".to_owned() }]);
    assert_eq!(offer.plans.iter().map(|plan| plan.term).collect::<Vec<_>>(), [Term::P1M, Term::P1Y]);
    assert_eq!(offer.plans[0].term_price, None);
    let price = offer.plans[1].term_price.as_ref().expect("price");
    assert_eq!((price.minor, price.currency.0.as_str()), (23_160, "EUR"));
    assert_eq!(offer.prices_from.map(|day| day.to_string()).as_deref(), Some("2026-01-01"));

    let Answer::Catalogue(offers) = good(call(), steps(answer(sheet, 403, &[], ""))).await else { panic!() };
    assert!(offers[0].plans[1].term_price.is_none(), "without the right to read prices the catalogue still comes");
    let (outcome, _) = run(call(), steps(fail(sheet, TransportError::NotSent))).await;
    assert!(matches!(outcome, Outcome::NotSent));
}

#[test]
fn families_by_title() {
    use cb_partner_center::catalogue::family;
    for (title, expected) in [
        ("Microsoft 365 Business Basic", "business"),
        ("Microsoft 365 Apps for business", "business"),
        ("Microsoft 365 Apps for enterprise", "enterprise"),
        ("Microsoft 365 E5", "enterprise"),
        ("Office 365 E1", "enterprise"),
        ("Microsoft 365 F3", "frontline"),
        ("Microsoft Teams Premium", "teams"),
        ("Microsoft Teams Enterprise", "teams"),
        ("Enterprise Mobility + Security E3", "security"),
        ("Microsoft Defender for Business", "security"),
        ("Microsoft Defender Suite for Business Premium", "security"),
        ("Microsoft Entra ID P1", "security"),
        ("Dynamics 365 Business Central Essentials", "dynamics"),
        ("Exchange Online (Plan 1)", "business"),
        ("Visio Plan 2", "other"),
    ] {
        assert_eq!(family(title), expected, "{title}");
    }
}
