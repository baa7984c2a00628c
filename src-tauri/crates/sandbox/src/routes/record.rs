//! A change of a subscription's reseller of record: `PATCH …/subscriptions/{id}` with the whole resource.
//!
//! As at Partner Center, a member that is left out is reset: a body without `autoRenewEnabled` switches it off.

use super::customer;
use super::partner::participant_fault;
use super::subscriptions::wire;
use crate::codes;
use crate::http::{Exchange, Fields, Refusal, Reply, Route, Stop};
use crate::sample;
use crate::state::subscriptions::{self as table, of_customer};
use cb_partner_center::wire as body;

/// Routes of this file.
pub(super) const ROUTES: &[Route] =
    &[Route::patch("/v1/customers/{customer}/subscriptions/{subscription}", "change_subscription", change)
        .takes(body::schema::<body::Subscription>)
        .gives(body::schema::<body::Subscription>)
        .good(&[200, 202])
        .refuses(&[403, 404, 409])];

/// Takes `partnerId` and `autoRenewEnabled`; other members must be as they are.
pub(super) fn change(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let customer = customer(exchange)?;
    let id = exchange.param("subscription");
    let mut found = of_customer(exchange.tx, &customer.id)?
        .into_iter()
        .find(|one| one.id.eq_ignore_ascii_case(id))
        .ok_or_else(|| Refusal::new(404, codes::SUBSCRIPTION, "The subscription was not found"))?;
    let body = Fields::new(&exchange.body);
    if body.at("id").text().is_none_or(|given| !given.eq_ignore_ascii_case(id)) {
        return Err(Refusal::new(400, codes::INPUT, "Send the whole subscription, as it was read").into());
    }
    let wanted = body.at("partnerId").text();
    if wanted != found.partner_id {
        let number = wanted.clone().unwrap_or_default();
        if found.sku.is_empty() {
            let text = "The partner on record of this subscription cannot be changed";
            return Err(Refusal::new(400, codes::RECORD_NOT_SUPPORTED, text).into());
        }
        if number == sample::PROVIDER_MPN_ID {
            return Err(Refusal::new(404, codes::OWN_RECORD, "The provider's own id can't be the reseller's").into());
        }
        if let Some(refusal) = participant_fault(exchange, &number)? {
            return Err(refusal.into());
        }
    }
    found.partner_id = wanted;
    found.auto_renew = body.at("autoRenewEnabled").switch();
    table::set_record(exchange.tx, &found)?;
    Ok(Reply::ok(wire(&found, exchange.now)?))
}
