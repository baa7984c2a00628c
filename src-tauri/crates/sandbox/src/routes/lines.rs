//! Lines of a cart: what each one names, whether it may be sold, and what it costs.

use super::partner::participant_fault;
use crate::catalogue::{Item, Market, Plan, decimal};
use crate::codes;
use crate::http::{Exchange, Fields, Refusal, Stop};
use crate::state::customers::Customer;
use crate::state::subscriptions::{self, Subscription};
use serde_json::{Value, json};

/// A line that names something on sale. Its quantity may still be outside the limits.
#[derive(Debug)]
pub(super) struct Line<'a> {
    pub(super) id: u64,
    pub(super) item: &'a Item,
    pub(super) plan: &'static Plan,
    pub(super) quantity: u32,
    pub(super) market: Market<'a>,
    /// PartnerID of the reseller of record.
    pub(super) partner_id: Option<String>,
    pub(super) friendly_name: Option<String>,
    prices_up: bool,
    participants: Vec<Value>,
    currency: Option<String>,
    provisioning_context: Value,
}

impl Line<'_> {
    /// Prices as cart and order show them: per bill, and for all licences over the whole term.
    pub(super) fn pricing(&self) -> Value {
        let each = decimal(self.raised(self.item.price(self.market, self.plan).per_bill));
        json!({"listPrice": each, "discountedPrice": each, "proratedPrice": each, "price": each,
            "extendedPrice": decimal(self.total_cents())})
    }

    /// Cents for all licences over the whole term.
    pub(super) fn total_cents(&self) -> i64 {
        self.raised(self.item.price(self.market, self.plan).per_term) * i64::from(self.quantity)
    }

    /// A tenth more while the fault is on.
    fn raised(&self, cents: i64) -> i64 {
        if self.prices_up { cents * 11 / 10 } else { cents }
    }

    /// What keeps the line from being bought, as a line error.
    fn error(&self) -> Option<Value> {
        let item = self.item;
        let least = self.plan.minimum_quantity.unwrap_or(item.minimum_quantity).max(item.minimum_quantity);
        if self.quantity < least || self.quantity > item.maximum_quantity {
            return Some(json!({
                "errorCode": codes::LINE_SEATS,
                "errorDescription": format!("The quantity must be between {least} and {}", item.maximum_quantity),
                "additionalInformation": {"availableQuantity": item.maximum_quantity},
            }));
        }
        let foreign = self.currency.as_ref().is_some_and(|code| !code.eq_ignore_ascii_case(self.market.currency));
        foreign.then(|| {
            json!({"errorCode": codes::LINE_CURRENCY,
                "errorDescription": format!("The currency of this customer is {}", self.market.currency)})
        })
    }

    /// As the cart shows it.
    pub(super) fn wire(&self, order_group: usize) -> Value {
        json!({
            "id": self.id, "catalogItemId": self.item.catalog_item_id(self.market.country),
            "quantity": self.quantity, "currencyCode": self.market.currency, "billingCycle": self.plan.cycle,
            "termDuration": self.plan.term, "participants": self.participants, "friendlyName": self.friendly_name,
            "provisioningContext": self.provisioning_context, "orderGroup": order_group.to_string(),
            "pricing": self.pricing(), "error": self.error(),
        })
    }
}

/// Reads and checks the lines of a body, asked for or stored.
pub(super) fn read<'a>(
    exchange: &'a Exchange<'_>,
    customer: &Customer,
    body: Fields<'_>,
) -> Result<Vec<Line<'a>>, Stop> {
    let items = body.at("lineItems").items();
    if items.is_empty() {
        return Err(input("lineItems").into());
    }
    let mut lines: Vec<Line<'a>> = Vec::new();
    for fields in items {
        let line = read_line(exchange, customer, fields)?;
        if lines.iter().any(|other| other.id == line.id) {
            return Err(input("lineItems.id").into());
        }
        lines.push(line);
    }
    let owned = subscriptions::of_customer(exchange.tx, &customer.id)?;
    check_addons(&lines, &owned)?;
    Ok(lines)
}

fn input(path: &str) -> Refusal {
    Refusal::with_data(400, codes::INPUT, "A value is not accepted", &[path.to_owned()])
}

