//! The provider's own profiles and its resellers.

use crate::support::{Practice, RESELLER_MPN, UNSIGNED_MPN, reseller};
use cb_partner_center::wire;
use cb_sandbox::ResellerEvent;
use serde_json::json;

#[tokio::test]
async fn resellers_in_partnership() {
    let practice = Practice::new();
    let path = "/v1/relationships?relationship_type=IsIndirectCloudSolutionProviderOf";
    let all: wire::Collection<wire::PartnerRelationship> = practice.get(path).await.read();
    assert_eq!(all.items.len(), 8);
    let countries: std::collections::BTreeSet<_> = all.items.iter().filter_map(|one| one.location.clone()).collect();
    assert!(countries.len() >= 5, "several countries: {countries:?}");
    assert!(all.items.iter().any(|one| one.id == reseller() && one.mpn_id.as_deref() == Some(RESELLER_MPN)));
    let filter = "%7B%22Field%22%3A%22Name%22%2C%22Value%22%3A%22informatik%22%2C%22Operator%22%3A%22substring%22%7D";
    assert_eq!(practice.get(&format!("{path}&filter={filter}")).await.json()["totalCount"], 1);
    assert_eq!(practice.get("/v1/relationships?relationship_type=friends").await.status, 400);
}

#[tokio::test]
async fn partner_ids_and_agreements() {
    let practice = Practice::new();
    let signed = async |query: &str| practice.get(&format!("/v1/compliance/csp/agreementstatus{query}")).await;
    assert!(signed(&format!("?mpnId={RESELLER_MPN}")).await.read::<wire::IsAgreementSigned>().is_agreement_signed);
    assert!(!signed(&format!("?mpnId={UNSIGNED_MPN}")).await.read::<wire::IsAgreementSigned>().is_agreement_signed);
    assert!(signed(&format!("?tenantId={}", reseller())).await.read::<wire::IsAgreementSigned>().is_agreement_signed);
    assert_eq!(signed("").await.refusal(), (400, 2001));
    assert_eq!(signed(&format!("?mpnId=1&tenantId={}", reseller())).await.refusal(), (400, 2000));
    assert_eq!(signed("?mpnId=1").await.refusal(), (400, 2200));
    assert_eq!(signed("?tenantId=1").await.refusal(), (400, 2205));

    let profile: wire::MpnProfile = practice.get(&format!("/v1/profiles/mpn?mpnId={RESELLER_MPN}")).await.read();
    assert_eq!(profile.partner_name.as_deref(), Some("Rheinblick Systemhaus GmbH"));
    assert_eq!(practice.get("/v1/profiles/mpn?mpnId=1234567").await.refusal(), (404, 3000));
    assert!(practice.get("/v1/profiles/mpn").await.read::<wire::MpnProfile>().mpn_id.is_some(), "the provider's own");
    let legal: wire::LegalBusinessProfile =
        practice.get("/v1/profiles/legalbusiness?vettingVersion=Current").await.read();
    assert_eq!(legal.vetting_status.as_deref(), Some("authorized"));
}

#[tokio::test]
async fn resellers_validated_in_one_go() {
    let practice = Practice::new();
    let body = json!({"partnerIds": [RESELLER_MPN, UNSIGNED_MPN, "1234567"]});
    let answer: wire::ValidateResellersResult = practice.post("/v1/partners/validateresellers", body).await.read();
    let codes: Vec<(bool, u32)> = answer
        .validation_results
        .iter()
        .map(|one| (one.is_valid_partner_id_on_record, one.error_code.as_ref().map_or(0, wire::Code::number)))
        .collect();
    assert_eq!(codes, [(true, 0), (false, 900_123), (false, 800_016)]);
    assert_eq!(practice.post("/v1/partners/validateresellers", json!({})).await.status, 400);
}

/// PartnerIDs of the sample that are not fit, each in its own way.
const SUSPENDED_MPN: &str = "4906275";
const NOT_VALID_MPN: &str = "4894419";

