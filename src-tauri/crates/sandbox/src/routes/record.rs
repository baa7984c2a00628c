//! A change of a subscription: `PATCH …/subscriptions/{id}` with the whole resource.
//!
//! As at Partner Center, a member that is left out is reset: a body without `autoRenewEnabled` switches it off, one
//! without the instructions for the next term drops them.

use super::customer;
use super::life::{self, Batch, Life};
use super::partner::participant_fault;
use super::subscriptions::wire;
use crate::codes;
use crate::http::{Exchange, Fields, Refusal, Reply, Route, Stop};
use crate::sample;
use crate::state::subscriptions::{Subscription, of_customer};
use cb_partner_center::wire as body;
use serde_json::Value;

/// Routes of this file.
pub(super) const ROUTES: &[Route] =
    &[Route::patch("/v1/customers/{customer}/subscriptions/{subscription}", "change_subscription", change)
        .takes(body::schema::<body::Subscription>)
        .gives(body::schema::<body::Subscription>)
        .good(&[200, 202])
        .refuses(&[403, 404, 409])];

fn no(status: u16, code: u32, text: &str) -> Stop {
    Refusal::new(status, code, text).into()
}

/// Takes what can be changed; other members must be as they are.
pub(super) fn change(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let customer = customer(exchange)?;
    let id = exchange.param("subscription");
    let found = of_customer(exchange.tx, &customer.id)?
        .into_iter()
        .find(|one| one.id.eq_ignore_ascii_case(id))
        .ok_or_else(|| Refusal::new(404, codes::SUBSCRIPTION, "The subscription was not found"))?;
    let body = Fields::new(&exchange.body);
    if body.at("id").text().is_none_or(|given| !given.eq_ignore_ascii_case(id)) {
        return Err(no(400, codes::INPUT, "Send the whole subscription, as it was read"));
    }
    let (mut row, mut life) = life::settled(&found, exchange.now)?;
    let tag = format!("practice-{}-{}", row.created_at, life.changes);
    if exchange.header("if-match").is_some_and(|given| given.trim_matches('"') != tag) {
        return Err(no(400, codes::STALE, "The resource was changed since it was read"));
    }
    if matches!(row.status.as_str(), "expired" | "deleted" | "disabled") {
        return Err(no(400, codes::NOT_ACTIVE, "The subscription is not active"));
    }
    record(exchange, &mut row, body)?;
    let before = (row.quantity, row.status.clone());
    status(&mut row, &life, body, exchange)?;
    quantity(exchange, &customer, &mut row, &mut life, body)?;
    row.auto_renew = body.at("autoRenewEnabled").switch() && row.status != "suspended";
    life.end = body.at("termEndInstruction").text().unwrap_or_default().to_lowercase();
    let at_once = before != (row.quantity, row.status.clone());
    life.next = next_term(exchange, &row, body, at_once)?;
    life::keep(exchange.tx, &row, &life)?;
    let kept = of_customer(exchange.tx, &customer.id)?.into_iter().find(|one| one.id == row.id).unwrap_or(row);
    Ok(Reply::ok(wire(&kept, exchange.now)?))
}

/// The reseller of record.
fn record(exchange: &Exchange<'_>, row: &mut Subscription, body: Fields<'_>) -> Result<(), Stop> {
    let wanted = body.at("partnerId").text();
    if wanted == row.partner_id {
        return Ok(());
    }
    let number = wanted.clone().unwrap_or_default();
    if row.sku.is_empty() {
        let text = "The partner on record of this subscription cannot be changed";
        return Err(no(400, codes::RECORD_NOT_SUPPORTED, text));
    }
    if number == sample::PROVIDER_MPN_ID {
        return Err(no(404, codes::OWN_RECORD, "The provider's own id can't be the reseller's"));
    }
    if let Some(refusal) = participant_fault(exchange, &number)? {
        return Err(refusal.into());
    }
    row.partner_id = wanted;
    Ok(())
}

