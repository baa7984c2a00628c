//! TEMPORARY list of the use cases still to be written. Whoever implements one moves its signature to its own module
//! and deletes it here. This file must be gone before the first release of the branch.
#![allow(clippy::todo, unused_variables, clippy::unused_async, missing_docs)]

use crate::views::*;
use crate::{App, error::AppResult};

// owner: wizard (domain rules, drafts, review, submit, confirmation)
impl App {
    pub async fn start_customer_draft(&self, reseller_id: String) -> AppResult<DraftView> {
        todo!()
    }
    pub async fn start_subscription_draft(&self, customer_id: String) -> AppResult<DraftView> {
        todo!()
    }
    pub async fn mend_operation(&self, operation_id: String) -> AppResult<DraftView> {
        todo!()
    }
    pub async fn get_draft(&self, id: String) -> AppResult<DraftView> {
        todo!()
    }
    pub async fn save_draft(&self, request: SaveDraftRequest) -> AppResult<SavedDraft> {
        todo!()
    }
    pub async fn discard_draft(&self, id: String) -> AppResult<()> {
        todo!()
    }
    pub async fn list_drafts(&self) -> AppResult<Vec<DraftRow>> {
        todo!()
    }
    pub async fn review_draft(&self, id: String) -> AppResult<ReviewView> {
        todo!()
    }
    pub async fn submit_draft(&self, id: String, hash: String) -> AppResult<ConfirmationView> {
        todo!()
    }
    pub async fn confirmation(&self, onboarding_id: String) -> AppResult<ConfirmationView> {
        todo!()
    }
    pub async fn list_countries(&self) -> AppResult<Vec<String>> {
        todo!()
    }
}
