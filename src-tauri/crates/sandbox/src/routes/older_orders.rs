//! Orders of the older commerce: placed directly, an add-on bought by `PATCH`, cancelled as an integration account may.

use super::partner::participant_fault;
use super::{customer, instant, orders};
use crate::catalogue::OlderOffer;
use crate::codes;
use crate::http::{Exchange, Fields, Refusal, Reply, Route, Stop, link};
use crate::state::customers::Customer;
use crate::state::orders::{self as table, Order};
use crate::state::subscriptions::{self, Subscription};
use cb_partner_center::wire;
use serde_json::{Value, json};
use uuid::Uuid;

/// Routes of this file.
pub(super) const ROUTES: &[Route] = &[
    Route::post("/v1/customers/{customer}/orders", "create_order", create)
        .takes(wire::schema::<wire::Order>)
        .gives(wire::schema::<wire::Order>)
        .refuses(&[403, 404, 409])
        .user_only(),
    Route::patch("/v1/customers/{customer}/orders/{order}", "change_order", change)
        .takes(wire::schema::<wire::Order>)
        .gives(wire::schema::<wire::Order>)
        .refuses(&[403, 404, 409])
        .user_only(),
];

/// A line that can be bought.
struct Line {
    offer: &'static OlderOffer,
    quantity: u32,
    partner_id: Option<String>,
    name: Option<String>,
}

fn input(path: &str) -> Refusal {
    Refusal::with_data(400, codes::INPUT, "A value is not accepted", &[path.to_owned()])
}

fn create(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let customer = customer(exchange)?;
    may_order(exchange, &customer)?;
    let body = Fields::new(&exchange.body);
    let cycle = cycle(body)?;
    let lines = lines(exchange, body, &[])?;
    Ok(Reply::created(place(exchange, &customer, &cycle, &lines)?))
}

fn may_order(exchange: &Exchange<'_>, customer: &Customer) -> Result<(), Stop> {
    super::checkout::may_buy(exchange, customer)
}

/// Monthly or annual; what is left out means annual, as the older commerce has it.
fn cycle(body: Fields<'_>) -> Result<String, Refusal> {
    let cycle = body.at("billingCycle").text().unwrap_or_else(|| "annual".to_owned()).to_ascii_lowercase();
    match cycle.as_str() {
        "monthly" | "annual" => Ok(cycle),
        // The enumeration's first word stands for nothing chosen.
        "unknown" | "none" => Ok("annual".to_owned()),
        _ => Err(Refusal::with_data(400, 0, "The billing cycle is not known", &["billingCycle".to_owned()])),
    }
}

fn lines(exchange: &Exchange<'_>, body: Fields<'_>, owned: &[Subscription]) -> Result<Vec<Line>, Stop> {
    let items = body.at("lineItems").items();
    if items.is_empty() {
        let data = ["lineItems".to_owned()];
        return Err(Refusal::with_data(400, codes::DETAILS_MISSING, "Line items are missing", &data).into());
    }
    let mut lines = Vec::new();
    for item in items {
        let id = item.at("offerId").text().ok_or_else(|| input("lineItems.offerId"))?;
        let offer =
            OlderOffer::of(&id).ok_or_else(|| Refusal::new(404, codes::OFFER, &format!("Offer {id} was not found")))?;
        let quantity: u32 = item
            .at("quantity")
            .text()
            .and_then(|text| text.parse().ok())
            .filter(|quantity| (1..=offer.maximum_quantity).contains(quantity))
            .ok_or_else(|| {
                Refusal::with_data(
                    400,
                    codes::OLDER_QUANTITY,
                    "The quantity is not valid",
                    &["lineItems.quantity".to_owned()],
                )
            })?;
        let parent = item.at("parentSubscriptionId").text();
        if offer.is_addon() {
            let stands = owned.iter().any(|one| {
                offer.bases.contains(&one.offer_id.as_str())
                    && parent.as_deref().is_some_and(|id| one.id.eq_ignore_ascii_case(id))
            });
            if !stands {
                return Err(Refusal::new(400, codes::ADDON_BASE, "The add-on needs one of its base offers").into());
            }
        }
        let partner_id = item.at("partnerIdOnRecord").text();
        if let Some(number) = &partner_id
            && let Some(refusal) = participant_fault(exchange, number)?
        {
            return Err(refusal.into());
        }
        lines.push(Line { offer, quantity, partner_id, name: item.at("friendlyName").text() });
    }
    Ok(lines)
}

