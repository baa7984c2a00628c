//! Refusals in Entra's shape: an OAuth word, an `AADSTS` number, a sentence, and ids to quote.

use axum::body::Body;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;

/// A refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) status: u16,
    pub(super) word: &'static str,
    pub(super) number: u32,
    pub(super) text: String,
    pub(super) suberror: Option<&'static str>,
}

impl Refusal {
    fn new(status: u16, word: &'static str, number: u32, text: impl Into<String>) -> Self {
        Self { status, word, number, text: text.into(), suberror: None }
    }

    pub(super) fn tenant(tenant: &str) -> Self {
        let text = format!("Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID.");
        Self::new(400, "invalid_tenant", 90_002, text)
    }

    pub(super) fn client(client: &str) -> Self {
        let text = format!("Application with identifier '{client}' was not found in the directory.");
        Self::new(400, "unauthorized_client", 700_016, text)
    }

    pub(super) fn secret_missing() -> Self {
        let text = "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.";
        Self::new(401, "invalid_client", 7_000_218, text)
    }

    pub(super) fn redirect(given: &str) -> Self {
        let text =
            format!("The redirect URI '{given}' does not match the redirect URIs configured for the application.");
        Self::new(400, "invalid_request", 50_011, text)
    }

    pub(super) fn missing(name: &str) -> Self {
        let text = format!("The request body must contain the following parameter: '{name}'.");
        Self::new(400, "invalid_request", 900_144, text)
    }

    pub(super) fn grant_type() -> Self {
        Self::new(400, "unsupported_grant_type", 70_003, "The app requested an unsupported grant type.")
    }

    pub(super) fn other_tenant(upn: &str, tenant: &str) -> Self {
        let text = format!("User account '{upn}' does not exist in tenant '{tenant}'.");
        Self::new(400, "invalid_request", 50_020, text)
    }

    pub(super) fn code(number: u32, text: &str) -> Self {
        Self::new(400, "invalid_grant", number, text)
    }

    pub(super) fn declined() -> Self {
        Self::new(400, "access_denied", 65_004, "User declined to consent to access the app.")
    }

    pub(super) fn device(word: &'static str, number: u32, text: &str) -> Self {
        Self::new(400, word, number, text)
    }

    /// A refused refresh, by number: what it says follows from that.
    pub(super) fn refresh(number: u32) -> Self {
        let (word, text, suberror) = match number {
            700_082 => ("invalid_grant", "The refresh token has expired due to inactivity.", Some("token_expired")),
            50_173 => ("invalid_grant", "The provided grant has expired due to it being revoked.", Some("bad_token")),
            50_076 => ("invalid_grant", "You must use multi-factor authentication to access.", Some("basic_action")),
            53_003 => {
                ("invalid_grant", "Access has been blocked by Conditional Access policies.", Some("message_only"))
            }
            50_057 => ("invalid_grant", "The user account is disabled.", None),
            90_033 => ("temporarily_unavailable", "A transient error has occurred. Please try again.", None),
            _ => ("invalid_grant", "The provided grant is not valid.", None),
        };
        Self { suberror, ..Self::new(400, word, number, text) }
    }

    /// The sentence with its number, as Entra prints it.
    pub(super) fn description(&self) -> String {
        format!("AADSTS{}: {}", self.number, self.text)
    }

    /// As JSON.
    pub(super) fn respond(&self, now: Timestamp) -> Response {
        let (trace, correlation) = (Uuid::new_v4(), Uuid::new_v4());
        let stamp = now.strftime("%Y-%m-%d %H:%M:%SZ").to_string();
        let description = self.description();
        let mut body = json!({
            "error": self.word,
            "error_description":
                format!("{description} Trace ID: {trace} Correlation ID: {correlation} Timestamp: {stamp}"),
            "error_codes": [self.number], "timestamp": stamp, "trace_id": trace, "correlation_id": correlation,
        });
        if let (Some(suberror), Some(members)) = (self.suberror, body.as_object_mut()) {
            members.insert("suberror".to_owned(), suberror.into());
        }
        json_answer(self.status, &body, now)
    }
}

/// JSON with the headers that Entra sends: never cached, and dated by the authority's own clock.
pub(super) fn json_answer(status: u16, body: &serde_json::Value, now: Timestamp) -> Response {
    answer(status, "application/json; charset=utf-8", body.to_string(), now)
}

/// Any text with these headers.
pub(super) fn answer(status: u16, kind: &'static str, body: String, now: Timestamp) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let date = now.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
    for (name, value) in
        [("content-type", kind), ("cache-control", "no-store, no-cache"), ("pragma", "no-cache"), ("date", &date)]
    {
        if let Ok(value) = value.parse() {
            response.headers_mut().insert(name, value);
        }
    }
    response
}
