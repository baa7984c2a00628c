//! The sign-in authority of the practice Partner Center: OAuth 2.0 and OpenID Connect in the shapes of Microsoft Entra
//! (v2 endpoints), so that the whole of sign-in runs on loopback: authorize page, code with PKCE, refresh, device code,
//! errors with `AADSTS` numbers, tenants, the MFA claim.
//!
//! What it has given out is kept in memory: a restart of the server revokes every sign-in.
//!
//! | path | what |
//! | --- | --- |
//! | `GET /{tenant}/v2.0/.well-known/openid-configuration` | addresses and issuer of a tenant; unknown: 400 with 90002 |
//! | `GET /{tenant}/oauth2/v2.0/authorize` | page with accounts to choose, then the second factor, then the redirect |
//! | `POST /{tenant}/oauth2/v2.0/token` | code, refresh token or device code for tokens |
//! | `POST /{tenant}/oauth2/v2.0/devicecode` | starts the sign-in on another device |
//! | `GET /device` | where its code is typed |
//! | `GET`, `POST /sandbox/switches` | [`Switches`] as JSON; a POST changes the members that it names |
//! | `POST /sandbox/expire` | every access token given so far is refused from now on |
//! | `POST /sandbox/revoke` | every refresh token given so far is dead |
//! | `GET /sandbox/secrets` | every token, code and verifier so far, for tests that look where none may lie |
//! | `POST /sandbox/demand-mfa` | as expire; and refreshing asks for the second factor until somebody signs in anew |

mod accounts;
mod device;
mod error;
mod grants;
mod pages;
mod request;
mod routes;
mod state;
mod token;

pub use accounts::{ACCOUNTS, Account, NATIVE_CLIENT, OTHER_TENANT, PROVIDER_TENANT, WEB_CLIENT};
pub use token::{AUDIENCE, Claims, TokenRefusal};

use crate::WallClock;
use serde::{Deserialize, Serialize};
use state::State;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How the authority behaves today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Switches {
    /// Lifetime of access tokens, seconds.
    pub token_seconds: u32,
    /// Sign-ins with a second factor carry the MFA claim.
    pub mfa: bool,
    /// Its clock goes ahead of the real one by so many seconds; behind, if negative.
    pub clock_ahead_seconds: i64,
    /// Refreshing is refused with this `AADSTS` number (700082, 50173, 50076, 53003 …); 0: it is not.
    pub refuse_refresh: u32,
    /// Access tokens for this audience, whatever was asked for; empty: as asked.
    pub audience: String,
}

impl Default for Switches {
    fn default() -> Self {
        Self { token_seconds: 3599, mfa: true, clock_ahead_seconds: 0, refuse_refresh: 0, audience: String::new() }
    }
}

/// The authority. Clones share one state.
#[derive(Clone)]
pub struct Authority {
    pub(crate) clock: WallClock,
    state: Arc<Mutex<State>>,
}

impl Authority {
    /// A new one: nobody is signed in.
    #[must_use]
    pub fn new(clock: WallClock) -> Self {
        Self { clock, state: Arc::new(Mutex::new(State::new())) }
    }

    /// Its routes, for an address of its own.
    pub fn router(&self) -> axum::Router {
        routes::all(self.clone())
    }

    /// Answers on that port until it is dropped.
    ///
    /// # Errors
    /// When the port fails.
    pub async fn serve(self, listener: tokio::net::TcpListener) -> std::io::Result<()> {
        axum::serve(listener, self.router()).await
    }

    /// Whether the API may answer a request with this bearer token, and for whom.
    ///
    /// # Errors
    /// Why not; [`TokenRefusal`] says with which status and code the API answers.
    pub fn check(&self, bearer: &str) -> Result<Claims, TokenRefusal> {
        let state = self.state();
        token::check(&state, bearer, state.now(&self.clock))
    }

    /// The switches as they stand.
    #[must_use]
    pub fn switches(&self) -> Switches {
        self.state().switches.clone()
    }

    /// Sets them.
    pub fn set_switches(&self, switches: Switches) {
        self.state().switches = switches;
    }

    /// Every access token given so far is refused from now on.
    pub fn expire_access_tokens(&self) {
        self.state().expire();
    }

    /// Every refresh token given so far is dead.
    pub fn revoke_refresh_tokens(&self) {
        self.state().revoke();
    }

    /// Every access token given so far is answered with 401 and 900421, and refreshing asks for the second factor, until
    /// somebody signs in anew.
    pub fn demand_mfa(&self) {
        self.state().demand_mfa();
    }

    /// Every token, code and verifier that went to and fro so far: for tests that look where none may lie.
    #[must_use]
    pub fn secrets(&self) -> Vec<String> {
        self.state().secrets()
    }

    /// A handler that panicked left no half-done change behind that matters here.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for Authority {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Authority")
    }
}

#[cfg(test)]
mod tests;