#[tokio::test]
async fn the_sample_has_every_bad_case_and_a_day_mends_or_spoils_it() {
    let practice = Practice::new();
    let ask = async |numbers: &[&str]| -> Vec<u32> {
        let body = json!({"partnerIds": numbers});
        let answer: wire::ValidateResellersResult = practice.post("/v1/partners/validateresellers", body).await.read();
        answer.validation_results.iter().map(|one| one.error_code.as_ref().map_or(0, wire::Code::number)).collect()
    };
    let all = [RESELLER_MPN, UNSIGNED_MPN, SUSPENDED_MPN, NOT_VALID_MPN];
    assert_eq!(ask(&all).await, [0, 900_123, 900_154, 800_016]);
    for number in all {
        practice.sandbox().happen(&ResellerEvent::Fit { partner_id: number.to_owned() }).expect("happens");
    }
    assert_eq!(ask(&all).await, [0, 0, 0, 0]);
    practice.sandbox().happen(&ResellerEvent::Suspended { partner_id: RESELLER_MPN.to_owned() }).expect("happens");
    assert_eq!(ask(&all).await, [900_154, 0, 0, 0]);
}

#[tokio::test]
async fn a_partnership_begins_and_ends() {
    let practice = Practice::new();
    let path = "/v1/relationships?relationship_type=IsIndirectCloudSolutionProviderOf";
    let listed = async || -> Vec<String> {
        let all: wire::Collection<wire::PartnerRelationship> = practice.get(path).await.read();
        all.items.into_iter().filter_map(|one| one.name).collect()
    };
    let accepts = ResellerEvent::Accepts {
        partner_id: "4917402".to_owned(),
        tenant: None,
        name: "Wisła Chmura sp. z o.o.".to_owned(),
        country: "PL".to_owned(),
    };
    practice.sandbox().happen(&accepts).expect("happens");
    assert_eq!(listed().await.len(), 9);
    let tenant = cb_sandbox::sample::tenant_id("4917402");
    practice.sandbox().happen(&ResellerEvent::Ends { tenant }).expect("happens");
    assert!(!listed().await.iter().any(|name| name.starts_with("Wisła")));
    practice.sandbox().happen(&accepts).expect("happens again");
    assert_eq!(listed().await.len(), 9, "back");
}

#[tokio::test]
async fn the_reseller_of_record_is_changed_with_the_whole_resource() {
    let practice = Practice::new();
    let customer = cb_sandbox::sample::customers()
        .expect("the sample")
        .into_iter()
        .map(|one| cb_sandbox::sample::tenant_id(&one.prefix).to_string());
    let mut older = None;
    let mut newer = None;
    for id in customer {
        let list = practice.get(&format!("/v1/customers/{id}/subscriptions")).await.json();
        for one in list["items"].as_array().expect("items") {
            let path = format!("/v1/customers/{id}/subscriptions/{}", one["id"].as_str().expect("an id"));
            let slot = if one.get("productType").is_some() { &mut newer } else { &mut older };
            let plain = one["autoRenewEnabled"] == json!(true) && one["partnerId"] != json!(RESELLER_MPN);
            if plain && slot.is_none() {
                *slot = Some((path, one.clone()));
            }
        }
    }
    let (path, mut whole) = newer.expect("a new-commerce subscription");
    whole["partnerId"] = json!(SUSPENDED_MPN.chars().rev().collect::<String>());
    assert_eq!(practice.patch(&path, whole.clone()).await.refusal(), (400, 800_016));
    whole["partnerId"] = json!(UNSIGNED_MPN);
    if practice.get(&path).await.json()["partnerId"] != json!(UNSIGNED_MPN) {
        assert_eq!(practice.patch(&path, whole.clone()).await.refusal(), (403, 900_123));
    }
    whole["partnerId"] = json!(cb_sandbox::sample::PROVIDER_MPN_ID);
    assert_eq!(practice.patch(&path, whole.clone()).await.refusal(), (404, 2072));
    whole["partnerId"] = json!(RESELLER_MPN);
    let answer = practice.patch(&path, whole.clone()).await.json();
    assert_eq!((&answer["partnerId"], &answer["autoRenewEnabled"]), (&json!(RESELLER_MPN), &json!(true)));
    // What is left out is reset, as at Partner Center.
    whole.as_object_mut().expect("members").remove("autoRenewEnabled");
    assert_eq!(practice.patch(&path, whole).await.json()["autoRenewEnabled"], json!(false));
    let (path, mut whole) = older.expect("an older subscription");
    whole["partnerId"] = json!(RESELLER_MPN);
    assert_eq!(practice.patch(&path, whole).await.refusal(), (400, 800_098));
}
