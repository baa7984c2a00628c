//! Billing periods, terms and prorating: worked examples, month ends, leap years, time zones.

use super::*;
use jiff::civil::date;

#[test]
fn a_billing_period_holds_today_and_is_counted_from_the_first_day() {
    use BillingCycle as C;
    for (start, term, cycle, now, from, to) in [
        ("2026-03-12T09:05:00Z", Term::P1Y, C::Monthly, "2026-11-24T09:40:00Z", date(2026, 11, 12), date(2026, 12, 12)),
        ("2026-03-12T09:05:00Z", Term::P1Y, C::Annual, "2026-11-24T09:40:00Z", date(2026, 3, 12), date(2027, 3, 12)),
        ("2026-03-12T09:05:00Z", Term::P3Y, C::Annual, "2028-03-12T00:00:00Z", date(2028, 3, 12), date(2029, 3, 12)),
        ("2026-03-12T09:05:00Z", Term::P3Y, C::Triennial, "2028-03-12T00:00:00Z", date(2026, 3, 12), date(2029, 3, 12)),
        // A month term billed once a year is still billed for its month.
        ("2026-03-12T09:05:00Z", Term::P1M, C::Annual, "2026-04-20T00:00:00Z", date(2026, 4, 12), date(2026, 5, 12)),
        // Month ends: the 31st stays the 31st after a short month.
        ("2026-01-31T10:00:00Z", Term::P1Y, C::Monthly, "2026-02-15T00:00:00Z", date(2026, 1, 31), date(2026, 2, 28)),
        ("2026-01-31T10:00:00Z", Term::P1Y, C::Monthly, "2026-02-28T00:00:00Z", date(2026, 2, 28), date(2026, 3, 31)),
        ("2026-01-31T10:00:00Z", Term::P1Y, C::Monthly, "2026-03-31T00:00:00Z", date(2026, 3, 31), date(2026, 4, 30)),
        ("2028-01-30T10:00:00Z", Term::P1Y, C::Monthly, "2028-02-29T00:00:00Z", date(2028, 2, 29), date(2028, 3, 30)),
        // A leap day as the first day.
        ("2028-02-29T10:00:00Z", Term::P1Y, C::Annual, "2029-02-27T00:00:00Z", date(2028, 2, 29), date(2029, 2, 28)),
        ("2028-02-29T10:00:00Z", Term::P1Y, C::Annual, "2029-02-28T00:00:00Z", date(2029, 2, 28), date(2030, 2, 28)),
        ("2028-02-29T10:00:00Z", Term::P1Y, C::Annual, "2032-03-01T00:00:00Z", date(2032, 2, 29), date(2033, 2, 28)),
        // The first and the last day of a period.
        ("2026-03-12T23:59:59Z", Term::P1Y, C::Monthly, "2026-03-12T23:59:59Z", date(2026, 3, 12), date(2026, 4, 12)),
        ("2026-03-12T00:00:00Z", Term::P1Y, C::Monthly, "2026-04-11T23:59:59Z", date(2026, 3, 12), date(2026, 4, 12)),
        ("2026-03-12T00:00:00Z", Term::P1Y, C::Monthly, "2026-04-12T00:00:00Z", date(2026, 4, 12), date(2026, 5, 12)),
    ] {
        let found = bill_period(Some(at(start)), None, term, cycle, at(now));
        assert_eq!(found, Some(Period { from, to }), "{start} {term:?} {cycle:?} {now}");
    }
    assert_eq!(
        bill_period(Some(at("2026-03-12T09:05:00Z")), None, Term::P1M, C::None, at("2026-03-13T00:00:00Z")),
        None
    );
}

#[test]
fn without_a_first_day_periods_are_counted_back_from_the_end() {
    let end = Some(at("2027-03-11T23:59:59Z"));
    let found = bill_period(None, end, Term::P1Y, BillingCycle::Monthly, at("2026-11-24T09:40:00Z"));
    assert_eq!(found, Some(Period { from: date(2026, 11, 12), to: date(2026, 12, 12) }));
    // Partner Center also writes the first second of the day after.
    let end = Some(at("2027-03-12T00:00:00Z"));
    assert_eq!(term_start(None, end, Term::P1Y), Some(date(2026, 3, 12)));
    // After the end nothing is billed.
    assert_eq!(bill_period(None, end, Term::P1Y, BillingCycle::Monthly, at("2027-03-12T00:00:00Z")), None);
    assert_eq!(bill_period(None, None, Term::P1Y, BillingCycle::Monthly, at("2027-03-12T00:00:00Z")), None);
}

#[test]
fn the_term_that_runs_begins_where_the_last_one_ended() {
    let first = Some(at("2024-02-29T10:00:00Z"));
    for (end, term, start) in [
        ("2025-02-27T23:59:59Z", Term::P1Y, date(2024, 2, 29)),
        ("2026-02-27T23:59:59Z", Term::P1Y, date(2025, 2, 28)),
        ("2028-02-28T23:59:59Z", Term::P1Y, date(2027, 2, 28)),
        ("2027-02-27T23:59:59Z", Term::P3Y, date(2024, 2, 29)),
    ] {
        assert_eq!(term_start(first, Some(at(end)), term), Some(start), "{end}");
    }
}

