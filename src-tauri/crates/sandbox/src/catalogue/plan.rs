//! Terms and billing cycles, and which pairs are sold together.

use serde::Deserialize;

/// A (term, billing cycle) pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Plan {
    /// `P1M`, `P1Y`, `P3Y`.
    pub(crate) term: &'static str,
    /// `monthly`, `annual`, `triennial`, `none`.
    pub(crate) cycle: &'static str,
    /// Bills in a term.
    pub(crate) bills: i64,
    /// Months that one bill covers.
    pub(crate) months: i64,
    /// Surcharge on the yearly price, per cent.
    pub(crate) surcharge: i64,
    /// Fewest licences, where the plan has its own limit.
    pub(crate) minimum_quantity: Option<u32>,
}

const fn plan(term: &'static str, cycle: &'static str, bills: i64, months: i64, surcharge: i64) -> Plan {
    Plan { term, cycle, bills, months, surcharge, minimum_quantity: None }
}

const fn large(plan: Plan) -> Plan {
    Plan { minimum_quantity: Some(100), ..plan }
}

const MONTH: Plan = plan("P1M", "monthly", 1, 1, 20);
const YEAR_MONTHLY: Plan = plan("P1Y", "monthly", 12, 1, 5);
const YEAR: Plan = plan("P1Y", "annual", 1, 12, 0);
const THREE_MONTHLY: Plan = plan("P3Y", "monthly", 36, 1, 5);
const THREE_YEARLY: Plan = plan("P3Y", "annual", 3, 12, 0);
const THREE: Plan = plan("P3Y", "triennial", 1, 36, 0);
const TRIAL: Plan = plan("P1M", "none", 1, 1, 0);

/// What a product is sold as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum PlanSet {
    /// A month at a time only.
    Month,
    /// A month or a year.
    Year,
    /// A year only.
    YearOnly,
    /// A month, a year, three years.
    Three,
    /// The same, three years from 100 licences and never billed monthly.
    ThreeLarge,
    /// 30 days, free.
    Trial,
}

impl PlanSet {
    pub(super) fn plans(self) -> &'static [Plan] {
        const THREE_PLANS: [Plan; 6] = [MONTH, YEAR_MONTHLY, YEAR, THREE_MONTHLY, THREE_YEARLY, THREE];
        const LARGE_PLANS: [Plan; 5] = [MONTH, YEAR_MONTHLY, YEAR, large(THREE_YEARLY), large(THREE)];
        match self {
            Self::Month => &[MONTH],
            Self::Year => &[MONTH, YEAR_MONTHLY, YEAR],
            Self::YearOnly => &[YEAR_MONTHLY, YEAR],
            Self::Three => &THREE_PLANS,
            Self::ThreeLarge => &LARGE_PLANS,
            Self::Trial => &[TRIAL],
        }
    }
}