fn read_line<'a>(exchange: &'a Exchange<'_>, customer: &Customer, fields: Fields<'_>) -> Result<Line<'a>, Stop> {
    let catalogue = &exchange.world.catalogue;
    let id: u64 = fields.at("id").text().and_then(|text| text.parse().ok()).ok_or_else(|| input("lineItems.id"))?;
    let market = catalogue
        .market(&customer.country)
        .ok_or_else(|| Refusal::new(403, codes::COUNTRY, "The partner cannot sell in this country"))?;
    let item = find_item(exchange, customer, &fields.at("catalogItemId").text().unwrap_or_default())?;
    let quantity: u32 =
        fields.at("quantity").text().and_then(|text| text.parse().ok()).ok_or_else(|| input("lineItems.quantity"))?;
    let plan = find_plan(item, fields)?;
    let mut participants = Vec::new();
    let mut partner_id = None;
    for participant in fields.at("participants").items() {
        let key = participant.at("key").text().unwrap_or_default().to_ascii_lowercase();
        let value = participant.at("value").text().unwrap_or_default();
        if !["transaction_reseller", "transactionreseller", "additional_transaction_reseller"].contains(&key.as_str()) {
            return Err(input("lineItems.participants.key").into());
        }
        if let Some(refusal) = participant_fault(exchange, &value)? {
            return Err(refusal.into());
        }
        if key != "additional_transaction_reseller" {
            partner_id = Some(value.clone());
        }
        participants.push(json!({"key": key, "value": value}));
    }
    let context = fields.at("provisioningContext").value();
    Ok(Line {
        prices_up: exchange.faults.prices_up,
        id,
        item,
        plan,
        quantity,
        market,
        partner_id,
        friendly_name: fields.at("friendlyName").text(),
        participants,
        currency: fields.at("currencyCode").text(),
        provisioning_context: if context.is_object() { context.clone() } else { json!({}) },
    })
}

/// The item behind `product:sku:availability`, which must be today's availability in the customer's country.
fn find_item<'a>(exchange: &'a Exchange<'_>, customer: &Customer, id: &str) -> Result<&'a Item, Refusal> {
    let catalogue = &exchange.world.catalogue;
    let mut parts = id.split(':');
    let (product, sku, availability) =
        (parts.next().unwrap_or_default(), parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    if !catalogue.products.iter().any(|item| item.product_id.eq_ignore_ascii_case(product)) {
        return Err(Refusal::new(404, codes::PRODUCT, &format!("Product {product} was not found")));
    }
    let item = catalogue
        .item(product, sku)
        .ok_or_else(|| Refusal::new(404, codes::SKU, &format!("SKU {sku} was not found")))?;
    let today = item.availability_id(&customer.country);
    let stale = exchange.troubles.stale_availability;
    if stale || !item.sold_in(&customer.country) || !today.eq_ignore_ascii_case(availability) {
        return Err(Refusal::new(404, codes::AVAILABILITY, &format!("Availability {availability} was not found")));
    }
    Ok(item)
}

fn find_plan(item: &Item, fields: Fields<'_>) -> Result<&'static Plan, Refusal> {
    let term = fields.at("termDuration").text().unwrap_or_default();
    let cycle = fields.at("billingCycle").text().unwrap_or_default();
    let mut of_term = item.plans().iter().filter(|plan| plan.term.eq_ignore_ascii_case(&term)).peekable();
    if of_term.peek().is_none() {
        return Err(Refusal::new(400, codes::TERM, &format!("The term {term} is not sold")));
    }
    of_term
        .find(|plan| plan.cycle.eq_ignore_ascii_case(&cycle))
        .ok_or_else(|| Refusal::new(400, codes::CYCLE, &format!("The billing cycle {cycle} is not sold with {term}")))
}

/// Every add-on stands on a base in the same cart or on an active subscription.
fn check_addons(lines: &[Line<'_>], owned: &[Subscription]) -> Result<(), Refusal> {
    for line in lines.iter().filter(|line| line.item.is_addon()) {
        let bases = &line.item.prerequisites;
        let here = lines.iter().any(|other| bases.contains(&other.item.key()));
        let there = owned.iter().any(|one| one.status == "active" && bases.contains(&one.sku));
        if !here && !there {
            let text = format!("{} needs one of its base products", line.item.title);
            return Err(Refusal::with_data(400, codes::ADDON_BASE, &text, bases));
        }
    }
    Ok(())
}

/// Lines by order group: one group per billing cycle, in the order in which they appear.
pub(super) fn groups<'l, 'a>(lines: &'l [Line<'a>]) -> Vec<Vec<&'l Line<'a>>> {
    let mut groups: Vec<Vec<&Line<'_>>> = Vec::new();
    for line in lines {
        match groups.iter_mut().find(|group| group.iter().any(|other| other.plan.cycle == line.plan.cycle)) {
            Some(group) => group.push(line),
            None => groups.push(vec![line]),
        }
    }
    groups
}
