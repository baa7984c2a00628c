//! The catalogue: products, SKUs, availabilities; the same under a customer, for that customer's country.

use super::customer;
use crate::catalogue::{Item, Market, Plan};
use crate::codes;
use crate::http::{Exchange, Query, Refusal, Reply, Route, Stop, collection, link, may, must};
use cb_partner_center::wire;
use serde_json::{Value, json};

/// Views that exist but hold nothing in practice.
const EMPTY_VIEWS: [&str; 5] = ["azure", "azurereservations", "microsoftazure", "software", "softwaresubscriptions"];
/// Segments that exist; only the first is sold in practice.
const SEGMENTS: [&str; 4] = ["commercial", "education", "government", "nonprofit"];

/// Routes of this file.
pub(super) const ROUTES: &[Route] = &[
    Route::get("/v1/products", "products", list)
        .query(&[must("country", "DE"), must("targetView", "OnlineServices"), may("targetSegment", "commercial")])
        .gives(wire::list_schema::<wire::Product>)
        .refuses(&[403, 404]),
    Route::get("/v1/products/{product}", "product", one)
        .query(COUNTRY)
        .gives(wire::schema::<wire::Product>)
        .refuses(&[403, 404]),
    Route::get("/v1/products/{product}/skus", "skus", skus)
        .query(COUNTRY)
        .gives(wire::list_schema::<wire::Sku>)
        .refuses(&[403, 404]),
    Route::get("/v1/products/{product}/skus/{sku}", "sku", sku)
        .query(COUNTRY)
        .gives(wire::schema::<wire::Sku>)
        .refuses(&[403, 404]),
    Route::get("/v1/products/{product}/skus/{sku}/availabilities", "availabilities", availabilities)
        .query(COUNTRY)
        .gives(wire::list_schema::<wire::Availability>)
        .refuses(&[403, 404]),
    Route::get("/v1/products/{product}/skus/{sku}/availabilities/{availability}", "availability", availability)
        .query(COUNTRY)
        .gives(wire::schema::<wire::Availability>)
        .refuses(&[403, 404]),
    Route::get("/v1/customers/{customer}/products", "customer_products", list)
        .query(&[must("targetView", "OnlineServices"), may("targetSegment", "commercial")])
        .gives(wire::list_schema::<wire::Product>)
        .refuses(&[403, 404]),
    Route::get("/v1/customers/{customer}/products/{product}", "customer_product", one)
        .query(&[may("country", "DE")])
        .gives(wire::schema::<wire::Product>)
        .refuses(&[403, 404]),
    Route::get("/v1/customers/{customer}/products/{product}/skus", "customer_skus", skus)
        .query(&[may("country", "DE")])
        .gives(wire::list_schema::<wire::Sku>)
        .refuses(&[403, 404]),
    Route::get("/v1/customers/{customer}/products/{product}/skus/{sku}", "customer_sku", sku)
        .query(&[may("country", "DE")])
        .gives(wire::schema::<wire::Sku>)
        .refuses(&[403, 404]),
    Route::get(
        "/v1/customers/{customer}/products/{product}/skus/{sku}/availabilities",
        "customer_availabilities",
        availabilities,
    )
    .query(&[may("country", "DE")])
    .gives(wire::list_schema::<wire::Availability>)
    .refuses(&[403, 404]),
    Route::get(
        "/v1/customers/{customer}/products/{product}/skus/{sku}/availabilities/{availability}",
        "customer_availability",
        availability,
    )
    .query(&[may("country", "DE")])
    .gives(wire::schema::<wire::Availability>)
    .refuses(&[403, 404]),
];
const COUNTRY: &[Query] = &[must("country", "DE")];

/// Whom and where the catalogue is for.
struct Scope<'a> {
    /// The customer's id when asked for one customer.
    customer: Option<String>,
    country: String,
    market: Market<'a>,
    /// `X-Locale`: names and descriptions are in it.
    locale: &'a str,
}

