//! The way to the practice Partner Center: requests go into its router in this process, no port is opened.

use crate::views::Language;
use async_trait::async_trait;
use bytes::Bytes;
use cb_partner_center::transport::{Transport, TransportError};
use cb_sandbox::{LOST_HEADER, LOST_STATUS, Sandbox};
use http::{HeaderValue, Request, Response};
use http_body_util::{BodyExt, Full};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use tower::ServiceExt;

/// *Network off* of a practice workspace, where a request never leaves, and the language it is answered in.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cable {
    out: Arc<AtomicBool>,
    german: Arc<AtomicBool>,
    /// How often the language was set.
    turns: Arc<AtomicU32>,
}

impl Cable {
    /// Pulled?
    pub(crate) fn is_out(&self) -> bool {
        self.out.load(Ordering::Relaxed)
    }

    /// Pulls or plugs it.
    pub(crate) fn set_out(&self, out: bool) {
        self.out.store(out, Ordering::Relaxed);
    }

    /// What is asked from now on is answered in this language: a practice workspace follows the screens.
    pub(crate) fn set_language(&self, language: Language) {
        self.german.store(language == Language::De, Ordering::Relaxed);
        self.turns.fetch_add(1, Ordering::Relaxed);
    }

    /// How often it was set: who finds the same number before and after has heard one language throughout.
    pub(crate) fn turns(&self) -> u32 {
        self.turns.load(Ordering::Relaxed)
    }

    /// Language in which is answered.
    pub(crate) fn language(&self) -> Language {
        if self.german.load(Ordering::Relaxed) { Language::De } else { Language::En }
    }
}

/// In-process transport.
pub(crate) struct Practice {
    sandbox: Sandbox,
    cable: Cable,
}

impl Practice {
    /// Into this sandbox, over this cable.
    pub(crate) fn new(sandbox: Sandbox, cable: Cable) -> Self {
        Self { sandbox, cable }
    }
}

#[async_trait]
impl Transport for Practice {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        if self.cable.is_out() {
            return Err(TransportError::NotSent);
        }
        let mut request = request.map(Full::new);
        let locale = HeaderValue::from_static(crate::live::locale(self.cable.language()));
        request.headers_mut().insert("x-locale", locale);
        let Ok(response) = self.sandbox.router().oneshot(request).await;
        // The sandbox did the work and says that its answer is to be lost.
        if response.status().as_u16() == LOST_STATUS || response.headers().contains_key(LOST_HEADER) {
            return Err(TransportError::Unknown);
        }
        // A cable pulled meanwhile loses the answer, not the request.
        if self.cable.is_out() {
            return Err(TransportError::Unknown);
        }
        let (head, body) = response.into_parts();
        let bytes = body.collect().await.map_err(|_| TransportError::Unknown)?.to_bytes();
        Ok(Response::from_parts(head, bytes))
    }
}
