//! Prices in whole cents, so that price sheet, cart and order agree to the last digit.

use super::Plan;

/// Price of one licence under a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Price {
    /// Per bill, in cents.
    pub(crate) per_bill: i64,
    /// For the whole term, in cents.
    pub(crate) per_term: i64,
}

impl Price {
    /// Rounds each bill to the currency's step; the term is the sum of its bills.
    pub(super) fn of(eur_cents: i64, rate_permille: i64, step_cents: i64, plan: &Plan) -> Self {
        // Scaled by rate (1000) and surcharge (100) at once, so that nothing is rounded twice.
        let exact = eur_cents * rate_permille * plan.months * (100 + plan.surcharge);
        let unit = 100_000 * step_cents;
        let per_bill = (exact + unit / 2) / unit * step_cents;
        Self { per_bill, per_term: per_bill * plan.bills }
    }

    /// Retail price of the term: a quarter more than the partner's.
    pub(crate) fn retail_per_term(self) -> i64 {
        self.per_term * 5 / 4
    }
}

/// Cents as a decimal number for JSON; exact for any price here.
pub(crate) fn decimal(cents: i64) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "prices are far below 2^53 cents")]
    let cents = cents as f64;
    cents / 100.0
}

#[cfg(test)]
mod tests {
    use super::super::plan::PlanSet;
    use super::*;

    #[test]
    fn surcharges_and_terms() {
        let prices: Vec<(i64, i64)> = PlanSet::Three
            .plans()
            .iter()
            .map(|plan| Price::of(1000, 1000, 1, plan))
            .map(|price| (price.per_bill, price.per_term))
            .collect();
        let expected =
            [(1200, 1200), (1050, 12_600), (12_000, 12_000), (1050, 37_800), (12_000, 36_000), (36_000, 36_000)];
        assert_eq!(prices, expected, "20 % on a month, 5 % on a year billed monthly");
    }

    #[test]
    fn rounding_follows_the_currency() {
        let plan = &PlanSet::Year.plans()[0];
        assert_eq!(Price::of(494, 395_000, 100, plan).per_bill, 234_200, "whole forint");
        assert_eq!(Price::of(494, 980, 5, plan).per_bill, 580, "five rappen");
    }
}
