//! The switches of a practice workspace.

use crate::error::CommandResult;
use cb_app::App;
use cb_app::views::*;
use tauri::State;

/// The switches as they stand.
#[tauri::command]
#[specta::specta]
pub async fn practice(app: State<'_, App>) -> CommandResult<PracticeView> {
    Ok(app.practice().await?)
}

/// Sets the switches.
#[tauri::command]
#[specta::specta]
pub async fn set_practice(app: State<'_, App>, switches: PracticeView) -> CommandResult<PracticeView> {
    Ok(app.set_practice(switches).await?)
}

/// Somebody changes a customer in Partner Center, past the app; answers with its name.
#[tauri::command]
#[specta::specta]
pub async fn change_customer_elsewhere(app: State<'_, App>) -> CommandResult<String> {
    Ok(app.change_customer_elsewhere().await?)
}
