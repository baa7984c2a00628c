//! The clock of a practice day: moved ahead, terms end, windows close and subscriptions renew at the practice Partner
//! Center. And what somebody does to a subscription there, past the app.

use crate::App;
use crate::error::{AppError, AppResult};
use crate::views::{PracticeClockView, PracticeSubscriptionEvent};

impl App {
    /// What time it is at the practice Partner Center.
    ///
    /// # Errors
    /// `NotAllowed` in a live workspace.
    pub async fn practice_clock(&self) -> AppResult<PracticeClockView> {
        Err(AppError::NotAllowed)
    }

    /// Moves it ahead by so many hours, never back; 0 sets it to this computer's time again.
    ///
    /// # Errors
    /// `NotAllowed` in a live workspace.
    pub async fn move_practice_clock(&self, _hours: u32) -> AppResult<PracticeClockView> {
        Err(AppError::NotAllowed)
    }

    /// Somebody changes this subscription in Partner Center, past the app.
    ///
    /// # Errors
    /// `NotAllowed` in a live workspace; `NotFound` when it is not there.
    pub async fn practice_subscription(&self, _id: String, _event: PracticeSubscriptionEvent) -> AppResult<()> {
        Err(AppError::NotAllowed)
    }
}
