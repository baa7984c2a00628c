//! Dates as they come: 0 to 7 fractional digits, with `Z`, an offset or nothing, sometimes a day only.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

/// The instant that a text names; without an offset it is UTC, a day is its first moment. Years 1753 and 9999 are
/// placeholders, but instants all the same.
#[must_use]
pub fn instant(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Some(instant);
    }
    let civil = text.parse::<DateTime>().ok().or_else(|| day(text).map(|day| day.at(0, 0, 0, 0)))?;
    TimeZone::UTC.to_timestamp(civil).ok()
}

/// The day that a text names: ISO, or month first with slashes as price sheets write it.
#[must_use]
pub fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    let head = text.split(['T', ' ']).next().unwrap_or(text);
    if let Ok(date) = head.parse::<Date>() {
        return Some(date);
    }
    let mut parts = head.split('/');
    let (month, day, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}
