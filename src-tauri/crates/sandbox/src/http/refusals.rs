//! Refusals that come before any handler: the token, the rights that go with it, throttling.

use super::exchange::Outcome;
use super::reply::Refusal;
use super::route::Route;
use crate::choices::WaitForm;
use crate::codes;
use crate::sandbox::World;
use crate::{Bearer, Choices};
use http::HeaderMap;
use jiff::{SignedDuration, Timestamp};

/// What a token that is none is answered with, beside the body.
const CHALLENGE: (&str, &str) = ("www-authenticate", "Bearer error=\"invalid_token\"");

/// An HTTP date.
pub(crate) fn http_date(at: Timestamp) -> String {
    at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// The refusal of a caller whose token is not good enough for the route; `None` when it is.
pub(super) fn of_caller(headers: &HeaderMap, route: &Route, world: &World, now: Timestamp) -> Option<Outcome> {
    let given = headers.get(http::header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let token = match given.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim(),
        Some(_) | None => "",
    };
    if token.is_empty() {
        return Some(Outcome::refused(&Refusal::new(401, codes::NO_TOKEN, "Unauthorized")));
    }
    match (world.options.bearers)(token, now) {
        Bearer::User => None,
        Bearer::Application if route.user_only => {
            Some(Outcome::refused(&Refusal::new(403, codes::USER_NEEDED, "A user has to be signed in")))
        }
        Bearer::Application => None,
        Bearer::Expired => Some(expired()),
        Bearer::WithoutMfa => Some(without_mfa(&world.options.choices)),
        Bearer::WithoutRole => {
            Some(Outcome::refused(&Refusal::new(403, codes::ROLE, "The user has no role that may do this")))
        }
        Bearer::OtherAudience => {
            Some(Outcome::refused(&Refusal::new(401, codes::AUDIENCE, "The token is for another service")))
        }
        Bearer::Unknown => Some(Outcome::refused(&Refusal::new(401, codes::NO_TOKEN, "Unauthorized"))),
    }
}

/// An expired token: no body.
pub(crate) fn expired() -> Outcome {
    Outcome::new(401, String::new()).with(CHALLENGE.0, CHALLENGE.1.to_owned())
}

/// A token without a second factor.
pub(crate) fn without_mfa(choices: &Choices) -> Outcome {
    if choices.bare_mfa {
        expired()
    } else {
        let refusal = Refusal::new(401, codes::MFA, "Multifactor authentication is required");
        Outcome::refused(&refusal).with(CHALLENGE.0, CHALLENGE.1.to_owned())
    }
}

/// Too many requests, in the gateway's shape.
pub(crate) fn throttled(choices: &Choices, now: Timestamp) -> Outcome {
    let seconds = choices.retry_after;
    let message = format!("Rate limit is exceeded. Try again in {seconds} seconds.");
    let wait = match choices.retry_after_form {
        WaitForm::Seconds => seconds.to_string(),
        WaitForm::Date => http_date(now.saturating_add(SignedDuration::from_secs(i64::from(seconds))).unwrap_or(now)),
    };
    Outcome::new(429, serde_json::json!({"statusCode": 429, "message": message}).to_string()).with("retry-after", wait)
}
