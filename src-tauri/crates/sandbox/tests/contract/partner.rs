//! The provider's own profiles and its resellers.

use crate::support::{Practice, RESELLER_MPN, UNSIGNED_MPN, reseller};
use cb_partner_center::wire;
use serde_json::json;

#[tokio::test]
async fn resellers_in_partnership() {
    let practice = Practice::new();
    let path = "/v1/relationships?relationship_type=IsIndirectCloudSolutionProviderOf";
    let all: wire::Collection<wire::PartnerRelationship> = practice.get(path).await.read();
    assert_eq!(all.items.len(), 9);
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
