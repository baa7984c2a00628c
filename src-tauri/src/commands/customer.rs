//! A customer in depth: its page, and what only the book knows of it.

use crate::dialogs;
use crate::error::CommandResult;
use cb_app::App;
use cb_app::views::*;
use tauri::{AppHandle, State};

/// A customer's page.
#[tauri::command]
#[specta::specta]
pub async fn customer_page(app: State<'_, App>, id: String) -> CommandResult<CustomerPageView> {
    Ok(app.customer_page(id).await?)
}

/// Keeps the private alias.
#[tauri::command]
#[specta::specta]
pub async fn save_customer_alias(app: State<'_, App>, id: String, alias: String) -> CommandResult<()> {
    Ok(app.save_customer_alias(id, alias).await?)
}

/// Keeps the private note.
#[tauri::command]
#[specta::specta]
pub async fn save_customer_note(app: State<'_, App>, id: String, note: String) -> CommandResult<()> {
    Ok(app.save_customer_note(id, note).await?)
}

/// Replaces the tags.
#[tauri::command]
#[specta::specta]
pub async fn save_customer_tags(app: State<'_, App>, id: String, tags: Vec<String>) -> CommandResult<()> {
    Ok(app.save_customer_tags(id, tags).await?)
}

/// Writes listed customers or their subscriptions into a file that the person chooses; `None` when none was chosen.
#[tauri::command]
#[specta::specta]
pub async fn export_customers(
    handle: AppHandle,
    app: State<'_, App>,
    query: CustomerQuery,
    table: CustomerTable,
    words: Vec<ExportWord>,
    name: String,
) -> CommandResult<Option<ExportDone>> {
    let Some(path) = dialogs::save_table(&handle, &name).await else { return Ok(None) };
    Ok(Some(app.export_customers(query, table, words, path).await?))
}
