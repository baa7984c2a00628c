//! What is read without being asked for: a table of cases, and days of it with nobody there.
#![allow(clippy::expect_used, clippy::panic, reason = "a test may fail loudly")]

use cb_sync::drift::{DETAILS, LIST, Next, QUARTER, RUN, Reading, next};
use jiff::Timestamp;
use std::time::Duration;

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3600);

fn at(since_start: Duration) -> Timestamp {
    cb_sync::wait::after(Timestamp::UNIX_EPOCH, since_start)
}

/// Everything was read at the start, and nobody has come since.
fn fresh() -> Reading {
    let start = at(Duration::ZERO);
    Reading {
        run_at: start,
        asked_at: start,
        person_at: None,
        partnerships_at: start,
        customers_at: start,
        page_waits: false,
        page_before: false,
        customer_waits: false,
    }
}

#[test]
fn the_table() {
    let person = |ago: Duration, now: Duration| Some(at(now.saturating_sub(ago)));
    let cases: Vec<(&str, Duration, Reading, Next)> = vec![
        ("just read", Duration::ZERO, fresh(), Next::Wait(QUARTER)),
        ("a minute later", MINUTE, fresh(), Next::Wait(14 * MINUTE)),
        ("all is fresh", HOUR, fresh(), Next::Wait(QUARTER)),
        ("a customer is old", 16 * MINUTE, Reading { customer_waits: true, ..fresh() }, Next::Customer),
        (
            "a customer is old, but the last request is not",
            HOUR,
            Reading { customer_waits: true, asked_at: at(50 * MINUTE), ..fresh() },
            Next::Wait(5 * MINUTE),
        ),
        ("partnerships come before customers", LIST, Reading { customer_waits: true, ..fresh() }, Next::Partnerships),
        (
            "then the list of customers",
            LIST,
            Reading { customer_waits: true, partnerships_at: at(5 * HOUR), ..fresh() },
            Next::CustomerPage,
        ),
        ("a list that was begun is ended first", LIST, Reading { page_waits: true, ..fresh() }, Next::CustomerPage),
        (
            "but not before a customer, after a page",
            LIST,
            Reading { page_waits: true, page_before: true, customer_waits: true, ..fresh() },
            Next::Customer,
        ),
        (
            "a page after a page where no customer waits",
            LIST,
            Reading { page_waits: true, page_before: true, ..fresh() },
            Next::CustomerPage,
        ),
        (
            "a page waits its quarter too",
            LIST,
            Reading { page_waits: true, asked_at: at(LIST - MINUTE), ..fresh() },
            Next::Wait(14 * MINUTE),
        ),
        (
            "the person is at work, and the last run is an hour ago",
            RUN,
            Reading { person_at: person(MINUTE, RUN), ..fresh() },
            Next::Run,
        ),
        (
            "at work, and a request has just left: a run does not wait for it",
            RUN,
            Reading { person_at: person(MINUTE, RUN), asked_at: at(RUN - MINUTE), ..fresh() },
            Next::Run,
        ),
        (
            "at work, and the hour ends before the quarter",
            55 * MINUTE,
            Reading { person_at: person(MINUTE, 55 * MINUTE), asked_at: at(50 * MINUTE), ..fresh() },
            Next::Wait(5 * MINUTE),
        ),
        (
            "the person left a quarter ago",
            2 * HOUR,
            Reading { person_at: person(QUARTER, 2 * HOUR), customer_waits: true, ..fresh() },
            Next::Customer,
        ),
        (
            "the person came before the last run and not since",
            2 * HOUR,
            Reading { person_at: Some(at(Duration::ZERO)), ..fresh() },
            Next::Wait(QUARTER),
        ),
        (
            "a time that is still to come counts as now",
            Duration::ZERO,
            Reading { asked_at: at(HOUR), run_at: at(HOUR), customer_waits: true, ..fresh() },
            Next::Wait(QUARTER),
        ),
    ];
    for (name, now, known, wanted) in cases {
        assert_eq!(next(&known, at(now)), wanted, "{name}");
    }
}

/// So many customers on so many pages, left alone for four weeks. Gives when each request left.
fn alone(customers: usize, pages: u32) -> (Vec<Duration>, Vec<u32>) {
    let (mut known, mut now, mut left) = (fresh(), Duration::ZERO, Vec::new());
    let mut read = vec![Duration::ZERO; customers];
    let (mut times, mut page, mut pages_read) = (vec![0_u32; customers], 0, 0_usize);
    while now < 28 * 24 * HOUR {
        let oldest = (0..customers).min_by_key(|one| read[*one]);
        known.customer_waits = oldest.is_some_and(|one| now.saturating_sub(read[one]) >= DETAILS);
        let wanted = next(&known, at(now));
        match wanted {
            Next::Run => panic!("nobody is there"),
            Next::Wait(wait) => {
                assert!(!wait.is_zero(), "it would spin");
                now += wait;
                continue;
            }
            Next::Partnerships => known.partnerships_at = at(now),
            Next::CustomerPage => {
                pages_read += 1;
                if page == 0 {
                    known.customers_at = at(now);
                }
                page = (page + 1) % pages;
                known.page_waits = page > 0;
            }
            Next::Customer => {
                let one = oldest.expect("one waits");
                read[one] = now;
                times[one] += 1;
            }
        }
        known.page_before = wanted == Next::CustomerPage;
        known.asked_at = at(now);
        left.push(now);
    }
    assert!(pages_read > 0, "new customers are found");
    (left, times)
}

#[test]
fn n5_a_book_left_alone_makes_at_most_one_request_in_a_quarter_and_reads_everybody_in_turn() {
    for (customers, pages) in [(0, 1), (1, 1), (60, 1), (500, 1), (2_000, 4), (100_000, 200)] {
        let (left, times) = alone(customers, pages);
        for pair in left.windows(2) {
            assert!(pair[1] - pair[0] >= QUARTER, "{customers}: {pair:?}");
        }
        assert!(!left.is_empty(), "what changes is found");
        let (least, most) = (times.iter().min().copied(), times.iter().max().copied());
        assert!(most.unwrap_or(0) - least.unwrap_or(0) <= 1, "{customers}: nobody is read twice before all others");
        if customers >= 500 {
            let read: u32 = times.iter().sum();
            assert!(read as usize >= left.len() / 3, "{customers}: a long list leaves its customers room: {read}");
        }
        if customers <= 500 {
            assert!(least.unwrap_or(1) >= 1, "{customers}: everybody within four weeks: {least:?}");
        }
    }
}
