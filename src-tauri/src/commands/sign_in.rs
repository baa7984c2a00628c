//! Connecting to Partner Center, signing in and out, the sync, and workspaces of this laptop.

use crate::error::CommandResult;
use crate::windows;
use cb_app::App;
use cb_app::views::*;
use tauri::State;

/// The connection form as last typed, and how far a sign-in is.
#[tauri::command]
#[specta::specta]
pub async fn sign_in_state(app: State<'_, App>) -> CommandResult<SignInView> {
    Ok(app.sign_in_state())
}

/// Begins a sign-in with what was typed.
#[tauri::command]
#[specta::specta]
pub async fn begin_sign_in(app: State<'_, App>, form: ConnectionForm, way: SignInWay) -> CommandResult<SignInView> {
    Ok(app.begin_sign_in(form, way).await?)
}

/// Signs in again to the open workspace.
#[tauri::command]
#[specta::specta]
pub async fn sign_in_again(app: State<'_, App>, way: SignInWay) -> CommandResult<SignInView> {
    Ok(app.sign_in_again(way).await?)
}

/// Gives a sign-in up.
#[tauri::command]
#[specta::specta]
pub async fn cancel_sign_in(app: State<'_, App>) -> CommandResult<SignInView> {
    Ok(app.cancel_sign_in())
}

/// Opens the page of a sign-in under way once more.
#[tauri::command]
#[specta::specta]
pub async fn open_sign_in_page(app: State<'_, App>) -> CommandResult<SignInView> {
    Ok(app.open_sign_in_page().await?)
}

/// Makes the live workspace of a finished sign-in.
#[tauri::command]
#[specta::specta]
pub async fn make_live_workspace(app: State<'_, App>) -> CommandResult<StartView> {
    Ok(app.make_live_workspace().await?)
}

/// The same on a machine without a keychain.
#[tauri::command]
#[specta::specta]
pub async fn make_live_workspace_with_passphrase(
    app: State<'_, App>,
    passphrase: String,
    again: String,
) -> CommandResult<PassphraseAnswer> {
    Ok(app.make_live_workspace_with_passphrase(passphrase, again).await?)
}

/// Who is signed in.
#[tauri::command]
#[specta::specta]
pub async fn signed_in(app: State<'_, App>) -> CommandResult<SignedInView> {
    Ok(app.signed_in().await?)
}

/// Signs out; nothing that waits is lost.
#[tauri::command]
#[specta::specta]
pub async fn sign_out(app: State<'_, App>) -> CommandResult<SignedInView> {
    Ok(app.sign_out().await?)
}

/// How the sync stands.
#[tauri::command]
#[specta::specta]
pub async fn sync_state(app: State<'_, App>) -> CommandResult<SyncView> {
    Ok(app.sync_state().await?)
}

/// Reads from Partner Center again now.
#[tauri::command]
#[specta::specta]
pub async fn sync_now(app: State<'_, App>) -> CommandResult<SyncView> {
    Ok(app.sync_now().await?)
}

/// Workspaces on this laptop.
#[tauri::command]
#[specta::specta]
pub async fn workspaces(app: State<'_, App>) -> CommandResult<Vec<WorkspaceRow>> {
    Ok(app.workspaces().await?)
}

/// Opens another workspace.
#[tauri::command]
#[specta::specta]
pub async fn open_workspace(handle: tauri::AppHandle, app: State<'_, App>, id: String) -> CommandResult<StartView> {
    // A password that is on the screen is of the book that goes.
    windows::close_reveal(&handle);
    Ok(app.open_workspace(id).await?)
}
