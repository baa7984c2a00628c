//! Partnership requests: links and templates, drafts, handing over, several at once.

use crate::error::CommandResult;
use cb_app::App;
use cb_app::views::*;
use tauri::State;

/// What the workspace puts into its invitations.
#[tauri::command]
#[specta::specta]
pub async fn invitation_settings(app: State<'_, App>) -> CommandResult<InvitationSettingsView> {
    Ok(app.invitation_settings().await?)
}

/// Keeps it.
#[tauri::command]
#[specta::specta]
pub async fn save_invitation_settings(
    app: State<'_, App>,
    settings: InvitationSettings,
) -> CommandResult<InvitationSettingsView> {
    Ok(app.save_invitation_settings(settings).await?)
}

/// What a pasted link is.
#[tauri::command]
#[specta::specta]
pub async fn check_invitation_link(
    app: State<'_, App>,
    kind: LinkKindView,
    text: String,
) -> CommandResult<LinkCheckView> {
    Ok(app.check_invitation_link(kind, text).await?)
}

/// All mail templates.
#[tauri::command]
#[specta::specta]
pub async fn mail_templates(app: State<'_, App>) -> CommandResult<Vec<MailTemplateView>> {
    Ok(app.mail_templates().await?)
}

/// Keeps a changed template.
#[tauri::command]
#[specta::specta]
pub async fn save_mail_template(
    app: State<'_, App>,
    kind: TemplateKindView,
    language: Language,
    subject: String,
    body: String,
) -> CommandResult<Vec<MailTemplateView>> {
    Ok(app.save_mail_template(kind, language, subject, body).await?)
}

/// Brings back the app's own template.
#[tauri::command]
#[specta::specta]
pub async fn reset_mail_template(
    app: State<'_, App>,
    kind: TemplateKindView,
    language: Language,
) -> CommandResult<Vec<MailTemplateView>> {
    Ok(app.reset_mail_template(kind, language).await?)
}

/// A template filled with an example.
#[tauri::command]
#[specta::specta]
pub async fn preview_mail_template(
    app: State<'_, App>,
    kind: TemplateKindView,
    language: Language,
    subject: String,
    body: String,
) -> CommandResult<TemplatePreview> {
    Ok(app.preview_mail_template(kind, language, subject, body).await?)
}

/// Begins a request.
#[tauri::command]
#[specta::specta]
pub async fn start_partnership_request(
    app: State<'_, App>,
    reseller_id: String,
    language: Language,
) -> CommandResult<PartnershipRequestView> {
    Ok(app.start_partnership_request(reseller_id, language).await?)
}

/// Begins a follow-up.
#[tauri::command]
#[specta::specta]
pub async fn remind_partnership(
    app: State<'_, App>,
    reseller_id: String,
    language: Language,
) -> CommandResult<PartnershipRequestView> {
    Ok(app.remind_partnership(reseller_id, language).await?)
}

/// A request, whole.
#[tauri::command]
#[specta::specta]
pub async fn partnership_request(app: State<'_, App>, id: String) -> CommandResult<PartnershipRequestView> {
    Ok(app.partnership_request(id).await?)
}

/// Saves what was typed.
#[tauri::command]
#[specta::specta]
pub async fn save_partnership_request(
    app: State<'_, App>,
    request: SavePartnershipRequest,
) -> CommandResult<PartnershipRequestView> {
    Ok(app.save_partnership_request(request).await?)
}

/// Discards a draft.
#[tauri::command]
#[specta::specta]
pub async fn discard_partnership_request(app: State<'_, App>, id: String) -> CommandResult<()> {
    Ok(app.discard_partnership_request(id).await?)
}

/// *Open in email*.
#[tauri::command]
#[specta::specta]
pub async fn open_partnership_mail(app: State<'_, App>, id: String) -> CommandResult<MailHandOver> {
    Ok(app.open_partnership_mail(id).await?)
}

/// *Copy to clipboard*.
#[tauri::command]
#[specta::specta]
pub async fn copy_partnership_mail(app: State<'_, App>, id: String) -> CommandResult<PartnershipRequestView> {
    Ok(app.copy_partnership_mail(id).await?)
}

/// *Done*.
#[tauri::command]
#[specta::specta]
pub async fn finish_partnership_request(app: State<'_, App>, id: String) -> CommandResult<PartnershipRequestView> {
    Ok(app.finish_partnership_request(id).await?)
}

/// The person says that it was sent.
#[tauri::command]
#[specta::specta]
pub async fn mark_partnership_sent(app: State<'_, App>, id: String) -> CommandResult<PartnershipRequestView> {
    Ok(app.mark_partnership_sent(id).await?)
}

/// The reseller said no.
#[tauri::command]
#[specta::specta]
pub async fn decline_partnership(app: State<'_, App>, reseller_id: String) -> CommandResult<()> {
    Ok(app.decline_partnership(reseller_id).await?)
}

/// Requests of a reseller.
#[tauri::command]
#[specta::specta]
pub async fn partnership_requests(
    app: State<'_, App>,
    reseller_id: String,
) -> CommandResult<Vec<PartnershipRequestRow>> {
    Ok(app.partnership_requests(reseller_id).await?)
}

/// Looks a list through.
#[tauri::command]
#[specta::specta]
pub async fn preview_partnership_list(
    app: State<'_, App>,
    text: String,
    language: Language,
) -> CommandResult<ListPreview> {
    Ok(app.preview_partnership_list(text, language).await?)
}

/// Writes its good rows, or none.
#[tauri::command]
#[specta::specta]
pub async fn write_partnership_list(
    app: State<'_, App>,
    text: String,
    language: Language,
    expected: u32,
) -> CommandResult<ListWritten> {
    Ok(app.write_partnership_list(text, language, expected).await?)
}

/// The requests of one list.
#[tauri::command]
#[specta::specta]
pub async fn partnership_batch(app: State<'_, App>, batch: String) -> CommandResult<Vec<PartnershipRequestRow>> {
    Ok(app.partnership_batch(batch).await?)
}

/// *Done* for a list.
#[tauri::command]
#[specta::specta]
pub async fn finish_partnership_batch(app: State<'_, App>, batch: String) -> CommandResult<Vec<PartnershipRequestRow>> {
    Ok(app.finish_partnership_batch(batch).await?)
}
