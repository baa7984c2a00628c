//! Every recorded body is read, written again, and must hold the same names with the same JSON types.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic)]

use cb_partner_center::wire::{self, Collection};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::path::Path;

fn sample(file: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/wire").join(file);
    let text = std::fs::read_to_string(&path).expect("sample");
    serde_json::from_str(&text).expect("sample is JSON")
}

fn with_bom(body: &Value) -> Vec<u8> {
    [wire::BOM, &serde_json::to_vec(body).expect("JSON")].concat()
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

fn same_shape(at: &str, theirs: &Value, ours: &Value) {
    assert_eq!(kind(theirs), kind(ours), "{at}");
    match (theirs, ours) {
        (Value::Object(theirs), Value::Object(ours)) => {
            let names = |members: &serde_json::Map<String, Value>| {
                members.keys().cloned().collect::<std::collections::BTreeSet<_>>()
            };
            assert_eq!(names(theirs), names(ours), "{at}");
            for (name, member) in theirs {
                same_shape(&format!("{at}.{name}"), member, &ours[name]);
            }
        }
        (Value::Array(theirs), Value::Array(ours)) => {
            assert_eq!(theirs.len(), ours.len(), "{at}");
            for (index, (theirs, ours)) in theirs.iter().zip(ours).enumerate() {
                same_shape(&format!("{at}[{index}]"), theirs, ours);
            }
        }
        _ => assert_eq!(theirs, ours, "{at}"),
    }
}

/// Names in small letters, without nulls.
fn plain(value: &Value) -> Value {
    match value {
        Value::Object(members) => members
            .iter()
            .filter(|(_, member)| !member.is_null())
            .map(|(name, member)| (name.to_lowercase(), plain(member)))
            .collect(),
        Value::Array(items) => items.iter().map(plain).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
}

fn round_trip<T: Serialize + DeserializeOwned>(file: &str) {
    let body = sample(file)["response"]["body"].clone();
    let read: T = wire::from_answer(&with_bom(&body)).unwrap_or_else(|error| panic!("{file}: {error}"));
    let written: Value = serde_json::from_slice(&wire::to_body(&read)).expect("JSON");
    same_shape(file, &body, &written);
}

#[test]
fn every_recorded_answer_survives_reading_and_writing() {
    round_trip::<Collection<wire::AgreementMetadata>>("agreement-metadata.json");
    round_trip::<wire::CountryValidationRules>("country-validation-de.json");
    round_trip::<wire::CountryValidationRules>("country-validation-us.json");
    round_trip::<Collection<wire::Subscription>>("customer-subscriptions.json");
    round_trip::<Collection<wire::CustomerUser>>("customer-users.json");
    round_trip::<wire::UserMember>("directory-role-member.json");
    round_trip::<Collection<wire::PartnerRelationship>>("indirect-resellers.json");
    round_trip::<wire::LegacyOffer>("offer-by-id.json");
    round_trip::<Collection<wire::Availability>>("product-availabilities.json");
    round_trip::<wire::Product>("product-by-id.json");
    round_trip::<Collection<wire::Sku>>("product-skus.json");
    round_trip::<wire::LegalBusinessProfile>("profile-legal-business.json");
    round_trip::<wire::MpnProfile>("profile-mpn.json");
    round_trip::<wire::SupportProfile>("profile-support.json");
    round_trip::<wire::RelationshipRequest>("relationship-request.json");
    round_trip::<Collection<wire::SubscribedSku>>("subscribed-skus.json");
    round_trip::<Collection<wire::DirectoryRole>>("user-directory-roles.json");
}

#[test]
fn no_sample_is_left_out() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/wire");
    let files = std::fs::read_dir(folder).expect("folder").filter_map(Result::ok);
    let samples = files.filter(|file| file.path().extension().is_some_and(|ending| ending == "json")).count();
    // 17 answers above and the request below.
    assert_eq!(samples, 18);
}

#[test]
fn a_request_in_pascal_case_with_nulls_is_understood() {
    let body = sample("subscription-suspend.json")["request"]["body"].clone();
    let read: wire::Subscription = wire::from_request(&serde_json::to_vec(&body).expect("JSON")).expect("readable");
    assert_eq!(read.quantity, Some(2));
    assert_eq!(read.status, Some(wire::SubscriptionStatus::Suspended));
    assert_eq!(read.parent_subscription_id, None);
    let links = read.links.as_ref().expect("links");
    assert_eq!(links["offer"].uri.as_deref(), Some("/v1/offers/0CCA44D6-68E9-4762-94EE-31ECE98783B9"));
    assert_eq!(read.attributes.as_ref().and_then(|attributes| attributes.etag.as_deref()), Some("<etag>"));
    // Written again, it says the same in the service's casing, without the nulls.
    let written: Value = serde_json::from_slice(&wire::to_body(&read)).expect("JSON");
    same_shape("subscription-suspend.json", &plain(&body), &plain(&written));
}

#[test]
fn recorded_byte_counts_are_those_of_a_byte_order_mark_and_the_compact_body() {
    for file in ["agreement-metadata.json", "country-validation-us.json", "offer-by-id.json"] {
        let sample = sample(file);
        let bytes = with_bom(&sample["response"]["body"]).len();
        assert_eq!(Some(bytes as u64), sample["bytes"]["contentLength"].as_u64(), "{file}");
    }
}
