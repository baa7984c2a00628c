//! Checks before creation, creation with its refusals, list, agreement, account review.

use crate::support::{Practice, UNSIGNED_MPN, agreement, new_customer, request, reseller};
use cb_partner_center::wire;
use http::Method;
use serde_json::{Value, json};

#[tokio::test]
async fn a_new_customer_with_its_password_once() {
    let practice = Practice::new();
    assert_eq!(practice.head("/v1/domains/nordwind.onmicrosoft.com").await.status, 404, "free before");
    let answer =
        practice.post_as("11111111-1111-4111-8111-111111111111", "/v1/customers", new_customer("nordwind")).await;
    assert_eq!(answer.status, 201);
    assert!(answer.body.starts_with(wire::BOM), "success bodies start with a byte order mark");
    let created = wire::created_customer(&answer.body).expect("the client can read it");
    let credentials = created.user_credentials.expect("credentials");
    assert_eq!(credentials.user_name.as_deref(), Some("admin"));
    assert!(credentials.password.expect("a password").expose().len() >= 12);
    assert_eq!(created.customer.associated_partner_id, Some(reseller()));
    for name in ["ms-requestid", "ms-correlationid"] {
        assert_eq!(answer.headers.get_all(name).iter().count(), 1, "{name}");
    }
    assert_eq!(answer.header("ms-requestid"), "11111111-1111-4111-8111-111111111111");
    assert_eq!(answer.header("ms-correlationid"), "7a1d8e52-90b4-4b7e-8d6c-1f2e3d4c5b6a");
    assert_eq!(answer.header("x-locale"), "de-DE");
    assert_eq!(answer.header("date"), "Tue, 10 Mar 2026 10:00:00 GMT");
    assert!(answer.header("ms-cv").ends_with(".0"));
    assert_eq!(answer.header("content-length"), answer.body.len().to_string());
    assert!(!String::from_utf8_lossy(&answer.body).contains("null"), "null members are left out");

    let id = created.customer.id.expect("an id");
    assert_eq!(practice.head("/v1/domains/NORDWIND.onmicrosoft.com").await.status, 200, "taken after");
    let again = practice.get(&format!("/v1/customers/{}", id.to_uppercase())).await;
    assert_eq!(again.status, 200, "ids are matched in any case");
    assert_eq!(again.json()["userCredentials"], Value::Null, "the password is in the first answer only");
    assert_eq!(again.json()["links"]["self"]["uri"], format!("/customers/{id}"), "links carry no version");
    assert_eq!(again.json()["attributes"]["objectType"], "Customer");
    let resellers: wire::Collection<wire::PartnerRelationship> =
        practice.get(&format!("/v1/customers/{id}/relationships")).await.read();
    assert_eq!(resellers.items[0].id, reseller());
}

/// Body with one member set; null takes it away.
fn with(path: &str, value: Value) -> Value {
    let mut body = new_customer("nordwind");
    let mut at = &mut body;
    for part in path.split('.') {
        at = &mut at[part];
    }
    *at = value;
    body
}

#[tokio::test]
async fn refused_creations() {
    let practice = Practice::new();
    let unsigned = cb_sandbox::sample::tenant_id(UNSIGNED_MPN).to_string();
    let taken = "baeckereimorgenroete.onmicrosoft.com";
    let poland = json!({"Country": "PL", "City": "Gdańsk", "AddressLine1": "ul. Portowa 5", "PostalCode": "80-765",
        "PhoneNumber": "+48 58 555 01 62"});
    let mut no_phone = poland.clone();
    no_phone["PhoneNumber"] = Value::Null;
    let address = "BillingProfile.DefaultAddress";
    let polish = |number: Value, address: &Value| {
        let mut body = with("BillingProfile.DefaultAddress", address.clone());
        body["CompanyProfile"]["OrganizationRegistrationNumber"] = number;
        body
    };
    let line1 = "billingProfile.defaultAddress.addressLine1";
    let postal = "billingProfile.defaultAddress.postalCode";
    let number = "companyProfile.organizationRegistrationNumber";
    for (body, refusal, data) in [
        (with(&format!("{address}.AddressLine1"), Value::Null), (400, 2001), line1),
        (with(&format!("{address}.PostalCode"), Value::Null), (400, 2001), postal),
        (with("BillingProfile.Email", json!("ana@nordwind")), (400, 27_002), "billingProfile.email"),
        (with("BillingProfile.Email", json!("ana@microsoft.com")), (400, 27_002), "billingProfile.email"),
        (with(&format!("{address}.PostalCode"), json!("2045")), (400, 3000), postal),
        (with("CompanyProfile.Domain", json!(taken)), (409, 600_071), "companyProfile.domain"),
        (with("CompanyProfile.Domain", json!("nord-wind.onmicrosoft.com")), (400, 800_002), "companyProfile.domain"),
        (
            with("AssociatedPartnerId", json!("5d0c1b1e-6a0f-4f43-9a77-0d3a7c5b9e10")),
            (400, 800_016),
            "associatedPartnerId",
        ),
        (with("AssociatedPartnerId", json!(unsigned)), (403, 900_123), ""),
        (with("CompanyProfile.OrganizationRegistrationNumber", json!("HRB 1")), (400, 600_002), number),
        (polish(Value::Null, &poland), (400, 600_049), number),
        (polish(json!("123"), &poland), (400, 600_050), number),
        (polish(json!("5833027149"), &no_phone), (400, 600_051), "billingProfile.defaultAddress.phoneNumber"),
        (
            with(&format!("{address}.PhoneNumber"), json!("call me")),
            (400, 600_051),
            "billingProfile.defaultAddress.phoneNumber",
        ),
        (with(&format!("{address}.Country"), json!("JP")), (403, 2030), ""),
    ] {
        let answer = practice.post("/v1/customers", body).await;
        assert_eq!(answer.refusal(), refusal, "{}", answer.json());
        let texts = answer.read::<wire::ServiceError>().texts();
        assert_eq!(texts.first().map(String::as_str).unwrap_or_default(), data, "names the member");
        assert!(!answer.body.starts_with(wire::BOM), "error bodies have no byte order mark");
    }
    assert_eq!(practice.head("/v1/domains/nordwind.onmicrosoft.com").await.status, 404, "no refusal made a tenant");
    let good = practice.post("/v1/customers", polish(json!("5833027149"), &poland)).await;
    assert_eq!(good.status, 201, "{}", good.json());
}

