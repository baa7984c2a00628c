//! Start, settings and workspace.

use crate::error::CommandResult;
use cb_app::App;
use cb_app::views::*;
use tauri::State;

/// What the window shows first.
#[tauri::command]
#[specta::specta]
pub async fn start_view(app: State<'_, App>) -> CommandResult<StartView> {
    Ok(app.start_view().await?)
}

/// Makes the practice workspace, or opens it.
#[tauri::command]
#[specta::specta]
pub async fn try_it_out(app: State<'_, App>) -> CommandResult<StartView> {
    Ok(app.try_it_out().await?)
}

/// Tries again to open the book.
#[tauri::command]
#[specta::specta]
pub async fn retry_start(app: State<'_, App>) -> CommandResult<StartView> {
    Ok(app.retry_start().await?)
}

/// Stores the settings.
#[tauri::command]
#[specta::specta]
pub async fn save_settings(app: State<'_, App>, settings: SettingsView) -> CommandResult<SettingsView> {
    Ok(app.save_settings(settings).await?)
}

/// Renames the open workspace.
#[tauri::command]
#[specta::specta]
pub async fn rename_workspace(app: State<'_, App>, name: String) -> CommandResult<WorkspaceView> {
    Ok(app.rename_workspace(name).await?)
}
