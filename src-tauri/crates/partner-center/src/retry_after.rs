//! `Retry-After`: seconds or a date. Never read from a message's text.

use http::HeaderMap;
use http::header::{DATE, RETRY_AFTER};
use jiff::Timestamp;
use jiff::fmt::rfc2822;
use std::time::Duration;

const SHORTEST: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_secs(60 * 60);
/// What an unreadable header stands for (N2).
const UNREADABLE: Duration = Duration::from_secs(60);

/// The server's clock, where it told it.
#[must_use]
pub fn server_date(headers: &HeaderMap) -> Option<Timestamp> {
    date(headers.get(DATE)?.to_str().ok()?)
}

/// How long to wait, clamped to 1 s–1 h; `None` without the header. A date counts from the server's own clock, so
/// that a wrong clock here doesn't matter.
#[must_use]
pub fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let header = headers.get(RETRY_AFTER)?;
    let read = header.to_str().ok().and_then(|text| wait(text, server_date(headers)));
    Some(read.unwrap_or(UNREADABLE).clamp(SHORTEST, LONGEST))
}

fn wait(text: &str, now: Option<Timestamp>) -> Option<Duration> {
    let text = text.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // Digits that don't fit mean "long".
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let seconds = date(text)?.as_second().saturating_sub(now?.as_second());
    Some(Duration::from_secs(u64::try_from(seconds).unwrap_or(0)))
}

/// HTTP dates are RFC 2822 dates with `GMT` for the zone.
fn date(text: &str) -> Option<Timestamp> {
    rfc2822::DateTimeParser::new().parse_timestamp(text.trim()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[test]
    fn n2_seconds_dates_and_nonsense() {
        let now = "Mon, 05 Jan 2026 09:00:00 GMT";
        for (header, date, seconds) in [
            ("57", None, 57),
            (" 5 ", None, 5),
            ("0", None, 1),
            ("99999", None, 3600),
            ("99999999999999999999999", None, 3600),
            ("Mon, 05 Jan 2026 09:02:00 GMT", Some(now), 120),
            ("Mon, 05 Jan 2026 08:00:00 GMT", Some(now), 1),
            ("Tue, 06 Jan 2026 09:00:00 GMT", Some(now), 3600),
            ("Mon, 05 Jan 2026 09:02:00 GMT", None, 60),
            ("Try again in 57 seconds.", Some(now), 60),
            ("-5", None, 60),
            ("1.5", None, 60),
            ("", None, 60),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, HeaderValue::from_static(header));
            if let Some(date) = date {
                headers.insert(DATE, HeaderValue::from_static(date));
            }
            assert_eq!(retry_after(&headers), Some(Duration::from_secs(seconds)), "{header:?}");
        }
        assert_eq!(retry_after(&HeaderMap::new()), None);
    }

    proptest::proptest! {
        #[test]
        fn any_header_gives_a_wait_within_bounds(bytes in proptest::collection::vec(32_u8..=255, 0..40)) {
            if let Ok(value) = HeaderValue::from_bytes(&bytes) {
                let mut headers = HeaderMap::new();
                headers.insert(RETRY_AFTER, value.clone());
                headers.insert(DATE, value);
                let wait = retry_after(&headers).unwrap_or_default();
                proptest::prop_assert!((SHORTEST..=LONGEST).contains(&wait));
            }
        }
    }
}
