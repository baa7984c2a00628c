//! Backups, their way back, and what a restored book holds.

use crate::dialogs;
use crate::error::CommandResult;
use cb_app::App;
use cb_app::views::*;
use tauri::{AppHandle, State};

/// Backups of the book.
#[tauri::command]
#[specta::specta]
pub async fn backups(app: State<'_, App>) -> CommandResult<BackupsView> {
    Ok(app.backups().await?)
}

/// Makes a backup now.
#[tauri::command]
#[specta::specta]
pub async fn back_up_now(app: State<'_, App>) -> CommandResult<BackupsView> {
    Ok(app.back_up_now().await?)
}

/// Copies a backup to a place that the person chooses; `false` when none was chosen.
#[tauri::command]
#[specta::specta]
pub async fn save_backup_copy(handle: AppHandle, app: State<'_, App>, name: String) -> CommandResult<bool> {
    let Some(path) = dialogs::save_backup(&handle, &name).await else { return Ok(false) };
    app.copy_backup(name, path).await?;
    Ok(true)
}

/// Lets the person choose a backup file; the path stays in Rust.
#[tauri::command]
#[specta::specta]
pub async fn choose_backup(handle: AppHandle, app: State<'_, App>) -> CommandResult<Option<BackupRow>> {
    Ok(dialogs::open_backup(&handle).await.and_then(|path| app.choose_backup(path)))
}

/// Restores a backup of the list, or, without a name, the file that was chosen.
#[tauri::command]
#[specta::specta]
pub async fn restore_backup(app: State<'_, App>, name: String, secret: String) -> CommandResult<RestoreAnswer> {
    Ok(app.restore_backup(name, secret).await?)
}

/// What a restored book holds.
#[tauri::command]
#[specta::specta]
pub async fn restored_book(app: State<'_, App>) -> CommandResult<Option<RestoredView>> {
    Ok(app.restored_book().await?)
}

/// Releases one onboarding of a restored book.
#[tauri::command]
#[specta::specta]
pub async fn release_onboarding(
    app: State<'_, App>,
    onboarding_id: String,
    decision: RestoreDecision,
) -> CommandResult<Option<RestoredView>> {
    Ok(app.release_onboarding(onboarding_id, decision).await?)
}
