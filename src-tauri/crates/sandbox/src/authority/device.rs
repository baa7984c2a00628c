//! Sign-in on another device: a code is shown there and typed here.

use super::Authority;
use super::accounts::{Account, Place};
use super::error::{Refusal, json_answer};
use super::grants::INTERVAL;
use super::pages;
use super::request::{Form, client_of};
use super::routes::base;
use super::state::{Approval, Device, State, random_text, user_code};
use axum::extract::{Path, State as Shared};
use axum::http::HeaderMap;
use axum::response::Response;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

/// A device code holds so long, seconds.
const HOLDS: i64 = 900;

pub(super) async fn begin(
    Shared(authority): Shared<Authority>,
    Path(tenant): Path<String>,
    headers: HeaderMap,
    body: String,
) -> Response {
    let mut state = authority.state();
    let now = state.now(&authority.clock);
    match begun(&mut state, &tenant, &Form::read(&body), &base(&headers), now) {
        Ok(body) => json_answer(200, &body, now),
        Err(refusal) => refusal.respond(now),
    }
}

fn begun(state: &mut State, tenant: &str, form: &Form, base: &str, now: Timestamp) -> Result<Value, Refusal> {
    Place::of(tenant).ok_or_else(|| Refusal::tenant(tenant))?;
    let client = client_of(form)?;
    form.need("scope")?;
    let (device_code, user_code) = (random_text("D"), user_code());
    let entry = Device {
        user_code: user_code.clone(),
        client,
        until: now.saturating_add(SignedDuration::from_secs(HOLDS)).unwrap_or(Timestamp::MAX),
        approval: Approval::Pending,
        asked_at: None,
    };
    state.devices.insert(device_code.clone(), entry);
    state.note(&device_code);
    let address = format!("{base}/device");
    Ok(json!({
        "user_code": user_code, "device_code": device_code, "verification_uri": address, "expires_in": HOLDS,
        "interval": INTERVAL,
        "message": format!("To sign in, open the page {address} and enter the code {user_code}."),
    }))
}

pub(super) async fn page(Shared(authority): Shared<Authority>) -> Response {
    pages::device("Enter the code that your app shows.", authority.now())
}

pub(super) async fn enter(Shared(authority): Shared<Authority>, body: String) -> Response {
    let now = authority.now();
    let form = Form::read(&body);
    let typed = form.get("user_code").unwrap_or_default().trim().to_ascii_uppercase();
    let mut state = authority.state();
    let factor_counts = state.switches.mfa;
    let found = state.devices.values_mut().find(|entry| entry.user_code == typed && entry.until > now);
    let Some(entry) = found else { return pages::device("That code didn't work. Check it and try again.", now) };
    if form.get("cancel").is_some() {
        entry.approval = Approval::Declined;
        return pages::done("Declined", "You can close this window.", now);
    }
    let carried = [("user_code", typed.as_str())];
    let account = form.get("account").and_then(|oid| oid.parse().ok()).and_then(Account::of);
    let Some(account) = account else { return pages::choose("/device", &carried, now) };
    if account.second_factor && form.get("factor").is_none() {
        return pages::second_factor("/device", &carried, account, now);
    }
    entry.approval = Approval::By(account, account.second_factor && factor_counts);
    pages::done("You have signed in", "You can go back to your app.", now)
}
