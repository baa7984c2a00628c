//! Orders: list, one, provisioning status. Subscription ids show once the order is provisioned.

use super::customer;
use crate::codes;
use crate::http::{Exchange, Refusal, Reply, Route, Stop, collection, link, may};
use crate::state::orders::{Order, get, of_customer};
use crate::state::subscriptions::Subscription;
use cb_partner_center::wire;
use jiff::Timestamp;
use serde_json::{Value, json};

/// Routes of this file.
pub(super) const ROUTES: &[Route] = &[
    Route::get("/v1/customers/{customer}/orders", "list_orders", list)
        .query(&[may("include_price", "true")])
        .gives(wire::list_schema::<wire::Order>)
        .refuses(&[403, 404]),
    Route::get("/v1/customers/{customer}/orders/{order}", "get_order", one)
        .gives(wire::schema::<wire::Order>)
        .refuses(&[403, 404]),
    Route::get("/v1/customers/{customer}/orders/{order}/provisioningstatus", "order_provisioning", provisioning)
        .gives(wire::list_schema::<wire::OrderProvisioningStatus>)
        .refuses(&[403, 404])
        .user_only(),
];

/// A line of an order.
pub(crate) fn line(number: usize, subscription: &Subscription, pricing: Option<Value>) -> Value {
    json!({
        "lineItemNumber": number, "offerId": subscription.offer_id, "subscriptionId": subscription.id,
        "termDuration": subscription.term, "billingCycle": subscription.cycle, "transactionType": "New",
        "friendlyName": subscription.name, "quantity": subscription.quantity,
        "partnerIdOnRecord": subscription.partner_id, "pricing": pricing, "links": offer_links(subscription),
    })
}

/// Links to what was bought: product, SKU and availability, or the older offer.
pub(crate) fn offer_links(subscription: &Subscription) -> Value {
    let country = &subscription.country;
    let mut parts = subscription.offer_id.split(':');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(product), Some(sku), Some(availability)) => json!({
            "product": link(&format!("/products/{product}?country={country}")),
            "sku": link(&format!("/products/{product}/skus/{sku}?country={country}")),
            "availability":
                link(&format!("/products/{product}/skus/{sku}/availabilities/{availability}?country={country}")),
        }),
        _ => json!({"offer": link(&format!("/offers/{}?country={country}", subscription.offer_id))}),
    }
}

/// The order as it is seen at a time.
pub(super) fn seen(order: Order, now: Timestamp) -> Value {
    let mut document = order.document;
    if order.provisioned_at <= now.as_second() {
        return document;
    }
    document["status"] = json!("pending");
    for line in document["lineItems"].as_array_mut().map(Vec::as_mut_slice).unwrap_or_default() {
        if let Some(members) = line.as_object_mut() {
            members.remove("subscriptionId");
        }
    }
    document
}

/// `GET /customers/{id}/orders`.
pub(super) fn list(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let customer = customer(exchange)?;
    let latest =
        exchange.now.as_second() - exchange.troubles.order_lag.unwrap_or(exchange.world.options.choices.order_lag);
    let orders = of_customer(exchange.tx, &customer.id)?
        .into_iter()
        .filter(|order| made_at(order).is_none_or(|at| at <= latest))
        .map(|order| seen(order, exchange.now))
        .collect();
    Ok(Reply::ok(collection(orders, &format!("/customers/{}/orders", customer.id))))
}

/// Unix seconds of the purchase.
fn made_at(order: &Order) -> Option<i64> {
    Some(order.document["creationDate"].as_str()?.parse::<Timestamp>().ok()?.as_second())
}

fn find(exchange: &Exchange<'_>) -> Result<Order, Stop> {
    let customer = customer(exchange)?;
    get(exchange.tx, &customer.id, exchange.param("order"))?
        .ok_or_else(|| Refusal::new(404, codes::ORDER, "The order was not found").into())
}

/// `GET …/orders/{order}`.
pub(super) fn one(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    Ok(Reply::ok(seen(find(exchange)?, exchange.now)))
}

/// `GET …/orders/{order}/provisioningstatus`.
pub(super) fn provisioning(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let order = find(exchange)?;
    let status = if order.provisioned_at <= exchange.now.as_second() { "fulfilled" } else { "unfulfilled" };
    let lines = order.document["lineItems"].as_array().map(Vec::as_slice).unwrap_or_default();
    let items = lines
        .iter()
        .map(|line| {
            json!({
                "lineItemNumber": line["lineItemNumber"], "status": status,
                "quantityProvisioningInformation": [{"quantity": line["quantity"], "status": status}],
                "attributes": {"objectType": "OrderLineItemProvisioningStatus"},
            })
        })
        .collect();
    let uri = format!("/customers/{}/orders/{}/provisioningstatus", order.customer_id, order.id);
    Ok(Reply::ok(collection(items, &uri)))
}
