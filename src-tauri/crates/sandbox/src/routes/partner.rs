//! The provider itself and its resellers: partnerships, PartnerIDs, Microsoft Partner Agreement.

use crate::codes;
use crate::http::{Exchange, Fields, Refusal, Reply, Route, Stop, collection, link, may, must};
use crate::sample;
use crate::state::reseller_day::{Trouble, trouble};
use crate::state::resellers::{self as table, Reseller};
use cb_partner_center::wire;
use serde_json::{Value, json};

/// Routes of this file.
pub(super) const ROUTES: &[Route] = &[
    Route::get("/v1/relationships", "list_resellers", relationships)
        .query(&[must("relationship_type", "IsIndirectCloudSolutionProviderOf"), may("filter", "")])
        .gives(wire::list_schema::<wire::PartnerRelationship>)
        .user_only(),
    Route::get("/v1/profiles/mpn", "mpn_profile", mpn_profile)
        .query(&[may("mpnId", "4871206")])
        .gives(wire::schema::<wire::MpnProfile>)
        .refuses(&[404])
        .user_only(),
    Route::get("/v1/profiles/legalbusiness", "legal_profile", legal_profile)
        .query(&[may("vettingVersion", "Current")])
        .gives(wire::schema::<wire::LegalBusinessProfile>),
    Route::get("/v1/profiles/support", "support_profile", support_profile).gives(wire::schema::<wire::SupportProfile>),
    Route::get("/v1/compliance/csp/agreementstatus", "agreement_status", agreement_status)
        .query(&[may("mpnId", "4871206"), may("tenantId", "")])
        .gives(wire::schema::<wire::IsAgreementSigned>)
        .user_only(),
    Route::ask("/v1/partners/validateresellers", "validate_resellers", validate_resellers)
        .takes(wire::schema::<wire::ValidateResellers>)
        .gives(wire::schema::<wire::ValidateResellersResult>),
];

/// A partnership in the shape of a list item.
pub(super) fn relationship(reseller: &Reseller) -> Value {
    json!({
        "id": reseller.tenant_id, "name": reseller.name,
        "relationshipType": "is_indirect_cloud_solution_provider_of", "state": reseller.state,
        "mpnId": reseller.mpn_id, "location": reseller.country,
        "attributes": {"objectType": "PartnerRelationship"},
    })
}

/// `GET /relationships?relationship_type=…[&filter=…]`.
pub(super) fn relationships(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let kind = exchange.query("relationship_type").unwrap_or_default();
    if !kind.replace('_', "").eq_ignore_ascii_case("IsIndirectCloudSolutionProviderOf") {
        return Err(Refusal::new(400, 0, "The relationship type is not known").into());
    }
    let part = match exchange.query("filter") {
        Some(filter) => {
            let filter: Value = serde_json::from_str(filter)
                .map_err(|_| Refusal::new(400, codes::BAD_VALUE, "The filter cannot be read"))?;
            Fields::new(&filter).at("value").text().unwrap_or_default().to_lowercase()
        }
        None => String::new(),
    };
    let all = table::all(exchange.tx)?;
    let listed = all.iter().filter(|one| one.active());
    let items = listed.filter(|one| one.name.to_lowercase().contains(&part)).map(relationship).collect();
    Ok(Reply::ok(collection(items, "/relationships?relationship_type=IsIndirectCloudSolutionProviderOf")))
}

/// `GET /profiles/mpn[?mpnId=…]`: without a number, the provider's own.
pub(super) fn mpn_profile(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let (name, mpn_id) = match exchange.query("mpnId") {
        None | Some("") => (sample::PROVIDER_NAME.to_owned(), sample::PROVIDER_MPN_ID.to_owned()),
        Some(number) if number == sample::PROVIDER_MPN_ID => (sample::PROVIDER_NAME.to_owned(), number.to_owned()),
        Some(number) => match table::by_mpn(exchange.tx, number)? {
            Some(reseller) => (reseller.name, reseller.mpn_id),
            None => {
                let text = format!("Partner Organization with partner_id {number} could not be found");
                return Err(Refusal::new(404, codes::ADDRESS_OR_PARTNER, &text).into());
            }
        },
    };
    Ok(Reply::ok(json!({
        "partnerName": name, "mpnId": mpn_id, "profileType": "MpnProfile",
        "links": {"self": link(&format!("/profiles/mpn?mpnId={mpn_id}"))},
        "attributes": {"objectType": "MpnProfile"},
    })))
}

