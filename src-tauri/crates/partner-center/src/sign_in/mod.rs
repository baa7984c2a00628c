//! Signing in with Microsoft Entra: in the system's browser (authorization code with PKCE, answered on a loopback
//! port), or with a code typed on another device; and the source of tokens that lives from it (W3).
//!
//! Tokens stay here and in the [`TokenShelf`]: nothing that a screen or a log sees carries one.

mod answer;
mod authority;
mod browser;
mod callback;
mod claims;
mod device;
mod listener;
mod problem;
mod secret;
mod source;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests stop at the first surprise")]
mod tests;

pub use authority::{Authority, Surroundings};
pub use browser::{BrowserSignIn, Pages};
pub use callback::{Callback, Reading, read as read_callback};
pub use claims::Account;
pub use device::DeviceSignIn;
pub use problem::SignInProblem;
pub use source::{SignedIn, Standing, TokenShelf};

use crate::token::FixedToken;
use secrecy::SecretString;
use std::time::Duration;

/// What a sign-in brought. No `Debug`: it holds tokens.
pub struct Tokens {
    /// Who signed in.
    pub account: Account,
    /// For the requests of the next hour.
    pub(crate) access: SecretString,
    /// To get the next one; absent when the authority gave none.
    pub(crate) refresh: Option<SecretString>,
    /// How long the access token holds.
    pub(crate) holds: Duration,
    /// Whether a second factor was used; `None` where the token doesn't tell.
    pub(crate) mfa: Option<bool>,
    /// The nonce of the id token.
    pub(crate) nonce: Option<String>,
}

impl Tokens {
    /// For the first look at Partner Center, before there is a book that the sign-in belongs to.
    #[must_use]
    pub fn for_a_look(&self) -> FixedToken {
        FixedToken::secret(self.access.clone())
    }

    /// Puts the refresh token on a shelf. Without one the sign-in ends with the first hour, so that is a failure too.
    ///
    /// # Errors
    /// `Keychain`; `NoSense` when the authority gave no refresh token.
    pub fn keep_on(&self, shelf: &dyn TokenShelf) -> Result<(), SignInProblem> {
        shelf.store(self.refresh.as_ref().ok_or(SignInProblem::NoSense)?)
    }
}