impl Scope<'_> {
    /// Answers, without a byte order mark where the newer service answers.
    fn reply(&self, body: Value) -> Reply {
        let reply = Reply::ok(body);
        if self.customer.is_some() { reply.without_bom() } else { reply }
    }

    fn uri(&self, tail: &str) -> String {
        match &self.customer {
            Some(id) => format!("/customers/{id}/products{tail}"),
            None => format!("/products{tail}?country={}", self.country),
        }
    }
}

fn scope<'a>(exchange: &'a Exchange<'_>) -> Result<Scope<'a>, Stop> {
    let (customer, country) = if exchange.param("customer").is_empty() {
        (None, exchange.query("country").unwrap_or_default().to_ascii_uppercase())
    } else {
        let customer = customer(exchange)?;
        (Some(customer.id), customer.country)
    };
    let market = exchange
        .world
        .catalogue
        .market(&country)
        .ok_or_else(|| Refusal::new(403, codes::COUNTRY, "The partner cannot sell in this country"))?;
    Ok(Scope { customer, country, market, locale: exchange.header("x-locale").unwrap_or_default() })
}

fn product(scope: &Scope<'_>, item: &Item) -> Value {
    let id = &item.product_id;
    json!({
        "id": id, "title": item.title.trim_end_matches(" (Trial)"), "description": item.description_in(scope.locale),
        "productType": {"id": "OnlineServicesNCE", "displayName": "OnlineServicesNCE"},
        "isMicrosoftProduct": true, "publisherName": "Microsoft Corporation",
        "links": {"skus": link(&scope.uri(&format!("/{id}/skus"))), "self": link(&scope.uri(&format!("/{id}")))},
    })
}

fn sku_body(scope: &Scope<'_>, item: &Item) -> Value {
    let mut cycles: Vec<&str> = Vec::new();
    for plan in item.plans() {
        if !cycles.contains(&plan.cycle) {
            cycles.push(plan.cycle);
        }
    }
    let path = format!("/{}/skus/{}", item.product_id, item.sku_id);
    json!({
        "id": item.sku_id, "productId": item.product_id, "title": item.title, "description": item.description_in(scope.locale),
        "minimumQuantity": item.minimum_quantity, "maximumQuantity": item.maximum_quantity,
        "isTrial": item.is_trial(), "supportedBillingCycles": cycles,
        "purchasePrerequisites": ["MicrosoftCustomerAgreement"], "inventoryVariables": [],
        "provisioningVariables": [],
        "dynamicAttributes": {
            "isMicrosoftProduct": true, "hasConstraints": !item.prerequisites.is_empty(),
            "isAddon": item.is_addon(), "prerequisiteSkus": item.prerequisites, "upgradeTargetOffers": [],
            "category": item.family,
        },
        "links": {
            "availabilities": link(&scope.uri(&format!("{path}/availabilities"))), "self": link(&scope.uri(&path)),
        },
    })
}

fn term(item: &Item, plan: &Plan) -> Value {
    let words = match plan.term {
        "P1M" => "One-Month",
        "P1Y" => "One-Year",
        _ => "Three-Year",
    };
    let policies = if item.is_trial() {
        json!([])
    } else {
        json!([{"refundOptions": [{"sequenceId": 0, "type": "Full", "expiresAfter": "P7D"}]}])
    };
    json!({
        "id": term_id(plan), "duration": plan.term, "billingCycle": plan.cycle, "cancellationPolicies": policies,
        "description": format!("{words} commitment for {} billing", plan.cycle),
        "minimumQuantity": plan.minimum_quantity,
    })
}

fn term_id(plan: &Plan) -> String {
    format!("{}-{}", plan.term.to_ascii_lowercase(), plan.cycle)
}

