//! The token endpoint: what is given for a code, a refresh token or a device code.

use super::Authority;
use super::accounts::{Place, WEB_CLIENT};
use super::error::{Refusal, json_answer};
use super::request::{Form, client_of};
use super::state::{Approval, Refresh, State, random_text};
use super::token::{self, AUDIENCE, Sign};
use axum::extract::{Path, State as Shared};
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// A refresh token holds so long, renewed at each use.
const REFRESH_HOLDS: SignedDuration = SignedDuration::from_hours(24 * 90);
/// The grant of a device code.
const DEVICE_GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";
/// Seconds between two polls of a device.
pub(super) const INTERVAL: i64 = 5;

pub(super) async fn token(Shared(authority): Shared<Authority>, Path(tenant): Path<String>, body: String) -> Response {
    let mut state = authority.state();
    let now = state.now(&authority.clock);
    match granted(&mut state, &tenant, &Form::read(&body), now) {
        Ok(body) => json_answer(200, &body, now),
        Err(refusal) => refusal.respond(now),
    }
}

fn granted(state: &mut State, tenant: &str, form: &Form, now: Timestamp) -> Result<Value, Refusal> {
    let place = Place::of(tenant).ok_or_else(|| Refusal::tenant(tenant))?;
    let client = client_of(form)?;
    if client == WEB_CLIENT && form.get("client_secret").is_none() {
        return Err(Refusal::secret_missing());
    }
    match form.need("grant_type")? {
        "authorization_code" => by_code(state, place, client, form, now),
        "refresh_token" => by_refresh(state, place, client, form, now),
        DEVICE_GRANT => by_device(state, client, form, now),
        _ => Err(Refusal::grant_type()),
    }
}

fn by_code(state: &mut State, place: Place, client: Uuid, form: &Form, now: Timestamp) -> Result<Value, Refusal> {
    let code = form.need("code")?;
    let redirect = form.need("redirect_uri")?;
    let verifier = form.need("code_verifier")?;
    state.note(verifier);
    let unknown = || Refusal::code(9_002_313, "Invalid request. Request is malformed or invalid.");
    let entry = state.codes.get_mut(code).ok_or_else(unknown)?;
    if entry.used {
        return Err(Refusal::code(54_005, "OAuth2 Authorization code was already redeemed."));
    }
    // A code is spent by its first use, whatever comes of it.
    entry.used = true;
    let entry = entry.clone();
    if entry.until <= now {
        return Err(Refusal::code(70_008, "The provided authorization code has expired."));
    }
    if entry.client != client || !place.takes(entry.account.tenant) {
        return Err(unknown());
    }
    if entry.redirect != redirect {
        return Err(Refusal::redirect(redirect));
    }
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier));
    if challenge != entry.challenge || verifier.len() < 43 {
        return Err(Refusal::code(501_481, "The Code_Verifier does not match the code_challenge."));
    }
    let sign = Sign { account: entry.account, client, mfa: entry.mfa, nonce: entry.nonce.as_deref() };
    Ok(give(state, &sign, now))
}

fn by_refresh(state: &mut State, place: Place, client: Uuid, form: &Form, now: Timestamp) -> Result<Value, Refusal> {
    let given = form.need("refresh_token")?;
    if state.switches.refuse_refresh != 0 {
        return Err(Refusal::refresh(state.switches.refuse_refresh));
    }
    let entry = state.refreshes.get(given).cloned().ok_or_else(|| Refusal::refresh(9_002_313))?;
    if entry.revoked {
        return Err(Refusal::refresh(50_173));
    }
    if entry.wants_mfa {
        return Err(Refusal::refresh(50_076));
    }
    if entry.until <= now {
        return Err(Refusal::refresh(700_082));
    }
    if entry.client != client || !place.takes(entry.account.tenant) {
        return Err(Refusal::refresh(9_002_313));
    }
    let sign = Sign { account: entry.account, client, mfa: entry.mfa, nonce: None };
    Ok(give(state, &sign, now))
}

fn by_device(state: &mut State, client: Uuid, form: &Form, now: Timestamp) -> Result<Value, Refusal> {
    let given = form.need("device_code")?;
    let unknown = || Refusal::device("bad_verification_code", 501_491, "The device code is not known.");
    let entry = state.devices.get_mut(given).filter(|entry| entry.client == client).ok_or_else(unknown)?;
    if entry.until <= now {
        return Err(Refusal::device("expired_token", 70_020, "The provided device code has expired."));
    }
    let early = entry.asked_at.is_some_and(|at| now.duration_since(at).as_secs() < INTERVAL - 1);
    entry.asked_at = Some(now);
    match entry.approval {
        Approval::Pending if early => Err(Refusal::device("slow_down", 50_199, "Polled too often.")),
        Approval::Pending => {
            Err(Refusal::device("authorization_pending", 70_016, "The end-user has not yet completed sign-in."))
        }
        Approval::Declined => {
            Err(Refusal::device("authorization_declined", 70_017, "The end-user declined the sign-in."))
        }
        Approval::By(account, mfa) => {
            state.devices.remove(given);
            Ok(give(state, &Sign { account, client, mfa, nonce: None }, now))
        }
    }
}

fn give(state: &mut State, sign: &Sign<'_>, now: Timestamp) -> Value {
    let refresh = random_text("1.");
    let entry = Refresh {
        client: sign.client,
        account: sign.account,
        mfa: sign.mfa,
        until: now.saturating_add(REFRESH_HOLDS).unwrap_or(Timestamp::MAX),
        revoked: false,
        wants_mfa: false,
    };
    state.refreshes.insert(refresh.clone(), entry);
    let (access, id) = (token::access(state, sign, now), token::id(state, sign, now));
    for secret in [&refresh, &access, &id] {
        state.note(secret);
    }
    json!({
        "token_type": "Bearer", "scope": format!("{AUDIENCE}/user_impersonation"),
        "expires_in": state.switches.token_seconds, "ext_expires_in": state.switches.token_seconds,
        "access_token": access, "refresh_token": refresh, "id_token": id,
    })
}
