//! One exchange from request to response: authorisation, faults, memory, the handler in its transaction, headers.

use super::body::without_nulls;
use super::refusals::{http_date, of_caller, throttled};
use super::reply::{Refusal, Reply, ReplyBody, Stop};
use super::route::{Kind, Route};
use super::{LOST_HEADER, LOST_STATUS, REPEATED_HEADER};
use crate::choices::Repeat;
use crate::codes;
use crate::routes::audit;
use crate::sandbox::{Inner, World};
use crate::state::{answers, settings};
use crate::{Choices, Faults, SandboxError};
use axum::body::Body;
use axum::extract::{RawPathParams, Request, State};
use axum::response::Response;
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
/// Byte order mark in UTF-8.
const BOM: &str = "\u{feff}";

/// The router's state.
pub(crate) type Shared = Arc<Inner>;

/// A handler: reads the exchange, writes through its transaction, answers or refuses.
pub(crate) type Action = fn(&Exchange<'_>) -> Result<Reply, Stop>;

/// Troubles of one call, put into its request by the server's fault rules. None of them in the app.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Troubles {
    /// The tenant is made, the call refused all the same.
    pub(crate) half_created: bool,
    /// The last of several order groups is refused.
    pub(crate) partial_checkout: bool,
    /// The availability ids of this cart are out of date.
    pub(crate) stale_availability: bool,
    /// The request id is neither known nor remembered.
    pub(crate) forgotten: bool,
    /// Orders younger than so many seconds are missing in the list.
    pub(crate) order_lag: Option<i64>,
}

/// What a handler sees.
pub(crate) struct Exchange<'a> {
    pub(crate) tx: &'a Transaction<'a>,
    pub(crate) world: &'a World,
    pub(crate) now: Timestamp,
    pub(crate) faults: Faults,
    pub(crate) troubles: Troubles,
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

/// Any other path.
pub(super) async fn unknown_path(State(inner): State<Shared>, request: Request) -> Response {
    let refusal = Refusal::new(404, 0, "No such resource in the practice Partner Center");
    let options = &inner.world.options;
    respond(Outcome::refused(&refusal), request.headers(), (options.clock)(), &options.choices)
}

/// An answer with everything decided except the common headers.
pub(crate) struct Outcome {
    status: u16,
    body: String,
    content_type: &'static str,
    extra: Vec<(&'static str, String)>,
}

impl Outcome {
    pub(crate) fn new(status: u16, body: String) -> Self {
        Self { status, body, content_type: "application/json; charset=utf-8", extra: Vec::new() }
    }

    /// Without a body.
    pub(crate) fn bare(status: u16) -> Self {
        Self::new(status, String::new())
    }

    /// A page in HTML.
    pub(crate) fn page(status: u16) -> Self {
        let body = "<!doctype html><title>Sign in to the network</title><p>Not the service.</p>".to_owned();
        Self { content_type: "text/html; charset=utf-8", ..Self::new(status, body) }
    }

    /// With a header of its own.
    pub(crate) fn with(mut self, name: &'static str, value: String) -> Self {
        self.extra.push((name, value));
        self
    }

    /// A refusal.
    pub(crate) fn refused(refusal: &Refusal) -> Self {
        Self::new(refusal.status, without_nulls(refusal.body.clone()).to_string())
    }

