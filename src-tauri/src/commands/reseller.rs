//! Resellers in depth: shield, page, partnerships to place, work list and repair.

use crate::error::CommandResult;
use cb_app::App;
use cb_app::views::*;
use tauri::State;

/// Looks at resellers in the background.
#[tauri::command]
#[specta::specta]
pub async fn check_resellers(app: State<'_, App>, now: bool) -> CommandResult<()> {
    Ok(app.check_resellers(now).await?)
}

/// A reseller's page.
#[tauri::command]
#[specta::specta]
pub async fn reseller_page(app: State<'_, App>, id: String) -> CommandResult<ResellerPageView> {
    Ok(app.reseller_page(id).await?)
}

/// Keeps the private note.
#[tauri::command]
#[specta::specta]
pub async fn save_reseller_note(app: State<'_, App>, id: String, note: String) -> CommandResult<()> {
    Ok(app.save_reseller_note(id, note).await?)
}

/// Replaces the tags.
#[tauri::command]
#[specta::specta]
pub async fn save_reseller_tags(app: State<'_, App>, id: String, tags: Vec<String>) -> CommandResult<()> {
    Ok(app.save_reseller_tags(id, tags).await?)
}

/// Sets the default support contact.
#[tauri::command]
#[specta::specta]
pub async fn save_reseller_support(app: State<'_, App>, id: String, contact_id: String) -> CommandResult<()> {
    Ok(app.save_reseller_support(id, contact_id).await?)
}

/// Home no longer tells its news.
#[tauri::command]
#[specta::specta]
pub async fn see_reseller_news(app: State<'_, App>, id: String) -> CommandResult<()> {
    Ok(app.see_reseller_news(id).await?)
}

/// Partnerships that a person must place.
#[tauri::command]
#[specta::specta]
pub async fn partnerships_to_place(app: State<'_, App>) -> CommandResult<Vec<PartnershipToPlace>> {
    Ok(app.partnerships_to_place().await?)
}

/// Places one.
#[tauri::command]
#[specta::specta]
pub async fn place_partnership(app: State<'_, App>, tenant_id: String, reseller_id: String) -> CommandResult<()> {
    Ok(app.place_partnership(tenant_id, reseller_id).await?)
}

/// The work list.
#[tauri::command]
#[specta::specta]
pub async fn hanging(app: State<'_, App>, reseller_id: String) -> CommandResult<HangingList> {
    Ok(app.hanging(reseller_id).await?)
}

/// What the repair would do.
#[tauri::command]
#[specta::specta]
pub async fn preview_record(
    app: State<'_, App>,
    ids: Vec<String>,
    reseller_id: String,
) -> CommandResult<RecordPreview> {
    Ok(app.preview_record(ids, reseller_id).await?)
}

/// Puts the repair into the outbox.
#[tauri::command]
#[specta::specta]
pub async fn submit_record(
    app: State<'_, App>,
    ids: Vec<String>,
    reseller_id: String,
    hash: String,
) -> CommandResult<u32> {
    Ok(app.submit_record(ids, reseller_id, hash).await?)
}

/// Lets something happen to a reseller at the practice Partner Center.
#[tauri::command]
#[specta::specta]
pub async fn practice_reseller(app: State<'_, App>, event: PracticeResellerEvent) -> CommandResult<()> {
    Ok(app.practice_reseller(event).await?)
}
