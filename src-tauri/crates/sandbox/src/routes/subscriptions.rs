//! Subscriptions: list and one. Terms that end and windows that close are worked out for the moment of the question,
//! so a practice book stays believable for months without anybody touching its state.

use super::life;
use super::orders::offer_links;
use super::{customer, instant};
use crate::codes;
use crate::http::{Exchange, Refusal, Reply, Route, Stop, collection, link, may};
use crate::state::subscriptions::{Subscription, of_customer};
use cb_partner_center::wire as body;
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Value, json};

/// Routes of this file.
pub(super) const ROUTES: &[Route] = &[
    Route::get("/v1/customers/{customer}/subscriptions", "list_subscriptions", list)
        .query(&[may("order_id", ""), may("mpn_id", "4871206")])
        .gives(body::list_schema::<body::Subscription>)
        .refuses(&[403, 404]),
    Route::get("/v1/customers/{customer}/subscriptions/{subscription}", "get_subscription", one)
        .gives(body::schema::<body::Subscription>)
        .refuses(&[403, 404]),
];

/// A day as Partner Center writes it.
fn day(date: Date) -> String {
    format!("{date}T00:00:00Z")
}

/// The resource at a time.
pub(super) fn wire(subscription: &Subscription, now: Timestamp) -> Result<Value, Stop> {
    let (settled, life) = life::settled(subscription, now)?;
    let subscription = &settled;
    let created = Timestamp::from_second(subscription.created_at)?;
    let last_day = life.ends(subscription)?.yesterday()?;
    let mut links = offer_links(subscription);
    links["self"] = link(&format!("/customers/{}/subscriptions/{}", subscription.customer_id, subscription.id));
    let new_commerce = !subscription.sku.is_empty();
    let suspended = subscription.status == "suspended";
    let mut body = json!({
        "id": subscription.id, "offerId": subscription.offer_id, "offerName": subscription.name,
        "friendlyName": subscription.name, "quantity": subscription.quantity, "unitType": "Licenses",
        "hasPurchasableAddons": false, "creationDate": instant(created),
        "effectiveStartDate": day(life.anchor), "commitmentEndDate": day(last_day),
        "status": subscription.status, "autoRenewEnabled": subscription.auto_renew && !suspended,
        "isTrial": subscription.trial, "billingType": "license", "billingCycle": subscription.cycle,
        "termDuration": subscription.term, "isMicrosoftProduct": true, "partnerId": subscription.partner_id,
        "attentionNeeded": false, "actionTaken": false, "contractType": "subscription",
        "publisherName": "Microsoft Corporation", "orderId": subscription.order_id, "links": links,
        "suspensionReasons": suspended.then(|| json!(["PartnerSuspended"])),
        "attributes": {"objectType": "Subscription"},
    });
    if new_commerce {
        body["productType"] = json!({"id": "OnlineServicesNCE", "displayName": "OnlineServicesNCE"});
        body["renewalTermDuration"] = json!("");
        body["commitmentEndDateTime"] = json!(format!("{last_day}T23:59:59Z"));
        body["billingCycleEndDate"] = match life.next_bill(subscription, now)? {
            Some(next) => json!(day(next.yesterday()?)),
            None => Value::Null,
        };
        let open = !subscription.trial && matches!(subscription.status.as_str(), "active" | "suspended");
        if let Some(until) = life.cancellable_until().filter(|until| open && *until > now) {
            body["cancellationAllowedUntilDate"] = json!(instant(until));
            body["refundOptions"] = json!([{"type": "Full", "expiresAt": instant(until)}]);
        }
        let batches: Vec<_> = life.open_batches(now).into_iter().filter(|_| open).collect();
        if !batches.is_empty() {
            let details: Vec<Value> = batches
                .iter()
                .map(|one| json!({"quantity": one.quantity, "allowedUntilDateTime": instant(one.until())}))
                .collect();
            let total: u32 = batches.iter().map(|one| one.quantity).sum();
            body["refundableQuantity"] = json!({"totalQuantity": total, "details": details});
        }
        body["scheduledNextTermInstructions"] = life.next.clone().unwrap_or(Value::Null);
        body["termEndInstruction"] = if life.end.is_empty() { Value::Null } else { json!(life.end) };
    } else {
        body["entitlementId"] = json!(subscription.id);
        body["actions"] = json!(["Cancel", "Edit"]);
        body["attributes"]["etag"] = json!(format!("practice-{}-{}", subscription.created_at, life.changes));
    }
    Ok(body)
}

/// `GET /customers/{id}/subscriptions[?order_id=][&mpn_id=]`.
pub(super) fn list(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let customer = customer(exchange)?;
    let order = exchange.query("order_id");
    let partner = exchange.query("mpn_id");
    let mut items = Vec::new();
    for one in of_customer(exchange.tx, &customer.id)? {
        let listed = one.visible_at <= exchange.now.as_second()
            && order.is_none_or(|id| one.order_id.eq_ignore_ascii_case(id))
            && partner.is_none_or(|id| one.partner_id.as_deref() == Some(id));
        if listed {
            items.push(wire(&one, exchange.now)?);
        }
    }
    Ok(Reply::ok(collection(items, &format!("/customers/{}/subscriptions", customer.id))))
}

/// `GET …/subscriptions/{id}`.
pub(super) fn one(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let customer = customer(exchange)?;
    let id = exchange.param("subscription");
    let found = of_customer(exchange.tx, &customer.id)?
        .into_iter()
        .find(|one| one.id.eq_ignore_ascii_case(id) && one.visible_at <= exchange.now.as_second())
        .ok_or_else(|| Refusal::new(404, codes::SUBSCRIPTION, "The subscription was not found"))?;
    Ok(Reply::ok(wire(&found, exchange.now)?))
}