#[tokio::test]
async fn unreadable_and_unknown() {
    let practice = Practice::new();
    let mut broken = request(Method::POST, "/v1/customers", None, None);
    *broken.body_mut() = axum::body::Body::from("{\"a\":");
    assert_eq!(practice.call(broken).await.status, 400);
    let mut anonymous = request(Method::GET, "/v1/customers?size=1", None, None);
    anonymous.headers_mut().remove("authorization");
    assert_eq!(practice.call(anonymous).await.refusal(), (401, 800_001));
    assert_eq!(practice.get("/v1/customers/nobody").await.refusal(), (404, 1000));
    assert_eq!(practice.get("/v1/nothing").await.status, 404);
    assert_eq!(practice.call(request(Method::DELETE, "/v1/customers", None, None)).await.status, 405);
}

#[tokio::test]
async fn the_list_pages_and_filters() {
    let practice = Practice::new();
    let mut seen = Vec::new();
    let mut next = Some(("/customers?size=25".to_owned(), None::<String>));
    while let Some((uri, token)) = next.take() {
        let mut page = request(Method::GET, &format!("/v1{uri}"), None, None);
        if let Some(token) = token {
            page.headers_mut()
                .insert("ms-continuationtoken", http::HeaderValue::from_str(&token).expect("a token fits a header"));
        }
        let page: wire::Collection<wire::Customer> = practice.call(page).await.read();
        assert_eq!(page.total_count as usize, page.items.len(), "counts the page");
        seen.extend(page.items.iter().filter_map(|one| one.id.clone()));
        next = page.next().map(|link| (link.uri.clone().expect("a uri"), Some(link.headers[0].value.clone())));
    }
    assert_eq!(seen.len(), 60);
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 60, "no customer twice");

    let filtered = |field: &str, value: &str| {
        let filter = format!(r#"{{"Field":"{field}","Value":"{value}","Operator":"starts_with"}}"#);
        let filter = percent_encoding::utf8_percent_encode(&filter, percent_encoding::NON_ALPHANUMERIC).to_string();
        format!("/v1/customers?size=0&filter={filter}")
    };
    let count = async |path: String| practice.get(&path).await.read::<wire::Collection<wire::Customer>>().items.len();
    assert_eq!(count(filtered("Domain", "BaeckereiMorgen")).await, 1, "value case is ignored");
    assert_eq!(count(filtered("companyname", "möbel")).await, 1);
    assert_eq!(count(filtered("CompanyName", "%")).await, 0, "no wildcards");
    let of_reseller = count(filtered("IndirectReseller", &reseller().to_uppercase())).await;
    assert!((5..60).contains(&of_reseller), "{of_reseller} customers of the first reseller");
    assert_eq!(practice.get(&filtered("Phone", "1")).await.refusal(), (400, 0));
    let mut bad = request(Method::GET, "/v1/customers?size=2&seekOperation=Next", None, None);
    bad.headers_mut().insert("ms-continuationtoken", http::HeaderValue::from_static("junk"));
    assert_eq!(practice.call(bad).await.refusal(), (400, 2000));
}

