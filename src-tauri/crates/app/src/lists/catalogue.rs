//! The catalogue of a country: what is in the book, and a pull in the background of what is not.

use super::words;
use crate::App;
use crate::error::AppResult;
use crate::pull;
use crate::views::{CatalogueView, OfferView, PlanView};
use cb_domain::catalogue::{Offer, Plan, SkuKey};
use cb_domain::money::Money;
use cb_domain::order::{per_month, per_period};
use cb_store::fold::fold;
use jiff::SignedDuration;
use std::collections::HashSet;

/// *Recently used* looks back this far.
const RECENT: SignedDuration = SignedDuration::from_hours(90 * 24);
/// Families in the order of the tabs.
const FAMILIES: [&str; 7] = ["business", "enterprise", "frontline", "teams", "security", "dynamics", "other"];

impl App {
    /// The catalogue of a country and segment. A country that is not in the book yet is fetched in the background:
    /// the screen hears of it by the topic `catalogue`.
    ///
    /// # Errors
    /// `NoBook`, or the store's.
    pub async fn catalogue(&self, country: String, segment: String) -> AppResult<CatalogueView> {
        let open = self.open_book().await?;
        let since = self.inner.host.clock.now() - RECENT;
        let asked = (country.clone(), segment.clone());
        let (offers, favourites, recent, countries) = open
            .book
            .read(move |db| {
                let offers = db.offers();
                Ok((
                    offers.of_market(&asked.0, &asked.1)?,
                    offers.favourites()?,
                    offers.recent(since)?,
                    offers.countries()?,
                ))
            })
            .await?;
        if !country.is_empty() && !countries.contains(&country) {
            pull::catalogues_in_background(&self.inner, &open, vec![country.clone()]);
        }
        let (favourites, recent) = (favourites.into_iter().collect(), recent.into_iter().collect());
        Ok(CatalogueView {
            prices_from: offers.iter().filter_map(|o| o.prices_from).max().map(|date| date.to_string()),
            offers: offer_views(offers, &favourites, &recent),
            country,
            segment,
            countries,
        })
    }

    /// Marks a product as favourite, or no longer.
    ///
    /// # Errors
    /// `NoBook`, or the store's.
    pub async fn set_favourite(&self, product_id: String, sku_id: String, on: bool) -> AppResult<()> {
        let open = self.open_book().await?;
        let sku = SkuKey { product_id, sku_id };
        let written = open.book.write(move |tx| tx.set_favourite(&sku, on)).await?;
        self.publish(&written.topics);
        Ok(())
    }
}

/// Favourites first, then the recently used, then by family and name.
fn offer_views(offers: Vec<Offer>, favourites: &HashSet<SkuKey>, recent: &HashSet<SkuKey>) -> Vec<OfferView> {
    let mut sorted: Vec<&Offer> = offers.iter().collect();
    sorted.sort_by_key(|offer| {
        (
            !favourites.contains(&offer.sku),
            !recent.contains(&offer.sku),
            family_rank(&offer.family),
            offer.is_trial,
            fold(&offer.title),
        )
    });
    let view = |offer: &Offer| OfferView {
        product_id: offer.sku.product_id.clone(),
        sku_id: offer.sku.sku_id.clone(),
        title: offer.title.clone(),
        description: offer.description.clone(),
        family: offer.family.clone(),
        minimum_quantity: offer.minimum_quantity,
        maximum_quantity: offer.maximum_quantity,
        is_trial: offer.is_trial,
        is_addon: offer.is_addon,
        plans: offer
            .plans
            .iter()
            .map(|plan| PlanView { minimum_quantity: minimum(offer, plan), ..plan_view(plan) })
            .collect(),
        addons: sorted
            .iter()
            .filter(|o| o.is_addon && o.prerequisites.contains(&offer.sku))
            .map(|o| key(&o.sku))
            .collect(),
        bases: offer.prerequisites.iter().map(key).collect(),
        favourite: favourites.contains(&offer.sku),
        recent: recent.contains(&offer.sku),
        currency: currency(offer),
    };
    sorted.iter().map(|offer| view(offer)).collect()
}