/// Cancelled within the window, suspended, resumed.
fn status(row: &mut Subscription, life: &Life, body: Fields<'_>, exchange: &Exchange<'_>) -> Result<(), Stop> {
    let wanted = body.at("status").text().unwrap_or_else(|| row.status.clone()).to_lowercase();
    if wanted == row.status {
        return Ok(());
    }
    match wanted.as_str() {
        "deleted" => {
            let open = life.cancellable_until().is_some_and(|until| until > exchange.now);
            if row.sku.is_empty() || !open || row.trial {
                return Err(no(400, codes::CANCEL_WINDOW, "The subscription can no longer be cancelled"));
            }
            row.auto_renew = false;
        }
        "suspended" | "active" => {}
        _ => return Err(no(400, codes::INPUT, "The status is not known")),
    }
    row.status = wanted;
    Ok(())
}

/// More at any time, fewer while their window is open; since December 2025 only with a reseller of record that is fit.
fn quantity(
    exchange: &Exchange<'_>,
    customer: &crate::state::customers::Customer,
    row: &mut Subscription,
    life: &mut Life,
    body: Fields<'_>,
) -> Result<(), Stop> {
    let wanted = body.at("quantity").text().and_then(|text| text.parse::<u32>().ok()).unwrap_or(row.quantity);
    if wanted == row.quantity {
        return Ok(());
    }
    let is_new = !row.sku.is_empty();
    if row.trial || wanted == 0 {
        return Err(no(400, codes::QUANTITY, "The quantity cannot be changed to this"));
    }
    if row.status != "active" {
        return Err(no(400, codes::NOT_ACTIVE, "The subscription is not active"));
    }
    if let (true, Some(number)) = (is_new, &row.partner_id)
        && let Some(refusal) = participant_fault(exchange, number)?
    {
        return Err(refusal.into());
    }
    if wanted > row.quantity {
        if customer.under_review {
            return Err(no(403, codes::UNDER_REVIEW, "The customer's account is under review"));
        }
        let (product, sku) = row.sku.split_once(':').unwrap_or_default();
        let most = exchange.world.catalogue.item(product, sku).map(|item| item.maximum_quantity);
        if most.is_some_and(|most| wanted > most) {
            return Err(no(403, codes::SEATS, "The customer may own no more licences of this product"));
        }
        life.batches.push(Batch { quantity: wanted - row.quantity, bought: exchange.now.as_second() });
    } else if is_new && !life.take_back(row.quantity - wanted, exchange.now) {
        return Err(no(400, codes::SEATS_WINDOW, "These licences can no longer be given back"));
    }
    row.quantity = wanted;
    Ok(())
}

/// What holds from the next term on; an immediate change drops it, and without auto-renew nothing can be planned.
fn next_term(
    exchange: &Exchange<'_>,
    row: &Subscription,
    body: Fields<'_>,
    at_once: bool,
) -> Result<Option<Value>, Stop> {
    let wanted = body.at("scheduledNextTermInstructions");
    if wanted.value().is_null() || at_once {
        return Ok(None);
    }
    if row.sku.is_empty() || !row.auto_renew || row.status != "active" {
        return Err(no(400, codes::INPUT, "A change can only be planned for an active subscription that renews"));
    }
    let product = wanted.at("product");
    let text = |name: &str| product.at(name).text().unwrap_or_default();
    let item = exchange
        .world
        .catalogue
        .item(&text("productId"), &text("skuId"))
        .ok_or_else(|| Refusal::new(404, codes::PRODUCT, "The product was not found"))?;
    let (term, cycle) = (text("termDuration").to_uppercase(), text("billingCycle").to_lowercase());
    let plan = item.plans().iter().find(|plan| plan.term == term && plan.cycle == cycle);
    let plan = plan.ok_or_else(|| Refusal::new(400, codes::TERM, "The term is not sold"))?;
    let number = wanted.at("quantity").text().and_then(|text| text.parse::<u32>().ok()).unwrap_or(row.quantity);
    if number < plan.minimum_quantity.unwrap_or(item.minimum_quantity) || number > item.maximum_quantity {
        return Err(no(400, codes::QUANTITY, "The quantity is outside the limits"));
    }
    let mut kept = wanted.value().clone();
    kept["product"]["title"] = Value::String(item.title.clone());
    Ok(Some(kept))
}