fn place(exchange: &Exchange<'_>, customer: &Customer, cycle: &str, lines: &[Line]) -> Result<Value, Stop> {
    let provisioned_at = exchange.now.checked_add(exchange.world.options.provision_delay)?.as_second();
    let order_id = Uuid::new_v4().to_string();
    let mut items = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        items.push(buy(exchange, customer, &order_id, cycle, number, line, provisioned_at)?);
    }
    let path = format!("/customers/{}/orders/{order_id}", customer.id);
    let document = json!({
        "id": order_id, "referenceCustomerId": customer.id, "billingCycle": cycle,
        "currencyCode": exchange.world.catalogue.market(&customer.country).map(|market| market.currency),
        "lineItems": items, "creationDate": instant(exchange.now), "status": "completed",
        "transactionType": "UserPurchase",
        "links": {"self": link(&path), "provisioningStatus": link(&format!("{path}/provisioningstatus")),
            "patchOperation": {"uri": path, "method": "PATCH", "headers": []}},
        "attributes": {"etag": etag(&order_id, 1), "objectType": "Order"},
    });
    let order = Order { id: order_id, customer_id: customer.id.clone(), provisioned_at, document };
    table::insert(exchange.tx, &order)?;
    Ok(orders::seen(order, exchange.now))
}

fn buy(
    exchange: &Exchange<'_>,
    customer: &Customer,
    order_id: &str,
    cycle: &str,
    number: usize,
    line: &Line,
    visible_at: i64,
) -> Result<Value, Stop> {
    let subscription = Subscription {
        id: Uuid::new_v4().to_string(),
        customer_id: customer.id.clone(),
        order_id: order_id.to_owned(),
        offer_id: line.offer.id.to_owned(),
        sku: String::new(),
        name: line.name.clone().unwrap_or_else(|| line.offer.name.to_owned()),
        country: customer.country.clone(),
        quantity: line.quantity,
        term: "P1Y".to_owned(),
        cycle: cycle.to_owned(),
        status: "active".to_owned(),
        auto_renew: true,
        trial: false,
        partner_id: line.partner_id.clone(),
        created_at: exchange.now.as_second(),
        visible_at,
        life: None,
    };
    subscriptions::insert(exchange.tx, &subscription)?;
    Ok(orders::line(number, &subscription, None))
}

/// As recorded: base64 of the id and a version.
fn etag(id: &str, version: u32) -> String {
    use base64::Engine;
    let text = json!({"id": id, "version": version}).to_string();
    base64::engine::general_purpose::STANDARD.encode(text)
}

/// `PATCH …/orders/{order}`: status `cancelled`, or more lines (add-ons of the order's subscriptions).
fn change(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let customer = customer(exchange)?;
    let mut order = table::get(exchange.tx, &customer.id, exchange.param("order"))?
        .ok_or_else(|| Refusal::new(404, codes::ORDER, "The order was not found"))?;
    let body = Fields::new(&exchange.body);
    if body.at("status").text().is_some_and(|status| status.eq_ignore_ascii_case("cancelled")) {
        order.document["status"] = json!("cancelled");
        subscriptions::end_of_order(exchange.tx, &order.id)?;
    } else {
        may_order(exchange, &customer)?;
        let owned = subscriptions::of_customer(exchange.tx, &customer.id)?;
        let known = order.document["lineItems"].as_array().map_or(0, Vec::len);
        let cycle = order.document["billingCycle"].as_str().unwrap_or("annual").to_owned();
        for (number, line) in lines(exchange, body, &owned)?.iter().enumerate() {
            let item = buy(exchange, &customer, &order.id, &cycle, known + number, line, exchange.now.as_second())?;
            if let Some(items) = order.document["lineItems"].as_array_mut() {
                items.push(item);
            }
        }
    }
    table::update(exchange.tx, &order)?;
    Ok(Reply::ok(orders::seen(order, exchange.now)))
}
