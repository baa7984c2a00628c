//! One exchange from request to response: authorisation, faults, memory, the handler in its transaction, headers.

use super::body::without_nulls;
use super::reply::{Refusal, Reply, ReplyBody, Stop};
use super::{LOST_HEADER, LOST_STATUS, REPEATED_HEADER};
use crate::codes;
use crate::sandbox::{Inner, World};
use crate::state::{answers, settings};
use crate::{Faults, SandboxError};
use axum::body::Body;
use axum::extract::{RawPathParams, Request, State};
use axum::response::Response;
use axum::routing::{self, MethodRouter};
use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use jiff::Timestamp;
use percent_encoding::percent_decode_str;
use rand::Rng;
use rusqlite::{Transaction, TransactionBehavior};
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;

/// Largest body taken.
const BODY_LIMIT: usize = 1024 * 1024;
/// What a throttled client is told to wait, in seconds.
const RETRY_AFTER: u32 = 5;
/// Byte order mark in UTF-8.
const BOM: &str = "\u{feff}";

/// The router's state.
pub(crate) type Shared = Arc<Inner>;

/// A handler: reads the exchange, writes through its transaction, answers or refuses.
pub(crate) type Action = fn(&Exchange<'_>) -> Result<Reply, Stop>;

/// What a handler sees.
pub(crate) struct Exchange<'a> {
    pub(crate) tx: &'a Transaction<'a>,
    pub(crate) world: &'a World,
    pub(crate) now: Timestamp,
    pub(crate) faults: Faults,
    /// JSON body; null when there is none.
    pub(crate) body: Value,
    headers: &'a HeaderMap,
    params: &'a [(String, String)],
    query: Vec<(String, String)>,
}

impl Exchange<'_> {
    /// A part of the path.
    pub(crate) fn param(&self, name: &str) -> &str {
        self.params.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// A query parameter, by name in any case, decoded.
    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// A request header that is text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}

/// Whether an action may change the state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Reads,
    Changes,
}

/// A GET route.
pub(crate) fn get(action: Action) -> MethodRouter<Shared> {
    routing::get(move |state: State<Shared>, params: RawPathParams, request: Request| {
        run(state, params, request, Kind::Reads, action)
    })
}

/// A HEAD route.
pub(crate) fn head(action: Action) -> MethodRouter<Shared> {
    routing::head(move |state: State<Shared>, params: RawPathParams, request: Request| {
        run(state, params, request, Kind::Reads, action)
    })
}

/// A POST that only asks.
pub(crate) fn ask(action: Action) -> MethodRouter<Shared> {
    routing::post(move |state: State<Shared>, params: RawPathParams, request: Request| {
        run(state, params, request, Kind::Reads, action)
    })
}

/// A POST that changes something.
pub(crate) fn post(action: Action) -> MethodRouter<Shared> {
    routing::post(move |state: State<Shared>, params: RawPathParams, request: Request| {
        run(state, params, request, Kind::Changes, action)
    })
}

/// A PATCH that changes something.
pub(crate) fn patch(action: Action) -> MethodRouter<Shared> {
    routing::patch(move |state: State<Shared>, params: RawPathParams, request: Request| {
        run(state, params, request, Kind::Changes, action)
    })
}

/// A PUT that changes something.
pub(crate) fn put(action: Action) -> MethodRouter<Shared> {
    routing::put(move |state: State<Shared>, params: RawPathParams, request: Request| {
        run(state, params, request, Kind::Changes, action)
    })
}

/// Any other path.
pub(super) async fn unknown_path(State(inner): State<Shared>, request: Request) -> Response {
    let refusal = Refusal::new(404, 0, "No such resource in the practice Partner Center");
    respond(Outcome::refused(&refusal), request.headers(), (inner.world.options.clock)())
}

/// An answer with everything decided except the common headers.
struct Outcome {
    status: u16,
    body: String,
    content_type: &'static str,
    extra: Vec<(&'static str, String)>,
}

impl Outcome {
    fn new(status: u16, body: String) -> Self {
        Self { status, body, content_type: "application/json; charset=utf-8", extra: Vec::new() }
    }

