//! Listens in on what Partner Center says of our tokens: what it refuses ends the sign-in, so that every later request
//! stays here until somebody has signed in anew.

use async_trait::async_trait;
use cb_partner_center::client::Client;
use cb_partner_center::sign_in::{SignInProblem, SignedIn, Standing};
use cb_sync::remote::{Call, Outcome, Remote, RequestIds};
use std::sync::Arc;

/// A client whose refusals are told to the sign-in.
pub(super) struct Watched {
    pub(super) remote: Client,
    pub(super) source: Arc<SignedIn>,
}

#[async_trait]
impl Remote for Watched {
    async fn send(&self, call: &Call, ids: RequestIds) -> Outcome {
        let sign_in = self.source.sign_in();
        let outcome = self.remote.send(call, ids).await;
        let signed_in = *self.source.standing().borrow() == Standing::In;
        match &outcome {
            Outcome::MfaNeeded if signed_in => self.source.refused(sign_in, SignInProblem::MfaNeeded),
            // Refused although it was refreshed a moment ago.
            Outcome::SignIn if signed_in => self.source.refused(sign_in, SignInProblem::Revoked),
            Outcome::MfaNeeded
            | Outcome::SignIn
            | Outcome::Done { .. }
            | Outcome::NotSent
            | Outcome::Unknown
            | Outcome::Throttled { .. }
            | Outcome::Refused { .. } => {}
        }
        outcome
    }
}
