//! Support contacts in bulk.

use crate::App;
use crate::error::{AppError, AppResult};
use crate::views::{SupportList, SupportPreview, SupportQuery};

impl App {
    /// Customers and subscriptions with their support contacts.
    ///
    /// # Errors
    /// `NoBook`, or the store's.
    pub async fn support_contacts(&self, _query: SupportQuery) -> AppResult<SupportList> {
        Err(AppError::NotAllowed)
    }

    /// What *Submit* would set. `contact_id` is a reseller, empty for the provider, or `default` for each one's default.
    ///
    /// # Errors
    /// `NotFound`; `NotAllowed` for a contact that is no active reseller.
    pub async fn preview_support_contacts(&self, _ids: Vec<String>, _contact_id: String) -> AppResult<SupportPreview> {
        Err(AppError::NotAllowed)
    }

    /// Sets them, as they were looked at (W2). Answers with how many were set.
    ///
    /// # Errors
    /// `ReviewChanged`, `NotAllowed`, `NotFound`, the store's.
    pub async fn submit_support_contacts(
        &self,
        _ids: Vec<String>,
        _contact_id: String,
        _hash: String,
    ) -> AppResult<u32> {
        Err(AppError::NotAllowed)
    }
}