fn availability_body(scope: &Scope<'_>, item: &Item) -> Value {
    let id = item.availability_id(&scope.country);
    let terms: Vec<Value> = item.plans().iter().map(|plan| term(item, plan)).collect();
    let term_ids: Vec<String> = item.plans().iter().map(term_id).collect();
    let path = format!("/{}/skus/{}/availabilities/{id}", item.product_id, item.sku_id);
    json!({
        "id": id, "productId": item.product_id, "skuId": item.sku_id,
        "catalogItemId": item.catalog_item_id(&scope.country),
        "defaultCurrency": {"code": scope.market.currency, "symbol": scope.market.symbol},
        "segment": "commercial", "country": scope.country, "isPurchasable": true, "isRenewable": !item.is_trial(),
        "renewalInstructions": [{"applicableTermIds": term_ids,
            "renewalOptions": [{"renewToId": item.key(), "isAutoRenewable": !item.is_trial()}]}],
        "terms": terms, "links": {"self": link(&scope.uri(&path))},
    })
}

/// `GET /products?country=&targetView=[&targetSegment=]`.
pub(super) fn list(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let scope = scope(exchange)?;
    let view = exchange.query("targetView").unwrap_or_default().to_ascii_lowercase();
    let segment = exchange.query("targetSegment").unwrap_or("commercial").to_ascii_lowercase();
    if view != "onlineservices" && !EMPTY_VIEWS.contains(&view.as_str()) {
        return Err(Refusal::new(403, codes::VIEW, "The view is not known").into());
    }
    if !SEGMENTS.contains(&segment.as_str()) {
        return Err(Refusal::new(403, codes::SEGMENT, "The segment is not known").into());
    }
    let mut items: Vec<Value> = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    if view == "onlineservices" && segment == "commercial" {
        for item in exchange.world.catalogue.sold_in(&scope.country) {
            if !seen.contains(&item.product_id.as_str()) {
                seen.push(&item.product_id);
                items.push(product(&scope, item));
            }
        }
    }
    let uri = scope.uri("");
    Ok(scope.reply(collection(items, &uri)))
}

/// The SKUs of the product in the path, or 404.
fn items<'a>(exchange: &'a Exchange<'_>, scope: &'a Scope<'_>) -> Result<Vec<&'a Item>, Stop> {
    let found: Vec<&Item> = exchange.world.catalogue.skus(exchange.param("product"), &scope.country).collect();
    if found.is_empty() {
        return Err(Refusal::new(404, codes::PRODUCT, "The product was not found").into());
    }
    Ok(found)
}

fn item<'a>(exchange: &'a Exchange<'_>, scope: &'a Scope<'_>) -> Result<&'a Item, Stop> {
    items(exchange, scope)?
        .into_iter()
        .find(|item| item.sku_id.eq_ignore_ascii_case(exchange.param("sku")))
        .ok_or_else(|| Refusal::new(404, codes::SKU, "The SKU was not found").into())
}

/// `GET /products/{id}`.
pub(super) fn one(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let scope = scope(exchange)?;
    let found = items(exchange, &scope)?;
    let body = found.first().map(|item| product(&scope, item)).unwrap_or_default();
    Ok(scope.reply(body))
}

/// `GET /products/{id}/skus`.
pub(super) fn skus(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let scope = scope(exchange)?;
    let bodies = items(exchange, &scope)?.into_iter().map(|item| sku_body(&scope, item)).collect();
    let uri = scope.uri(&format!("/{}/skus", exchange.param("product")));
    Ok(scope.reply(collection(bodies, &uri)))
}

/// `GET /products/{id}/skus/{sku}`.
pub(super) fn sku(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let scope = scope(exchange)?;
    let body = sku_body(&scope, item(exchange, &scope)?);
    Ok(scope.reply(body))
}

/// `GET …/availabilities`.
pub(super) fn availabilities(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let scope = scope(exchange)?;
    let item = item(exchange, &scope)?;
    let uri = scope.uri(&format!("/{}/skus/{}/availabilities", item.product_id, item.sku_id));
    Ok(scope.reply(collection(vec![availability_body(&scope, item)], &uri)))
}

/// `GET …/availabilities/{id}`.
pub(super) fn availability(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let scope = scope(exchange)?;
    let item = item(exchange, &scope)?;
    if !item.availability_id(&scope.country).eq_ignore_ascii_case(exchange.param("availability")) {
        return Err(Refusal::new(404, codes::AVAILABILITY, "The availability was not found").into());
    }
    let body = availability_body(&scope, item);
    Ok(scope.reply(body))
}
