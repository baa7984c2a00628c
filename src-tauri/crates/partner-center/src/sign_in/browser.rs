//! Sign-in in the system's browser: authorization code, PKCE S256, random state and nonce, loopback redirect.

use super::authority::Authority;
use super::callback::Callback;
use super::listener::Listener;
use super::problem::SignInProblem;
use super::{Tokens, secret};
use crate::client::encoded;

/// What the browser shows afterwards, whole pages in the person's language.
#[derive(Debug, Clone)]
pub struct Pages {
    /// The browser's part is done.
    pub done: String,
    /// It was declined or refused.
    pub refused: String,
}

/// A sign-in that waits for the browser.
pub struct BrowserSignIn {
    authority: Authority,
    listener: Listener,
    state: String,
    nonce: String,
    verifier: zeroize::Zeroizing<String>,
    hint: Option<String>,
    fresh: bool,
}

impl BrowserSignIn {
    /// Opens the port. `hint` is the user name of whose turn it is; `fresh` asks for password and second factor even of
    /// somebody whom the browser knows.
    ///
    /// # Errors
    /// `NoPort`.
    pub async fn begin(authority: Authority, hint: Option<String>, fresh: bool) -> Result<Self, SignInProblem> {
        let listener = Listener::open().await?;
        let around = &authority.surroundings;
        let (state, nonce, verifier) = (around.random(), around.random(), zeroize::Zeroizing::new(around.random()));
        Ok(Self { listener, state, nonce, verifier, hint, fresh, authority })
    }

    /// What the browser is to open.
    #[must_use]
    pub fn address(&self) -> String {
        let prompt = if self.fresh { "login" } else { "select_account" };
        let pairs = [
            ("client_id", self.authority.connection.client.to_string()),
            ("response_type", "code".to_owned()),
            ("response_mode", "query".to_owned()),
            ("redirect_uri", self.listener.redirect()),
            ("scope", self.authority.scope()),
            ("state", self.state.clone()),
            ("nonce", self.nonce.clone()),
            ("code_challenge", secret::challenge(&self.verifier)),
            ("code_challenge_method", "S256".to_owned()),
            ("prompt", prompt.to_owned()),
            // Asks for the second factor that Partner Center will want.
            ("amr_values", "mfa".to_owned()),
        ];
        let hint = self.hint.iter().map(|hint| ("login_hint", hint.clone()));
        let query: Vec<String> =
            pairs.into_iter().chain(hint).map(|(name, value)| format!("{name}={}", encoded(&value))).collect();
        format!("{}?{}", self.authority.endpoint("authorize"), query.join("&"))
    }

    /// Waits for the redirect and exchanges its code for tokens.
    ///
    /// # Errors
    /// Why it came to nothing; `TimedOut` after five minutes.
    pub async fn finish(self, pages: Pages) -> Result<Tokens, SignInProblem> {
        let redirect = self.listener.redirect();
        let code = match self.listener.wait(self.state, pages).await? {
            Callback::Code(code) => code,
            Callback::Refused(problem) => return Err(problem),
        };
        let tokens = self.authority.by_code(&code, &redirect, &self.verifier).await?;
        if !tokens.nonce.as_deref().is_some_and(|nonce| secret::same(nonce, &self.nonce)) {
            return Err(SignInProblem::NoSense);
        }
        tokens.with_second_factor()
    }
}

impl Tokens {
    /// Partner Center takes no token without a second factor: known here, it is said here.
    ///
    /// # Errors
    /// `MfaNeeded`.
    pub(super) fn with_second_factor(self) -> Result<Self, SignInProblem> {
        if self.mfa == Some(false) { Err(SignInProblem::MfaNeeded) } else { Ok(self) }
    }
}
