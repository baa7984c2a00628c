//! Offers of the book out of products, SKUs, availabilities and price rows.

use crate::client::{cycle, sku_key, term};
use crate::wire::{self, Availability, PriceRow, Product, Sku, day};
use cb_domain::catalogue::{BillingCycle, Offer, Plan, SkuKey, Term};
use cb_domain::money::{Currency, Money};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A SKU with its product and what is on sale of it.
#[derive(Debug, Clone)]
pub struct Goods {
    /// Product.
    pub product: Product,
    /// SKU.
    pub sku: Sku,
    /// Availabilities, of all segments.
    pub availabilities: Vec<Availability>,
}

/// Families by words of the title, in lower case. First match wins, so the narrower words stand first.
const FAMILIES: &[(&str, &str)] = &[
    ("dynamics", "dynamics"),
    ("power apps", "dynamics"),
    ("power automate", "dynamics"),
    ("power pages", "dynamics"),
    ("frontline", "frontline"),
    (" f1", "frontline"),
    (" f3", "frontline"),
    (" f5", "frontline"),
    ("kiosk", "frontline"),
    ("entra", "security"),
    ("intune", "security"),
    ("purview", "security"),
    ("sentinel", "security"),
    ("security", "security"),
    ("compliance", "security"),
    ("information protection", "security"),
    ("azure active directory", "security"),
    ("teams", "teams"),
    ("phone system", "teams"),
    ("calling plan", "teams"),
    ("audio conferencing", "teams"),
    ("enterprise", "enterprise"),
    ("office 365 e", "enterprise"),
    ("microsoft 365 e", "enterprise"),
    ("office 365 a", "enterprise"),
    ("business", "business"),
    ("exchange", "business"),
    ("sharepoint", "business"),
    ("onedrive", "business"),
];

/// Titles that hold a word of [`FAMILIES`] without being of that family.
const EXCEPTIONS: &[(&str, &str)] = &[
    ("business central", "dynamics"),
    ("defender", "security"),
    ("business basic", "business"),
    ("business standard", "business"),
    ("business premium", "business"),
    ("apps for business", "business"),
    ("apps for enterprise", "enterprise"),
    ("teams enterprise", "teams"),
    ("teams premium", "teams"),
];

/// Family key of a title: `business`, `enterprise`, `frontline`, `teams`, `security`, `dynamics`, `other`.
#[must_use]
pub fn family(title: &str) -> &'static str {
    let title = title.to_lowercase();
    let tables = EXCEPTIONS.iter().chain(FAMILIES);
    tables.into_iter().find(|(words, _)| title.contains(words)).map_or("other", |(_, family)| family)
}

/// Offers of a country, one per SKU and segment.
#[must_use]
pub fn offers(country: &str, goods: &[Goods], prices: &[PriceRow]) -> Vec<Offer> {
    let prices = Prices::of(prices);
    goods.iter().flat_map(|goods| offers_of(country, goods, &prices)).collect()
}

fn offers_of(country: &str, goods: &Goods, prices: &Prices<'_>) -> Vec<Offer> {
    let mut segments: BTreeMap<String, Vec<&Availability>> = BTreeMap::new();
    for availability in goods.availabilities.iter().filter(|availability| availability.is_purchasable != Some(false)) {
        let segment = availability.segment.as_deref().unwrap_or("commercial").to_lowercase();
        segments.entry(segment).or_default().push(availability);
    }
    let offers =
        segments.into_iter().map(|(segment, availabilities)| offer(country, goods, segment, &availabilities, prices));
    offers.filter(|offer| !offer.plans.is_empty()).collect()
}

