//! Customers: list with filter and paging, one, its profiles, account review, resellers.

use super::partner::relationship;
use super::{customer, instant};
use crate::codes;
use crate::http::{Exchange, Fields, Refusal, Reply, Route, Stop, collection, link, may, must};
use crate::state::customers::{Customer, Narrow, count, page};
use crate::state::resellers;
use cb_partner_center::wire;
use serde_json::{Value, json};

/// Page size when none is asked for.
const PAGE: usize = 500;
/// What continuation tokens start with.
const TOKEN_START: &str = "AAEAAA";

/// Routes of this file.
pub(super) const ROUTES: &[Route] = &[
    Route::get("/v1/customers", "list_customers", list)
        .query(&[may("size", "40"), may("filter", ""), may("seekOperation", "")])
        .gives(wire::list_schema::<wire::Customer>),
    Route::get("/v1/customers/{customer}", "get_customer", one)
        .gives(wire::schema::<wire::Customer>)
        .refuses(&[403, 404]),
    Route::get("/v1/customers/{customer}/profiles/company", "company_profile", company_profile)
        .gives(wire::schema::<wire::CompanyProfile>)
        .refuses(&[403, 404]),
    Route::get("/v1/customers/{customer}/profiles/billing", "billing_profile", billing_profile)
        .gives(wire::schema::<wire::BillingProfile>)
        .refuses(&[403, 404]),
    Route::get("/v1/customers/{customer}/validationStatus", "account_review", validation_status)
        .query(&[must("type", "account")])
        .gives(wire::schema::<wire::ValidationStatus>)
        .refuses(&[403, 404])
        .user_only(),
    Route::get("/v1/customers/{customer}/relationships", "resellers_of_customer", relationships)
        .gives(wire::list_schema::<wire::PartnerRelationship>)
        .refuses(&[403, 404])
        .user_only(),
];

/// `GET /customers?size=…&filter=…`.
pub(super) fn list(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let size = match exchange.query("size").map(str::parse::<usize>) {
        None | Some(Ok(0)) => PAGE,
        Some(Ok(size)) => size.min(PAGE),
        Some(Err(_)) => return Err(Refusal::new(400, codes::BAD_VALUE, "The size is not a number").into()),
    };
    let filter = exchange.query("filter").filter(|text| !text.trim().is_empty());
    let narrow = filter.map(narrow_by).transpose()?.unwrap_or_default();
    let after = match exchange.query("seekOperation").and(exchange.header("ms-continuationtoken")) {
        None => 0,
        Some(token) => token
            .strip_prefix(TOKEN_START)
            .and_then(|tail| i64::from_str_radix(tail, 16).ok())
            .ok_or_else(|| Refusal::new(400, codes::BAD_VALUE, "The continuation token is not valid"))?,
    };
    let mut found = page(exchange.tx, &narrow, after, size + 1)?;
    let more = found.len() > size;
    found.truncate(size);
    let uri = list_uri(size, filter);
    let mut answer = collection(found.iter().map(short).collect(), &uri);
    if exchange.world.options.choices.total_of_whole {
        answer["totalCount"] = json!(count(exchange.tx, &narrow)?);
    }
    if let (true, Some(last)) = (more, found.last()) {
        answer["links"]["next"] = json!({
            "uri": format!("{uri}&seekOperation=Next"), "method": "GET",
            "headers": [{"key": "MS-ContinuationToken", "value": format!("{TOKEN_START}{:08X}", last.number)}],
        });
    }
    Ok(Reply::ok(answer))
}

fn list_uri(size: usize, filter: Option<&str>) -> String {
    let encode =
        |text: &str| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string();
    match filter {
        Some(filter) => format!("/customers?size={size}&filter={}", encode(filter)),
        None => format!("/customers?size={size}"),
    }
}

fn narrow_by(filter: &str) -> Result<Narrow, Refusal> {
    let refuse = |text: &str| Refusal::new(400, 0, text);
    let filter: Value = serde_json::from_str(filter).map_err(|_| refuse("The filter cannot be read"))?;
    let fields = Fields::new(&filter);
    let operator = fields.at("operator").text().unwrap_or_default().replace('_', "");
    if !operator.eq_ignore_ascii_case("startswith") {
        return Err(refuse("The operator is not supported for customers"));
    }
    let value = fields.at("value").text().unwrap_or_default().to_lowercase();
    let field = fields.at("field").text().unwrap_or_default().to_ascii_lowercase();
    match field.as_str() {
        "companyname" => Ok(Narrow { company: value, ..Narrow::default() }),
        "domain" => Ok(Narrow { domain: value, ..Narrow::default() }),
        // All customers here belong to the one provider.
        "indirectcloudsolutionprovider" => Ok(Narrow::default()),
        "indirectreseller" => Ok(Narrow { reseller: value, ..Narrow::default() }),
        _ => Err(refuse("The field cannot be filtered")),
    }
}

/// A list item: no billing profile, no address.
fn short(customer: &Customer) -> Value {
    json!({
        "id": customer.id, "companyProfile": customer.document["companyProfile"],
        "relationshipToPartner": "reseller", "links": {"self": link(&format!("/customers/{}", customer.id))},
        "attributes": {"objectType": "Customer"},
    })
}

/// `GET /customers/{id}`.
pub(super) fn one(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    Ok(Reply::ok(customer(exchange)?.document))
}

/// `GET /customers/{id}/profiles/company`.
pub(super) fn company_profile(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    Ok(Reply::ok(customer(exchange)?.document["companyProfile"].clone()))
}

/// `GET /customers/{id}/profiles/billing`.
pub(super) fn billing_profile(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    Ok(Reply::ok(customer(exchange)?.document["billingProfile"].clone()))
}

/// `GET /customers/{id}/validationStatus?type=account`.
pub(super) fn validation_status(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let customer = customer(exchange)?;
    match exchange.query("type") {
        Some(kind) if kind.eq_ignore_ascii_case("account") => {}
        Some(_) | None => return Err(Refusal::new(400, 0, "The type is not known").into()),
    }
    let status = if customer.under_review { "UnderReview" } else { "Allowed" };
    Ok(Reply::ok(json!({
        "type": "account", "status": status, "lastUpdateDateTime": instant(customer.review_at),
    })))
}

/// `GET /customers/{id}/relationships`: its resellers.
pub(super) fn relationships(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let customer = customer(exchange)?;
    let reseller = match &customer.reseller_tenant {
        Some(tenant) => resellers::by_tenant(exchange.tx, tenant)?,
        None => None,
    };
    let items = reseller.iter().map(relationship).collect();
    Ok(Reply::ok(collection(items, &format!("/customers/{}/relationships", customer.id))))
}
