//! Requests to the authority: is there such a tenant, tokens for a code, for a refresh token, for a device code.

use super::answer::{self, Begun, Refused};
use super::problem::SignInProblem;
use super::{Tokens, secret};
use crate::client::encoded;
use crate::transport::Transport;
use bytes::Bytes;
use cb_domain::connection::Connection;
use http::{Request, Response, header};
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use std::sync::Arc;
use uuid::Uuid;
use zeroize::Zeroizing;

/// Grant of a device code.
const DEVICE_GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// A token takes a few kB; a longer answer comes from no sign-in service.
const LARGEST: usize = 1024 * 1024;

/// Fills a slice with random bytes.
pub type Fill = Arc<dyn Fn(&mut [u8]) + Send + Sync>;

/// What signing in needs from outside.
#[derive(Clone)]
pub struct Surroundings {
    /// What time it is.
    pub now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    /// Random bytes.
    pub fill: Fill,
}

impl Surroundings {
    pub(super) fn random(&self) -> String {
        secret::random(self.fill.as_ref())
    }
}

/// The authority of a connection.
#[derive(Clone)]
pub struct Authority {
    transport: Arc<dyn Transport>,
    pub(super) connection: Connection,
    pub(super) surroundings: Surroundings,
}

impl Authority {
    /// Talks over that transport.
    #[must_use]
    pub fn new(transport: Arc<dyn Transport>, connection: Connection, surroundings: Surroundings) -> Self {
        Self { transport, connection, surroundings }
    }

    /// Whether there is such a tenant, and the app in it; the tenant's id. Nothing of it needs anybody to sign in.
    ///
    /// # Errors
    /// `TenantUnknown`, `ClientUnknown`, `ClockWrong`, `Offline`, or what else was answered.
    pub async fn check(&self) -> Result<Uuid, SignInProblem> {
        let uri = format!(
            "{}/{}/v2.0/.well-known/openid-configuration",
            self.connection.authority,
            encoded(&self.connection.tenant)
        );
        let request = Request::get(uri).body(Bytes::new()).map_err(|_| SignInProblem::NoSense)?;
        let answer = self.sent(request).await?;
        answer::clock(&answer, (self.surroundings.now)())?;
        let tenant = answer::tenant(&answer::good(answer).map_err(|refused| refused.problem)?)?;
        // Asking for a device code shows without anybody's help whether the app is registered. A tenant may forbid that
        // way of signing in: only what is clearly wrong with the registration counts.
        match self.begin_device().await {
            Err(problem @ (SignInProblem::ClientUnknown | SignInProblem::NotNative)) => Err(problem),
            Ok(_) | Err(_) => Ok(tenant),
        }
    }

    pub(super) fn endpoint(&self, name: &str) -> String {
        format!("{}/{}/oauth2/v2.0/{name}", self.connection.authority, encoded(&self.connection.tenant))
    }

    /// What is asked for: Partner Center on the person's behalf, a refresh token, and who it is.
    pub(super) fn scope(&self) -> String {
        format!("{}/user_impersonation offline_access openid profile", self.connection.audience)
    }

    pub(super) async fn by_code(
        &self,
        code: &SecretString,
        redirect: &str,
        verifier: &str,
    ) -> Result<Tokens, SignInProblem> {
        let pairs = [
            ("grant_type", "authorization_code"),
            ("code", code.expose_secret()),
            ("redirect_uri", redirect),
            ("code_verifier", verifier),
        ];
        self.tokens(&pairs).await.map_err(|refused| refused.problem)
    }

    pub(super) async fn by_refresh(&self, token: &SecretString) -> Result<Tokens, SignInProblem> {
        let pairs = [("grant_type", "refresh_token"), ("refresh_token", token.expose_secret())];
        self.tokens(&pairs).await.map_err(|refused| refused.problem)
    }

    pub(super) async fn by_device(&self, code: &SecretString) -> Result<Tokens, Refused> {
        self.tokens(&[("grant_type", DEVICE_GRANT), ("device_code", code.expose_secret())]).await
    }

    pub(super) async fn begin_device(&self) -> Result<Begun, SignInProblem> {
        let answer = self.post("devicecode", &[("scope", &self.scope())]).await?;
        answer::clock(&answer, (self.surroundings.now)())?;
        answer::begun(&answer::good(answer).map_err(|refused| refused.problem)?)
    }

    async fn tokens(&self, pairs: &[(&str, &str)]) -> Result<Tokens, Refused> {
        let plain = |problem| Refused { problem, word: String::new() };
        let scope = self.scope();
        let mut all = vec![("scope", scope.as_str())];
        all.extend_from_slice(pairs);
        let answer = self.post("token", &all).await.map_err(plain)?;
        let clock = answer::clock(&answer, (self.surroundings.now)());
        let body = answer::good(answer)?;
        let tokens = answer::tokens(&body).map_err(plain);
        wipe(body);
        clock.map_err(plain)?;
        tokens
    }

    async fn post(&self, name: &str, pairs: &[(&str, &str)]) -> Result<Response<Bytes>, SignInProblem> {
        let mut body = Zeroizing::new(format!("client_id={}", self.connection.client));
        for (name, value) in pairs {
            body.push('&');
            body.push_str(name);
            body.push('=');
            body.push_str(&Zeroizing::new(encoded(value)));
        }
        let request = Request::post(self.endpoint(name))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ACCEPT, "application/json")
            .body(Bytes::copy_from_slice(body.as_bytes()))
            .map_err(|_| SignInProblem::NoSense)?;
        self.sent(request).await
    }

    async fn sent(&self, request: Request<Bytes>) -> Result<Response<Bytes>, SignInProblem> {
        // A token request that got no answer may be sent again: at worst the person signs in once more.
        let answer = self.transport.send(request).await.map_err(|_| SignInProblem::Offline)?;
        if answer.body().len() > LARGEST { Err(SignInProblem::NoSense) } else { Ok(answer) }
    }
}

/// Best effort: somebody else may still hold the bytes.
fn wipe(body: Bytes) {
    use zeroize::Zeroize;
    if let Ok(mut bytes) = body.try_into_mut() {
        bytes.as_mut().zeroize();
    }
}
