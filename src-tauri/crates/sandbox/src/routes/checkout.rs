//! `POST …/carts/{cart}/checkout`: orders and subscriptions out of a cart, group by group; the same answer each time.

use super::agreements;
use super::carts::find;
use super::lines::{self, Line};
use super::{customer, instant, orders};
use crate::Faults;
use crate::codes;
use crate::http::{Exchange, Fields, Refusal, Reply, Route, Stop, link};
use crate::state::customers::Customer;
use crate::state::orders::Order;
use crate::state::subscriptions::Subscription;
use crate::state::{carts, orders as order_table, settings, subscriptions};
use cb_partner_center::wire;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use uuid::Uuid;

/// Routes of this file.
pub(super) const ROUTES: &[Route] =
    &[Route::post("/v1/customers/{customer}/carts/{cart}/checkout", "checkout", checkout)
        .gives(wire::schema::<wire::CheckoutResult>)
        .refuses(&[403, 404, 409])
        .user_only()];

/// The handler.
pub(super) fn checkout(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let customer = customer(exchange)?;
    let mut cart = find(exchange, &customer)?;
    if let Some(result) = cart.result {
        return Ok(Reply::created(result));
    }
    may_buy(exchange, &customer)?;
    let has_error = |line: &Value| line.get("error").is_some_and(|error| !error.is_null());
    if cart.document["lineItems"].as_array().is_some_and(|lines| lines.iter().any(has_error)) {
        return Err(Refusal::new(400, codes::CART_LINES, "The cart has lines that cannot be ordered").into());
    }
    let lines = lines::read(exchange, &customer, Fields::new(&cart.document))?;
    let mut orders: Vec<Value> = Vec::new();
    let mut errors: Vec<Value> = Vec::new();
    let mut first_refusal = None;
    let groups = lines::groups(&lines);
    if exchange.faults.ordered_elsewhere {
        return Err(ordered_elsewhere(exchange, &customer, cart, &groups)?);
    }
    let refuse_last = (exchange.faults.partial_checkout || exchange.troubles.partial_checkout) && groups.len() > 1;
    if refuse_last {
        settings::set_faults(exchange.tx, Faults { partial_checkout: false, ..exchange.faults })?;
    }
    for (number, group) in groups.iter().enumerate() {
        // Read anew for each group: an earlier one may have used up what the customer may own.
        let owned = subscriptions::of_customer(exchange.tx, &customer.id)?;
        let refused = (refuse_last && number + 1 == groups.len())
            .then(|| Refusal::new(403, codes::SEATS, "The customer may own no more licences of this product"));
        match refused.or_else(|| group_fault(group, &owned)) {
            None => orders.push(place(exchange, &customer, group, exchange.now)?),
            Some(refusal) => {
                errors.push(json!({
                    "orderGroupId": number.to_string(), "code": refusal.code(), "description": refusal.description(),
                }));
                first_refusal.get_or_insert(refusal);
            }
        }
    }
    if let (true, Some(refusal)) = (orders.is_empty(), first_refusal) {
        return Err(refusal.into());
    }
    let errors = if errors.is_empty() { Value::Null } else { Value::Array(errors) };
    let result = json!({
        "orders": orders, "orderErrors": errors, "attributes": {"objectType": "CartCheckoutResult"},
    });
    cart.document["status"] = json!("Ordered");
    cart.result = Some(result.clone());
    carts::put(exchange.tx, &cart)?;
    Ok(Reply::created(result))
}

