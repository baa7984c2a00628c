//! One request with its headers, one answer judged. A refused token is refreshed once, with the same request key.

use crate::client::Client;
use crate::retry_after::{retry_after, server_date};
use crate::token::TokenError;
use crate::transport::{Sink, TransportError};
use crate::triage::{Operation, Verdict, triage};
use crate::wire;
use bytes::Bytes;
use cb_sync::remote::{Outcome, RefusalClass, RequestIds};
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderName, HeaderValue};
use http::{HeaderMap, Method, Request, Response, StatusCode};
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use std::time::Duration;
use uuid::Uuid;
use zeroize::Zeroizing;

/// Why there is no good answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// Provably nothing left this machine.
    NotSent,
    /// It may or may not have taken effect.
    Unknown,
    /// Wait, as long as the server says where it says so.
    Throttled(Option<Duration>),
    /// The token was refused twice.
    SignIn,
    /// A second factor is demanded.
    Mfa,
    /// A definite no.
    Refused {
        /// What kind of no.
        class: RefusalClass,
        /// HTTP status.
        status: u16,
        /// Error code; 0 when there was none.
        code: u32,
        /// Texts of the error, for example paths of members.
        data: Vec<String>,
    },
}

impl From<Failure> for Outcome {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::NotSent => Self::NotSent,
            Failure::Unknown => Self::Unknown,
            Failure::Throttled(retry_after) => Self::Throttled { retry_after },
            Failure::SignIn => Self::SignIn,
            Failure::Mfa => Self::MfaNeeded,
            Failure::Refused { class, status, code, data } => Self::Refused { class, status, code, data },
        }
    }
}

impl From<TransportError> for Failure {
    fn from(error: TransportError) -> Self {
        match error {
            TransportError::NotSent => Self::NotSent,
            TransportError::Unknown => Self::Unknown,
        }
    }
}

impl From<TokenError> for Failure {
    fn from(error: TokenError) -> Self {
        match error {
            TokenError::SignIn => Self::SignIn,
            TokenError::Mfa => Self::Mfa,
            TokenError::Offline => Self::NotSent,
        }
    }
}

/// A body that can't be read leaves open what happened.
impl From<wire::Unreadable> for Failure {
    fn from(error: wire::Unreadable) -> Self {
        tracing::warn!(line = error.line, column = error.column, "unreadable answer");
        Self::Unknown
    }
}

/// Code of a refused token that lacks the second factor.
const MFA: u32 = 900_421;

/// A request before it has headers.
pub(crate) struct Ask {
    pub(crate) operation: Operation,
    pub(crate) method: Method,
    /// Absolute.
    pub(crate) uri: String,
    pub(crate) body: Option<Vec<u8>>,
    /// Headers that a link wants.
    pub(crate) extra: Vec<(String, String)>,
}

/// An answer with a good status. No `Debug`: its body may hold a password.
pub(crate) struct Good {
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) date: Option<Timestamp>,
}

/// Ids of a request that goes along with the main one. Derived, so that nothing here needs a source of chance.
pub(crate) fn ids_along(ids: RequestIds, what: &str) -> RequestIds {
    let space = ids.correlation_id.0;
    RequestIds {
        request_key: Uuid::new_v5(&space, format!("request {what}").as_bytes()).into(),
        correlation_id: Uuid::new_v5(&space, format!("correlation {what}").as_bytes()).into(),
    }
}

impl Client {
    /// Sends it and judges the answer.
    pub(crate) async fn exchange(&self, ask: &Ask, ids: RequestIds) -> Result<Good, Failure> {
        let response = self.answered(ask, ids).await?;
        let status = response.status();
        let headers = response.headers().clone();
        let body = response.into_body();
        if status.is_success() {
            return Ok(Good { date: server_date(&headers), headers, body });
        }
        Err(refused(ask.operation, status, &headers, &body))
    }

