//! The day's troubles.

use crate::support::{BASIC, Practice, agreement, new_customer};
use cb_sandbox::{Faults, LOST_HEADER, LOST_STATUS, Options, Sandbox};
use std::sync::Arc;

const KEY: &str = "44444444-4444-4444-8444-444444444444";

fn set(practice: &Practice, faults: Faults) {
    practice.sandbox.set_faults(faults).expect("writes");
}

#[tokio::test]
async fn a_lost_answer_was_carried_out() {
    let practice = Practice::new();
    set(&practice, Faults { lose_next_answer: true, ..Faults::default() });
    assert_eq!(practice.get("/v1/customers?size=1").await.status, 200, "a read does not use it up");
    let lost = practice.post_as(KEY, "/v1/customers", new_customer("nordwind")).await;
    assert_eq!((lost.status, lost.header(LOST_HEADER)), (LOST_STATUS, "1"));
    assert!(lost.body.is_empty(), "nothing of the answer comes through");
    assert!(!practice.sandbox.faults().expect("reads").lose_next_answer, "turns itself off");
    assert_eq!(practice.head("/v1/domains/nordwind.onmicrosoft.com").await.status, 200, "the tenant is there");
    let practice = practice.killed();
    let repeat = practice.post_as(KEY, "/v1/customers", new_customer("nordwind")).await;
    assert_eq!(repeat.status, 201);
    assert!(repeat.json()["userCredentials"]["password"].is_string(), "the repeat brings the password");
}

#[tokio::test]
async fn a_refusal_does_not_use_up_the_lost_answer() {
    let practice = Practice::new();
    set(&practice, Faults { lose_next_answer: true, domain_taken: true, ..Faults::default() });
    assert_eq!(practice.post("/v1/customers", new_customer("nordwind")).await.refusal(), (409, 600_071));
    let faults = practice.sandbox.faults().expect("reads");
    assert_eq!((faults.lose_next_answer, faults.domain_taken), (true, false));
    assert_eq!(practice.post("/v1/customers", new_customer("nordwind2")).await.status, LOST_STATUS);
    assert_eq!(practice.sandbox.faults().expect("reads"), Faults::default());
}

#[tokio::test]
async fn the_first_prefix_is_taken_for_good() {
    let practice = Practice::new();
    set(&practice, Faults { domain_taken: true, ..Faults::default() });
    assert_eq!(practice.head("/v1/domains/nordwind.onmicrosoft.com").await.status, 404, "free when checked");
    assert_eq!(practice.post("/v1/customers", new_customer("nordwind")).await.refusal(), (409, 600_071));
    assert_eq!(
        practice.post("/v1/customers", new_customer("nordwind2")).await.status,
        201,
        "the fallback goes through"
    );
    let practice = practice.killed();
    assert_eq!(practice.head("/v1/domains/nordwind.onmicrosoft.com").await.status, 200);
    assert_eq!(
        practice.post("/v1/customers", new_customer("nordwind")).await.refusal(),
        (409, 600_071),
        "repeats agree"
    );
}

#[tokio::test]
async fn under_review_until_the_switch_is_off() {
    let practice = Practice::new();
    set(&practice, Faults { under_review: true, ..Faults::default() });
    let customer = practice.customer("nordwind").await;
    let status = format!("/v1/customers/{customer}/validationStatus?type=account");
    assert_eq!(practice.get(&status).await.json()["status"], "UnderReview");
    let cart =
        practice.cart(&customer, &[(BASIC, 1, "P1Y", "annual")]).await.json()["id"].as_str().expect("id").to_owned();
    assert_eq!(practice.checkout(&customer, &cart).await.refusal(), (403, 800_073));
    let old = cb_sandbox::sample::tenant_id("baeckereimorgenroete");
    let path = format!("/v1/customers/{old}/validationStatus?type=account");
    assert_eq!(practice.get(&path).await.json()["status"], "Allowed", "only new customers");
    set(&practice, Faults::default());
    assert_eq!(practice.get(&status).await.json()["status"], "Allowed");
    assert_eq!(practice.checkout(&customer, &cart).await.status, 201);
    assert_eq!(practice.get(&format!("/v1/customers/{customer}/validationStatus")).await.status, 400);
}

#[tokio::test]
async fn throttled_in_the_gateways_shape() {
    let practice = Practice::new();
    set(&practice, Faults { throttled: true, ..Faults::default() });
    let answer = practice.post("/v1/customers", new_customer("nordwind")).await;
    assert_eq!((answer.status, answer.header("retry-after")), (429, "5"));
    assert_eq!(answer.json()["statusCode"], 429);
    assert_eq!(practice.get("/v1/profiles/legalbusiness").await.status, 200, "only what is counted");
    set(&practice, Faults::default());
    assert_eq!(practice.post("/v1/customers", new_customer("nordwind")).await.status, 201, "nothing was carried out");
}

#[tokio::test]
async fn slow_answers() {
    let practice = Practice::new();
    set(&practice, Faults { slow_ms: 60, ..Faults::default() });
    let start = std::time::Instant::now();
    assert_eq!(practice.get("/v1/profiles/mpn").await.status, 200);
    assert!(start.elapsed().as_millis() >= 60);
}

#[tokio::test]
async fn byte_order_marks_can_be_off_and_the_world_empty() {
    let folder = tempfile::tempdir().expect("a folder");
    let clock = Arc::new(|| "2026-03-10T10:00:00Z".parse().expect("a time"));
    let options = Options { bom: false, sample: false, ..Options::new(clock) };
    let sandbox = Sandbox::open(folder.path(), options).expect("opens");
    let request = crate::support::request(http::Method::GET, "/v1/customers?size=0", None, None);
    let response = tower::ServiceExt::oneshot(sandbox.router(), request).await.expect("answers");
    let body = http_body_util::BodyExt::collect(response.into_body()).await.expect("in memory").to_bytes();
    assert!(body.starts_with(b"{"), "no byte order mark");
    let list: serde_json::Value = serde_json::from_slice(&body).expect("JSON");
    assert_eq!(list["totalCount"], 0);
    assert_eq!(agreement()["type"], "MicrosoftCustomerAgreement");
}