/// The switch of the day: nothing of this cart is bought, nobody knows what became of it, and an hour ago somebody else
/// has ordered the very same.
fn ordered_elsewhere(
    exchange: &Exchange<'_>,
    customer: &Customer,
    cart: carts::Cart,
    groups: &[Vec<&Line<'_>>],
) -> Result<Stop, Stop> {
    settings::set_faults(exchange.tx, Faults { ordered_elsewhere: false, ..exchange.faults })?;
    let earlier = exchange.now.checked_sub(SignedDuration::from_hours(1))?;
    for group in groups {
        place(exchange, customer, group, earlier)?;
    }
    carts::put(exchange.tx, &carts::Cart { expires_at: earlier.as_second(), ..cart })?;
    Ok(Refusal::new(500, codes::INPUT, "Something went wrong").keeping().into())
}

/// Whether the customer may buy at all: no review, an agreement.
pub(super) fn may_buy(exchange: &Exchange<'_>, customer: &Customer) -> Result<(), Stop> {
    if customer.under_review {
        return Err(Refusal::new(403, codes::UNDER_REVIEW, "The customer's account is under review").into());
    }
    if !agreements::in_force(exchange, customer)? {
        let text = "The customer has not accepted the Microsoft Customer Agreement";
        return Err(Refusal::new(403, codes::AGREEMENT_MISSING, text).into());
    }
    Ok(())
}

/// Limits that hold for a customer rather than for a line.
fn group_fault(group: &[&Line<'_>], owned: &[Subscription]) -> Option<Refusal> {
    for line in group {
        let key = line.item.key();
        let live = owned.iter().filter(|one| one.sku == key && one.status == "active");
        if line.item.is_trial() {
            let before = owned.iter().any(|one| one.sku == key);
            if before || group.iter().filter(|other| other.item.key() == key).count() > 1 {
                return Some(Refusal::new(403, codes::ASSETS, &format!("{} was used before", line.item.title)));
            }
            continue;
        }
        let seats: u32 = live.map(|one| one.quantity).sum();
        let here: u32 = group.iter().filter(|other| other.item.key() == key).map(|other| other.quantity).sum();
        if seats.saturating_add(here) > line.item.maximum_quantity {
            let text = format!("The customer may own {} licences of {}", line.item.maximum_quantity, line.item.title);
            return Some(Refusal::new(403, codes::SEATS, &text));
        }
    }
    None
}

/// Writes the order of a group with its subscriptions and answers what is seen of it now.
fn place(exchange: &Exchange<'_>, customer: &Customer, group: &[&Line<'_>], at: Timestamp) -> Result<Value, Stop> {
    let provisioned_at = exchange.now.checked_add(exchange.world.options.provision_delay)?.as_second();
    let order_id: String = Uuid::new_v4().simple().to_string().chars().take(12).collect();
    let mut line_items = Vec::new();
    let mut total = 0;
    for (number, line) in group.iter().enumerate() {
        let subscription = Subscription {
            id: Uuid::new_v4().to_string(),
            customer_id: customer.id.clone(),
            order_id: order_id.clone(),
            offer_id: line.item.catalog_item_id(&customer.country),
            sku: line.item.key(),
            name: line.friendly_name.clone().unwrap_or_else(|| line.item.title.clone()),
            country: customer.country.clone(),
            quantity: line.quantity,
            term: line.plan.term.to_owned(),
            cycle: line.plan.cycle.to_owned(),
            status: "active".to_owned(),
            auto_renew: !line.item.is_trial(),
            trial: line.item.is_trial(),
            partner_id: line.partner_id.clone(),
            created_at: at.as_second(),
            visible_at: provisioned_at,
            life: None,
        };
        total += line.total_cents();
        line_items.push(orders::line(number, &subscription, Some(line.pricing())));
        subscriptions::insert(exchange.tx, &subscription)?;
    }
    let cycle = group.first().map_or("none", |line| line.plan.cycle);
    let market = group.first().map(|line| line.market);
    let document = json!({
        "id": order_id, "alternateId": order_id, "referenceCustomerId": customer.id, "billingCycle": cycle,
        "currencyCode": market.map(|market| market.currency), "currencySymbol": market.map(|market| market.symbol),
        "lineItems": line_items, "creationDate": instant(at), "status": "completed",
        "transactionType": "UserPurchase",
        "links": {
            "self": link(&format!("/customers/{}/orders/{order_id}", customer.id)),
            "provisioningStatus": link(&format!("/customers/{}/orders/{order_id}/provisioningstatus", customer.id)),
        },
        "totalPrice": crate::catalogue::decimal(total), "client": {}, "attributes": {"objectType": "Order"},
    });
    let order = Order { id: order_id, customer_id: customer.id.clone(), provisioned_at, document };
    order_table::insert(exchange.tx, &order)?;
    Ok(orders::seen(order, exchange.now))
}
