//! `GET /customers/relationshiprequests`: the link by which a customer accepts the provider, and its reseller.

use crate::codes;
use crate::http::{Exchange, Refusal, Reply, Route, Stop, may};
use crate::sample;
use cb_partner_center::wire;
use serde_json::json;

/// Routes of this file.
pub(super) const ROUTES: &[Route] =
    &[Route::get("/v1/customers/relationshiprequests", "relationship_request", request)
        .query(&[may("indirectCloudSolutionProviderId", ""), may("indirectResellerId", "")])
        .gives(wire::schema::<wire::RelationshipRequest>)
        .user_only()];

fn request(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let provider = sample::tenant_id(sample::PROVIDER_MPN_ID);
    let mut url = format!(
        "https://portal.office.com/partner/partnersignup.aspx?type=ResellerRelationship&id={provider}&csp=1&msppid=0"
    );
    if let Some(reseller) = exchange.query("indirectResellerId").filter(|id| !id.is_empty()) {
        let id: uuid::Uuid = reseller
            .parse()
            .map_err(|_| Refusal::new(400, codes::BAD_VALUE, "The reseller's tenant is not an identifier"))?;
        url.push_str(&format!("&indirectResellerId={id}"));
    }
    Ok(Reply::ok(json!({"url": url, "attributes": {"objectType": "RelationshipRequest"}})))
}
