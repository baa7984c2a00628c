//! The outbox and the connection pill.

use crate::error::CommandResult;
use cb_app::App;
use cb_app::views::*;
use tauri::State;

/// The connection pill.
#[tauri::command]
#[specta::specta]
pub async fn connection(app: State<'_, App>) -> CommandResult<ConnectionView> {
    Ok(app.connection().await?)
}

/// Switches *Work offline*.
#[tauri::command]
#[specta::specta]
pub async fn set_work_offline(app: State<'_, App>, on: bool) -> CommandResult<ConnectionView> {
    Ok(app.set_work_offline(on).await?)
}

/// Pauses the outbox or lets it go on.
#[tauri::command]
#[specta::specta]
pub async fn set_paused(app: State<'_, App>, on: bool) -> CommandResult<ConnectionView> {
    Ok(app.set_paused(on).await?)
}

/// Tries to send at once.
#[tauri::command]
#[specta::specta]
pub async fn send_now(app: State<'_, App>) -> CommandResult<ConnectionView> {
    Ok(app.send_now().await?)
}

/// The outbox, or what is in it of one onboarding session.
#[tauri::command]
#[specta::specta]
pub async fn list_operations(
    app: State<'_, App>,
    filter: OutboxFilter,
    session_id: Option<String>,
) -> CommandResult<OutboxView> {
    Ok(app.list_operations(filter, session_id).await?)
}

/// One operation with its history.
#[tauri::command]
#[specta::specta]
pub async fn operation_detail(app: State<'_, App>, id: String) -> CommandResult<OperationDetail> {
    Ok(app.operation_detail(id).await?)
}

/// Cancels an operation with all that depends on it.
#[tauri::command]
#[specta::specta]
pub async fn cancel_operation(app: State<'_, App>, id: String) -> CommandResult<()> {
    Ok(app.cancel_operation(id).await?)
}

/// Looks again.
#[tauri::command]
#[specta::specta]
pub async fn check_operation_again(app: State<'_, App>, id: String) -> CommandResult<()> {
    Ok(app.check_operation_again(id).await?)
}

/// Approves again what changed meanwhile.
#[tauri::command]
#[specta::specta]
pub async fn approve_operation_again(app: State<'_, App>, id: String, approval: String) -> CommandResult<()> {
    Ok(app.approve_operation_again(id, approval).await?)
}

/// Sends again after lookups found nothing.
#[tauri::command]
#[specta::specta]
pub async fn send_operation_again(app: State<'_, App>, id: String) -> CommandResult<()> {
    Ok(app.send_operation_again(id).await?)
}

/// Says which of the objects found is the one that the operation made.
#[tauri::command]
#[specta::specta]
pub async fn link_operation(app: State<'_, App>, id: String, found: String) -> CommandResult<()> {
    Ok(app.link_operation(id, found).await?)
}

/// Says of an order found that it is not ours.
#[tauri::command]
#[specta::specta]
pub async fn disown_order(app: State<'_, App>, id: String, found: String) -> CommandResult<()> {
    Ok(app.disown_order(id, found).await?)
}

/// Orders what a partial checkout refused.
#[tauri::command]
#[specta::specta]
pub async fn order_rest(app: State<'_, App>, id: String, approval: String) -> CommandResult<()> {
    Ok(app.order_rest(id, approval).await?)
}

/// Leaves what a partial checkout refused.
#[tauri::command]
#[specta::specta]
pub async fn give_up_rest(app: State<'_, App>, id: String) -> CommandResult<()> {
    Ok(app.give_up_rest(id).await?)
}

/// Name, contact and address of a customer.
#[tauri::command]
#[specta::specta]
pub async fn customer_profile(app: State<'_, App>, customer_id: String) -> CommandResult<ProfileView> {
    Ok(app.customer_profile(customer_id).await?)
}

/// Wants name, contact and address like this; answers with the operation, empty when nothing changes.
#[tauri::command]
#[specta::specta]
pub async fn change_customer_profile(
    app: State<'_, App>,
    customer_id: String,
    fields: Vec<DecidedField>,
) -> CommandResult<String> {
    Ok(app.change_customer_profile(customer_id, fields).await?)
}

/// Says, field by field, what is right.
#[tauri::command]
#[specta::specta]
pub async fn resolve_difference(app: State<'_, App>, id: String, fields: Vec<DecidedField>) -> CommandResult<()> {
    Ok(app.resolve_difference(id, fields).await?)
}
