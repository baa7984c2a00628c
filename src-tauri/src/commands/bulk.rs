//! One change to many customers.

use crate::error::CommandResult;
use cb_app::App;
use cb_app::views::*;
use tauri::State;

/// The change that is under way or was, if any.
#[tauri::command]
#[specta::specta]
pub async fn bulk(app: State<'_, App>) -> CommandResult<Option<BulkView>> {
    Ok(app.bulk().await?)
}

/// Settles whom a change is for.
#[tauri::command]
#[specta::specta]
pub async fn prepare_bulk(
    app: State<'_, App>,
    selection: BulkSelection,
    change: BulkChange,
) -> CommandResult<BulkView> {
    Ok(app.prepare_bulk(selection, change).await?)
}

/// Starts it.
#[tauri::command]
#[specta::specta]
pub async fn start_bulk(app: State<'_, App>, number: i32) -> CommandResult<()> {
    Ok(app.start_bulk(number).await?)
}

/// Ends it where it is.
#[tauri::command]
#[specta::specta]
pub async fn stop_bulk(app: State<'_, App>, number: i32) -> CommandResult<()> {
    Ok(app.stop_bulk(number).await?)
}
