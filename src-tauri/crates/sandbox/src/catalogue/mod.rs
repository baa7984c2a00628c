//! What is on sale in practice: products, plans, markets and prices. Titles and limits are real, prices invented.

mod older;
mod plan;
mod price;

pub(crate) use older::{OLDER_OFFERS, OlderOffer};
pub(crate) use plan::Plan;
pub(crate) use price::{Price, decimal};

use crate::SandboxError;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The whole catalogue.
#[derive(Debug, Deserialize)]
pub(crate) struct Catalogue {
    pub(crate) products: Vec<Item>,
    /// Currency of each country in which the provider sells.
    markets: BTreeMap<String, String>,
    currencies: BTreeMap<String, Currency>,
}

/// One SKU.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Item {
    pub(crate) product_id: String,
    pub(crate) sku_id: String,
    pub(crate) title: String,
    pub(crate) description: String,
    description_de: String,
    pub(crate) family: String,
    plans: plan::PlanSet,
    pub(crate) minimum_quantity: u32,
    pub(crate) maximum_quantity: u32,
    /// `product:sku` of the bases of an add-on.
    #[serde(default)]
    pub(crate) prerequisites: Vec<String>,
    #[serde(default)]
    not_sold_in: Vec<String>,
    /// Partner net per licence and month, in EUR cents, for a year paid up front.
    eur_cents: i64,
}

/// A currency and how prices in it are made.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Currency {
    symbol: String,
    rate_permille: i64,
    /// Prices are rounded to this.
    step_cents: i64,
}

/// A country in which the provider sells.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Market<'a> {
    pub(crate) country: &'a str,
    pub(crate) currency: &'a str,
    pub(crate) symbol: &'a str,
    rate_permille: i64,
    step_cents: i64,
}

impl Catalogue {
    /// The one in the program.
    pub(crate) fn built_in() -> Result<Self, SandboxError> {
        Ok(serde_json::from_str(include_str!("catalogue.json"))?)
    }

    /// A market by country, in any case.
    pub(crate) fn market(&self, country: &str) -> Option<Market<'_>> {
        let (country, code) = self.markets.iter().find(|(key, _)| key.eq_ignore_ascii_case(country))?;
        let currency = self.currencies.get(code)?;
        Some(Market {
            country,
            currency: code,
            symbol: &currency.symbol,
            rate_permille: currency.rate_permille,
            step_cents: currency.step_cents,
        })
    }

    /// Everything sold in a country.
    pub(crate) fn sold_in<'a>(&'a self, country: &'a str) -> impl Iterator<Item = &'a Item> {
        self.products.iter().filter(move |item| item.sold_in(country))
    }

    /// A product's SKUs sold in a country.
    pub(crate) fn skus<'a>(&'a self, product_id: &'a str, country: &'a str) -> impl Iterator<Item = &'a Item> {
        self.sold_in(country).filter(move |item| item.product_id.eq_ignore_ascii_case(product_id))
    }

    /// One SKU, wherever it is sold.
    pub(crate) fn item(&self, product_id: &str, sku_id: &str) -> Option<&Item> {
        self.products
            .iter()
            .find(|item| item.product_id.eq_ignore_ascii_case(product_id) && item.sku_id.eq_ignore_ascii_case(sku_id))
    }
}

impl Item {
    /// What it is, in the language that `X-Locale` asks for; English where it has no other.
    pub(crate) fn description_in(&self, locale: &str) -> &str {
        let german = locale.split('-').next().is_some_and(|language| language.eq_ignore_ascii_case("de"));
        if german { &self.description_de } else { &self.description }
    }

    /// `product:sku`.
    pub(crate) fn key(&self) -> String {
        format!("{}:{}", self.product_id, self.sku_id)
    }

    /// Sold there.
    pub(crate) fn sold_in(&self, country: &str) -> bool {
        !self.not_sold_in.iter().any(|other| other.eq_ignore_ascii_case(country))
    }

    /// A trial.
    pub(crate) fn is_trial(&self) -> bool {
        self.plans == plan::PlanSet::Trial
    }

    /// Needs a base.
    pub(crate) fn is_addon(&self) -> bool {
        !self.prerequisites.is_empty()
    }

    /// The (term, cycle) pairs on sale.
    pub(crate) fn plans(&self) -> &'static [Plan] {
        self.plans.plans()
    }

    /// Price of a plan in a market.
    pub(crate) fn price(&self, market: Market<'_>, plan: &Plan) -> Price {
        Price::of(self.eur_cents, market.rate_permille, market.step_cents, plan)
    }

    /// Availability id: stable for a SKU and country, unlike the others, in Partner Center's style.
    pub(crate) fn availability_id(&self, country: &str) -> String {
        const DIGITS: &[u8] = b"0123456789BCDFGHJKLMNPQRSTVWXYZ";
        let text = format!("{}:{}", self.key(), country.to_ascii_uppercase());
        let tail: String = Sha256::digest(text.as_bytes())
            .iter()
            .take(4)
            .filter_map(|byte| DIGITS.get(usize::from(*byte) % DIGITS.len()))
            .map(|digit| char::from(*digit))
            .collect();
        format!("CFQ7TTC0{tail}")
    }

    /// `product:sku:availability`.
    pub(crate) fn catalog_item_id(&self, country: &str) -> String {
        format!("{}:{}", self.key(), self.availability_id(country))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_product_is_complete() {
        let catalogue = Catalogue::built_in().expect("the built-in catalogue parses");
        let families: std::collections::BTreeSet<_> = catalogue.products.iter().map(|i| &i.product_id).collect();
        assert!(families.len() >= 25, "at least 25 product families, found {}", families.len());
        for item in &catalogue.products {
            assert!(item.minimum_quantity <= item.maximum_quantity, "{}", item.title);
            assert_eq!(item.is_trial(), item.eur_cents == 0, "only trials are free: {}", item.title);
            for base in &item.prerequisites {
                let (product, sku) = base.split_once(':').expect("product:sku");
                assert!(catalogue.item(product, sku).is_some(), "{} names an unknown base {base}", item.title);
            }
        }
        for (country, currency) in &catalogue.markets {
            assert!(catalogue.currencies.contains_key(currency), "{country} has a currency with a rate");
        }
    }

    #[test]
    fn availability_ids_differ_by_country_and_stay() {
        let catalogue = Catalogue::built_in().expect("the built-in catalogue parses");
        let item = catalogue.item("cfq7ttc0lh18", "0001").expect("found in any case");
        assert_ne!(item.availability_id("DE"), item.availability_id("CH"));
        assert_eq!(item.availability_id("de"), item.availability_id("DE"));
    }
}