#[tokio::test]
async fn the_agreement_is_attested_once() {
    let practice = Practice::new();
    let id =
        practice.post("/v1/customers", new_customer("nordwind")).await.json()["id"].as_str().expect("id").to_owned();
    let templates: wire::Collection<wire::AgreementMetadata> =
        practice.get("/v1/agreements?agreementType=MicrosoftCustomerAgreement").await.read();
    assert_eq!(templates.items[0].template_id, agreement()["templateId"]);
    assert_eq!(practice.get("/v1/agreements?agreementType=*").await.json()["totalCount"], 2);
    let path = format!("/v1/customers/{id}/agreements");
    assert_eq!(practice.get(&path).await.json()["totalCount"], 0);

    let mut future = agreement();
    future["dateAgreed"] = json!("2026-04-01");
    assert_eq!(practice.post(&path, future).await.refusal(), (400, 800_002), "never a day to come");
    let mut nameless = agreement();
    nameless["primaryContact"]["lastName"] = json!(" ");
    assert_eq!(practice.post(&path, nameless).await.refusal(), (400, 2001));
    let mut unknown = agreement();
    unknown["templateId"] = json!("00000000-0000-4000-8000-000000000000");
    assert_eq!(practice.post(&path, unknown).await.refusal(), (400, 800_002));

    let attested = practice.post(&path, agreement()).await;
    assert_eq!(attested.status, 201);
    assert!(attested.read::<wire::Agreement>().user_id.is_some());
    assert_eq!(practice.post(&path, agreement()).await.refusal(), (403, 600_061));
    assert_eq!(practice.get(&format!("{path}?agreementType=MicrosoftCustomerAgreement")).await.json()["totalCount"], 1);
    let direct = format!("/v1/customers/{id}/directSignedMicrosoftCustomerAgreementStatus");
    assert!(!practice.get(&direct).await.read::<wire::DirectSignedStatus>().is_signed);
}

#[tokio::test]
async fn addresses_and_rules() {
    let practice = Practice::new();
    let check = async |body: Value| {
        let answer = practice.post("/v1/validations/address", body).await;
        assert_eq!(answer.status, 200, "always 200");
        answer.read::<wire::AddressValidation>()
    };
    let good = json!({"AddressLine1": "12 Harbour Road", "City": "Seattle", "State": "WA", "PostalCode": "98101", "Country": "US"});
    assert_eq!(check(good.clone()).await.status, wire::AddressStatus::VerifiedShippable);
    let mut small = good.clone();
    small["City"] = json!("seattle");
    let answer = check(small).await;
    assert_eq!(answer.status, wire::AddressStatus::InteractionRequired);
    assert_eq!(answer.suggested_addresses.expect("a suggestion")[0].city.as_deref(), Some("Seattle"));
    let mut wrong = good.clone();
    wrong["State"] = json!("ZZ");
    let answer = check(wrong).await;
    assert_eq!(answer.status, wire::AddressStatus::None);
    assert!(answer.validation_message.is_some(), "says what is wrong");
    for country in ["DE", "at", "CH", "PT"] {
        let rules: wire::CountryValidationRules =
            practice.get(&format!("/v1/countryvalidationrules/{country}")).await.read();
        assert_eq!(rules.iso2_code, country.to_uppercase());
    }
    assert_eq!(practice.get("/v1/countryvalidationrules/Germany").await.status, 400);
}

#[tokio::test]
async fn a_profile_is_changed_only_as_long_as_it_is_what_was_read() {
    let practice = Practice::new();
    let id = practice.customer("nordwind").await;
    let path = format!("/v1/customers/{id}/profiles/billing");
    let read: Value = practice.get(&path).await.json();
    let tag = read["attributes"]["etag"].as_str().unwrap().to_owned();
    let put = |tag: Option<String>, body: Value| {
        let mut asked = request(Method::PUT, &path, Some(body), None);
        if let Some(tag) = tag {
            asked.headers_mut().insert("if-match", format!("\"{tag}\"").parse().unwrap());
        }
        practice.call(asked)
    };
    let mut wanted = read.clone();
    wanted["lastName"] = json!("Anders");
    assert_eq!(put(None, wanted.clone()).await.refusal(), (400, 2055), "without a tag");
    assert_eq!(put(Some("1".into()), wanted.clone()).await.refusal(), (400, 2055), "with another tag");
    let told = put(Some(tag.clone()), wanted.clone()).await;
    assert_eq!((told.status, told.json()["lastName"].as_str().unwrap()), (200, "Anders"));
    let newer = told.json()["attributes"]["etag"].as_str().unwrap().to_owned();
    assert_ne!(newer, tag);
    wanted["email"] = json!("nobody");
    assert_eq!(put(Some(newer.clone()), wanted.clone()).await.refusal(), (400, 27_002));
    wanted["email"] = json!("ana@nordwind.example");
    wanted["defaultAddress"]["country"] = json!("AT");
    assert_eq!(put(Some(newer), wanted).await.refusal(), (400, 800_002), "the country stays");
    assert!(practice.sandbox().change_customer(&id).unwrap());
    let elsewhere = practice.get(&path).await.json();
    assert_eq!((elsewhere["firstName"].as_str(), elsewhere["lastName"].as_str()), (Some("Kim"), Some("Neumann")));
    assert!(!practice.sandbox().change_customer("unknown").unwrap());
}