fn plan_view(plan: &Plan) -> PlanView {
    PlanView {
        term: words::term(plan.term).to_owned(),
        cycle: words::cycle(plan.cycle).to_owned(),
        monthly_price: per_month(plan).as_ref().map(major),
        // What is never billed still has a price: nothing.
        period_price: per_period(plan).as_ref().or(plan.term_price.as_ref()).map(major),
        minimum_quantity: plan.minimum_quantity.unwrap_or(0),
    }
}

/// Fewest licences with a plan where that is more than the product's own; the rule for it is the order's (three years of
/// Microsoft 365 E3 and E5 need 100), so that what can be chosen is what can be submitted.
fn minimum(offer: &Offer, plan: &Plan) -> u32 {
    let minimum = cb_domain::order::minimum_quantity(offer, plan);
    if minimum > offer.minimum_quantity { minimum } else { 0 }
}

/// A product's key as the screens join it.
fn key(sku: &SkuKey) -> String {
    format!("{}:{}", sku.product_id, sku.sku_id)
}

fn currency(offer: &Offer) -> String {
    let price = offer.plans.iter().find_map(|plan| plan.term_price.as_ref());
    price.map(|p| p.currency.0.clone()).unwrap_or_default()
}

fn family_rank(family: &str) -> usize {
    FAMILIES.iter().position(|known| *known == family).unwrap_or(FAMILIES.len())
}

#[allow(clippy::cast_precision_loss, reason = "prices are far below 2^53 cents")]
fn major(price: &Money) -> f64 {
    price.minor as f64 / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use cb_domain::catalogue::{BillingCycle, Term};
    use cb_domain::money::Currency;

    fn plan(term: Term, cycle: BillingCycle, minor: i64) -> Plan {
        let price = Money { minor, currency: Currency("EUR".to_owned()) };
        Plan { term, cycle, term_price: Some(price), minimum_quantity: None }
    }

    #[test]
    fn a_price_is_for_the_term_and_shown_by_month_and_period() {
        for (plan, month, period) in [
            (plan(Term::P1Y, BillingCycle::Monthly, 15_120), 12.6, 12.6),
            (plan(Term::P1Y, BillingCycle::Annual, 14_400), 12.0, 144.0),
            (plan(Term::P3Y, BillingCycle::Annual, 43_200), 12.0, 144.0),
            (plan(Term::P1M, BillingCycle::None, 0), 0.0, 0.0),
        ] {
            let view = plan_view(&plan);
            assert_eq!((view.monthly_price, view.period_price), (Some(month), Some(period)), "{plan:?}");
        }
    }

    #[test]
    fn favourites_come_first_then_recent_then_families() {
        let offer = |title: &str, family: &str| Offer {
            sku: SkuKey { product_id: title.to_owned(), sku_id: "1".to_owned() },
            country: "DE".to_owned(),
            segment: "commercial".to_owned(),
            title: title.to_owned(),
            description: String::new(),
            family: family.to_owned(),
            minimum_quantity: 1,
            maximum_quantity: 300,
            is_trial: false,
            is_addon: false,
            prerequisites: Vec::new(),
            plans: Vec::new(),
            prices_from: None,
        };
        let offers = vec![
            offer("Zeta", "business"),
            offer("Alpha", "other"),
            offer("Gamma", "teams"),
            offer("Beta", "teams"),
            offer("Delta", "dynamics"),
        ];
        let (favourite, recent) = (offers[4].sku.clone(), offers[2].sku.clone());
        let views = offer_views(offers, &HashSet::from([favourite]), &HashSet::from([recent]));
        let titles: Vec<&str> = views.iter().map(|v| v.title.as_str()).collect();
        assert_eq!(titles, ["Delta", "Gamma", "Zeta", "Beta", "Alpha"]);
    }
}
