//! The authority's answers: tokens, device codes, errors, a tenant's addresses. Read leniently; a page in HTML or an
//! empty body is no answer.

use super::problem::SignInProblem;
use super::{Tokens, claims::Claims};
use crate::retry_after::server_date;
use bytes::Bytes;
use http::Response;
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use std::time::Duration;
use uuid::Uuid;

/// More than this between its clock and ours is told (N3), and no sign-in begins.
const MOST_SKEW: i64 = 300;
/// A token that does not say how long it holds, or says nonsense.
const USUAL: u64 = 3599;

#[derive(Deserialize)]
struct Given {
    access_token: SecretString,
    refresh_token: Option<SecretString>,
    id_token: Option<SecretString>,
    expires_in: Option<Number>,
}

/// Numbers come as numbers or as text.
#[derive(Deserialize)]
#[serde(untagged)]
enum Number {
    Number(f64),
    Text(String),
}

impl Number {
    fn seconds(&self) -> Option<u64> {
        let value = match self {
            Self::Number(value) => *value,
            Self::Text(text) => text.trim().parse().ok()?,
        };
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within a day")]
        (0.0..=86_400.0 * 90.0).contains(&value).then_some(value as u64)
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Wrong {
    error: String,
    error_codes: Vec<u32>,
    suberror: Option<String>,
}

/// What a device code's start answers.
#[derive(Deserialize)]
pub(super) struct Begun {
    pub(super) user_code: String,
    pub(super) device_code: SecretString,
    #[serde(alias = "verification_url")]
    pub(super) verification_uri: String,
    expires_in: Option<Number>,
    interval: Option<Number>,
}

impl Begun {
    /// How long the code holds.
    pub(super) fn holds(&self) -> Duration {
        Duration::from_secs(self.expires_in.as_ref().and_then(Number::seconds).unwrap_or(900).clamp(60, 3600))
    }
    /// Between two polls.
    pub(super) fn interval(&self) -> Duration {
        Duration::from_secs(self.interval.as_ref().and_then(Number::seconds).unwrap_or(5).clamp(1, 60))
    }
}

/// An error answer: what it means, and its OAuth word.
pub(super) struct Refused {
    pub(super) problem: SignInProblem,
    pub(super) word: String,
}

/// The body of a good answer.
pub(super) fn good(answer: Response<Bytes>) -> Result<Bytes, Refused> {
    let status = answer.status();
    if status.is_success() {
        return Ok(answer.into_body());
    }
    let wrong: Wrong = serde_json::from_slice(crate::wire::without_bom(answer.body())).unwrap_or_default();
    let problem = match (wrong.error.as_str(), status.as_u16()) {
        ("", 408 | 429 | 500..=599) => SignInProblem::Offline,
        ("", _) => SignInProblem::NoSense,
        (word, _) => SignInProblem::of(word, &wrong.error_codes, wrong.suberror.as_deref()),
    };
    Err(Refused { problem, word: wrong.error })
}

/// Whether our clock is right enough. Without a date nothing is said.
pub(super) fn clock(answer: &Response<Bytes>, now: Timestamp) -> Result<(), SignInProblem> {
    let Some(server) = server_date(answer.headers()) else { return Ok(()) };
    let seconds = server.duration_since(now).as_secs();
    if seconds.abs() > MOST_SKEW { Err(SignInProblem::ClockWrong { seconds }) } else { Ok(()) }
}

/// Tokens. Without an id token (a refresh may leave it out) the access token says who it is.
pub(super) fn tokens(body: &[u8]) -> Result<Tokens, SignInProblem> {
    let given: Given = serde_json::from_slice(crate::wire::without_bom(body)).map_err(|_| SignInProblem::NoSense)?;
    let access = Claims::read(given.access_token.expose_secret());
    let id = given.id_token.as_ref().and_then(|token| Claims::read(token.expose_secret()));
    let account = id.as_ref().and_then(Claims::account).or_else(|| access.as_ref().and_then(Claims::account));
    let mfa = access.as_ref().and_then(Claims::mfa).or_else(|| id.as_ref().and_then(Claims::mfa));
    Ok(Tokens {
        account: account.ok_or(SignInProblem::NoSense)?,
        access: given.access_token,
        refresh: given.refresh_token,
        holds: Duration::from_secs(given.expires_in.as_ref().and_then(Number::seconds).unwrap_or(USUAL)),
        mfa,
        nonce: id.and_then(|claims| claims.nonce),
    })
}

pub(super) fn begun(body: &[u8]) -> Result<Begun, SignInProblem> {
    serde_json::from_slice(crate::wire::without_bom(body)).map_err(|_| SignInProblem::NoSense)
}

/// The tenant's id, out of the issuer of its configuration.
pub(super) fn tenant(body: &[u8]) -> Result<Uuid, SignInProblem> {
    #[derive(Deserialize)]
    struct Configuration {
        issuer: String,
    }
    let read: Configuration =
        serde_json::from_slice(crate::wire::without_bom(body)).map_err(|_| SignInProblem::NoSense)?;
    read.issuer.split('/').find_map(|part| part.parse().ok()).ok_or(SignInProblem::NoSense)
}
