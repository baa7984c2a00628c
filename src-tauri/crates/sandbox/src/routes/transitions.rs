//! Upgrades: what licences can be moved to, moving them, what was moved. New commerce by transitions, older commerce by
//! upgrades. Moved to dearer products of the same family; older offers to the one after them in their category.

use super::{customer, instant, life};
use crate::catalogue::{Item, OLDER_OFFERS, OlderOffer};
use crate::codes;
use crate::http::{Exchange, Fields, Refusal, Reply, Route, Stop, collection};
use crate::state::resources::{self, Kind};
use crate::state::subscriptions::{self as table, Subscription, of_customer};
use serde_json::{Value, json};
use uuid::Uuid;

/// Routes of this file.
pub(super) const ROUTES: &[Route] = &[
    Route::get(
        "/v1/customers/{customer}/subscriptions/{subscription}/transitionEligibilities",
        "transition_eligibilities",
        eligibilities,
    )
    .query(&[crate::http::may("eligibilityType", "immediate")])
    .gives(open_object)
    .refuses(&[403, 404]),
    Route::get("/v1/customers/{customer}/subscriptions/{subscription}/transitions", "list_transitions", list)
        .query(&[crate::http::may("operationId", "")])
        .gives(open_object)
        .refuses(&[403, 404]),
    Route::post("/v1/customers/{customer}/subscriptions/{subscription}/transitions", "create_transition", create)
        .good(&[200])
        .takes(open_object)
        .gives(open_object)
        .refuses(&[403, 404, 409]),
    Route::get("/v1/customers/{customer}/subscriptions/{subscription}/upgrades", "list_upgrades", upgrades)
        .gives(open_object)
        .refuses(&[403, 404]),
    Route::post("/v1/customers/{customer}/subscriptions/{subscription}/upgrades", "create_upgrade", upgrade)
        .good(&[200])
        .takes(open_object)
        .gives(open_object)
        .refuses(&[403, 404, 409]),
];

/// Members are documented in prose only.
fn open_object() -> Value {
    json!({ "type": "object" })
}

fn find(exchange: &Exchange<'_>) -> Result<Subscription, Stop> {
    let customer = customer(exchange)?;
    let id = exchange.param("subscription");
    of_customer(exchange.tx, &customer.id)?
        .into_iter()
        .find(|one| one.id.eq_ignore_ascii_case(id) && one.visible_at <= exchange.now.as_second())
        .ok_or_else(|| Refusal::new(404, codes::SUBSCRIPTION, "The subscription was not found").into())
}

/// Dearer products of the same family with the same plan.
fn targets<'a>(exchange: &'a Exchange<'_>, row: &Subscription) -> Vec<&'a Item> {
    let (product, sku) = row.sku.split_once(':').unwrap_or_default();
    let catalogue = &exchange.world.catalogue;
    let (Some(own), Some(market)) = (catalogue.item(product, sku), catalogue.market(&row.country)) else {
        return Vec::new();
    };
    if own.is_trial() || own.is_addon() || row.status != "active" {
        return Vec::new();
    }
    let price = |item: &Item| {
        let plan = item.plans().iter().find(|plan| plan.term == row.term && plan.cycle == row.cycle)?;
        Some(item.price(market, plan).per_term)
    };
    let Some(floor) = price(own) else { return Vec::new() };
    catalogue
        .products
        .iter()
        .filter(|item| {
            item.sold_in(&row.country)
                && !item.is_trial()
                && !item.is_addon()
                && item.family == own.family
                && item.key() != own.key()
        })
        .filter(|item| price(item).is_some_and(|price| price > floor))
        .collect()
}

fn eligibilities(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let (row, _) = life::settled(&find(exchange)?, exchange.now)?;
    let items: Vec<Value> = targets(exchange, &row)
        .into_iter()
        .map(|item| {
            json!({
                "operationId": Uuid::new_v4(), "catalogItemId": item.catalog_item_id(&row.country), "title": item.title,
                "description": item.description, "quantity": row.quantity,
                "eligibilities": [{"isEligible": true, "transitionType": "transition_only", "errors": []}],
                "attributes": {"objectType": "TransitionEligibility"},
            })
        })
        .collect();
    Ok(Reply::ok(collection(items, &format!("/customers/{}/subscriptions/{}", row.customer_id, row.id))))
}

fn list(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let row = find(exchange)?;
    let asked = exchange.query("operationId").filter(|id| !id.is_empty());
    let mut items = resources::of(exchange.tx, Kind::Transition, &row.id)?;
    items.retain(|item| asked.is_none_or(|id| item["operationId"].as_str() == Some(id)));
    Ok(Reply::ok(collection(items, &format!("/customers/{}/subscriptions/{}/transitions", row.customer_id, row.id))))
}