    fn refused(refusal: &Refusal) -> Self {
        Self::new(refusal.status, without_nulls(refusal.body.clone()).to_string())
    }

    fn broken(error: &SandboxError) -> Self {
        tracing::error!(error = %error, cause = ?std::error::Error::source(error), "practice request failed");
        Self::refused(&Refusal::new(500, codes::SERVICE, "The practice Partner Center cannot answer"))
    }
}

async fn run(
    State(inner): State<Shared>,
    params: RawPathParams,
    request: Request,
    kind: Kind,
    action: Action,
) -> Response {
    let params: Vec<(String, String)> = params.iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
    let (parts, body) = request.into_parts();
    let now = (inner.world.options.clock)();
    let body = match axum::body::to_bytes(body, BODY_LIMIT).await {
        Ok(body) => body,
        Err(_) => {
            let refusal = Refusal::new(413, codes::INPUT, "The body is too large");
            return respond(Outcome::refused(&refusal), &parts.headers, now);
        }
    };
    let faults = match settings::faults(&inner.db()) {
        Ok(faults) => faults,
        Err(error) => return respond(Outcome::broken(&error), &parts.headers, now),
    };
    if faults.slow_ms > 0 {
        tokio::time::sleep(Duration::from_millis(u64::from(faults.slow_ms))).await;
    }
    let outcome = decide(&inner, &parts, &params, &body, now, kind, action).unwrap_or_else(|stop| match stop {
        Stop::Refused(refusal) => Outcome::refused(&refusal),
        Stop::Broken(error) => Outcome::broken(&error),
    });
    respond(outcome, &parts.headers, (inner.world.options.clock)())
}

fn decide(
    inner: &Inner,
    parts: &Parts,
    params: &[(String, String)],
    body: &[u8],
    now: Timestamp,
    kind: Kind,
    action: Action,
) -> Result<Outcome, Stop> {
    require_token(&parts.headers)?;
    let path = parts.uri.path();
    let mut db = inner.db();
    let behaviour = match kind {
        Kind::Reads => TransactionBehavior::Deferred,
        Kind::Changes => TransactionBehavior::Immediate,
    };
    let tx = db.transaction_with_behavior(behaviour)?;
    let faults = settings::faults(&tx)?;
    if faults.throttled && path.starts_with("/v1/customers") {
        return Ok(throttled());
    }
    let key = memory_key(parts, kind);
    if let Some(key) = &key
        && let Some((status, body)) = answers::find(&tx, key, now)?
    {
        let bom = if inner.world.options.bom { BOM } else { "" };
        let mut outcome = Outcome::new(status, format!("{bom}{body}"));
        outcome.extra.push((REPEATED_HEADER, "1".to_owned()));
        return lose_if_wanted(tx, faults, kind, outcome);
    }
    let exchange = Exchange {
        tx: &tx,
        world: &inner.world,
        now,
        faults,
        body: parse_body(body)?,
        headers: &parts.headers,
        params,
        query: parse_query(parts.uri.query().unwrap_or_default()),
    };
    let reply = match action(&exchange) {
        Ok(reply) => reply,
        Err(Stop::Refused(refusal)) if refusal.keep => {
            tx.commit()?;
            return Ok(Outcome::refused(&refusal));
        }
        Err(stop) => return Err(stop),
    };
    let (text, content_type) = match reply.body {
        ReplyBody::Json(value) => (without_nulls(value).to_string(), "application/json; charset=utf-8"),
        ReplyBody::Csv(text) => (text, "text/csv; charset=utf-8"),
        ReplyBody::Empty => (String::new(), "application/json; charset=utf-8"),
    };
    if let Some(key) = &key {
        answers::remember(&tx, key, reply.status, &text, now)?;
    }
    let bom = if reply.bom && inner.world.options.bom { BOM } else { "" };
    let outcome = Outcome { content_type, ..Outcome::new(reply.status, format!("{bom}{text}")) };
    lose_if_wanted(tx, faults, kind, outcome)
}

/// Commits and, where the fault asks for it, drops the answer.
fn lose_if_wanted(tx: Transaction<'_>, faults: Faults, kind: Kind, outcome: Outcome) -> Result<Outcome, Stop> {
    let lose = faults.lose_next_answer && kind == Kind::Changes;
    if lose {
        // Handlers may have turned other switches off in this transaction, so the stored ones count.
        let stored = settings::faults(&tx)?;
        settings::set_faults(&tx, Faults { lose_next_answer: false, ..stored })?;
    }
    tx.commit()?;
    if !lose {
        return Ok(outcome);
    }
    let mut lost = Outcome::new(LOST_STATUS, String::new());
    lost.extra.push((LOST_HEADER, "1".to_owned()));
    Ok(lost)
}

fn require_token(headers: &HeaderMap) -> Result<(), Refusal> {
    let token = headers.get(http::header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    match token.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") && !token.trim().is_empty() => Ok(()),
        Some(_) | None => Err(Refusal::new(401, codes::NO_TOKEN, "Unauthorized")),
    }
}

fn throttled() -> Outcome {
    let message = format!("Rate limit is exceeded. Try again in {RETRY_AFTER} seconds.");
    let mut outcome = Outcome::new(429, serde_json::json!({"statusCode": 429, "message": message}).to_string());
    outcome.extra.push(("retry-after", RETRY_AFTER.to_string()));
    outcome
}

fn memory_key(parts: &Parts, kind: Kind) -> Option<answers::Key> {
    let request_id = parts.headers.get("ms-requestid")?.to_str().ok()?;
    match kind {
        Kind::Reads => None,
        Kind::Changes => Some(answers::Key {
            method: parts.method.to_string(),
            path: parts.uri.path().to_ascii_lowercase(),
            request_id: request_id.to_ascii_lowercase(),
        }),
    }
}

fn parse_body(body: &[u8]) -> Result<Value, Refusal> {
    let body = body.strip_prefix(BOM.as_bytes()).unwrap_or(body);
    if body.iter().all(u8::is_ascii_whitespace) {
        return Ok(Value::Null);
    }
    serde_json::from_slice(body).map_err(|_| Refusal::new(400, 0, "The body is not JSON"))
}

fn parse_query(query: &str) -> Vec<(String, String)> {
    let decode = |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned();
    query
        .split('&')
        .filter(|part| !part.is_empty())
        .map(|part| part.split_once('=').unwrap_or((part, "")))
        .map(|(key, value)| (decode(key), decode(value)))
        .collect()
}

fn respond(outcome: Outcome, request: &HeaderMap, now: Timestamp) -> Response {
    let mut response = Response::new(Body::from(outcome.body));
    *response.status_mut() = StatusCode::from_u16(outcome.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    let mut put = |name: &'static str, text: &str| {
        if let Ok(value) = HeaderValue::from_str(text) {
            headers.insert(HeaderName::from_static(name), value);
        }
    };
    put("content-type", outcome.content_type);
    for name in ["ms-requestid", "ms-correlationid"] {
        match request.get(name).and_then(|value| value.to_str().ok()) {
            Some(id) => put(name, id),
            None => put(name, &uuid::Uuid::new_v4().to_string()),
        }
    }
    put("x-locale", request.get("x-locale").and_then(|value| value.to_str().ok()).unwrap_or("en-US"));
    put("ms-cv", &correlation_vector());
    put("ms-serverid", "PRACTICE");
    put("request-context", "appId=cid-v1:7d3c1f52-0f6a-4f0e-9b1e-5b0c6a1d2e3f");
    put("date", &now.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string());
    for (name, value) in &outcome.extra {
        put(name, value);
    }
    response
}

/// A correlation vector in the form `eZ4oHogRA0SehiQH.0`.
fn correlation_vector() -> String {
    let mut rng = rand::rng();
    let text: String = (0..16).map(|_| char::from(rng.sample(rand::distr::Alphanumeric))).collect();
    format!("{text}.0")
}
