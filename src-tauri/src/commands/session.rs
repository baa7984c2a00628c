//! Onboarding sessions, their review, their release and their report.

use crate::dialogs;
use crate::error::CommandResult;
use cb_app::App;
use cb_app::views::*;
use tauri::{AppHandle, State};

/// The session that runs, and all of them.
#[tauri::command]
#[specta::specta]
pub async fn sessions(app: State<'_, App>) -> CommandResult<SessionsView> {
    Ok(app.sessions().await?)
}

/// Begins a session.
#[tauri::command]
#[specta::specta]
pub async fn start_session(app: State<'_, App>, name: String, who: String, holds: bool) -> CommandResult<SessionRow> {
    Ok(app.start_session(name, who, holds).await?)
}

/// Gives a session another name.
#[tauri::command]
#[specta::specta]
pub async fn rename_session(app: State<'_, App>, id: String, name: String) -> CommandResult<SessionRow> {
    Ok(app.rename_session(id, name).await?)
}

/// Ends a session; `stand` says what is released with it, empty keeps it held.
#[tauri::command]
#[specta::specta]
pub async fn end_session(app: State<'_, App>, id: String, stand: String) -> CommandResult<SessionRow> {
    Ok(app.end_session(id, stand).await?)
}

/// Everything in a session on one page.
#[tauri::command]
#[specta::specta]
pub async fn session_review(app: State<'_, App>, id: String) -> CommandResult<SessionView> {
    Ok(app.session_review(id).await?)
}

/// Checks everything that waits for its release, in the background.
#[tauri::command]
#[specta::specta]
pub async fn check_session(app: State<'_, App>, id: String) -> CommandResult<()> {
    Ok(app.check_session(id).await?)
}

/// Releases what was reviewed.
#[tauri::command]
#[specta::specta]
pub async fn release_session(app: State<'_, App>, id: String, stand: String) -> CommandResult<SessionRow> {
    Ok(app.release_session(id, stand).await?)
}

/// Opens the form of an operation that waits for the release of its session, at a field.
#[tauri::command]
#[specta::specta]
pub async fn put_right_operation(app: State<'_, App>, id: String, field: String) -> CommandResult<DraftView> {
    Ok(app.put_right_operation(id, field).await?)
}

/// The report in a language.
#[tauri::command]
#[specta::specta]
pub async fn session_report(app: State<'_, App>, id: String, language: Language) -> CommandResult<ReportView> {
    Ok(app.session_report(id, language).await?)
}

/// Saves the report as a PDF file where the person chooses; `false` when nowhere was chosen.
#[tauri::command]
#[specta::specta]
pub async fn save_session_report(
    handle: AppHandle,
    app: State<'_, App>,
    id: String,
    language: Language,
) -> CommandResult<bool> {
    let name = app.session_report(id.clone(), language).await?.file_name;
    let Some(path) = dialogs::save_pdf(&handle, &name).await else { return Ok(false) };
    app.save_session_report(id, language, path).await?;
    Ok(true)
}