    /// Sends it; a refused token is refreshed once.
    pub(crate) async fn answered(&self, ask: &Ask, ids: RequestIds) -> Result<Response<Bytes>, Failure> {
        let token = self.tokens.token().await?;
        let response = self.transport.send(self.request(ask, ids, &token)?).await?;
        if response.status() != StatusCode::UNAUTHORIZED {
            return Ok(response);
        }
        let code = error_of(response.body()).number();
        if triage(ask.operation, 401, code, false) == Verdict::Mfa {
            return Err(Failure::Mfa);
        }
        let token = self.tokens.refresh(&token).await?;
        let again = RequestIds { correlation_id: ids_along(ids, "again").correlation_id, ..ids };
        Ok(self.transport.send(self.request(ask, again, &token)?).await?)
    }

    /// Sends it and hands the body of a good answer on as it comes, so that it never lies in memory as a whole. A
    /// refused token is refreshed once.
    pub(crate) async fn streamed(&self, ask: &Ask, ids: RequestIds, sink: &mut Sink<'_>) -> Result<(), Failure> {
        let token = self.tokens.token().await?;
        let mut response = self.transport.download(self.request(ask, ids, &token)?, sink).await?;
        if response.status() == StatusCode::UNAUTHORIZED {
            if error_of(response.body()).number() == MFA {
                return Err(Failure::Mfa);
            }
            let token = self.tokens.refresh(&token).await?;
            let again = RequestIds { correlation_id: ids_along(ids, "again").correlation_id, ..ids };
            response = self.transport.download(self.request(ask, again, &token)?, sink).await?;
        }
        let status = response.status();
        if status.is_success() {
            return Ok(());
        }
        Err(refused(ask.operation, status, response.headers(), response.body()))
    }

    fn request(&self, ask: &Ask, ids: RequestIds, token: &SecretString) -> Result<Request<Bytes>, Failure> {
        // What can't be written as a request is never sent.
        self.built(ask, ids, token).ok_or(Failure::NotSent)
    }

    fn built(&self, ask: &Ask, ids: RequestIds, token: &SecretString) -> Option<Request<Bytes>> {
        let body = ask.body.clone().unwrap_or_default();
        let mut request = Request::new(Bytes::from(body));
        *request.method_mut() = ask.method.clone();
        *request.uri_mut() = ask.uri.parse().ok()?;
        let headers = request.headers_mut();
        let bearer = Zeroizing::new(format!("Bearer {}", token.expose_secret()));
        let mut bearer = HeaderValue::from_str(&bearer).ok()?;
        bearer.set_sensitive(true);
        headers.insert(AUTHORIZATION, bearer);
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        if ask.body.is_some() {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        for (name, value) in [
            ("ms-requestid", ids.request_key.to_string()),
            ("ms-correlationid", ids.correlation_id.to_string()),
            ("x-locale", self.locale.get()),
            ("ms-partnercenter-application", "Channelbook".to_owned()),
            ("ms-partnercenter-client", "Channelbook".to_owned()),
            ("ms-sdkversion", env!("CARGO_PKG_VERSION").to_owned()),
        ] {
            headers.insert(HeaderName::from_static(name), HeaderValue::from_str(&value).ok()?);
        }
        for (name, value) in &ask.extra {
            let name: HeaderName = name.parse().ok()?;
            // A link may bring its token, never who we are.
            if name != AUTHORIZATION {
                headers.insert(name, HeaderValue::from_str(value).ok()?);
            }
        }
        Some(request)
    }
}

/// What a body says about an error; nothing where it says nothing readable.
fn error_of(body: &[u8]) -> wire::ServiceError {
    wire::from_answer(body).unwrap_or_default()
}

/// Judges a bad status.
pub(crate) fn refused(operation: Operation, status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Failure {
    let error = error_of(body);
    let (status, code) = (status.as_u16(), error.number());
    let wait = retry_after(headers);
    match triage(operation, status, code, wait.is_some()) {
        Verdict::Refused(class) => Failure::Refused { class, status, code, data: error.texts() },
        Verdict::Transient => Failure::Unknown,
        Verdict::Throttled => Failure::Throttled(wait),
        Verdict::SignIn => Failure::SignIn,
        Verdict::Mfa => Failure::Mfa,
    }
}
