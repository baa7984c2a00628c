//! What is read from Partner Center when nobody asks for it: what changed there meanwhile is found, and a book that is left
//! alone makes no more than one request in a quarter of an hour.
//!
//! While the person is at work everything that is old is read in one run, at the pace that Partner Center publishes. When
//! nobody is there, one thing at a time is read, whatever has waited longest for its turn.

use jiff::Timestamp;
use std::time::Duration;

/// Between two requests that nobody waits for. Also for how long the person counts as being at work.
pub const QUARTER: Duration = Duration::from_secs(15 * 60);
/// A run while the person is at work, after the last one.
pub const RUN: Duration = Duration::from_secs(3600);
/// A list that is read again while nobody is there.
pub const LIST: Duration = Duration::from_secs(6 * 3600);
/// Details of a customer that are read again, while somebody is there or not.
pub const DETAILS: Duration = Duration::from_secs(24 * 3600);

/// What is known of the reading so far. All times are by the monotonic clock of this run of the app (N3).
#[derive(Debug, Clone, Copy)]
pub struct Reading {
    /// The last run over everything ended.
    pub run_at: Timestamp,
    /// The last request that nobody waited for left.
    pub asked_at: Timestamp,
    /// The person last did something; `None` when nothing since the start.
    pub person_at: Option<Timestamp>,
    /// Partnerships were last listed.
    pub partnerships_at: Timestamp,
    /// The list of customers was last begun.
    pub customers_at: Timestamp,
    /// That list is under way: its next page is known.
    pub page_waits: bool,
    /// The last request that nobody waited for was for a page of it.
    pub page_before: bool,
    /// A customer was never read, or longer ago than [`DETAILS`].
    pub customer_waits: bool,
}

/// What is read next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Everything that is old, in one run.
    Run,
    /// The partnerships.
    Partnerships,
    /// A page of the list of customers.
    CustomerPage,
    /// One customer, who has waited longest.
    Customer,
    /// Nothing for so long. The person may come back before that.
    Wait(Duration),
}

/// What is read next, and when.
#[must_use]
pub fn next(known: &Reading, now: Timestamp) -> Next {
    let at_work = known.person_at.is_some_and(|at| since(at, now) < QUARTER);
    if at_work && since(known.run_at, now) >= RUN {
        return Next::Run;
    }
    let quiet = since(known.asked_at.max(known.run_at), now);
    if quiet < QUARTER {
        let rest = QUARTER - quiet;
        let run = if at_work { RUN.saturating_sub(since(known.run_at, now)) } else { rest };
        return Next::Wait(rest.min(run));
    }
    // A link to the next page ages, so a list that was begun is brought to its end; but a list of many pages, which is old
    // again when it ends, must not keep the customers themselves waiting for ever.
    if known.page_before && known.customer_waits {
        Next::Customer
    } else if known.page_waits {
        Next::CustomerPage
    } else if since(known.partnerships_at, now) >= LIST {
        Next::Partnerships
    } else if since(known.customers_at, now) >= LIST {
        Next::CustomerPage
    } else if known.customer_waits {
        Next::Customer
    } else {
        // A customer grows old by the clock on the wall: looked at again after a quarter, which asks nobody.
        Next::Wait(QUARTER)
    }
}

/// For how long; nothing where the time is still to come.
fn since(at: Timestamp, now: Timestamp) -> Duration {
    Duration::try_from(now.duration_since(at)).unwrap_or(Duration::ZERO)
}
