//! The way to the practice Partner Center on which one request meets with a mishap, told by its number.

use crate::transport::Practice;
use async_trait::async_trait;
use bytes::Bytes;
use cb_partner_center::transport::{Transport, TransportError};
use http::{Method, Request, Response};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// What happens to one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mishap {
    /// Nothing leaves the machine.
    NotSent,
    /// Lost on its way.
    LostBefore,
    /// Carried out, its answer lost.
    LostAfter,
    /// 500 after it was carried out.
    Broken,
    /// 429.
    Throttled,
    /// 401, once.
    SignIn,
    /// The process dies before it has left.
    KilledBefore,
    /// The process dies when it has been carried out, before the answer is heard.
    KilledAfter,
}

pub(super) const MISHAPS: [Mishap; 8] = [
    Mishap::NotSent,
    Mishap::LostBefore,
    Mishap::LostAfter,
    Mishap::Broken,
    Mishap::Throttled,
    Mishap::SignIn,
    Mishap::KilledBefore,
    Mishap::KilledAfter,
];

/// The line, and what went over it.
pub(super) struct Line {
    inner: Practice,
    /// Request number, from 0, and what happens to it.
    plan: Option<(u64, Mishap)>,
    /// Bug planted on purpose: a change without an answer is sent again as a new one.
    hasty: bool,
    requests: AtomicU64,
    changes: AtomicU64,
    killed: AtomicBool,
}

impl Line {
    pub(super) fn new(inner: Practice, plan: Option<(u64, Mishap)>, hasty: bool) -> Self {
        let (requests, changes) = (AtomicU64::new(0), AtomicU64::new(0));
        Self { inner, plan, hasty, requests, changes, killed: AtomicBool::new(false) }
    }

    /// Requests that were to leave.
    pub(super) fn requests(&self) -> u64 {
        self.requests.load(Ordering::SeqCst)
    }

    /// Changes that Partner Center has carried out.
    pub(super) fn changes(&self) -> u64 {
        self.changes.load(Ordering::SeqCst)
    }

    /// The process is dead: nothing it does from here on counts.
    pub(super) fn is_dead(&self) -> bool {
        self.killed.load(Ordering::SeqCst)
    }

    async fn die(&self) {
        self.killed.store(true, Ordering::SeqCst);
        std::future::pending().await
    }

    async fn carry_out(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let changes = request.method() != Method::GET;
        let response = self.inner.send(request).await?;
        self.changes.fetch_add(u64::from(changes && response.status().is_success()), Ordering::SeqCst);
        Ok(response)
    }
}

fn plain(status: u16) -> Response<Bytes> {
    Response::builder().status(status).header("retry-after", "2").body(Bytes::new()).unwrap()
}

#[async_trait]
impl Transport for Line {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let number = self.requests.fetch_add(1, Ordering::SeqCst);
        let mishap = self.plan.filter(|(at, _)| *at == number).map(|(_, mishap)| mishap);
        match mishap {
            Some(Mishap::NotSent) => return Err(TransportError::NotSent),
            Some(Mishap::LostBefore) => return Err(TransportError::Unknown),
            Some(Mishap::Throttled) => return Ok(plain(429)),
            Some(Mishap::SignIn) => return Ok(plain(401)),
            Some(Mishap::KilledBefore) => self.die().await,
            Some(Mishap::LostAfter | Mishap::Broken | Mishap::KilledAfter) | None => {}
        }
        let again = (self.hasty && request.method() == Method::POST).then(|| request.clone());
        let response = self.carry_out(request).await?;
        match mishap {
            Some(Mishap::LostAfter) => match again {
                Some(mut again) => {
                    let key = uuid::Uuid::new_v4().to_string();
                    again.headers_mut().insert("ms-requestid", http::HeaderValue::from_str(&key).unwrap());
                    self.carry_out(again).await
                }
                None => Err(TransportError::Unknown),
            },
            Some(Mishap::Broken) => Ok(plain(500)),
            Some(Mishap::KilledAfter) => {
                self.die().await;
                Err(TransportError::Unknown)
            }
            Some(Mishap::NotSent | Mishap::LostBefore | Mishap::Throttled | Mishap::SignIn | Mishap::KilledBefore)
            | None => Ok(response),
        }
    }
}
