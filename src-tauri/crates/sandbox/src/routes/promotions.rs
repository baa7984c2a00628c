//! `POST /customers/{id}/promotionEligibilities`: there are no promotions in practice, so each question is answered
//! with why not.

use super::customer;
use crate::codes;
use crate::http::{Exchange, Fields, Refusal, Reply, Route, Stop};
use cb_partner_center::wire;
use serde_json::{Value, json};

/// Routes of this file.
pub(super) const ROUTES: &[Route] =
    &[Route::ask("/v1/customers/{customer}/promotionEligibilities", "promotion_eligibilities", ask)
        .takes(wire::schema::<wire::PromotionQuestions>)
        .gives(wire::schema::<wire::PromotionAnswers>)
        .refuses(&[403, 404])];

fn ask(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let customer = customer(exchange)?;
    let asked = Fields::new(&exchange.body).at("items").items();
    if asked.is_empty() {
        let data = ["items".to_owned()];
        return Err(Refusal::with_data(400, codes::DETAILS_MISSING, "Items are missing", &data).into());
    }
    let items: Vec<Value> = asked.into_iter().map(|one| answer(exchange, &customer.country, one)).collect();
    Ok(Reply::ok(json!({"items": items, "attributes": {"objectType": "PromotionEligibilities"}})))
}

fn answer(exchange: &Exchange<'_>, country: &str, one: Fields<'_>) -> Value {
    let item = one.at("catalogItemId").text().unwrap_or_default();
    let mut parts = item.split(':');
    let (product, sku) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let known = exchange.world.catalogue.item(product, sku).is_some_and(|item| item.sold_in(country));
    let promotion = one.at("promotionId").text();
    let (kind, description) = match (known, &promotion) {
        (false, _) => ("InvalidCatalogItemId", "The catalog item is not known"),
        (true, Some(_)) => ("InvalidPromotion", "The promotion is not known"),
        (true, None) => ("NoPromotionsAvailable", "There is no promotion for this item"),
    };
    let id: u32 = one.at("id").text().and_then(|text| text.parse().ok()).unwrap_or(0);
    let quantity: Option<u32> = one.at("quantity").text().and_then(|text| text.parse().ok());
    json!({
        "id": id, "catalogItemId": item, "quantity": quantity, "termDuration": one.at("termDuration").text(),
        "billingCycle": one.at("billingCycle").text(), "promotionId": promotion,
        "eligibilities": [{"promotionId": promotion, "isEligible": false,
            "errors": [{"type": kind, "description": description}]}],
    })
}
