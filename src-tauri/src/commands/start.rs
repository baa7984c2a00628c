//! Start, settings and workspace.

use crate::error::CommandResult;
use cb_app::App;
use cb_app::views::*;
use tauri::State;

/// What the window shows first.
#[tauri::command]
#[specta::specta]
pub async fn start_view(app: State<'_, App>) -> CommandResult<StartView> {
    Ok(app.start_view_soon().await?)
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

/// Stores the settings that a person has changed.
#[tauri::command]
#[specta::specta]
pub async fn save_settings(app: State<'_, App>, change: SettingsChange) -> CommandResult<SettingsView> {
    Ok(app.save_settings(change).await?)
}

/// Makes everything in the window larger or smaller, and keeps it.
#[tauri::command]
#[specta::specta]
pub async fn set_zoom(handle: tauri::AppHandle, app: State<'_, App>, percent: u32) -> CommandResult<u32> {
    let percent = app.set_zoom(percent).await?;
    crate::windows::zoom_main(&handle, percent);
    Ok(percent)
}

/// Renames the open workspace.
#[tauri::command]
#[specta::specta]
pub async fn rename_workspace(app: State<'_, App>, name: String) -> CommandResult<WorkspaceView> {
    Ok(app.rename_workspace(name).await?)
}

/// Gives the open workspace another colour.
#[tauri::command]
#[specta::specta]
pub async fn colour_workspace(app: State<'_, App>, colour: WorkspaceColour) -> CommandResult<WorkspaceView> {
    Ok(app.colour_workspace(colour).await?)
}

/// Makes the practice workspace on a machine without a keychain.
#[tauri::command]
#[specta::specta]
pub async fn try_it_out_with_passphrase(
    app: State<'_, App>,
    passphrase: String,
    again: String,
) -> CommandResult<PassphraseAnswer> {
    Ok(app.try_it_out_with_passphrase(passphrase, again).await?)
}

/// Opens the book with its passphrase.
#[tauri::command]
#[specta::specta]
pub async fn unlock(app: State<'_, App>, passphrase: String) -> CommandResult<PassphraseAnswer> {
    Ok(app.unlock(passphrase).await?)
}

/// Opens the book with the recovery code and puts its key back into the keychain.
#[tauri::command]
#[specta::specta]
pub async fn recover_key(app: State<'_, App>, code: String) -> CommandResult<RecoveryAnswer> {
    Ok(app.recover_key(code).await?)
}

/// How the key of the open book is kept safe.
#[tauri::command]
#[specta::specta]
pub async fn safekeeping(app: State<'_, App>) -> CommandResult<SafekeepingView> {
    Ok(app.safekeeping().await?)
}

/// A new recovery code, shown once.
#[tauri::command]
#[specta::specta]
pub async fn begin_recovery_code(app: State<'_, App>) -> CommandResult<RecoveryCodeView> {
    Ok(app.begin_recovery_code().await?)
}

/// The recovery code, typed back.
#[tauri::command]
#[specta::specta]
pub async fn prove_recovery_code(app: State<'_, App>, typed: String) -> CommandResult<RecoveryAnswer> {
    Ok(app.prove_recovery_code(typed).await?)
}
