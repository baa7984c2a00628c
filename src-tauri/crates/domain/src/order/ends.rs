//! End dates that an order line may have besides the end of its own term.

use super::{OrderContext, is_trial};
use crate::catalogue::{BillingCycle, CommerceKind, Term};
use crate::subscription::SubscriptionStatus;
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::BTreeSet;

/// Dates allowed: ends of the customer's active new-commerce subscriptions that are no trials, and ends of calendar
/// months; all inside the first term. Monthly terms can't end on the 28th to 30th unless that is the month's end.
#[must_use]
pub fn end_choices(term: Term, cycle: BillingCycle, context: &OrderContext<'_>) -> Vec<Date> {
    if is_trial(cycle) {
        return Vec::new();
    }
    let own_end = context.today.checked_add(i64::from(term.months()).months()).unwrap_or(Date::MAX);
    let inside = |date: &Date| *date > context.today && *date < own_end;
    let allowed_day =
        |date: &Date| term != Term::P1M || *date == date.last_of_month() || !(28..=30).contains(&date.day());
    let with_others = context
        .existing
        .iter()
        .filter(|other| other.commerce == CommerceKind::New && other.status == SubscriptionStatus::Active)
        .filter(|other| !is_trial(other.cycle))
        // Partner Center counts in UTC.
        .filter_map(|other| other.ends_at.map(|end| end.to_zoned(TimeZone::UTC).date()));
    let month_ends = (0..=term.months()).filter_map(|months| {
        let month = context.today.first_of_month().checked_add(i64::from(months).months()).ok()?;
        Some(month.last_of_month())
    });
    let dates: BTreeSet<Date> = with_others.chain(month_ends).filter(inside).filter(allowed_day).collect();
    dates.into_iter().collect()
}
