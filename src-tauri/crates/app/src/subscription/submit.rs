//! A change of a subscription: what it will do, and *Submit*.

use crate::App;
use crate::error::{AppError, AppResult};
use crate::views::{ChangePreview, SubscriptionChangeForm};

impl App {
    /// What the change will do. Writes nothing.
    ///
    /// # Errors
    /// `NotFound`, `NoBook`, or the store's.
    pub async fn preview_subscription_change(
        &self,
        _id: String,
        _change: SubscriptionChangeForm,
    ) -> AppResult<ChangePreview> {
        Err(AppError::NotAllowed)
    }

    /// Puts the change into the outbox, as it was looked at (W2). Answers with the operation; empty when only the book
    /// is changed.
    ///
    /// # Errors
    /// `ReviewChanged` when it would do something else by now; `NotAllowed`, `NotFound`, the store's.
    pub async fn submit_subscription_change(
        &self,
        _id: String,
        _change: SubscriptionChangeForm,
        _hash: String,
    ) -> AppResult<String> {
        Err(AppError::NotAllowed)
    }
}
