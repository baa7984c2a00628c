//! The server answers the questions of the recorded exchanges with the recorded names and JSON types.

use crate::world::{World, somebody};
use serde_json::Value;
use std::path::Path;

fn recorded(file: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/wire").join(file);
    let sample: Value = serde_json::from_str(&std::fs::read_to_string(path).expect("a sample")).expect("JSON");
    sample["response"]["body"].clone()
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "switch",
        Value::Number(_) => "number",
        Value::String(_) => "text",
        Value::Array(_) => "list",
        Value::Object(_) => "object",
    }
}

/// Every member that was recorded is answered with the same type, except those that are named; of a list the first item
/// stands for all.
fn same(at: &str, theirs: &Value, ours: &Value, absent: &[&str]) {
    assert_eq!(kind(theirs), kind(ours), "{at}");
    match (theirs, ours) {
        (Value::Object(theirs), Value::Object(ours)) => {
            for (name, member) in theirs.iter().filter(|(name, _)| !absent.contains(&name.as_str())) {
                let found = ours.get(name).unwrap_or_else(|| panic!("{at}.{name} is not answered"));
                same(&format!("{at}.{name}"), member, found, absent);
            }
        }
        (Value::Array(theirs), Value::Array(ours)) => {
            if let (Some(theirs), Some(ours)) = (theirs.first(), ours.first()) {
                same(&format!("{at}[0]"), theirs, ours, absent);
            }
        }
        _ => {}
    }
}

#[tokio::test]
async fn recorded_questions_get_answers_of_the_recorded_shape() {
    let world = World::with(&[("bom", "off")]).await;
    let tenant = somebody();
    let customer = format!("/v1/customers/{tenant}");
    let older = older_owner(&world).await;
    let admin = {
        let users = ask(&world, &format!("{customer}/users")).await;
        users["items"][0]["id"].as_str().expect("an id").to_owned()
    };
    for (file, question, absent) in [
        ("agreement-metadata.json", "/v1/agreements".to_owned(), &[][..]),
        ("country-validation-de.json", "/v1/countryvalidationrules/DE".to_owned(), &[]),
        ("country-validation-us.json", "/v1/countryvalidationrules/US".to_owned(), &[]),
        // Only a suspended subscription has reasons.
        ("customer-subscriptions.json", format!("/v1/customers/{older}/subscriptions"), &["suspensionReasons"]),
        // The administrator that comes with a tenant has no name of a person.
        ("customer-users.json", format!("{customer}/users"), &["firstName", "lastName"]),
        (
            "indirect-resellers.json",
            "/v1/relationships?relationship_type=IsIndirectCloudSolutionProviderOf".to_owned(),
            &[],
        ),
        ("offer-by-id.json", "/v1/offers/195416C1-3447-423A-B37B-EE59A99A19C4?country=US".to_owned(), &[]),
        (
            "product-availabilities.json",
            "/v1/products/CFQ7TTC0LH18/skus/0001/availabilities?country=US".to_owned(),
            &[],
        ),
        ("product-by-id.json", "/v1/products/CFQ7TTC0LH18?country=US".to_owned(), &[]),
        // What a SKU of a reservation tells about its machine.
        ("product-skus.json", "/v1/products/CFQ7TTC0LH18/skus?country=US".to_owned(), &["dynamicAttributes"]),
        // The provider of the sample has neither a state nor a second line.
        ("profile-legal-business.json", "/v1/profiles/legalbusiness".to_owned(), &["state", "addressLine2"]),
        ("profile-mpn.json", "/v1/profiles/mpn".to_owned(), &[]),
        ("profile-support.json", "/v1/profiles/support".to_owned(), &[]),
        ("relationship-request.json", "/v1/customers/relationshiprequests".to_owned(), &[]),
        ("subscribed-skus.json", format!("{customer}/subscribedskus?licenseGroupIds=group1"), &[]),
        ("user-directory-roles.json", format!("{customer}/users/{admin}/directoryroles"), &[]),
    ] {
        let ours = ask(&world, &question).await;
        same(file, &recorded(file), &ours, absent);
        if let Some(items) = ours.get("items") {
            assert!(items.as_array().is_some_and(|items| !items.is_empty()), "{file}: something to compare with");
        }
    }
}

/// A customer of the sample whose first subscription is of the older commerce.
async fn older_owner(world: &World) -> String {
    let customers = ask(world, "/v1/customers?size=0").await;
    for customer in customers["items"].as_array().expect("customers") {
        let id = customer["id"].as_str().expect("an id");
        let owned = ask(world, &format!("/v1/customers/{id}/subscriptions")).await;
        if owned["items"][0].get("entitlementId").is_some() {
            return id.to_owned();
        }
    }
    panic!("the sample has older subscriptions")
}

async fn ask(world: &World, path: &str) -> Value {
    let request = http::Request::get(format!("{}{path}", world.base))
        .header("authorization", "Bearer practice")
        .body(bytes::Bytes::new())
        .expect("a request");
    let transport = cb_partner_center::transport::HttpsTransport::new(vec!["127.0.0.1".to_owned()]).expect("a client");
    let answer = cb_partner_center::transport::Transport::send(&transport, request).await.expect("an answer");
    assert_eq!(answer.status(), 200, "{path}");
    serde_json::from_slice(answer.body()).expect("JSON")
}
