//! Days and money: billing periods, terms, and the part of a period that is charged or credited.
//!
//! Charges are made by the day: price of the period, divided by its days, times the days left, times the licences. The
//! day of the change counts as a day left. Periods are counted from the first day of the first term, so that one that
//! began on the 31st keeps its day after a short month; a year has 365 or 366 days. All days are days of UTC.

use crate::catalogue::{BillingCycle, Term};
use crate::money::Money;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

/// A billing period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub from: Date,
    /// First day that no longer belongs to it.
    pub to: Date,
}

impl Period {
    /// Its days.
    #[must_use]
    pub fn days(self) -> u32 {
        days(self.from, self.to)
    }
    /// Days from `today` on, itself included.
    #[must_use]
    pub fn left(self, today: Date) -> u32 {
        days(today.max(self.from), self.to)
    }
}

/// A part of a billing period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it costs.
    pub money: Money,
    /// Days charged or credited.
    pub days: u32,
    /// Days of the period.
    pub of_days: u32,
    /// First day after the period.
    pub until: Date,
}

fn days(from: Date, to: Date) -> u32 {
    u32::try_from((to - from).get_days()).unwrap_or(0)
}

/// The day in UTC, whatever the person's clock shows.
pub(crate) fn day(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

/// First day after the term. Partner Center names its last second, or the first of the day after it.
#[must_use]
pub fn term_end_day(ends_at: Timestamp) -> Date {
    let second = Span::new().seconds(1);
    day(ends_at.checked_add(second).unwrap_or(ends_at))
}

fn add_months(start: Date, months: i64) -> Option<Date> {
    start.checked_add(Span::new().try_months(months).ok()?).ok()
}

/// The period of `months` counted from `start` that holds `today`.
fn holding(start: Date, months: u32, today: Date) -> Option<Period> {
    let months = i64::from(months.max(1));
    // Near the mark by the calendar, then at most a step or two: never a loop over years.
    let passed = i64::from(today.year() - start.year()) * 12 + i64::from(today.month()) - i64::from(start.month());
    let mut number = (passed / months - 1).max(0);
    loop {
        let to = add_months(start, months.checked_mul(number + 1)?)?;
        if to > today {
            return Some(Period { from: add_months(start, months * number)?, to });
        }
        number += 1;
    }
}

/// The billing period that holds `now`. Without a first day the term's end is counted back from, which keeps the day of
/// the month where it can. Never beyond the end of the term: what ends earlier is charged for less.
#[must_use]
pub fn bill_period(
    started_at: Option<Timestamp>,
    ends_at: Option<Timestamp>,
    term: Term,
    cycle: BillingCycle,
    now: Timestamp,
) -> Option<Period> {
    let months = cycle.months()?.min(term.months());
    let today = day(now);
    let end = ends_at.map(term_end_day);
    let start = match (started_at, end) {
        (Some(started), _) => day(started),
        (None, Some(end)) => add_months(end, -i64::from(term.months()))?,
        (None, None) => return None,
    };
    if today < start {
        return None;
    }
    let period = holding(start, months, today)?;
    match end {
        Some(end) if end <= today => None,
        Some(_) | None => Some(period),
    }
}

/// First moment of the term that holds `now`.
#[must_use]
pub fn term_start(started_at: Option<Timestamp>, ends_at: Option<Timestamp>, term: Term) -> Option<Date> {
    let end = ends_at.map(term_end_day);
    match (started_at.map(day), end) {
        // The last term that begins before the end.
        (Some(start), Some(end)) if start < end => {
            let last_day = end.yesterday().ok()?;
            holding(start, term.months(), last_day).map(|period| period.from)
        }
        (_, Some(end)) => add_months(end, -i64::from(term.months())),
        (start, None) => start,
    }
}

/// `unit` for `licences` over the days left of the period, today included.
#[must_use]
pub fn prorated(unit: &Money, licences: u32, period: Period, now: Timestamp) -> Option<Part> {
    let (left, all) = (period.left(day(now)), period.days());
    if all == 0 {
        return None;
    }
    let money = scaled(unit, i128::from(licences) * i128::from(left), i128::from(all))?;
    Some(Part { money, days: left, of_days: all, until: period.to })
}

/// An amount times a fraction; half a cent rounds away from zero.
pub(crate) fn scaled(money: &Money, by: i128, over: i128) -> Option<Money> {
    let product = i128::from(money.minor).checked_mul(by)?;
    let half = over / 2;
    let rounded = if product >= 0 { product.checked_add(half)? } else { product.checked_sub(half)? } / over;
    Some(Money { minor: i64::try_from(rounded).ok()?, currency: money.currency.clone() })
}