/// `GET /profiles/legalbusiness`: the provider.
pub(super) fn legal_profile(_: &Exchange<'_>) -> Result<Reply, Stop> {
    let address = json!({
        "country": "DE", "city": "Hamburg", "addressLine1": "Speicherkai 14", "postalCode": "20457",
        "firstName": "Hanna", "lastName": "Petersen", "phoneNumber": "040 5550 0100",
    });
    Ok(Reply::ok(json!({
        "companyName": sample::PROVIDER_NAME, "address": address,
        "primaryContact": {"firstName": "Hanna", "lastName": "Petersen",
            "email": format!("hanna.petersen@{}", sample::PROVIDER_DOMAIN), "phoneNumber": "040 5550 0100"},
        "companyApproverAddress": address,
        "companyApproverEmail": format!("hanna.petersen@{}", sample::PROVIDER_DOMAIN),
        "vettingStatus": "authorized", "vettingSubStatus": "none", "profileType": "LegalBusinessProfile",
        "links": {"self": link("/profiles/legalbusiness")},
        "attributes": {"objectType": "LegalBusinessProfile"},
    })))
}

/// `GET /profiles/support`: how the provider is reached.
pub(super) fn support_profile(_: &Exchange<'_>) -> Result<Reply, Stop> {
    Ok(Reply::ok(json!({
        "email": format!("service@{}", sample::PROVIDER_DOMAIN), "telephone": "040 5550 0101",
        "website": sample::PROVIDER_DOMAIN, "profileType": "support_profile",
        "links": {"self": link("/profiles/support")}, "attributes": {"objectType": "PartnerSupportProfile"},
    })))
}

/// `GET /compliance/csp/agreementstatus?mpnId=…` or `?tenantId=…`.
pub(super) fn agreement_status(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let given = |name: &str| exchange.query(name).map(str::trim).filter(|text| !text.is_empty());
    let reseller = match (given("mpnId"), given("tenantId")) {
        (Some(_), Some(_)) => {
            return Err(Refusal::new(400, codes::BAD_VALUE, "Give either mpnId or tenantId, not both").into());
        }
        (None, None) => {
            return Err(Refusal::new(400, codes::AGREEMENT_STATUS_INPUT, "Give mpnId or tenantId").into());
        }
        (Some(number), None) => table::by_mpn(exchange.tx, number)?
            .ok_or_else(|| Refusal::new(400, codes::AGREEMENT_STATUS_PARTNER, "The MPN id is not valid"))?,
        (None, Some(tenant)) => table::by_tenant(exchange.tx, tenant)?
            .ok_or_else(|| Refusal::new(400, codes::AGREEMENT_STATUS_TENANT, "The tenant is not known"))?,
    };
    Ok(Reply::ok(json!({"isAgreementSigned": reseller.signed})))
}

/// `POST /partners/validateresellers`.
pub(super) fn validate_resellers(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let mut results = Vec::new();
    for number in Fields::new(&exchange.body).at("partnerIds").items() {
        let number = number.text().unwrap_or_default();
        let fault = match participant_fault(exchange, &number)? {
            Some(refusal) => json!({
                "partnerId": number, "isValidPartnerIdOnRecord": false, "errorCode": refusal.code(),
                "errorDescription": refusal.description(),
            }),
            None => json!({"partnerId": number, "isValidPartnerIdOnRecord": true}),
        };
        results.push(fault);
    }
    if results.is_empty() {
        let missing = ["partnerIds".to_owned()];
        return Err(Refusal::with_data(400, codes::BAD_VALUE, "Partner ids are missing", &missing).into());
    }
    Ok(Reply::ok(json!({"validationResults": results})))
}

/// Why orders may not name this PartnerID; `None` when they may.
pub(super) fn participant_fault(exchange: &Exchange<'_>, mpn_id: &str) -> Result<Option<Refusal>, Stop> {
    Ok(match table::by_mpn(exchange.tx, mpn_id)? {
        None => {
            Some(Refusal::new(400, codes::NOT_A_RESELLER, &format!("Partner {mpn_id} is not an indirect reseller")))
        }
        Some(reseller) => match (trouble(exchange.tx, mpn_id)?, reseller_fault(&reseller)) {
            (Some(Trouble::Suspended), _) => {
                let text = format!("Partner {mpn_id} is not linked to an active reseller tenant");
                Some(Refusal::new(400, codes::RESELLER_INACTIVE, &text))
            }
            (Some(Trouble::NotValid), _) => {
                let text = format!("Partner {mpn_id} is not an indirect reseller");
                Some(Refusal::new(400, codes::NOT_A_RESELLER, &text))
            }
            (None, fault) => fault,
        },
    })
}

/// Why nothing may be done for this reseller.
pub(super) fn reseller_fault(reseller: &Reseller) -> Option<Refusal> {
    if !reseller.active() {
        let text = format!("Partner {} has no active partnership", reseller.mpn_id);
        return Some(Refusal::new(400, codes::RESELLER_INACTIVE, &text));
    }
    if !reseller.signed {
        let text = format!("Partner {} has not signed the Microsoft Partner Agreement", reseller.mpn_id);
        return Some(Refusal::new(403, codes::RESELLER_UNSIGNED, &text));
    }
    None
}
