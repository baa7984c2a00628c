//! Where access tokens come from. The client asks; it never sees a refresh token.

use async_trait::async_trait;
use secrecy::SecretString;

/// Why there is no token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// Somebody has to sign in.
    #[error("somebody has to sign in")]
    SignIn,
    /// Somebody has to sign in with a second factor.
    #[error("somebody has to sign in with a second factor")]
    Mfa,
    /// The sign-in service could not be reached.
    #[error("the sign-in service could not be reached")]
    Offline,
}

/// Hands out access tokens.
#[async_trait]
pub trait TokenSource: Send + Sync {
    /// A token that should still hold.
    ///
    /// # Errors
    /// When there is none.
    async fn token(&self) -> Result<SecretString, TokenError>;

    /// A token in place of `refused`. Whoever asks late, after others have got a newer one, gets that one.
    ///
    /// # Errors
    /// When there is none.
    async fn refresh(&self, refused: &SecretString) -> Result<SecretString, TokenError>;
}

/// Always the same token: for practice, where any will do.
pub struct FixedToken(SecretString);

impl FixedToken {
    /// That token.
    #[must_use]
    pub fn new(token: &str) -> Self {
        Self(SecretString::from(token.to_owned()))
    }

    /// That token, handed over as a secret.
    #[must_use]
    pub fn secret(token: SecretString) -> Self {
        Self(token)
    }
}

#[async_trait]
impl TokenSource for FixedToken {
    async fn token(&self) -> Result<SecretString, TokenError> {
        Ok(self.0.clone())
    }
    async fn refresh(&self, _refused: &SecretString) -> Result<SecretString, TokenError> {
        Ok(self.0.clone())
    }
}
