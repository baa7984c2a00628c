//! What happens to one request, where a test says so itself: nothing is left to chance.

use super::State;
use cb_domain::ids::RequestKey;
use cb_sync::remote::{Call, Outcome};
use jiff::SignedDuration;
use std::time::Duration;

/// What happens to one request, where a test says so itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mishap {
    /// Nothing leaves the machine.
    NotSent,
    /// The request is lost on its way.
    LostBefore,
    /// It is carried out, and its answer is lost.
    LostAfter,
    /// It arrives 20 s after the client gave up.
    Late,
    /// 429.
    Throttled,
    /// 401.
    SignIn,
}

impl State {
    pub(super) fn go_wrong(&mut self, mishap: Mishap, call: &Call, key: RequestKey) -> Outcome {
        match mishap {
            Mishap::NotSent => Outcome::NotSent,
            Mishap::LostBefore => Outcome::Unknown,
            Mishap::LostAfter => {
                drop(self.perform(call, key));
                Outcome::Unknown
            }
            Mishap::Late => {
                let at = self.now.checked_add(SignedDuration::from_secs(20)).unwrap();
                self.delayed.push((at, call.clone(), key));
                Outcome::Unknown
            }
            Mishap::Throttled => Outcome::Throttled { retry_after: Some(Duration::from_secs(7)) },
            Mishap::SignIn => Outcome::SignIn,
        }
    }
}
