//! Tokens: written as signed JSON (the signature is this process's own), read by the API and, as far as claims go, by
//! clients.

use super::accounts::Account;
use super::state::State;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// What an access token is for.
pub const AUDIENCE: &str = "https://api.partnercenter.microsoft.com";

/// What an access token says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// For whom it is.
    pub aud: String,
    /// Who gave it.
    pub iss: String,
    /// When, seconds since 1970.
    pub iat: i64,
    /// From when on it holds.
    pub nbf: i64,
    /// Until when.
    pub exp: i64,
    /// Tenant.
    pub tid: Uuid,
    /// Who: object id.
    pub oid: Uuid,
    /// Who: user name.
    pub upn: String,
    /// Who: name.
    pub name: String,
    /// How: `pwd`, and `mfa` after a second factor.
    pub amr: Vec<String>,
    /// What for.
    pub scp: String,
    /// The app.
    pub appid: Uuid,
    /// How the app proved itself: `0`, it is public.
    pub appidacr: String,
    /// Which run of the authority's switches gave it; older ones are refused.
    #[serde(default)]
    pub sandbox_epoch: u64,
}

/// Why the API refuses a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenRefusal {
    /// No token, or none of this authority.
    #[error("no token of this authority")]
    Unknown,
    /// Expired: 401 with an empty body and `WWW-Authenticate`.
    #[error("the token has expired")]
    Expired,
    /// For something else.
    #[error("the token is for another audience")]
    Audience,
    /// Without a second factor.
    #[error("the token was got without a second factor")]
    Mfa,
    /// Neither Admin agent nor Sales agent.
    #[error("the person has no role in Partner Center")]
    Role,
}

impl TokenRefusal {
    /// HTTP status with which the API answers.
    #[must_use]
    pub fn status(self) -> u16 {
        match self {
            Self::Unknown | Self::Expired | Self::Audience | Self::Mfa => 401,
            Self::Role => 403,
        }
    }

    /// Code in the body; `None`: the body is empty.
    #[must_use]
    pub fn code(self) -> Option<u32> {
        match self {
            Self::Unknown => Some(800_001),
            Self::Expired => None,
            Self::Audience => Some(900_420),
            Self::Mfa => Some(900_421),
            Self::Role => Some(2032),
        }
    }
}

/// Who signed in, and how.
pub(super) struct Sign<'a> {
    pub(super) account: &'static Account,
    pub(super) client: Uuid,
    pub(super) mfa: bool,
    pub(super) nonce: Option<&'a str>,
}

pub(super) fn access(state: &State, sign: &Sign<'_>, now: Timestamp) -> String {
    let audience = &state.switches.audience;
    let aud = if audience.is_empty() { AUDIENCE.to_owned() } else { audience.clone() };
    let claims = claims(state, sign, aud, now);
    write(state, &serde_json::to_value(claims).unwrap_or_default())
}

/// The id token: for the app, with the nonce.
pub(super) fn id(state: &State, sign: &Sign<'_>, now: Timestamp) -> String {
    let claims = claims(state, sign, sign.client.to_string(), now);
    let mut value = serde_json::to_value(claims).unwrap_or_default();
    if let Some(members) = value.as_object_mut() {
        // An id token of Entra doesn't tell these.
        for name in ["scp", "appid", "appidacr", "amr", "sandbox_epoch"] {
            members.remove(name);
        }
        members.insert("ver".to_owned(), "2.0".into());
        members.insert("preferred_username".to_owned(), sign.account.upn.into());
        if let Some(nonce) = sign.nonce {
            members.insert("nonce".to_owned(), nonce.into());
        }
    }
    write(state, &value)
}

fn claims(state: &State, sign: &Sign<'_>, aud: String, now: Timestamp) -> Claims {
    let from = now.as_second();
    let mut amr = vec!["pwd".to_owned()];
    if sign.mfa {
        amr.push("mfa".to_owned());
    }
    Claims {
        aud,
        iss: format!("https://sts.windows.net/{}/", sign.account.tenant),
        iat: from,
        nbf: from,
        exp: from.saturating_add(i64::from(state.switches.token_seconds)),
        tid: sign.account.tenant,
        oid: sign.account.oid,
        upn: sign.account.upn.to_owned(),
        name: sign.account.name.to_owned(),
        amr,
        scp: "user_impersonation".to_owned(),
        appid: sign.client,
        appidacr: "0".to_owned(),
        sandbox_epoch: state.epoch(),
    }
}

fn write(state: &State, claims: &serde_json::Value) -> String {
    let header = URL_SAFE_NO_PAD.encode(br#"{"typ":"JWT","alg":"HS256","kid":"sandbox"}"#);
    let body = URL_SAFE_NO_PAD.encode(claims.to_string());
    let text = format!("{header}.{body}");
    let signature = URL_SAFE_NO_PAD.encode(signature(state, &text));
    format!("{text}.{signature}")
}

/// Nested, so that nothing can be appended to a signed text.
fn signature(state: &State, text: &str) -> [u8; 32] {
    let inner = Sha256::new().chain_update(state.secret).chain_update(text).finalize();
    Sha256::new().chain_update(state.secret).chain_update(inner).finalize().into()
}

pub(super) fn check(state: &State, bearer: &str, now: Timestamp) -> Result<Claims, TokenRefusal> {
    let (text, signed) = bearer.trim().rsplit_once('.').ok_or(TokenRefusal::Unknown)?;
    let signed = URL_SAFE_NO_PAD.decode(signed).map_err(|_| TokenRefusal::Unknown)?;
    if signed != signature(state, text) {
        return Err(TokenRefusal::Unknown);
    }
    let (_, body) = text.split_once('.').ok_or(TokenRefusal::Unknown)?;
    let body = URL_SAFE_NO_PAD.decode(body).map_err(|_| TokenRefusal::Unknown)?;
    let claims: Claims = serde_json::from_slice(&body).map_err(|_| TokenRefusal::Unknown)?;
    if claims.sandbox_epoch < state.mfa_epoch() {
        return Err(TokenRefusal::Mfa);
    }
    if claims.exp <= now.as_second() || claims.sandbox_epoch < state.epoch() {
        return Err(TokenRefusal::Expired);
    }
    if claims.aud != AUDIENCE {
        return Err(TokenRefusal::Audience);
    }
    if !claims.amr.iter().any(|how| how == "mfa") {
        return Err(TokenRefusal::Mfa);
    }
    if Account::of(claims.oid).is_none_or(|account| !account.agent) {
        return Err(TokenRefusal::Role);
    }
    Ok(claims)
}
