//! How long to wait (N2, N3): full jitter, Retry-After clamped, stored wake-ups clamped on load.

use jiff::{SignedDuration, Timestamp};
use std::time::Duration;

/// First cap of the backoff.
const BASE: Duration = Duration::from_secs(2);
/// Last cap of the backoff.
const CAP: Duration = Duration::from_secs(300);
/// Longest time an operation sleeps unseen (N3).
pub const LONGEST: Duration = Duration::from_secs(3600);
/// An unreadable Retry-After.
const UNREADABLE: Duration = Duration::from_secs(60);
/// A customer under review, a reseller not fit.
pub const RECHECK_HOLD: Duration = Duration::from_secs(3600);
/// An agreement that the customer has to accept.
pub const RECHECK_AGREEMENT: Duration = Duration::from_secs(300);
/// A tenant still being made (N8).
pub const RECHECK_TENANT: Duration = Duration::from_secs(30);
/// For so long is a tenant still being made normal (N8).
pub const TENANT_PATIENCE: Duration = Duration::from_secs(30 * 60);
/// An absent lookup counts only when repeated after this (S10).
pub const ABSENT_AGAIN: Duration = Duration::from_secs(60);
/// New orders may show late: so long after the last send is an absent order no proof (S3).
pub const ORDERS_LATE: Duration = Duration::from_secs(20 * 60);
/// So long a person may build on what a look-up said: that an order found is not theirs, that there is none.
pub const FRESH_LOOK: Duration = Duration::from_secs(15 * 60);
/// An approval lasts so long (N7).
pub const APPROVAL: Duration = Duration::from_secs(7 * 24 * 3600);
/// Tries under one key that may reach the wire (section 3).
pub const WIRE_TRIES: u32 = 8;

/// Backoff before try number `tries` + 1, with full jitter from `random`.
#[must_use]
pub fn backoff(tries: u32, random: u64) -> Duration {
    let cap = BASE.saturating_mul(1_u32.checked_shl(tries.min(16)).unwrap_or(u32::MAX)).min(CAP);
    let millis = u64::try_from(cap.as_millis()).unwrap_or(u64::MAX - 1);
    Duration::from_millis(random % (millis + 1))
}

/// Retry-After as it is obeyed.
#[must_use]
pub fn retry_after(told: Option<Duration>) -> Duration {
    told.unwrap_or(UNREADABLE).clamp(Duration::from_secs(1), LONGEST)
}

/// `now` plus `wait`, saturating.
#[must_use]
pub fn after(now: Timestamp, wait: Duration) -> Timestamp {
    SignedDuration::try_from(wait).ok().and_then(|wait| now.checked_add(wait).ok()).unwrap_or(now)
}

/// A stored wake-up, believed for one hour at most: the wall clock may have been wrong.
#[must_use]
pub fn clamp_wake_up(stored: Option<Timestamp>, now: Timestamp) -> Option<Timestamp> {
    stored.map(|at| at.min(after(now, LONGEST)))
}

/// What is left of `wait` since `from`; nothing when it has passed.
#[must_use]
pub fn left(from: Timestamp, wait: Duration, now: Timestamp) -> Duration {
    Duration::try_from(after(from, wait).duration_since(now)).unwrap_or(Duration::ZERO)
}

/// `wait` has passed since `from`. Both times by the same clock: the monotonic one for how long something has lasted
/// (N3), the wall clock for the age of what is written down.
#[must_use]
pub fn passed(from: Timestamp, wait: Duration, now: Timestamp) -> bool {
    after(from, wait) <= now
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn n2_backoff_has_full_jitter_under_a_growing_cap(tries in 0_u32..100, random: u64) {
            let cap = (2_u64 << tries.min(10)).min(300);
            prop_assert!(backoff(tries, random) <= Duration::from_secs(cap));
        }
        #[test]
        fn n2_retry_after_is_clamped(secs: u64) {
            let wait = retry_after(Some(Duration::from_secs(secs)));
            prop_assert!(wait >= Duration::from_secs(1) && wait <= LONGEST);
        }
    }

    #[test]
    fn n2_unreadable_retry_after_means_a_minute() {
        assert_eq!(retry_after(None), Duration::from_secs(60));
    }

    /// 2 s, doubled with each try, 5 min at most; the whole span can be drawn, and nothing above it.
    #[test]
    fn n2_backoff_draws_from_a_span_that_doubles() {
        let caps = [2, 4, 8, 16, 32, 64, 128, 256, 300, 300];
        for (tries, secs) in (0_u32..).zip(caps) {
            let cap = secs * 1_000;
            for (random, millis) in [(0, 0), (1, 1), (cap, cap), (cap + 1, 0), (cap + 3, 2)] {
                assert_eq!(backoff(tries, random), Duration::from_millis(millis), "{tries} {random}");
            }
        }
        assert_eq!(backoff(u32::MAX, 300_000), Duration::from_secs(300));
    }

    #[test]
    fn n2_n3_what_is_told_and_what_has_passed() {
        for (told, obeyed) in [(0, 1), (1, 1), (90, 90), (3_600, 3_600), (3_601, 3_600)] {
            assert_eq!(retry_after(Some(Duration::from_secs(told))), Duration::from_secs(obeyed));
        }
        let from = Timestamp::UNIX_EPOCH;
        let wait = Duration::from_secs(60);
        for (secs, over, remains) in [(0, false, 60), (59, false, 1), (60, true, 0), (61, true, 0)] {
            let now = after(from, Duration::from_secs(secs));
            assert_eq!(
                (passed(from, wait, now), left(from, wait, now)),
                (over, Duration::from_secs(remains)),
                "{secs}"
            );
        }
        assert_eq!(after(Timestamp::MAX, wait), Timestamp::MAX, "no moment lies behind the last one");
    }

    #[test]
    fn n3_a_stored_wake_up_is_believed_for_an_hour() {
        let now = Timestamp::UNIX_EPOCH;
        let far = after(now, Duration::from_secs(9 * 3600));
        assert_eq!(clamp_wake_up(Some(far), now), Some(after(now, LONGEST)));
        assert_eq!(clamp_wake_up(None, now), None);
    }
}
