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
            let due = next.unwrap_or(now).max(now);
            *next = Some(due + STEP);
            (due - now).saturating_sub(STEP * BURST)
        };
        if !wait.is_zero() {
            tokio::time::sleep(wait).await;
        }
    }
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

    struct Answers;

    #[async_trait]
    impl Transport for Answers {
        async fn send(&self, _: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
            Ok(Response::new(Bytes::new()))
        }
    }

    #[tokio::test(start_paused = true)]
    async fn no_minute_sees_more_than_the_published_limit() {
        let paced = Paced::new(Arc::new(Answers));
        let start = Instant::now();
        let mut sent = Vec::new();
        for _ in 0..1500 {
            paced.send(Request::new(Bytes::new())).await.unwrap();
            sent.push(start.elapsed());
        }
        let minute = Duration::from_secs(60);
        for (at, time) in sent.iter().enumerate() {
            let within = sent[at..].iter().take_while(|later| **later - *time < minute).count();
            assert!(within <= 500, "{within} in the minute from {time:?}");
        }
        assert!(sent[BURST as usize - 1] < Duration::from_millis(1), "a burst goes at once");
        tokio::time::sleep(minute).await;
        let rested = Instant::now();
        for _ in 0..BURST {
            paced.send(Request::new(Bytes::new())).await.unwrap();
        }
        assert!(rested.elapsed() < Duration::from_millis(1), "so it does after a rest");
    }
}
