//! Prices of an order: per licence, per billing period, for the term. Whole minor units throughout.

use super::OrderContext;
use crate::catalogue::{BillingCycle, Plan, Term};
use crate::check::date;
use crate::draft::LineForm;
use crate::money::{Currency, Money};
use jiff::ToSpan;
use jiff::civil::Date;

/// Prices of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineTotal {
    /// Number of the line in the draft.
    pub line: u32,
    /// One licence for a billing period.
    pub unit: Option<Money>,
    /// All licences for a billing period.
    pub period: Option<Money>,
    /// All licences for the first term.
    pub term: Option<Money>,
}

/// Prices of an order. A total is given only when every line that belongs to it has a price.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    /// Line by line.
    pub lines: Vec<LineTotal>,
    /// The one currency of all prices; `None` without prices or with several.
    pub currency: Option<Currency>,
    /// Billed each month.
    pub monthly: Option<Money>,
    /// Billed once a year.
    pub yearly: Option<Money>,
    /// Billed once for three years.
    pub triennial: Option<Money>,
    /// All lines over their first term.
    pub term: Option<Money>,
    /// Longest term, months.
    pub longest_term_months: u32,
}

/// Price of one licence per billing period, from the price for the whole term; half a cent rounds away from zero.
#[must_use]
pub fn per_period(plan: &Plan) -> Option<Money> {
    let months = plan.cycle.months()?.min(plan.term.months());
    scaled(plan.term_price.as_ref()?, i128::from(months), i128::from(plan.term.months()))
}

/// Price of one licence a month, to compare plans.
#[must_use]
pub fn per_month(plan: &Plan) -> Option<Money> {
    scaled(plan.term_price.as_ref()?, 1, i128::from(plan.term.months()))
}

/// All prices of an order.
#[must_use]
pub fn totals(lines: &[LineForm], context: &OrderContext<'_>) -> Totals {
    let priced: Vec<(LineTotal, Term, BillingCycle)> =
        lines.iter().map(|line| (line_total(line, context), line.term, line.cycle)).collect();
    let of_cycle = |cycle: BillingCycle| {
        sum(priced.iter().filter(|(_, _, of)| *of == cycle).map(|(total, _, _)| total.period.as_ref()))
    };
    // Trials cost nothing and are never billed: they don't keep a total from being known.
    let paid = priced.iter().filter(|(_, _, cycle)| !super::is_trial(*cycle));
    let mut totals = Totals {
        monthly: of_cycle(BillingCycle::Monthly),
        yearly: of_cycle(BillingCycle::Annual),
        triennial: of_cycle(BillingCycle::Triennial),
        term: sum(paid.map(|(total, _, _)| total.term.as_ref())),
        longest_term_months: priced.iter().map(|(_, term, _)| term.months()).max().unwrap_or(0),
        currency: None,
        lines: Vec::new(),
    };
    let mut currencies = priced.iter().filter_map(|(total, _, _)| total.unit.as_ref()).map(|money| &money.currency);
    totals.currency = currencies.next().filter(|first| currencies.all(|other| other == *first)).cloned();
    totals.lines = priced.into_iter().map(|(total, _, _)| total).collect();
    totals
}

fn line_total(line: &LineForm, context: &OrderContext<'_>) -> LineTotal {
    let plan = context.plan(line).map(|(_, plan)| plan);
    let unit = plan.and_then(per_period);
    // Licences times the price that is shown, so that what stands on the page adds up to the cent.
    let period = unit.as_ref().and_then(|unit| scaled(unit, i128::from(line.quantity), 1));
    let term = match (&period, plan.and_then(|plan| plan.cycle.months())) {
        (Some(period), Some(months)) => {
            let periods = i128::from((line.term.months() / months).max(1));
            match line.custom_end.as_deref().and_then(date) {
                Some(end) => {
                    let (days, of) = first_term_days(line.term, end, context.today);
                    scaled(period, periods * days, of)
                }
                None => scaled(period, periods, 1),
            }
        }
        _ => None,
    };
    LineTotal { line: line.line, unit, period, term }
}

/// Days until a custom end, and days of the whole term: the first term is prorated by the day.
fn first_term_days(term: Term, end: Date, today: Date) -> (i128, i128) {
    let own_end = today.checked_add(i64::from(term.months()).months()).unwrap_or(Date::MAX);
    let whole = i128::from((own_end - today).get_days().max(1));
    // The end day itself still belongs to the term.
    let used = i128::from((end - today).get_days()) + 1;
    (used.clamp(1, whole), whole)
}

fn sum<'a>(parts: impl Iterator<Item = Option<&'a Money>>) -> Option<Money> {
    let mut total: Option<Money> = None;
    for part in parts {
        let part = part?;
        total = Some(match total {
            None => part.clone(),
            Some(so_far) if so_far.currency == part.currency => {
                Money { minor: so_far.minor.checked_add(part.minor)?, currency: so_far.currency }
            }
            Some(_) => return None,
        });
    }
    total
}

fn scaled(money: &Money, by: i128, over: i128) -> Option<Money> {
    let product = i128::from(money.minor).checked_mul(by)?;
    let half = over / 2;
    let rounded = if product >= 0 { (product + half) / over } else { (product - half) / over };
    Some(Money { minor: i64::try_from(rounded).ok()?, currency: money.currency.clone() })
}
