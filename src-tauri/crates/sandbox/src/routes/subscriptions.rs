//! Subscriptions: list and one. Terms that end and windows that close are worked out for the moment of the question,
//! so a practice book stays believable for months without anybody touching its state.

use super::orders::offer_links;
use super::{customer, instant};
use crate::codes;
use crate::http::{Exchange, Refusal, Reply, Route, Stop, collection, link, may};
use crate::state::subscriptions::{Subscription, of_customer};
use cb_partner_center::wire as body;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Timestamp};
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

/// How long a new or renewed term can be cancelled or reduced.
const WINDOW: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Where a subscription stands at a time.
struct Standing {
    status: String,
    /// First day that is no longer in the term.
    ends: Date,
    /// End of the seven-day window, while it is open.
    window_until: Option<Timestamp>,
    /// First day of the next billing period.
    next_bill: Option<Date>,
}

fn months_of(text: &str) -> Option<i32> {
    match text {
        "P1M" | "monthly" => Some(1),
        "P1Y" | "annual" => Some(12),
        "P3Y" | "triennial" => Some(36),
        _ => None,
    }
}

/// First multiple of `months` after `start` that lies beyond `today`, and how often it was added.
fn next_after(start: Date, months: i32, today: Date) -> Result<(Date, i32), jiff::Error> {
    let mut times = 1;
    loop {
        // Always from the start: adding to 28 February would lose the 31st for good.
        let end = start.checked_add(Span::new().try_months(months.saturating_mul(times))?)?;
        if end > today {
            return Ok((end, times));
        }
        times += 1;
    }
}

fn standing(subscription: &Subscription, now: Timestamp) -> Result<Standing, jiff::Error> {
    let created = Timestamp::from_second(subscription.created_at)?;
    let start = created.to_zoned(TimeZone::UTC).date();
    let today = now.to_zoned(TimeZone::UTC).date();
    let months = months_of(&subscription.term).unwrap_or(12);
    let (end, terms) = if subscription.auto_renew {
        next_after(start, months, today)?
    } else {
        (start.checked_add(Span::new().try_months(months)?)?, 1)
    };
    let expired = end <= today;
    let term_start = if terms == 1 {
        created
    } else {
        let first_day = start.checked_add(Span::new().try_months(months.saturating_mul(terms - 1))?)?;
        first_day.to_zoned(TimeZone::UTC)?.timestamp()
    };
    let until = term_start.checked_add(WINDOW)?;
    let new_commerce = !subscription.sku.is_empty();
    let open = new_commerce && !subscription.trial && !expired && until > now;
    let next_bill = match months_of(&subscription.cycle) {
        Some(months) if !expired => Some(next_after(start, months, today)?.0),
        Some(_) | None => None,
    };
    Ok(Standing {
        status: if expired { "expired".to_owned() } else { subscription.status.clone() },
        ends: end,
        window_until: open.then_some(until),
        next_bill,
    })
}

/// A day as Partner Center writes it.
fn day(date: Date) -> String {
    format!("{date}T00:00:00Z")
}

/// The resource at a time.
pub(super) fn wire(subscription: &Subscription, now: Timestamp) -> Result<Value, Stop> {
    let at = standing(subscription, now)?;
    let created = Timestamp::from_second(subscription.created_at)?;
    let last_day = at.ends.yesterday()?;
    let mut links = offer_links(subscription);
    links["self"] = link(&format!("/customers/{}/subscriptions/{}", subscription.customer_id, subscription.id));
    let new_commerce = !subscription.sku.is_empty();
    let suspended = at.status == "suspended";
    let mut body = json!({
        "id": subscription.id, "offerId": subscription.offer_id, "offerName": subscription.name,
        "friendlyName": subscription.name, "quantity": subscription.quantity, "unitType": "Licenses",
        "hasPurchasableAddons": false, "creationDate": instant(created),
        "effectiveStartDate": day(created.to_zoned(TimeZone::UTC).date()), "commitmentEndDate": day(last_day),
        "status": at.status, "autoRenewEnabled": subscription.auto_renew && !suspended,
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
        body["billingCycleEndDate"] = match at.next_bill {
            Some(next) => json!(day(next.yesterday()?)),
            None => Value::Null,
        };
        if let Some(until) = at.window_until {
            let until = instant(until);
            body["cancellationAllowedUntilDate"] = json!(until);
            body["refundOptions"] = json!([{"type": "Full", "expiresAt": until}]);
            body["refundableQuantity"] = json!({
                "totalQuantity": subscription.quantity,
                "details": [{"quantity": subscription.quantity, "allowedUntilDateTime": until}],
            });
        }
    } else {
        body["entitlementId"] = json!(subscription.id);
        body["actions"] = json!(["Cancel", "Edit"]);
        body["attributes"]["etag"] = json!(format!("practice-{}", subscription.created_at));
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

#[cfg(test)]
mod tests {
    use super::next_after;
    use jiff::civil::date;

    #[test]
    fn terms_keep_their_day_of_the_month() {
        let start = date(2026, 1, 31);
        let at = |today| next_after(start, 1, today).expect("inside the calendar");
        assert_eq!(at(date(2026, 2, 10)), (date(2026, 2, 28), 1));
        assert_eq!(at(date(2026, 2, 28)), (date(2026, 3, 31), 2), "the end day belongs to the next term");
        assert_eq!(next_after(start, 12, date(2028, 1, 1)).expect("inside the calendar"), (date(2028, 1, 31), 2));
    }
}
