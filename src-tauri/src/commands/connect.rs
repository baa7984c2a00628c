//! Connect with an existing customer: the invitation and what becomes of it.

use crate::error::CommandResult;
use cb_app::App;
use cb_app::views::*;
use tauri::State;

/// Begins an invitation.
#[tauri::command]
#[specta::specta]
pub async fn start_customer_invitation(
    app: State<'_, App>,
    language: Language,
) -> CommandResult<CustomerInvitationView> {
    Ok(app.start_customer_invitation(language).await?)
}

/// An invitation, whole.
#[tauri::command]
#[specta::specta]
pub async fn customer_invitation(app: State<'_, App>, id: String) -> CommandResult<CustomerInvitationView> {
    Ok(app.customer_invitation(id).await?)
}

/// Saves what was typed.
#[tauri::command]
#[specta::specta]
pub async fn save_customer_invitation(
    app: State<'_, App>,
    typed: SaveCustomerInvitation,
) -> CommandResult<CustomerInvitationView> {
    Ok(app.save_customer_invitation(typed).await?)
}

/// Opens it in the mail program.
#[tauri::command]
#[specta::specta]
pub async fn open_customer_invitation(app: State<'_, App>, id: String) -> CommandResult<MailHandOver> {
    Ok(app.open_customer_invitation(id).await?)
}

/// Copies its text.
#[tauri::command]
#[specta::specta]
pub async fn copy_customer_invitation(app: State<'_, App>, id: String) -> CommandResult<CustomerInvitationView> {
    Ok(app.copy_customer_invitation(id).await?)
}

/// Done: stands as requested.
#[tauri::command]
#[specta::specta]
pub async fn finish_customer_invitation(app: State<'_, App>, id: String) -> CommandResult<CustomerInvitationView> {
    Ok(app.finish_customer_invitation(id).await?)
}

/// Discards a draft, gives an invitation up.
#[tauri::command]
#[specta::specta]
pub async fn give_up_customer_invitation(app: State<'_, App>, id: String) -> CommandResult<()> {
    Ok(app.give_up_customer_invitation(id).await?)
}

/// Customers who were invited.
#[tauri::command]
#[specta::specta]
pub async fn invited_customers(app: State<'_, App>) -> CommandResult<Vec<InvitedCustomer>> {
    Ok(app.invited_customers().await?)
}

/// The invited customer accepts, in practice.
#[tauri::command]
#[specta::specta]
pub async fn practice_customer_connects(app: State<'_, App>, id: String) -> CommandResult<()> {
    Ok(app.practice_customer_connects(id).await?)
}
