//! The reseller of record: the whole subscription goes back as it was read, with another PartnerID and nothing else.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic)]

mod support;

use cb_sync::remote::{Answer, Call, Outcome};
use serde_json::{Value, json};
use support::{TENANT, answer, body, header, ok, run, tenant};

const SUBSCRIPTION: &str = "8a3f19c2-7e50-4d3c-9b1a-1f2e3d4c5b6a";

fn path() -> String {
    format!("/v1/customers/{TENANT}/subscriptions/{SUBSCRIPTION}")
}

fn set(wanted: &str) -> Call {
    Call::SetRecord { tenant: tenant(), subscription: SUBSCRIPTION.to_owned(), partner_id: wanted.to_owned() }
}

/// As Partner Center has it, members that this app has never heard of among them.
fn read() -> Value {
    json!({
        "id": SUBSCRIPTION, "partnerId": "4812345", "quantity": 12, "autoRenewEnabled": true, "billingCycle": "monthly",
        "scheduledNextTermInstructions": {"product": {"termDuration": "P1Y"}, "quantity": 14},
        "customTermEndDate": "2027-03-31T00:00:00Z", "novel": {"deep": [1, {"kept": null}]}, "amount": 12.10,
        "attributes": {"etag": "\"eyJpZCI6Ijd9\"", "objectType": "Subscription"},
    })
}

#[tokio::test]
async fn the_patch_carries_all_that_was_read_and_another_partner_id_alone() {
    let told = json!({"id": SUBSCRIPTION, "partnerId": "4871206"}).to_string();
    let steps = vec![
        ok(&format!("GET {}", path()), &read().to_string()),
        answer(&format!("PATCH {}", path()), 200, &[], &told),
    ];
    let (outcome, seen) = run(set("4871206"), steps).await;
    assert!(
        matches!(&outcome, Outcome::Done { answer: Answer::Record(Some(id)), .. } if id == "4871206"),
        "{outcome:?}"
    );
    let sent = &seen[1];
    let mut expected = read();
    expected["partnerId"] = json!("4871206");
    assert_eq!(body(sent), expected, "what is left out would be reset");
    assert_eq!(header(sent, "if-match"), "\"eyJpZCI6Ijd9\"");
    assert!(header(sent, "content-type").starts_with("application/json"));
    assert_ne!(header(&seen[0], "ms-requestid"), header(sent, "ms-requestid"), "the reading has a key of its own");
}

#[tokio::test]
async fn a_member_in_another_case_is_replaced_and_not_doubled() {
    let read = json!({"Id": SUBSCRIPTION, "PartnerId": 4_812_345, "quantity": 3}).to_string();
    let told = json!({"id": SUBSCRIPTION, "partnerId": "4871206"}).to_string();
    let steps = vec![ok(&format!("GET {}", path()), &read), answer(&format!("PATCH {}", path()), 200, &[], &told)];
    let (_, seen) = run(set("4871206"), steps).await;
    assert_eq!(body(&seen[1]), json!({"Id": SUBSCRIPTION, "PartnerId": "4871206", "quantity": 3}));
    assert_eq!(header(&seen[1], "if-match"), "", "without a tag there is nothing to compare");
}

#[tokio::test]
async fn what_is_right_already_is_not_written() {
    let (outcome, seen) = run(set("4812345"), vec![ok(&format!("GET {}", path()), &read().to_string())]).await;
    assert!(matches!(outcome, Outcome::Done { .. }), "{outcome:?}");
    assert_eq!(seen.len(), 1, "one reading, no change");
}
