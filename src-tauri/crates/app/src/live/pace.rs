//! Keeps below the published 500 requests a minute (per tenant, on customers, orders and subscriptions), with room for
//! whatever else the company runs.

use async_trait::async_trait;
use bytes::Bytes;
use cb_partner_center::transport::{Transport, TransportError};
use http::{Request, Response};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::Instant;

/// 400 a minute.
const STEP: Duration = Duration::from_millis(150);
/// So many may go at once after a rest.
const BURST: u32 = 40;

/// A transport that lets requests out one step apart once a burst is used up.
pub(super) struct Paced {
    inner: Arc<dyn Transport>,
    /// When the next one would go if there were no burst. Taken in the order of asking.
    next: Mutex<Option<Instant>>,
}

impl Paced {
    pub(super) fn new(inner: Arc<dyn Transport>) -> Self {
        Self { inner, next: Mutex::new(None) }
    }

    async fn turn(&self) {
        let wait = {
            let mut next = self.next.lock().await;
            let now = Instant::now();
            let (wait, after) = paced(next.map_or(Duration::ZERO, |next| next.saturating_duration_since(now)));
            *next = Some(now + after);
            wait
        };
        if !wait.is_zero() {
            tokio::time::sleep(wait).await;
        }
    }
}

/// How long a request waits when the steps taken so far reach that far ahead, and how far ahead they reach then.
fn paced(ahead: Duration) -> (Duration, Duration) {
    (ahead.saturating_sub(STEP * BURST), ahead + STEP)
}

#[async_trait]
impl Transport for Paced {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        self.turn().await;
        self.inner.send(request).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_minute_sees_more_than_the_published_limit() {
        let (mut now, mut reach) = (Duration::ZERO, Duration::ZERO);
        let mut sent = Vec::new();
        for _ in 0..1500 {
            let (wait, after) = paced(reach.saturating_sub(now));
            reach = now + after;
            now += wait;
            sent.push(now);
        }
        let minute = Duration::from_secs(60);
        for (at, time) in sent.iter().enumerate() {
            let within = sent[at..].iter().take_while(|later| **later - *time < minute).count();
            assert!(within <= 500, "{within} in the minute from {time:?}");
        }
        assert_eq!(sent[BURST as usize], Duration::ZERO, "a burst goes at once");
        assert!(sent[1499] >= Duration::from_secs(200), "then one step apart");
        assert_eq!(paced(Duration::ZERO).0, Duration::ZERO, "and at once again after a rest");
    }
}
