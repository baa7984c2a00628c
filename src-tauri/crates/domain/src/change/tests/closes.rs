//! Which window closes next, and how many licences go back until then.

use super::*;

/// State, licences, the date of the whole, batches as `licences@until` (`-` was never read), now, and what is open:
/// `licences@until`, soonest first.
const TABLE: &str = "
# One batch, two, and what is over: to the second.
new active     40 | -                    | 6@2026-11-24T18:40:00Z                        | 2026-11-24T09:40:00Z | 6@2026-11-24T18:40:00Z
new active     40 | -                    | 6@2026-11-24T18:40:00Z                        | 2026-11-24T18:39:59Z | 6@2026-11-24T18:40:00Z
new active     40 | -                    | 6@2026-11-24T18:40:00Z                        | 2026-11-24T18:40:00Z |
new active     40 | -                    | 3@2026-11-26T08:00:00Z 6@2026-11-24T18:40:00Z | 2026-11-24T09:40:00Z | 6@2026-11-24T18:40:00Z 3@2026-11-26T08:00:00Z
new active     40 | -                    | 3@2026-11-26T08:00:00Z 6@2026-11-24T18:40:00Z | 2026-11-25T00:00:00Z | 3@2026-11-26T08:00:00Z
new active     40 | -                    | 3@2026-11-26T08:00:00Z 0@2026-11-24T18:40:00Z | 2026-11-24T09:40:00Z | 3@2026-11-26T08:00:00Z
# Bought at the same second in two orders: one window.
new active     40 | -                    | 6@2026-11-24T18:40:00Z 2@2026-11-24T18:40:00Z | 2026-11-24T09:40:00Z | 8@2026-11-24T18:40:00Z
# The whole of it: its batch says how many; more licences later close later; without a batch only the whole goes.
new active     40 | 2026-11-24T18:40:00Z | 40@2026-11-24T18:40:00Z                       | 2026-11-24T09:40:00Z | 40@2026-11-24T18:40:00Z
new active     46 | 2026-11-24T18:40:00Z | 40@2026-11-24T18:40:00Z 6@2026-11-25T10:00:00Z | 2026-11-24T09:40:00Z | 40@2026-11-24T18:40:00Z 6@2026-11-25T10:00:00Z
new active     46 | 2026-11-24T18:40:00Z | 40@2026-11-24T18:40:00Z 6@2026-11-25T10:00:00Z | 2026-11-24T18:40:00Z | 6@2026-11-25T10:00:00Z
new active     40 | 2026-11-24T18:40:00Z |                                               | 2026-11-24T09:40:00Z | 0@2026-11-24T18:40:00Z
# Never read one by one: all of it, by the date of the list.
new active     40 | 2026-11-24T18:40:00Z | -                                             | 2026-11-24T09:40:00Z | 40@2026-11-24T18:40:00Z
new active     40 | -                    | -                                             | 2026-11-24T09:40:00Z |
# States: suspended goes as a whole only; nothing goes back of what is not there or over.
new suspended  40 | 2026-11-24T18:40:00Z | 40@2026-11-24T18:40:00Z                       | 2026-11-24T09:40:00Z | 0@2026-11-24T18:40:00Z
new suspended  40 | 2026-11-24T18:40:00Z | -                                             | 2026-11-24T09:40:00Z | 0@2026-11-24T18:40:00Z
new suspended  40 | -                    | 6@2026-11-24T18:40:00Z                        | 2026-11-24T09:40:00Z |
new trial      25 | 2026-11-24T18:40:00Z | 25@2026-11-24T18:40:00Z                       | 2026-11-24T09:40:00Z | 0@2026-11-24T18:40:00Z
new wanted     40 | 2026-11-24T18:40:00Z | 40@2026-11-24T18:40:00Z                       | 2026-11-24T09:40:00Z |
new none       40 | 2026-11-24T18:40:00Z | 40@2026-11-24T18:40:00Z                       | 2026-11-24T09:40:00Z |
new pending    40 | 2026-11-24T18:40:00Z | 40@2026-11-24T18:40:00Z                       | 2026-11-24T09:40:00Z |
new expired    40 | 2026-11-24T18:40:00Z | 40@2026-11-24T18:40:00Z                       | 2026-11-24T09:40:00Z |
new disabled   40 | 2026-11-24T18:40:00Z | 40@2026-11-24T18:40:00Z                       | 2026-11-24T09:40:00Z |
new deleted    40 | 2026-11-24T18:40:00Z | 40@2026-11-24T18:40:00Z                       | 2026-11-24T09:40:00Z |
old active     40 | 2026-11-24T18:40:00Z | 40@2026-11-24T18:40:00Z                       | 2026-11-24T09:40:00Z |
old suspended  40 | 2026-11-24T18:40:00Z | -                                             | 2026-11-24T09:40:00Z |
# Time zones: the same moment, written in Berlin and in New York; the change to winter time moves nothing.
new active     40 | -                    | 6@2026-11-24T19:40:00+01:00                   | 2026-11-24T13:39:59-05:00 | 6@2026-11-24T18:40:00Z
new active     40 | -                    | 6@2026-11-24T19:40:00+01:00                   | 2026-11-24T13:40:00-05:00 |
new active     40 | -                    | 6@2026-10-30T18:40:00Z                        | 2026-10-30T19:39:59+01:00 | 6@2026-10-30T18:40:00Z
# A leap day, the end of a month and the end of a year.
new active     40 | -                    | 6@2028-02-29T10:00:00Z                        | 2028-02-28T23:59:59Z | 6@2028-02-29T10:00:00Z
new active     40 | -                    | 6@2028-03-01T10:00:00Z 2@2028-02-29T10:00:00Z | 2028-02-29T10:00:00Z | 6@2028-03-01T10:00:00Z
new active     40 | -                    | 6@2027-03-01T00:00:00Z                        | 2027-02-28T23:59:59Z | 6@2027-03-01T00:00:00Z
new active     40 | -                    | 6@2027-01-01T00:00:00Z 1@2026-12-31T23:59:59Z | 2026-12-31T23:59:58Z | 1@2026-12-31T23:59:59Z 6@2027-01-01T00:00:00Z
";

