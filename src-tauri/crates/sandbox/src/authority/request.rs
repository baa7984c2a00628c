//! Form bodies and queries, and what the authorize request asks for.

use super::accounts::{NATIVE_CLIENT, Place, WEB_CLIENT};
use super::error::Refusal;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use uuid::Uuid;

const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Names and values of a query or a form body.
#[derive(Debug, Clone, Default)]
pub(super) struct Form(Vec<(String, String)>);

impl Form {
    pub(super) fn read(text: &str) -> Self {
        let decode = |part: &str| percent_decode_str(&part.replace('+', " ")).decode_utf8_lossy().into_owned();
        let pairs = text.split('&').filter(|part| !part.is_empty());
        Self(
            pairs
                .map(|part| part.split_once('=').unwrap_or((part, "")))
                .map(|(name, value)| (decode(name), decode(value)))
                .collect(),
        )
    }

    /// A value that is there and not empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    pub(super) fn need(&self, name: &str) -> Result<&str, Refusal> {
        self.get(name).ok_or_else(|| Refusal::missing(name))
    }
}

/// One value of a query.
pub(super) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, KEPT).to_string()
}

/// A checked authorize request.
#[derive(Debug, Clone)]
pub(super) struct Authorize {
    pub(super) place: Place,
    pub(super) client: Uuid,
    pub(super) redirect: String,
    pub(super) state: String,
    pub(super) nonce: Option<String>,
    pub(super) challenge: String,
}

/// What is wrong with an authorize request, and where that is told.
#[derive(Debug)]
pub(super) enum Wrong {
    /// On the page: the redirect can't be trusted.
    Page(Refusal),
    /// By a redirect.
    Redirect(Box<Authorize>, Refusal),
}

/// The app that asks, if it is registered.
pub(super) fn client_of(form: &Form) -> Result<Uuid, Refusal> {
    let given = form.need("client_id")?;
    let known = |client: &Uuid| *client == NATIVE_CLIENT || *client == WEB_CLIENT;
    given.parse().ok().filter(known).ok_or_else(|| Refusal::client(given))
}

/// A native app comes back to this machine, at any port.
pub(super) fn is_registered(redirect: &str) -> bool {
    let Some(rest) = redirect.strip_prefix("http://") else { return false };
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let (host, port) = authority.split_once(':').unwrap_or((authority, "80"));
    matches!(host, "localhost" | "127.0.0.1") && port.parse::<u16>().is_ok() && path.is_empty()
}

pub(super) fn authorize(tenant: &str, form: &Form) -> Result<Authorize, Wrong> {
    let place = Place::of(tenant).ok_or_else(|| Wrong::Page(Refusal::tenant(tenant)))?;
    let client = client_of(form).map_err(Wrong::Page)?;
    let redirect = form.need("redirect_uri").map_err(Wrong::Page)?;
    if !is_registered(redirect) {
        return Err(Wrong::Page(Refusal::redirect(redirect)));
    }
    let mut asked = Authorize {
        place,
        client,
        redirect: redirect.to_owned(),
        state: form.get("state").unwrap_or_default().to_owned(),
        nonce: form.get("nonce").map(str::to_owned),
        challenge: String::new(),
    };
    let challenge = (|| {
        if form.need("response_type")? != "code" {
            let text = "response_type is not supported for the application.";
            return Err(Refusal::device("unsupported_response_type", 700_054, text));
        }
        form.need("scope")?;
        let challenge = form.need("code_challenge")?;
        let by_hash = form.get("code_challenge_method") == Some("S256") && challenge.len() == 43;
        if by_hash { Ok(challenge.to_owned()) } else { Err(Refusal::missing("code_challenge_method")) }
    })();
    match challenge {
        Ok(challenge) => {
            asked.challenge = challenge;
            Ok(asked)
        }
        Err(refusal) => Err(Wrong::Redirect(Box::new(asked), refusal)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_a_redirect() {
        for good in ["http://localhost", "http://localhost:8400", "http://localhost:8400/", "http://127.0.0.1:1"] {
            assert!(is_registered(good), "{good}");
        }
        for bad in [
            "https://localhost:8400",
            "http://localhost.example",
            "http://example.com",
            "http://localhost:99999",
            "http://localhost:1/elsewhere",
            "",
        ] {
            assert!(!is_registered(bad), "{bad}");
        }
    }
}
