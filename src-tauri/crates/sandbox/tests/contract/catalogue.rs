//! Products, SKUs, availabilities and the price sheet.

use crate::support::{BASIC, E3, PREMIUM, Practice, request};
use cb_partner_center::wire;
use std::collections::BTreeSet;

#[tokio::test]
async fn every_product_can_be_walked_down_to_its_terms() {
    let practice = Practice::new();
    let products: wire::Collection<wire::Product> =
        practice.get("/v1/products?country=CH&targetView=OnlineServices&targetSegment=commercial").await.read();
    assert!(products.items.len() >= 25, "at least 25 families, found {}", products.items.len());
    let mut trials = 0;
    for product in &products.items {
        let path = format!("/v1/products/{}", product.id);
        let skus: wire::Collection<wire::Sku> = practice.get(&format!("{path}/skus?country=CH")).await.read();
        for sku in &skus.items {
            assert_eq!(sku.is_addon(), !sku.prerequisite_skus().is_empty(), "{}", product.id);
            trials += usize::from(sku.is_trial == Some(true));
            let path = format!("{path}/skus/{}/availabilities?country=CH", sku.id);
            let page: wire::Collection<wire::Availability> = practice.get(&path).await.read();
            let availability = &page.items[0];
            assert_eq!(availability.default_currency.as_ref().and_then(|c| c.code.as_deref()), Some("CHF"));
            let terms = availability.terms.as_ref().expect("terms");
            assert!(!terms.is_empty(), "{}", product.id);
            let id = format!("{}:{}:{}", product.id, sku.id, availability.id);
            assert_eq!(availability.catalog_item_id.as_deref(), Some(id.as_str()));
        }
    }
    assert_eq!(trials, 2);
}

#[tokio::test]
async fn refusals_by_level() {
    let practice = Practice::new();
    let (product, _) = BASIC.split_once(':').expect("product:sku");
    for (path, refusal) in [
        ("/v1/products/NOTHING?country=DE".to_owned(), (404, 400_013)),
        (format!("/v1/products/{product}/skus/9999?country=DE"), (404, 400_018)),
        (format!("/v1/products/{product}/skus/0001/availabilities/OLD?country=DE"), (404, 400_019)),
        ("/v1/products?country=DE&targetView=Dreams".to_owned(), (403, 400_036)),
        ("/v1/products?country=DE&targetView=OnlineServices&targetSegment=x".to_owned(), (403, 400_030)),
        ("/v1/products?country=JP&targetView=OnlineServices".to_owned(), (403, 2030)),
        // Sold everywhere else.
        ("/v1/products/CFQ7TTC0J202?country=HU".to_owned(), (404, 400_013)),
    ] {
        assert_eq!(practice.get(&path).await.refusal(), refusal, "{path}");
    }
    assert_eq!(practice.get("/v1/products?country=DE&targetView=Azure").await.json()["totalCount"], 0);
    assert_eq!(practice.get(&format!("/v1/products/{product}/skus/0001?country=DE")).await.status, 200);
}

#[tokio::test]
async fn products_are_described_in_the_language_that_is_asked_for_and_else_in_english() {
    let practice = Practice::new();
    let path = "/v1/products?country=AT&targetView=OnlineServices&targetSegment=commercial";
    for (locale, expected) in
        [("de-DE", "Diagramme im Browser"), ("DE", "Diagramme im Browser"), ("fr-FR", "Diagrams in the browser")]
    {
        let mut asked = request(http::Method::GET, path, None, None);
        asked.headers_mut().insert("x-locale", http::HeaderValue::from_static(locale));
        let products: wire::Collection<wire::Product> = practice.call(asked).await.read();
        let visio = products.items.iter().find(|one| one.title.as_deref() == Some("Visio Plan 1")).expect("sold there");
        assert_eq!(visio.description.as_deref(), Some(expected), "{locale}");
    }
}

#[tokio::test]
async fn under_a_customer_for_its_country_without_byte_order_mark() {
    let practice = Practice::new();
    let customer = practice.customer("nordwind").await;
    let answer = practice.get(&format!("/v1/customers/{customer}/products?targetView=OnlineServices")).await;
    assert_eq!(answer.status, 200);
    assert!(!answer.body.starts_with(wire::BOM));
    let item = practice.item(&customer, BASIC).await;
    let availability = item.rsplit(':').next().expect("three parts");
    let (product, sku) = BASIC.split_once(':').expect("product:sku");
    let path = format!("/v1/customers/{customer}/products/{product}/skus/{sku}/availabilities/{availability}");
    assert_eq!(practice.get(&path).await.read::<wire::Availability>().country.as_deref(), Some("DE"));
}

#[tokio::test]
async fn price_sheets_cover_the_whole_term() {
    let practice = Practice::new();
    let sheet = async |market: &str| {
        let path = format!("/v1.0/sales/pricesheets(Market='{market}',PricesheetView='updatedlicensebased')/$value");
        practice.get(&path).await
    };
    for (market, currency) in [
        ("DE", "EUR"),
        ("CH", "CHF"),
        ("GB", "GBP"),
        ("US", "USD"),
        ("PL", "PLN"),
        ("DK", "DKK"),
        ("SE", "SEK"),
        ("NO", "NOK"),
        ("CA", "CAD"),
        ("HU", "HUF"),
        ("CZ", "CZK"),
    ] {
        let answer = sheet(market).await;
        assert!(answer.header("content-type").starts_with("text/csv"));
        let rows = wire::read_price_sheet(&answer.body);
        assert!(rows.len() > 100, "{market}: {} rows", rows.len());
        assert!(rows.iter().all(|row| row.currency == currency && row.market == market));
        let price = |key: &str, term: &str, plan: &str| -> f64 {
            let (product, sku) = key.split_once(':').expect("product:sku");
            let row = rows
                .iter()
                .find(|row| {
                    row.product_id == product
                        && row.sku_id == sku
                        && row.term_duration == term
                        && row.billing_plan == plan
                })
                .unwrap_or_else(|| panic!("{key} {term} {plan} in {market}"));
            row.unit_price.parse().expect("a number")
        };
        let (month, monthly, year) =
            (price(BASIC, "P1M", "Monthly"), price(BASIC, "P1Y", "Monthly"), price(BASIC, "P1Y", "Annual"));
        assert!((month * 12.0 / year - 1.20).abs() < 0.02, "{market}: 20 % on a month");
        assert!((monthly / year - 1.05).abs() < 0.02, "{market}: 5 % on a year billed monthly");
        let plans: BTreeSet<_> = rows
            .iter()
            .filter(|row| row.product_id == "CFQ7TTC0LFLX" && row.term_duration == "P3Y")
            .collect::<Vec<_>>()
            .iter()
            .map(|row| (row.billing_plan.as_str(), row.pricing_tier_range_min.as_str()))
            .collect();
        assert_eq!(plans, BTreeSet::from([("Annual", "100"), ("Triennial", "100")]), "E3 over three years");
        assert!(price(PREMIUM, "P1Y", "Annual") > year && price(E3, "P1Y", "Annual") > year);
    }
    assert_eq!(sheet("XX").await.status, 404);
    assert_eq!(practice.get("/v1.0/sales/pricesheets(Market='DE',PricesheetView='all')/$value").await.status, 400);
}