    fn broken(error: &SandboxError) -> Self {
        tracing::error!(error = %error, cause = ?std::error::Error::source(error), "practice request failed");
        Self::refused(&Refusal::new(500, codes::SERVICE, "The practice Partner Center cannot answer"))
    }
}

/// Carries a request out.
pub(super) async fn run(
    State(inner): State<Shared>,
    params: RawPathParams,
    request: Request,
    route: &'static Route,
) -> Response {
    let params: Vec<(String, String)> = params.iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
    let (parts, body) = request.into_parts();
    let now = (inner.world.options.clock)();
    let choices = &inner.world.options.choices;
    let body = match axum::body::to_bytes(body, BODY_LIMIT).await {
        Ok(body) => body,
        Err(_) => {
            let refusal = Refusal::new(413, codes::INPUT, "The body is too large");
            return respond(Outcome::refused(&refusal), &parts.headers, now, choices);
        }
    };
    let faults = match settings::faults(&inner.db()) {
        Ok(faults) => faults,
        Err(error) => return respond(Outcome::broken(&error), &parts.headers, now, choices),
    };
    if faults.slow_ms > 0 {
        tokio::time::sleep(Duration::from_millis(u64::from(faults.slow_ms))).await;
    }
    let outcome = decide(&inner, &parts, &params, &body, now, route).unwrap_or_else(|stop| match stop {
        Stop::Refused(refusal) => Outcome::refused(&refusal),
        Stop::Broken(error) => Outcome::broken(&error),
    });
    respond(outcome, &parts.headers, (inner.world.options.clock)(), choices)
}

fn decide(
    inner: &Inner,
    parts: &Parts,
    params: &[(String, String)],
    body: &[u8],
    now: Timestamp,
    route: &'static Route,
) -> Result<Outcome, Stop> {
    let kind = route.kind;
    let choices = &inner.world.options.choices;
    if let Some(refused) = of_caller(&parts.headers, route, &inner.world, now) {
        return Ok(refused);
    }
    let path = parts.uri.path();
    let troubles = parts.extensions.get::<Troubles>().copied().unwrap_or_default();
    let mut db = inner.db();
    let behaviour = match kind {
        Kind::Reads => TransactionBehavior::Deferred,
        Kind::Changes => TransactionBehavior::Immediate,
    };
    let tx = db.transaction_with_behavior(behaviour)?;
    let faults = settings::faults(&tx)?;
    if faults.throttled && path.starts_with("/v1/customers") {
        return Ok(throttled(choices, now));
    }
    let lose = kind == Kind::Changes && faults.lose_next_answer;
    let key = memory_key(parts, kind).filter(|_| !troubles.forgotten && choices.request_id_hours > 0);
    if let Some(key) = &key
        && let Some((status, body)) = answers::find(&tx, key, now, choices.request_id_hours)?
    {
        if choices.request_id_repeat == Repeat::Conflict {
            return Err(Refusal::new(409, codes::INPUT, "The request id was used before").into());
        }
        let bom = if inner.world.options.bom { BOM } else { "" };
        let outcome = Outcome::new(status, format!("{bom}{}", written(&body, choices)?));
        return lose_if_wanted(tx, lose, outcome.with(REPEATED_HEADER, "1".to_owned()));
    }
    let exchange = Exchange {
        tx: &tx,
        world: &inner.world,
        now,
        faults,
        troubles,
        body: parse_body(body)?,
        headers: &parts.headers,
        params,
        query: parse_query(parts.uri.query().unwrap_or_default()),
    };
    let reply = match (route.action)(&exchange) {
        Ok(reply) => reply,
        Err(Stop::Refused(refusal)) if refusal.keep => {
            tx.commit()?;
            return Ok(Outcome::refused(&refusal));
        }
        Err(stop) => return Err(stop),
    };
    let (text, content_type, json) = match reply.body {
        ReplyBody::Json(value) => (without_nulls(value).to_string(), "application/json; charset=utf-8", true),
        ReplyBody::Csv(text) => (text, "text/csv; charset=utf-8", false),
        ReplyBody::Empty => (String::new(), "application/json; charset=utf-8", false),
    };
    if kind == Kind::Changes {
        let made = if route.name == "create_customer" { made_by(&text) } else { None };
        audit::note(&exchange, route.name, made.as_deref())?;
    }
    if let Some(key) = &key {
        answers::remember(&tx, key, reply.status, &text, now, choices.request_id_hours)?;
    }
    let bom = if reply.bom && inner.world.options.bom { BOM } else { "" };
    let text = if json { written(&text, choices)? } else { text };
    let outcome = Outcome { content_type, ..Outcome::new(reply.status, format!("{bom}{text}")) };
    lose_if_wanted(tx, lose, outcome)
}

/// Commits and, where a fault asks for it, drops the answer.
fn lose_if_wanted(tx: Transaction<'_>, lose: bool, outcome: Outcome) -> Result<Outcome, Stop> {
    if lose {
        // Handlers may have turned other switches off in this transaction, so the stored ones count.
        let stored = settings::faults(&tx)?;
        settings::set_faults(&tx, Faults { lose_next_answer: false, ..stored })?;
    }
    tx.commit()?;
    if !lose {
        return Ok(outcome);
    }
    Ok(Outcome::new(LOST_STATUS, String::new()).with(LOST_HEADER, "1".to_owned()))
}

/// The body with the links that were chosen.
fn written(text: &str, choices: &Choices) -> Result<String, serde_json::Error> {
    if !choices.versioned_links || text.is_empty() {
        return Ok(text.to_owned());
    }
    let mut body: Value = serde_json::from_str(text)?;
    version_links(&mut body);
    Ok(body.to_string())
}

fn version_links(value: &mut Value) {
    match value {
        Value::Object(members) => {
            let is_link = members.contains_key("method");
            for (name, member) in members.iter_mut() {
                if let (true, Value::String(uri)) = (is_link && name == "uri", &mut *member) {
                    if uri.starts_with('/') {
                        uri.insert_str(0, "/v1");
                    }
                } else {
                    version_links(member);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(version_links),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The id in an answer.
fn made_by(text: &str) -> Option<String> {
    let body: Value = serde_json::from_str(text).ok()?;
    Some(body.get("id")?.as_str()?.to_owned())
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

/// Puts the common headers on.
pub(crate) fn respond(outcome: Outcome, request: &HeaderMap, now: Timestamp, choices: &Choices) -> Response {
    let refused = outcome.status >= 400 && choices.codes_as_text;
    let body = if refused { with_code_as_text(outcome.body) } else { outcome.body };
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = StatusCode::from_u16(outcome.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    let mut put = |name: &'static str, text: &str| {
        if let Ok(value) = HeaderValue::from_str(text) {
            headers.insert(HeaderName::from_static(name), value);
        }
    };
    let echoed = |text: &str| if choices.doubled_headers { format!("{text},{text}") } else { text.to_owned() };
    put("content-type", outcome.content_type);
    for name in ["ms-requestid", "ms-correlationid"] {
        match request.get(name).and_then(|value| value.to_str().ok()) {
            Some(id) => put(name, &echoed(id)),
            None => put(name, &echoed(&uuid::Uuid::new_v4().to_string())),
        }
    }
    put("x-locale", &echoed(request.get("x-locale").and_then(|value| value.to_str().ok()).unwrap_or("en-US")));
    put("ms-cv", &correlation_vector());
    put("ms-serverid", "PRACTICE");
    put("request-context", "appId=cid-v1:7d3c1f52-0f6a-4f0e-9b1e-5b0c6a1d2e3f");
    put("date", &http_date(now));
    for (name, value) in &outcome.extra {
        put(name, value);
    }
    response
}

/// The error code as text, as it is documented.
fn with_code_as_text(body: String) -> String {
    let Ok(mut error) = serde_json::from_str::<Value>(&body) else { return body };
    if let Some(code) = error.get("code").and_then(Value::as_u64) {
        error["code"] = Value::String(code.to_string());
        return error.to_string();
    }
    body
}

/// A correlation vector in the form `eZ4oHogRA0SehiQH.0`.
fn correlation_vector() -> String {
    let mut rng = rand::rng();
    let text: String = (0..16).map(|_| char::from(rng.sample(rand::distr::Alphanumeric))).collect();
    format!("{text}.0")
}
