//! What surrounds a subscription: how far it is provisioned, and who supports it.

use super::customer;
use crate::codes;
use crate::error::SandboxError;
use crate::http::{Exchange, Fields, Refusal, Reply, Route, Stop};
use crate::state::resources::{self, Kind};
use crate::state::subscriptions::{Subscription, of_customer};
use crate::state::{reseller_day, resellers};
use cb_partner_center::wire;
use jiff::Timestamp;
use rusqlite::Connection;
use serde_json::{Value, json};

/// Routes of this file.
pub(super) const ROUTES: &[Route] = &[
    Route::get(
        "/v1/customers/{customer}/subscriptions/{subscription}/provisioningstatus",
        "subscription_provisioning",
        status,
    )
    .gives(wire::schema::<wire::SubscriptionProvisioningStatus>)
    .refuses(&[403, 404]),
    Route::get("/v1/customers/{customer}/subscriptions/{subscription}/supportcontact", "get_support_contact", contact)
        .gives(wire::schema::<wire::SupportContact>)
        .refuses(&[403, 404])
        .user_only(),
    Route::put(
        "/v1/customers/{customer}/subscriptions/{subscription}/supportcontact",
        "set_support_contact",
        set_contact,
    )
    .takes(wire::schema::<wire::SupportContact>)
    .gives(wire::schema::<wire::SupportContact>)
    .refuses(&[403, 404])
    .user_only(),
];

fn find(exchange: &Exchange<'_>) -> Result<Subscription, Stop> {
    let customer = customer(exchange)?;
    let id = exchange.param("subscription");
    of_customer(exchange.tx, &customer.id)?
        .into_iter()
        .find(|one| one.id.eq_ignore_ascii_case(id))
        .ok_or_else(|| Refusal::new(404, codes::SUBSCRIPTION, "The subscription was not found").into())
}

/// Success once it is listed.
fn status(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let one = find(exchange)?;
    let status = if one.visible_at <= exchange.now.as_second() { "success" } else { "pending" };
    let seen = super::subscriptions::wire(&one, exchange.now)?;
    Ok(Reply::ok(json!({
        "skuId": one.offer_id, "status": status, "quantity": one.quantity, "endDate": seen["commitmentEndDate"],
        "attributes": {"objectType": "SubscriptionProvisioningStatus"},
    })))
}

fn contact_of(exchange: &Exchange<'_>, one: &Subscription) -> Result<Value, Stop> {
    if let Some(set) = resources::get(exchange.tx, Kind::SupportContact, &one.customer_id, &one.id)? {
        return Ok(set);
    }
    let reseller = match &one.partner_id {
        Some(number) => resellers::by_mpn(exchange.tx, number)?,
        None => None,
    };
    let (tenant, number, name) = match reseller {
        Some(reseller) => (reseller.tenant_id, reseller.mpn_id, reseller.name),
        None => (
            crate::sample::tenant_id(crate::sample::PROVIDER_MPN_ID).to_string(),
            crate::sample::PROVIDER_MPN_ID.to_owned(),
            crate::sample::PROVIDER_NAME.to_owned(),
        ),
    };
    Ok(document(&tenant, &number, &name))
}

fn document(tenant: &str, number: &str, name: &str) -> Value {
    json!({"supportTenantId": tenant, "supportMpnId": number, "name": name,
        "attributes": {"objectType": "SupportContact"}})
}

/// The reseller of record until another is set.
fn contact(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let one = find(exchange)?;
    Ok(Reply::ok(contact_of(exchange, &one)?))
}

/// Older subscriptions only.
fn set_contact(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let one = find(exchange)?;
    if !one.sku.is_empty() {
        return Err(Refusal::new(400, codes::INPUT, "The support contact of this subscription cannot be set").into());
    }
    let body = Fields::new(&exchange.body);
    let number = body.at("supportMpnId").text().unwrap_or_default();
    if number == crate::sample::PROVIDER_MPN_ID {
        let tenant = crate::sample::tenant_id(&number).to_string();
        let set = document(&tenant, &number, crate::sample::PROVIDER_NAME);
        resources::put(exchange.tx, Kind::SupportContact, &one.customer_id, &one.id, exchange.now.as_second(), &set)?;
        return Ok(Reply::ok(set));
    }
    let known = resellers::by_mpn(exchange.tx, &number)?;
    let Some(reseller) =
        known.filter(|_| reseller_day::trouble(exchange.tx, &number).is_ok_and(|found| found.is_none()))
    else {
        let text = format!("Partner Organization with partner_id {number} could not be found");
        return Err(Refusal::new(404, codes::ADDRESS_OR_PARTNER, &text).into());
    };
    let set = document(&reseller.tenant_id, &reseller.mpn_id, &reseller.name);
    resources::put(exchange.tx, Kind::SupportContact, &one.customer_id, &one.id, exchange.now.as_second(), &set)?;
    Ok(Reply::ok(set))
}

/// Somebody names another support contact, past the app: the first reseller that can be it and is not of record.
pub(super) fn named_elsewhere(db: &Connection, one: &Subscription, now: Timestamp) -> Result<bool, SandboxError> {
    if !one.sku.is_empty() {
        return Ok(false);
    }
    let other = resellers::all(db)?.into_iter().find(|reseller| {
        let fit = reseller_day::trouble(db, &reseller.mpn_id).is_ok_and(|found| found.is_none());
        reseller.active() && fit && one.partner_id.as_ref() != Some(&reseller.mpn_id)
    });
    let Some(reseller) = other else { return Ok(false) };
    let set = document(&reseller.tenant_id, &reseller.mpn_id, &reseller.name);
    resources::put(db, Kind::SupportContact, &one.customer_id, &one.id, now.as_second(), &set)?;
    Ok(true)
}
