//! The journal: read, exported, checked.

use crate::dialogs;
use crate::error::CommandResult;
use cb_app::App;
use cb_app::views::*;
use tauri::{AppHandle, State};

/// A page of the journal.
#[tauri::command]
#[specta::specta]
pub async fn journal(app: State<'_, App>, filter: JournalFilter, below: Option<u32>) -> CommandResult<JournalPage> {
    Ok(app.journal(filter, below).await?)
}

/// Whether its chain holds.
#[tauri::command]
#[specta::specta]
pub async fn journal_check(app: State<'_, App>) -> CommandResult<JournalCheckView> {
    Ok(app.journal_check().await?)
}

/// Writes it into a file that the person chooses, in the words of the page; `None` when none was chosen.
#[tauri::command]
#[specta::specta]
pub async fn export_journal(
    handle: AppHandle,
    app: State<'_, App>,
    filter: JournalFilter,
    words: Vec<ExportWord>,
    name: String,
) -> CommandResult<Option<ExportDone>> {
    let Some(path) = dialogs::save_table(&handle, &name).await else { return Ok(None) };
    Ok(Some(app.export_journal(filter, words, path).await?))
}
