//! The audit trail: what changing calls did, for ninety days. The old and new values are left out: they could hold a
//! new customer's password, which is kept nowhere here.

use super::instant;
use super::paging::page;
use crate::SandboxError;
use crate::codes;
use crate::http::{Exchange, Fields, Refusal, Reply, Route, Stop, may, must};
use crate::sample;
use crate::state::customers;
use crate::state::resources::{self, Kind};
use cb_partner_center::wire;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use uuid::Uuid;

/// How long the trail is kept, in seconds.
const KEPT: i64 = 90 * 24 * 60 * 60;

/// Routes of this file.
pub(super) const ROUTES: &[Route] = &[Route::get("/v1/auditrecords", "audit_records", list)
    .query(&[
        must("startDate", "2026-01-05"),
        may("endDate", ""),
        may("filter", ""),
        may("size", "40"),
        may("seekOperation", ""),
    ])
    .gives(wire::list_schema::<wire::AuditRecord>)];

/// Names of the trail for the calls of the description.
const WORDS: &[(&str, &str, &str)] = &[
    ("create_customer", "add_customer", "customer"),
    ("remove_relationship", "remove_partner_customer_relationship", "customer"),
    ("delete_customer", "delete_customer", "customer"),
    ("update_profile", "update_customer_billing_profile", "customer_billing_profile"),
    ("confirm_agreement", "add_customer_agreement", "agreement"),
    ("create_cart", "create_cart", "cart"),
    ("replace_cart", "update_cart", "cart"),
    ("checkout", "create_order", "order"),
    ("create_order", "create_order", "order"),
    ("change_order", "update_order", "order"),
    ("create_user", "create_customer_user", "customer_user"),
    ("reset_password", "reset_customer_user_password", "customer_user"),
    ("give_role", "add_user_member", "customer_directory_role"),
    ("set_support_contact", "update_subscription_support_contact", "subscription"),
];

/// Notes a changing call that went well; `made` is the id of a customer that it made.
pub(crate) fn note(exchange: &Exchange<'_>, name: &str, made: Option<&str>) -> Result<(), SandboxError> {
    let (operation, resource) = WORDS
        .iter()
        .find(|(call, ..)| *call == name)
        .map_or(("update_subscription", "subscription"), |(_, operation, resource)| (operation, resource));
    let customer = made.unwrap_or_else(|| exchange.param("customer"));
    let known = customers::get(exchange.tx, customer)?;
    let now = exchange.now;
    let id = Uuid::new_v4().to_string();
    let record = json!({
        "id": id, "partnerId": sample::tenant_id(sample::PROVIDER_MPN_ID).to_string(),
        "customerId": customer.to_ascii_lowercase(),
        "customerName": known.map(|one| one.document["companyProfile"]["companyName"].clone()),
        "userPrincipalName": format!("admin.agent@{}", sample::PROVIDER_DOMAIN),
        "applicationId": exchange.header("ms-partnercenter-application"), "resourceType": resource,
        "operationType": operation, "originalCorrelationId": exchange.header("ms-correlationid"),
        "operationDate": instant(now), "operationStatus": "succeeded", "customizedData": [],
        "attributes": {"objectType": "AuditRecord"},
    });
    resources::put(exchange.tx, Kind::Audit, "", &id, now.as_second(), &record)?;
    resources::forget_before(exchange.tx, Kind::Audit, now.as_second() - KEPT)
}

fn day(exchange: &Exchange<'_>, name: &str) -> Result<Option<Date>, Refusal> {
    let Some(text) = exchange.query(name).filter(|text| !text.is_empty()) else { return Ok(None) };
    let day = wire::day(text);
    day.map(Some).ok_or_else(|| Refusal::new(400, codes::BAD_VALUE, &format!("{name} is not a date")))
}

fn list(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let Some(start) = day(exchange, "startDate")? else {
        return Err(Refusal::new(400, codes::BAD_VALUE, "The start date is missing").into());
    };
    let from = start.to_zoned(TimeZone::UTC)?.timestamp().as_second();
    if from < exchange.now.as_second() - KEPT - 24 * 60 * 60 {
        return Err(Refusal::new(400, codes::BAD_VALUE, "Records are kept for 90 days").into());
    }
    let to = match day(exchange, "endDate")? {
        Some(end) => end.tomorrow()?.to_zoned(TimeZone::UTC)?.timestamp().as_second(),
        None => i64::MAX,
    };
    let mut records = resources::between(exchange.tx, Kind::Audit, "", from, to)?;
    if let Some(filter) = exchange.query("filter").filter(|text| !text.trim().is_empty()) {
        let keep = narrow(filter)?;
        records.retain(|record| keep(record));
    }
    Ok(page(exchange, records, &format!("/auditrecords?startDate={start}"))?)
}

/// Whether a record is wanted.
type Keep = Box<dyn Fn(&Value) -> bool>;

/// Three filters, each with its one operator.
fn narrow(filter: &str) -> Result<Keep, Refusal> {
    let refuse = || Refusal::new(400, 0, "The filter is not supported for audit records");
    let filter: Value = serde_json::from_str(filter).map_err(|_| refuse())?;
    let fields = Fields::new(&filter);
    let word = |name: &str| fields.at(name).text().unwrap_or_default().to_lowercase();
    let (field, operator, value) = (word("field"), word("operator"), word("value"));
    let member = match (field.as_str(), operator.as_str()) {
        ("companyname", "substring") => "customerName",
        ("customerid", "equals") => "customerId",
        ("resourcetype", "equals") => "resourceType",
        _ => return Err(refuse()),
    };
    Ok(Box::new(move |record| {
        let text = record[member].as_str().unwrap_or_default().to_lowercase();
        if member == "customerName" { text.contains(&value) } else { text == value }
    }))
}
