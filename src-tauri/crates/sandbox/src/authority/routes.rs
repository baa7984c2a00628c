//! Paths of the authority.

use super::accounts::{Account, Place};
use super::error::{Refusal, json_answer};
use super::request::{self, Authorize, Form, Wrong, encoded};
use super::state::{Code, random_text};
use super::{Authority, Switches, device, grants, pages};
use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

/// A code of the redirect holds so long.
const CODE_HOLDS: SignedDuration = SignedDuration::from_mins(10);

pub(super) fn all(authority: Authority) -> Router {
    Router::new()
        .route("/{tenant}/v2.0/.well-known/openid-configuration", get(configuration))
        .route("/{tenant}/oauth2/v2.0/authorize", get(authorize).post(choose))
        .route("/{tenant}/oauth2/v2.0/token", post(grants::token))
        .route("/{tenant}/oauth2/v2.0/devicecode", post(device::begin))
        .route("/device", get(device::page).post(device::enter))
        .route("/sandbox/switches", get(switches).post(set_switches))
        .route("/sandbox/secrets", get(secrets))
        .route("/sandbox/expire", post(expire))
        .route("/sandbox/revoke", post(revoke))
        .route("/sandbox/demand-mfa", post(demand_mfa))
        .with_state(authority)
}

impl Authority {
    /// What time it says it is.
    pub(super) fn now(&self) -> Timestamp {
        self.state().now(&self.clock)
    }
}

/// Address of this server as the caller knows it.
pub(super) fn base(headers: &HeaderMap) -> String {
    let host = headers.get("host").and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    format!("http://{host}")
}

async fn configuration(State(authority): State<Authority>, Path(tenant): Path<String>, headers: HeaderMap) -> Response {
    let now = authority.now();
    let Some(place) = Place::of(&tenant) else { return Refusal::tenant(&tenant).respond(now) };
    let base = base(&headers);
    let id = match place {
        Place::Tenant(id) => id.to_string(),
        Place::Any => "{tenantid}".to_owned(),
    };
    let body = json!({
        "issuer": format!("{base}/{id}/v2.0"),
        "authorization_endpoint": format!("{base}/{tenant}/oauth2/v2.0/authorize"),
        "token_endpoint": format!("{base}/{tenant}/oauth2/v2.0/token"),
        "device_authorization_endpoint": format!("{base}/{tenant}/oauth2/v2.0/devicecode"),
        "response_types_supported": ["code"],
        "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt"],
    });
    json_answer(200, &body, now)
}

async fn authorize(
    State(authority): State<Authority>,
    Path(tenant): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    let (now, query) = (authority.now(), query.unwrap_or_default());
    match request::authorize(&tenant, &Form::read(&query)) {
        Ok(_) => pages::choose("", &[("request", &query)], now),
        Err(wrong) => wrongly(wrong, now),
    }
}

async fn choose(State(authority): State<Authority>, Path(tenant): Path<String>, body: String) -> Response {
    let now = authority.now();
    let form = Form::read(&body);
    let query = form.get("request").unwrap_or_default().to_owned();
    let asked = match request::authorize(&tenant, &Form::read(&query)) {
        Ok(asked) => asked,
        Err(wrong) => return wrongly(wrong, now),
    };
    if form.get("cancel").is_some() {
        return wrongly(Wrong::Redirect(Box::new(asked), Refusal::declined()), now);
    }
    let account = form.get("account").and_then(|oid| oid.parse().ok()).and_then(Account::of);
    let Some(account) = account else { return pages::choose("", &[("request", &query)], now) };
    if !asked.place.takes(account.tenant) {
        return pages::refused(&Refusal::other_tenant(account.upn, &tenant), now);
    }
    if account.second_factor && form.get("factor").is_none() {
        return pages::second_factor("", &[("request", &query)], account, now);
    }
    let code = random_text("0.");
    let mut state = authority.state();
    let mfa = account.second_factor && state.switches.mfa;
    let entry = Code {
        client: asked.client,
        redirect: asked.redirect.clone(),
        challenge: asked.challenge,
        nonce: asked.nonce,
        account,
        mfa,
        until: now.saturating_add(CODE_HOLDS).unwrap_or(Timestamp::MAX),
        used: false,
    };
    state.codes.insert(code.clone(), entry);
    state.note(&code);
    drop(state);
    let session = random_text("");
    redirect(&asked.redirect, &[("code", &code), ("state", &asked.state), ("session_state", &session)])
}

/// Tells what is wrong where it may be told.
fn wrongly(wrong: Wrong, now: Timestamp) -> Response {
    match wrong {
        Wrong::Page(refusal) => pages::refused(&refusal, now),
        Wrong::Redirect(asked, refusal) => {
            let Authorize { redirect: address, state, .. } = *asked;
            let pairs = [("error", refusal.word), ("error_description", &refusal.description()), ("state", &state)];
            redirect(&address, &pairs)
        }
    }
}

fn redirect(address: &str, pairs: &[(&str, &str)]) -> Response {
    let query: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    let slash = if address.matches('/').count() < 3 { "/" } else { "" };
    let whole = format!("{address}{slash}?{}", query.join("&"));
    match HeaderValue::from_str(&whole) {
        Ok(location) => (StatusCode::FOUND, [("location", location)]).into_response(),
        Err(_) => StatusCode::BAD_REQUEST.into_response(),
    }
}

async fn switches(State(authority): State<Authority>) -> Response {
    json_answer(200, &serde_json::to_value(authority.switches()).unwrap_or_default(), authority.now())
}

async fn set_switches(State(authority): State<Authority>, body: String) -> Response {
    let now = authority.now();
    let mut all = serde_json::to_value(authority.switches()).unwrap_or_default();
    let named: Option<serde_json::Map<String, serde_json::Value>> = serde_json::from_str(&body).ok();
    if let (Some(named), Some(members)) = (named, all.as_object_mut()) {
        members.extend(named);
        if let Ok(read) = serde_json::from_value::<Switches>(all) {
            authority.set_switches(read);
            return switches(State(authority)).await;
        }
    }
    json_answer(400, &json!({"error": "invalid_request"}), now)
}

async fn secrets(State(authority): State<Authority>) -> Response {
    json_answer(200, &json!(authority.secrets()), authority.now())
}

async fn expire(State(authority): State<Authority>) -> StatusCode {
    authority.expire_access_tokens();
    StatusCode::NO_CONTENT
}

async fn revoke(State(authority): State<Authority>) -> StatusCode {
    authority.revoke_refresh_tokens();
    StatusCode::NO_CONTENT
}

async fn demand_mfa(State(authority): State<Authority>) -> StatusCode {
    authority.demand_mfa();
    StatusCode::NO_CONTENT
}
