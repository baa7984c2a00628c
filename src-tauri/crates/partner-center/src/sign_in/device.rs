//! Sign-in with a code that is typed on another device, for a machine whose browser can't be used.

use super::Tokens;
use super::answer::Begun;
use super::authority::Authority;
use super::problem::SignInProblem;
use std::time::Duration;

/// Added to the wait when the authority says *slow down* (RFC 8628, 3.5).
const SLOWER: Duration = Duration::from_secs(5);

/// A sign-in that waits for another device.
pub struct DeviceSignIn {
    authority: Authority,
    begun: Begun,
}

impl DeviceSignIn {
    /// Asks for a code.
    ///
    /// # Errors
    /// Why there is none.
    pub async fn begin(authority: Authority) -> Result<Self, SignInProblem> {
        let begun = authority.begin_device().await?;
        Ok(Self { authority, begun })
    }

    /// The code to type.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.begun.user_code
    }

    /// The page to type it on; never anything but a web address.
    #[must_use]
    pub fn page(&self) -> &str {
        let address = self.begun.verification_uri.as_str();
        let safe = address.starts_with("https://") || address.starts_with("http://");
        if safe { address } else { "https://microsoft.com/devicelogin" }
    }

    /// Waits until somebody has signed in there.
    ///
    /// # Errors
    /// Why it came to nothing; `TimedOut` when the code has expired.
    pub async fn finish(self) -> Result<Tokens, SignInProblem> {
        let until = tokio::time::Instant::now() + self.begun.holds();
        let mut wait = self.begun.interval();
        loop {
            tokio::time::sleep(wait).await;
            if tokio::time::Instant::now() >= until {
                return Err(SignInProblem::TimedOut);
            }
            match self.authority.by_device(&self.begun.device_code).await {
                Ok(tokens) => return tokens.with_second_factor(),
                Err(refused) => match (refused.word.as_str(), refused.problem) {
                    // A lost answer or a short outage does not end it: the code still holds.
                    ("authorization_pending", _) | (_, SignInProblem::Offline) => {}
                    ("slow_down", _) => wait += SLOWER,
                    (_, problem) => return Err(problem),
                },
            }
        }
    }
}