fn create(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let owner = customer(exchange)?;
    let (mut row, mut life) = life::settled(&find(exchange)?, exchange.now)?;
    if owner.under_review {
        return Err(Refusal::new(403, codes::UNDER_REVIEW, "The customer's account is under review").into());
    }
    let refused = || Refusal::new(400, codes::NO_TRANSITION, "This transition is not possible");
    let body = Fields::new(&exchange.body);
    let wanted = body.at("toCatalogItemId").text().unwrap_or_default();
    let item = targets(exchange, &row)
        .into_iter()
        .find(|item| wanted.to_ascii_uppercase().starts_with(&item.key().to_ascii_uppercase()))
        .ok_or_else(refused)?;
    let quantity = body.at("quantity").text().and_then(|text| text.parse::<u32>().ok()).unwrap_or(row.quantity);
    if quantity == 0 || quantity > row.quantity {
        return Err(refused().into());
    }
    let from = (row.offer_id.clone(), row.id.clone());
    let full = quantity == row.quantity;
    let to = if full {
        (row.offer_id, row.sku, row.name) = (item.catalog_item_id(&row.country), item.key(), item.title.clone());
        life.next = None;
        life::keep(exchange.tx, &row, &life)?;
        row.id.clone()
    } else {
        let second = Subscription {
            id: Uuid::new_v4().to_string(),
            offer_id: item.catalog_item_id(&row.country),
            sku: item.key(),
            name: item.title.clone(),
            quantity,
            visible_at: exchange.now.as_second(),
            ..row.clone()
        };
        table::insert(exchange.tx, &second)?;
        // The same end, and the same window; licences of the window move first.
        let mut its = life.clone();
        its.next = None;
        for batch in &mut its.batches {
            batch.quantity = batch.quantity.min(quantity);
        }
        life::keep(exchange.tx, &second, &its)?;
        row.quantity -= quantity;
        for batch in &mut life.batches {
            batch.quantity = batch.quantity.min(row.quantity);
        }
        life.next = None;
        life::keep(exchange.tx, &row, &life)?;
        second.id
    };
    let operation = Uuid::new_v4().to_string();
    let document = json!({
        "operationId": operation, "fromCatalogItemId": from.0, "fromSubscriptionId": from.1,
        "toCatalogItemId": item.catalog_item_id(&row.country), "toSubscriptionId": to, "quantity": quantity,
        "termDuration": row.term, "billingCycle": row.cycle,
        "transitionType": body.at("transitionType").text().unwrap_or_else(|| "transition_only".to_owned()),
        "events": [{"name": "Conversion", "status": "Completed", "timestamp": instant(exchange.now),
            "attributes": {"objectType": "TransitionEvent"}}],
        "attributes": {"objectType": "Transition"},
    });
    resources::put(exchange.tx, Kind::Transition, &from.1, &operation, exchange.now.as_second(), &document)?;
    Ok(Reply::ok(document))
}

/// The offers after this one in its category.
fn older_targets(row: &Subscription) -> Vec<&'static OlderOffer> {
    let Some(own) = OLDER_OFFERS.iter().position(|offer| offer.id.eq_ignore_ascii_case(&row.offer_id)) else {
        return Vec::new();
    };
    let category = OLDER_OFFERS.get(own).map(|offer| offer.category.0);
    let after = OLDER_OFFERS.iter().skip(own + 1);
    after.filter(|offer| Some(offer.category.0) == category && !offer.is_addon()).collect()
}

fn upgrades(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let (row, _) = life::settled(&find(exchange)?, exchange.now)?;
    let eligible = row.status == "active";
    let items: Vec<Value> = older_targets(&row)
        .into_iter()
        .map(|offer| {
            json!({
                "targetOffer": {"id": offer.id, "name": offer.name}, "upgradeType": "upgrade_with_license_transfer",
                "isEligible": eligible, "quantity": row.quantity, "upgradeErrors": [],
                "attributes": {"objectType": "Upgrade"},
            })
        })
        .collect();
    Ok(Reply::ok(collection(items, &format!("/customers/{}/subscriptions/{}/upgrades", row.customer_id, row.id))))
}

/// Everything moves into a new subscription of the other offer; the old one is suspended.
fn upgrade(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let (mut row, life) = life::settled(&find(exchange)?, exchange.now)?;
    let wanted = Fields::new(&exchange.body).at("targetOffer").at("id").text().unwrap_or_default();
    let offer = older_targets(&row)
        .into_iter()
        .find(|offer| row.status == "active" && offer.id.eq_ignore_ascii_case(&wanted))
        .ok_or_else(|| Refusal::new(400, codes::NO_TRANSITION, "This upgrade is not possible"))?;
    let second = Subscription {
        id: Uuid::new_v4().to_string(),
        offer_id: offer.id.to_owned(),
        name: offer.name.to_owned(),
        created_at: exchange.now.as_second(),
        visible_at: exchange.now.as_second(),
        life: None,
        ..row.clone()
    };
    table::insert(exchange.tx, &second)?;
    "suspended".clone_into(&mut row.status);
    row.auto_renew = false;
    life::keep(exchange.tx, &row, &life)?;
    Ok(Reply::ok(json!({
        "sourceSubscriptionId": row.id, "targetSubscriptionId": second.id,
        "upgradeType": "upgrade_with_license_transfer", "upgradeErrors": [], "licenseErrors": [],
        "attributes": {"objectType": "UpgradeResult"},
    })))
}