fn offer(country: &str, goods: &Goods, segment: String, on_sale: &[&Availability], prices: &Prices<'_>) -> Offer {
    let Goods { product, sku, .. } = goods;
    let key = SkuKey { product_id: product.id.clone(), sku_id: sku.id.clone() };
    let mut plans: Vec<Plan> = Vec::new();
    let mut prices_from = None;
    for (availability, sold) in on_sale.iter().flat_map(|a| a.terms.iter().flatten().map(move |term| (a, term))) {
        let Some(plan_term) = sold.duration.as_deref().and_then(term) else { continue };
        let Some(plan_cycle) = sold.billing_cycle.as_ref().and_then(cycle) else { continue };
        if plans.iter().any(|plan| plan.term == plan_term && plan.cycle == plan_cycle) {
            continue;
        }
        let currency = availability.default_currency.as_ref().and_then(|currency| currency.code.as_deref());
        let price = prices.find(&key, plan_term, plan_cycle, &segment, currency);
        prices_from = prices_from.max(price.as_ref().and_then(|price| price.from));
        let term_price = price.map(|price| price.money);
        plans.push(Plan { term: plan_term, cycle: plan_cycle, term_price, minimum_quantity: None });
    }
    plans.sort_by_key(|plan| (plan.term, plan.cycle));
    let title = sku.title.clone().or_else(|| product.title.clone()).unwrap_or_default();
    let description = sku.description.clone().or_else(|| product.description.clone()).unwrap_or_default();
    Offer {
        sku: key,
        country: country.to_owned(),
        segment,
        family: family(product.title.as_deref().unwrap_or(&title)).to_owned(),
        title,
        description,
        minimum_quantity: sku.minimum_quantity.unwrap_or(1),
        maximum_quantity: sku.maximum_quantity.unwrap_or(u32::MAX),
        is_trial: sku.is_trial.unwrap_or(false),
        is_addon: sku.is_addon(),
        prerequisites: sku.prerequisite_skus().iter().map(|text| sku_key(text)).collect(),
        plans,
        prices_from,
    }
}

struct Price {
    money: Money,
    from: Option<Date>,
}

/// Price rows by product, SKU, term and billing plan.
struct Prices<'a> {
    rows: BTreeMap<(&'a str, &'a str, Term, BillingCycle), Vec<&'a PriceRow>>,
}

impl<'a> Prices<'a> {
    fn of(rows: &'a [PriceRow]) -> Self {
        let mut sorted: BTreeMap<_, Vec<&PriceRow>> = BTreeMap::new();
        for row in rows {
            let plan = cycle(&wire::BillingCycle::from(row.billing_plan.as_str()));
            if let (Some(term), Some(plan)) = (term(&row.term_duration), plan) {
                sorted.entry((row.product_id.as_str(), row.sku_id.as_str(), term, plan)).or_default().push(row);
            }
        }
        Self { rows: sorted }
    }

    /// The price of one licence for the whole term: in the partner's currency where that is known, of the lowest tier,
    /// and of rows that overlap the one that begins last.
    fn find(
        &self,
        sku: &SkuKey,
        term: Term,
        cycle: BillingCycle,
        segment: &str,
        currency: Option<&str>,
    ) -> Option<Price> {
        let rows = self.rows.get(&(sku.product_id.as_str(), sku.sku_id.as_str(), term, cycle))?;
        let fitting = rows.iter().filter(|row| {
            currency.is_none_or(|currency| row.currency.eq_ignore_ascii_case(currency))
                && (row.segment.is_empty() || row.segment.eq_ignore_ascii_case(segment))
        });
        let row = fitting.max_by_key(|row| (std::cmp::Reverse(lowest(row)), day(&row.effective_start_date)))?;
        let currency = Currency(row.currency.to_ascii_uppercase());
        // 1753 stands for "always".
        let from = day(&row.effective_start_date).filter(|date| date.year() > 1753);
        Some(Price { money: Money { minor: minor_of(&row.unit_price)?, currency }, from })
    }
}

fn lowest(row: &PriceRow) -> u32 {
    row.pricing_tier_range_min.parse().unwrap_or(0)
}

/// Minor units of a decimal number with a point, rounded half up. Commas only group thousands.
#[must_use]
pub fn minor_of(text: &str) -> Option<i64> {
    let text: String = text.trim().chars().filter(|c| *c != ',').collect();
    let (whole, fraction) = text.split_once('.').unwrap_or((text.as_str(), ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) || (whole.is_empty() && fraction.is_empty()) {
        return None;
    }
    let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let digit = |at: usize| i64::from(fraction.as_bytes().get(at).map_or(0, |byte| byte - b'0'));
    let cents = digit(0) * 10 + digit(1) + i64::from(digit(2) >= 5);
    whole.checked_mul(100)?.checked_add(cents)
}
