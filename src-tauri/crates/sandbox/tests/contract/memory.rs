//! The `MS-RequestId` memory and what survives a kill.

use crate::support::{BASIC, Practice, cart_body, line, new_customer};
use cb_sandbox::{Faults, REPEATED_HEADER};
use jiff::SignedDuration;

const KEY: &str = "22222222-2222-4222-8222-222222222222";

#[tokio::test]
async fn a_repeat_brings_the_same_answer_with_the_password() {
    let practice = Practice::new();
    let first = practice.post_as(KEY, "/v1/customers", new_customer("nordwind")).await;
    let second = practice.post_as(&KEY.to_uppercase(), "/v1/customers", new_customer("nordwind")).await;
    assert_eq!((second.status, &second.body), (201, &first.body));
    assert_eq!(second.header(REPEATED_HEADER), "1");
    assert_eq!(first.header(REPEATED_HEADER), "");
    let other =
        practice.post_as("33333333-3333-4333-8333-333333333333", "/v1/customers", new_customer("nordwind")).await;
    assert_eq!(other.refusal(), (409, 600_071), "another key is another request");
    let practice = practice.killed();
    let third = practice.post_as(KEY, "/v1/customers", new_customer("nordwind")).await;
    assert_eq!(third.body, first.body, "a kill takes nothing away");
    practice.wait(SignedDuration::from_hours(24));
    let late = practice.post_as(KEY, "/v1/customers", new_customer("nordwind")).await;
    assert_eq!(late.refusal(), (409, 600_071), "after a day it is forgotten");
}

#[tokio::test]
async fn refusals_are_not_remembered() {
    let practice = Practice::new();
    let mut body = new_customer("nordwind");
    body["BillingProfile"]["Email"] = serde_json::json!("nobody");
    assert_eq!(practice.post_as(KEY, "/v1/customers", body).await.refusal(), (400, 27_002));
    assert_eq!(practice.post_as(KEY, "/v1/customers", new_customer("nordwind")).await.status, 201);
}

#[tokio::test]
async fn one_key_on_two_paths_is_two_requests() {
    let practice = Practice::new();
    let customer = practice.customer("nordwind").await;
    let item = practice.item(&customer, BASIC).await;
    let body = cart_body(vec![line(0, &item, 2, "P1Y", "annual")]);
    let carts = format!("/v1/customers/{customer}/carts");
    let cart = practice.post_as(KEY, &carts, body.clone()).await;
    assert_eq!(practice.post_as(KEY, &carts, body).await.body, cart.body, "no second cart");
    let id = cart.json()["id"].as_str().expect("an id").to_owned();
    let checkout = practice.post_as(KEY, &format!("{carts}/{id}/checkout"), serde_json::Value::Null).await;
    assert_eq!(checkout.status, 201);
    assert!(checkout.json()["orders"].is_array(), "the checkout has an answer of its own");
}

#[tokio::test]
async fn everything_survives_a_kill() {
    let practice = Practice::new();
    let customer = practice.customer("nordwind").await;
    let cart =
        practice.cart(&customer, &[(BASIC, 2, "P1Y", "annual")]).await.json()["id"].as_str().expect("id").to_owned();
    let faults = Faults { slow_ms: 1, under_review: true, ..Faults::default() };
    practice.sandbox.set_faults(faults).expect("writes");
    let practice = practice.killed();
    assert_eq!(practice.sandbox.faults().expect("reads"), faults);
    let bought = practice.checkout(&customer, &cart).await;
    assert_eq!(bought.status, 201, "cart and agreement are still there");
    let practice = practice.killed();
    assert_eq!(practice.checkout(&customer, &cart).await.body, bought.body);
    assert_eq!(practice.get(&format!("/v1/customers/{customer}/subscriptions")).await.json()["totalCount"], 1);
    assert_eq!(
        practice.get("/v1/customers?size=0").await.json()["totalCount"],
        61,
        "the sample is not filled in twice"
    );
}

#[test]
fn a_newer_state_is_refused_and_left_alone() {
    let practice = Practice::new();
    let path = practice.folder().join("sandbox.db");
    let db = rusqlite::Connection::open(&path).expect("opens");
    db.pragma_update(None, "user_version", 99).expect("writes");
    drop(db);
    let opened = cb_sandbox::Sandbox::open(practice.folder(), cb_sandbox::Options::default());
    assert!(matches!(opened, Err(cb_sandbox::SandboxError::Newer(99))));
}
