//! The wizard: drafts, review, submit, confirmation.

use crate::error::CommandResult;
use cb_app::App;
use cb_app::views::*;
use tauri::State;

/// Begins the wizard for a reseller.
#[tauri::command]
#[specta::specta]
pub async fn start_customer_draft(app: State<'_, App>, reseller_id: String) -> CommandResult<DraftView> {
    Ok(app.start_customer_draft(reseller_id).await?)
}

/// Begins the wizard for a customer.
#[tauri::command]
#[specta::specta]
pub async fn start_subscription_draft(app: State<'_, App>, customer_id: String) -> CommandResult<DraftView> {
    Ok(app.start_subscription_draft(customer_id).await?)
}

/// Opens the form of an operation that needs attention.
#[tauri::command]
#[specta::specta]
pub async fn mend_operation(app: State<'_, App>, operation_id: String) -> CommandResult<DraftView> {
    Ok(app.mend_operation(operation_id).await?)
}

/// A draft, whole.
#[tauri::command]
#[specta::specta]
pub async fn get_draft(app: State<'_, App>, id: String) -> CommandResult<DraftView> {
    Ok(app.get_draft(id).await?)
}

/// Saves a draft.
#[tauri::command]
#[specta::specta]
pub async fn save_draft(app: State<'_, App>, request: SaveDraftRequest) -> CommandResult<SavedDraft> {
    Ok(app.save_draft(request).await?)
}

/// Discards a draft.
#[tauri::command]
#[specta::specta]
pub async fn discard_draft(app: State<'_, App>, id: String) -> CommandResult<()> {
    Ok(app.discard_draft(id).await?)
}

/// All drafts.
#[tauri::command]
#[specta::specta]
pub async fn list_drafts(app: State<'_, App>) -> CommandResult<Vec<DraftRow>> {
    Ok(app.list_drafts().await?)
}

/// What Rust froze.
#[tauri::command]
#[specta::specta]
pub async fn review_draft(app: State<'_, App>, id: String) -> CommandResult<ReviewView> {
    Ok(app.review_draft(id).await?)
}

/// Submits what was reviewed; `again` names the orders beside which a second one is wanted.
#[tauri::command]
#[specta::specta]
pub async fn submit_draft(
    app: State<'_, App>,
    id: String,
    hash: String,
    again: Vec<String>,
) -> CommandResult<ConfirmationView> {
    Ok(app.submit_draft(id, hash, again).await?)
}

/// The confirmation of one Submit.
#[tauri::command]
#[specta::specta]
pub async fn confirmation(app: State<'_, App>, onboarding_id: String) -> CommandResult<ConfirmationView> {
    Ok(app.confirmation(onboarding_id).await?)
}

/// Countries to choose from.
#[tauri::command]
#[specta::specta]
pub async fn list_countries(app: State<'_, App>) -> CommandResult<Vec<String>> {
    Ok(app.list_countries().await?)
}

/// Asks Partner Center in the background.
#[tauri::command]
#[specta::specta]
pub async fn check_draft_online(app: State<'_, App>, id: String) -> CommandResult<()> {
    Ok(app.check_draft_online(id).await?)
}
