//! Terms that end, and what is decided about them.

use crate::App;
use crate::error::{AppError, AppResult};
use crate::views::{EndingList, EndingQuery};

impl App {
    /// Subscriptions whose terms end, soonest first.
    ///
    /// # Errors
    /// `NoBook`, or the store's.
    pub async fn ending_subscriptions(&self, _query: EndingQuery) -> AppResult<EndingList> {
        Err(AppError::NotAllowed)
    }
}
