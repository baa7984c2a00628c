//! TEMPORARY list of the use cases still to be written. Whoever implements one moves its signature to its own module
//! and deletes it here. This file must be gone before the first release of the branch.
#![allow(clippy::todo, unused_variables, clippy::unused_async, missing_docs)]

use crate::views::*;
use crate::{App, error::AppResult};

// owner: outbox (sync, driver, outbox, setup info, practice switches)
impl App {
    pub async fn connection(&self) -> AppResult<ConnectionView> {
        todo!()
    }
    pub async fn set_work_offline(&self, on: bool) -> AppResult<ConnectionView> {
        todo!()
    }
    pub async fn set_paused(&self, on: bool) -> AppResult<ConnectionView> {
        todo!()
    }
    pub async fn send_now(&self) -> AppResult<ConnectionView> {
        todo!()
    }
    pub async fn practice(&self) -> AppResult<PracticeView> {
        todo!()
    }
    pub async fn set_practice(&self, switches: PracticeView) -> AppResult<PracticeView> {
        todo!()
    }
    pub async fn list_operations(&self, filter: OutboxFilter) -> AppResult<OutboxView> {
        todo!()
    }
    pub async fn operation_detail(&self, id: String) -> AppResult<OperationDetail> {
        todo!()
    }
    pub async fn cancel_operation(&self, id: String) -> AppResult<()> {
        todo!()
    }
    pub async fn check_operation_again(&self, id: String) -> AppResult<()> {
        todo!()
    }
    pub async fn approve_operation_again(&self, id: String) -> AppResult<()> {
        todo!()
    }
    pub async fn send_operation_again(&self, id: String) -> AppResult<()> {
        todo!()
    }
    pub async fn setup_info(&self, onboarding_id: String) -> AppResult<SetupInfoView> {
        todo!()
    }
    /// Commits `showing` (C3); the shell opens the reveal window after it.
    pub async fn begin_reveal(&self, onboarding_id: String) -> AppResult<()> {
        todo!()
    }
    pub async fn reveal_password(&self, onboarding_id: String) -> AppResult<RevealedPassword> {
        todo!()
    }
    pub async fn copy_password(&self, onboarding_id: String) -> AppResult<()> {
        todo!()
    }
    pub async fn copy_text(&self, text: String) -> AppResult<()> {
        todo!()
    }
    pub async fn acknowledge_setup_info(&self, onboarding_id: String) -> AppResult<SetupInfoView> {
        todo!()
    }
    pub async fn open_setup_mail(&self, onboarding_id: String, language: Language) -> AppResult<MailView> {
        todo!()
    }
    pub async fn open_admin_access_mail(&self, onboarding_id: String, language: Language) -> AppResult<MailView> {
        todo!()
    }
}

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