fn licences(text: &str) -> Vec<Batch> {
    let one = |word: &str| {
        let (quantity, until) = word.split_once('@').unwrap();
        Batch { quantity: quantity.parse().unwrap(), until: at(until) }
    };
    text.split_whitespace().map(one).collect()
}

#[test]
fn windows_are_open_until_their_own_second_batch_by_batch() {
    use SubscriptionStatus as T;
    let mut rows = 0;
    for row in TABLE.lines().filter(|row| !row.is_empty() && !row.starts_with('#')) {
        let columns: Vec<&str> = row.split('|').map(str::trim).collect();
        let [state, whole, batches, now, wanted] = columns[..] else { panic!("{row}") };
        let words: Vec<&str> = state.split_whitespace().collect();
        let status = match words[1] {
            "active" | "trial" => T::Active,
            "suspended" => T::Suspended,
            "wanted" => T::Wanted,
            "none" => T::None,
            "pending" => T::Pending,
            "expired" => T::Expired,
            "disabled" => T::Disabled,
            "deleted" => T::Deleted,
            other => panic!("{other}"),
        };
        let details = (batches != "-").then(|| Details {
            trial: words[1] == "trial",
            batches: licences(batches),
            ..Details::default()
        });
        let one = Windowed {
            commerce: if words[0] == "old" { CommerceKind::Legacy } else { CommerceKind::New },
            status,
            quantity: words[2].parse().unwrap(),
            cancellable_until: (whole != "-").then(|| at(whole)),
            details: details.as_ref(),
        };
        let open = one.closing(at(now));
        let wanted: Vec<Closing> =
            licences(wanted).into_iter().map(|one| Closing { until: one.until, quantity: one.quantity }).collect();
        assert_eq!(open, wanted, "{row}");
        assert_eq!(next_to_close(open), wanted.first().copied(), "the first is the next: {row}");
        rows += 1;
    }
    assert_eq!(rows, 32);
}

#[test]
fn of_several_subscriptions_the_soonest_counts_and_those_of_the_same_moment_together() {
    let open = |quantity, until| Closing { quantity, until: at(until) };
    let (soon, later) = ("2026-11-24T18:40:00Z", "2026-11-26T08:00:00Z");
    for (windows, next) in [
        (vec![], None),
        (vec![open(3, later), open(6, soon)], Some(open(6, soon))),
        (vec![open(6, soon), open(3, later)], Some(open(6, soon))),
        (vec![open(6, soon), open(9, later), open(2, soon)], Some(open(8, soon))),
        // One that only goes as a whole adds no licences.
        (vec![open(0, soon), open(2, soon)], Some(open(2, soon))),
        (vec![open(0, soon), open(2, later)], Some(open(0, soon))),
    ] {
        assert_eq!(next_to_close(windows.clone()), next, "{windows:?}");
    }
}

#[test]
fn a_window_is_open_exactly_where_something_may_go_back() {
    // The rule of the badges and the rule of the actions never say two things.
    use SubscriptionStatus as T;
    let whole = at("2026-11-24T18:40:00Z");
    for status in [T::Wanted, T::None, T::Active, T::Pending, T::Suspended, T::Expired, T::Disabled, T::Deleted] {
        for commerce in [CommerceKind::New, CommerceKind::Legacy] {
            for cancellable_until in [None, Some(whole)] {
                for batches in [Vec::new(), vec![Batch { quantity: 6, until: whole }]] {
                    for trial in [false, true] {
                        for now in ["2026-11-24T18:39:59Z", "2026-11-24T18:40:00Z"].map(at) {
                            let mut s = Standing { commerce, trial, cancellable_until, now, ..standing() };
                            s.batches.clone_from(&batches);
                            s.values.status = status;
                            let details = Details { trial, batches: batches.clone(), ..Details::default() };
                            let one =
                                Windowed { commerce, status, quantity: 40, cancellable_until, details: Some(&details) };
                            // Older licences go back at any time: no window bounds them.
                            let fewer = commerce == CommerceKind::New && allowed(Action::FewerLicences, &s).is_ok();
                            let possible = fewer || allowed(Action::Cancel, &s).is_ok();
                            assert_eq!(!one.closing(now).is_empty(), possible, "{s:?}");
                        }
                    }
                }
            }
        }
    }
}
