//! Offers of the older commerce: list, one, add-ons, categories.

use crate::catalogue::{OLDER_OFFERS, OlderOffer};
use crate::codes;
use crate::http::{Exchange, Query, Refusal, Reply, Route, Stop, collection, link, must};
use cb_partner_center::wire;
use serde_json::{Value, json};
use uuid::Uuid;

const COUNTRY: &[Query] = &[must("country", "DE")];

/// Routes of this file.
pub(super) const ROUTES: &[Route] = &[
    Route::get("/v1/offers", "offers", list)
        .query(COUNTRY)
        .gives(wire::list_schema::<wire::LegacyOffer>)
        .refuses(&[403]),
    Route::get("/v1/offers/{offer}", "offer", one)
        .query(COUNTRY)
        .gives(wire::schema::<wire::LegacyOffer>)
        .refuses(&[403, 404]),
    Route::get("/v1/offers/{offer}/addons", "offer_addons", addons)
        .query(COUNTRY)
        .gives(wire::list_schema::<wire::LegacyOffer>)
        .refuses(&[403, 404]),
    Route::get("/v1/offercategories", "offer_categories", categories)
        .query(COUNTRY)
        .gives(wire::list_schema::<wire::OfferCategory>)
        .refuses(&[403]),
];

fn country(exchange: &Exchange<'_>) -> Result<String, Stop> {
    let country = exchange.query("country").unwrap_or_default().to_ascii_uppercase();
    match exchange.world.catalogue.market(&country) {
        Some(_) => Ok(country),
        None => Err(Refusal::new(403, codes::COUNTRY, "The partner cannot sell in this country").into()),
    }
}

fn category(offer: &OlderOffer, country: &str, locale: &str) -> Value {
    let rank = if offer.category.0 == "Enterprise_Key" { 20 } else { 10 };
    json!({"id": offer.category.0, "name": offer.category.1, "rank": rank, "locale": locale, "country": country,
        "attributes": {"objectType": "OfferCategory"}})
}

fn body(offer: &OlderOffer, country: &str, locale: &str) -> Value {
    let id = offer.id.to_ascii_uppercase();
    let has_addons = OLDER_OFFERS.iter().any(|other| other.bases.contains(&offer.id));
    let rank = OLDER_OFFERS.iter().position(|other| other.id == offer.id).unwrap_or(0);
    json!({
        "id": id, "name": offer.name, "description": offer.name, "minimumQuantity": 1,
        "maximumQuantity": offer.maximum_quantity, "rank": rank, "uri": format!("/{}/Offers/{id}", Uuid::nil()),
        "locale": locale, "country": country, "category": category(offer, country, locale),
        "limitUnitOfMeasure": "None", "limit": 0, "termUnitOfMeasure": "Year", "term": 1,
        "prerequisiteOffers": offer.bases, "isAddOn": offer.is_addon(), "hasAddOns": has_addons,
        "isAvailableForPurchase": true, "billing": "license", "supportedBillingCycles": ["annual", "monthly"],
        "isAutoRenewable": true, "isInternal": false, "isMicrosoftProduct": true, "conversionTargetOffers": [],
        "reselleeQualifications": [], "resellerQualifications": [], "salesGroupId": "Default", "isTrial": false,
        "acquisitionType": "purchase", "supportedCatalogTypes": ["sandbox", "live"], "actions": ["Cancel", "Edit"],
        "product": {"id": Uuid::new_v5(&Uuid::NAMESPACE_OID, offer.id.as_bytes()).to_string(),
            "name": offer.name, "unit": "Licenses"},
        "unitType": "Licenses",
        // A link that leads nowhere has no address, as recorded.
        "links": {"learnMore": {"method": "GET", "headers": []}, "self": link(&format!("/offers/{id}?country={country}"))},
        "attributes": {"objectType": "Offer"},
    })
}

fn locale<'a>(exchange: &'a Exchange<'_>) -> &'a str {
    exchange.header("x-locale").unwrap_or("en-US")
}

fn list(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let country = country(exchange)?;
    let items = OLDER_OFFERS.iter().map(|offer| body(offer, &country, locale(exchange))).collect();
    Ok(Reply::ok(collection(items, &format!("/offers?country={country}"))))
}

fn find(exchange: &Exchange<'_>) -> Result<&'static OlderOffer, Refusal> {
    OlderOffer::of(exchange.param("offer")).ok_or_else(|| Refusal::new(404, codes::OFFER, "The offer was not found"))
}

fn one(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let country = country(exchange)?;
    Ok(Reply::ok(body(find(exchange)?, &country, locale(exchange))))
}

fn addons(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let country = country(exchange)?;
    let base = find(exchange)?;
    let addons = OLDER_OFFERS.iter().filter(|offer| offer.bases.contains(&base.id));
    let items = addons.map(|offer| body(offer, &country, locale(exchange))).collect();
    Ok(Reply::ok(collection(items, &format!("/offers/{}/addons?country={country}", base.id))))
}

fn categories(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let country = country(exchange)?;
    let mut items: Vec<Value> = Vec::new();
    for offer in OLDER_OFFERS {
        let one = category(offer, &country, locale(exchange));
        if !items.contains(&one) {
            items.push(one);
        }
    }
    Ok(Reply::ok(collection(items, &format!("/offercategories?country={country}"))))
}
