//! The price sheet of a market, as CSV: `UnitPrice` covers the whole term. Every price is invented.

use crate::catalogue::decimal;
use crate::codes;
use crate::http::{Exchange, Refusal, Reply, ReplyBody, Route, Stop};
use cb_partner_center::wire::{PriceRow, write_price_sheet};

/// Routes of this file.
pub(super) const ROUTES: &[Route] =
    &[Route::get("/v1.0/sales/{sheet}/$value", "price_sheet", download).gives_csv().refuses(&[404]).user_only()];

/// `GET /v1.0/sales/pricesheets(Market='DE',PricesheetView='updatedlicensebased')/$value`.
pub(super) fn download(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let sheet = exchange.param("sheet");
    let view = argument(sheet, "PricesheetView").unwrap_or_default();
    if !sheet.to_ascii_lowercase().starts_with("pricesheets(") || !view.eq_ignore_ascii_case("updatedlicensebased") {
        return Err(Refusal::new(400, codes::INPUT, "The price sheet is not known").into());
    }
    let country = argument(sheet, "Market").unwrap_or_default().to_ascii_uppercase();
    let catalogue = &exchange.world.catalogue;
    let Some(market) = catalogue.market(&country) else {
        return Err(Refusal::new(404, codes::PRODUCT, "There is no price sheet for this market").into());
    };
    let month = exchange.now.to_zoned(jiff::tz::TimeZone::UTC).date().first_of_month();
    let mut rows = Vec::new();
    for item in catalogue.sold_in(&country) {
        for plan in item.plans() {
            let price = item.price(market, plan);
            let minimum = plan.minimum_quantity;
            rows.push(PriceRow {
                product_title: item.title.trim_end_matches(" (Trial)").to_owned(),
                product_id: item.product_id.clone(),
                sku_id: item.sku_id.clone(),
                sku_title: item.title.clone(),
                publisher: "Microsoft Corporation".to_owned(),
                sku_description: item.description.clone(),
                unit_of_measure: "1 License".to_owned(),
                term_duration: plan.term.to_owned(),
                billing_plan: billing_plan(plan.cycle).to_owned(),
                market: country.clone(),
                currency: market.currency.to_owned(),
                unit_price: format!("{:.2}", decimal(price.per_term)),
                pricing_tier_range_min: minimum.map(|least| least.to_string()).unwrap_or_default(),
                pricing_tier_range_max: minimum.map(|_| item.maximum_quantity.to_string()).unwrap_or_default(),
                effective_start_date: format!("{month}T00:00:00Z"),
                effective_end_date: "9999-12-31T00:00:00Z".to_owned(),
                tags: String::new(),
                erp_price: format!("{:.2}", decimal(price.retail_per_term())),
                segment: "Commercial".to_owned(),
            });
        }
    }
    let csv = String::from_utf8_lossy(&write_price_sheet(&rows)).into_owned();
    Ok(Reply { status: 200, body: ReplyBody::Csv(csv), bom: false })
}

fn billing_plan(cycle: &str) -> &'static str {
    match cycle {
        "monthly" => "Monthly",
        "annual" => "Annual",
        "triennial" => "Triennial",
        _ => "None",
    }
}

/// The text between quotes after `name=`.
fn argument<'a>(sheet: &'a str, name: &str) -> Option<&'a str> {
    let inside = sheet.split_once('(')?.1.trim_end_matches(')');
    inside.split(',').find_map(|part| {
        let (key, value) = part.split_once('=')?;
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('\''))
    })
}