#[test]
fn parts_of_a_period_are_charged_by_the_day_with_today() {
    // Price, licences, first day, cycle, now → amount, days, of days.
    for (unit, licences, start, cycle, now, minor, days, of_days) in [
        // The published example of a refund within the window: 10 licences at 10.08 for 29 days of a month of 31; the
        // source cuts to 94.2.
        (1008, 10, "2021-07-15T00:00:00Z", BillingCycle::Monthly, "2021-07-17T08:00:00Z", 9430, 29, 31),
        // The same month of 31 days whole: what the source calls the first transaction.
        (1008, 10, "2021-07-15T00:00:00Z", BillingCycle::Monthly, "2021-07-15T08:00:00Z", 10080, 31, 31),
        // Six licences at 12.21, 24 of 30 days: the picture of the page.
        (1221, 6, "2026-03-12T09:05:00Z", BillingCycle::Monthly, "2026-11-18T09:40:00Z", 5861, 24, 30),
        // A year of 365 and one of 366 days.
        (36500, 1, "2026-03-12T00:00:00Z", BillingCycle::Annual, "2027-03-11T00:00:00Z", 100, 1, 365),
        (36600, 1, "2027-03-12T00:00:00Z", BillingCycle::Annual, "2028-03-11T00:00:00Z", 100, 1, 366),
        (36600, 2, "2027-03-01T00:00:00Z", BillingCycle::Annual, "2028-02-29T00:00:00Z", 200, 1, 366),
        // February: 28 and 29 days.
        (2800, 1, "2026-02-01T00:00:00Z", BillingCycle::Monthly, "2026-02-28T00:00:00Z", 100, 1, 28),
        (2900, 1, "2028-02-01T00:00:00Z", BillingCycle::Monthly, "2028-02-29T00:00:00Z", 100, 1, 29),
        // Half a cent goes up.
        (100, 1, "2026-03-01T00:00:00Z", BillingCycle::Monthly, "2026-03-31T00:00:00Z", 3, 1, 31),
        (45, 1, "2026-04-01T00:00:00Z", BillingCycle::Monthly, "2026-04-30T00:00:00Z", 2, 1, 30),
    ] {
        let period = bill_period(Some(at(start)), None, Term::P1Y, cycle, at(now)).unwrap();
        let part = prorated(&euros(unit), licences, period, at(now)).unwrap();
        assert_eq!((part.money.minor, part.days, part.of_days), (minor, days, of_days), "{start} {now}");
    }
}

#[test]
fn days_are_counted_in_utc_whatever_the_clock_on_the_wall_says() {
    // 1 April, 00:30 in Berlin, is 31 March at Partner Center; 31 March, 20:00 in New York, is 1 April there.
    let start = Some(at("2026-03-01T00:00:00Z"));
    for (now, from, left) in
        [("2026-04-01T00:30:00+02:00", date(2026, 3, 1), 1), ("2026-03-31T20:00:00-04:00", date(2026, 4, 1), 30)]
    {
        let period = bill_period(start, None, Term::P1Y, BillingCycle::Monthly, at(now)).unwrap();
        assert_eq!((period.from, period.left(prorate::day(at(now)))), (from, left), "{now}");
    }
}

#[test]
fn windows_are_hours_not_days() {
    // Over the change to summer time a window is still 168 hours: one hour later on the wall.
    let bought = at("2026-03-26T18:40:00Z");
    let until = bought.checked_add(WINDOW).unwrap();
    assert_eq!(until, at("2026-04-02T18:40:00Z"));
    let berlin = jiff::tz::TimeZone::get("Europe/Berlin").unwrap();
    assert_eq!(bought.to_zoned(berlin.clone()).time().hour(), 19);
    assert_eq!(until.to_zoned(berlin).time().hour(), 20);
}

proptest::proptest! {
    #[test]
    fn a_part_is_never_more_than_the_whole_and_never_negative(
        unit in 0_i64..1_000_000, licences in 1_u32..500, start in 0_i64..3_000, later in 0_i64..4_000, annual: bool,
    ) {
        let start_at = Timestamp::from_second(1_600_000_000 + start * 86_400).unwrap();
        let now = Timestamp::from_second(1_600_000_000 + (start + later) * 86_400).unwrap();
        let cycle = if annual { BillingCycle::Annual } else { BillingCycle::Monthly };
        let period = bill_period(Some(start_at), None, Term::P1Y, cycle, now).unwrap();
        let today = prorate::day(now);
        proptest::prop_assert!(period.from <= today && today < period.to);
        let part = prorated(&euros(unit), licences, period, now).unwrap();
        proptest::prop_assert!(part.money.minor >= 0 && part.money.minor <= unit * i64::from(licences));
        proptest::prop_assert!(part.days >= 1 && part.days <= part.of_days);
    }
}
