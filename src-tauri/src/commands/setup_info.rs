//! Setup info: sealed, revealed once, destroyed.

use crate::error::CommandResult;
use crate::windows;
use cb_app::App;
use cb_app::views::*;
use tauri::State;

/// Setup info without the password.
#[tauri::command]
#[specta::specta]
pub async fn setup_info(app: State<'_, App>, onboarding_id: String) -> CommandResult<SetupInfoView> {
    Ok(app.setup_info(onboarding_id).await?)
}

/// Commits `showing`, then opens the reveal window (C3).
#[tauri::command]
#[specta::specta]
pub async fn begin_reveal(handle: tauri::AppHandle, app: State<'_, App>, onboarding_id: String) -> CommandResult<()> {
    app.begin_reveal(onboarding_id.clone()).await?;
    windows::open_reveal(&handle, &onboarding_id, &app.appearance()).await
}

/// The password, for the reveal window alone.
#[tauri::command]
#[specta::specta]
pub async fn reveal_password(app: State<'_, App>, onboarding_id: String) -> CommandResult<RevealedPassword> {
    Ok(app.reveal_password(onboarding_id).await?)
}

/// Copies the password; cleared after 30 seconds (C4).
#[tauri::command]
#[specta::specta]
pub async fn copy_password(app: State<'_, App>, onboarding_id: String) -> CommandResult<()> {
    Ok(app.copy_password(onboarding_id).await?)
}

/// Copies a text that is no secret.
#[tauri::command]
#[specta::specta]
pub async fn copy_text(app: State<'_, App>, text: String) -> CommandResult<()> {
    Ok(app.copy_text(text).await?)
}

/// Whom the reveal window is about, without the password.
#[tauri::command]
#[specta::specta]
pub async fn reveal_subject(app: State<'_, App>, onboarding_id: String) -> CommandResult<RevealSubjectView> {
    Ok(app.reveal_subject(onboarding_id).await?)
}

/// Prints the reveal window's own page: the password goes from there to the system's print dialog and nowhere else.
#[tauri::command]
#[specta::specta]
pub async fn print_reveal(handle: tauri::AppHandle) -> CommandResult<()> {
    windows::print(&handle, windows::REVEAL)
}

/// Prints the main window's page, which never holds a password.
#[tauri::command]
#[specta::specta]
pub async fn print_page(handle: tauri::AppHandle) -> CommandResult<()> {
    windows::print(&handle, windows::MAIN)
}

/// Destroys the password (C5); a reveal window that still shows it goes first.
#[tauri::command]
#[specta::specta]
pub async fn acknowledge_setup_info(
    handle: tauri::AppHandle,
    app: State<'_, App>,
    onboarding_id: String,
) -> CommandResult<SetupInfoView> {
    windows::close_reveal(&handle);
    Ok(app.acknowledge_setup_info(onboarding_id).await?)
}

/// Opens the mail to the customer, never with the password.
#[tauri::command]
#[specta::specta]
pub async fn open_setup_mail(
    app: State<'_, App>,
    onboarding_id: String,
    language: Language,
) -> CommandResult<MailView> {
    Ok(app.open_setup_mail(onboarding_id, language).await?)
}

/// Opens the mail that asks the reseller to request admin access.
#[tauri::command]
#[specta::specta]
pub async fn open_admin_access_mail(
    app: State<'_, App>,
    onboarding_id: String,
    language: Language,
) -> CommandResult<MailView> {
    Ok(app.open_admin_access_mail(onboarding_id, language).await?)
}

/// Opens the mail that asks the reseller to set a new password.
#[tauri::command]
#[specta::specta]
pub async fn open_reset_mail(
    app: State<'_, App>,
    onboarding_id: String,
    language: Language,
) -> CommandResult<MailView> {
    Ok(app.open_reset_mail(onboarding_id, language).await?)
}

/// Closes the reveal window.
#[tauri::command]
#[specta::specta]
pub fn close_reveal(handle: tauri::AppHandle) {
    windows::close_reveal(&handle);
}
