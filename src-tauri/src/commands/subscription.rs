//! Subscriptions after their order: page, changes, decisions at the end of terms, support contacts in bulk.

use crate::error::CommandResult;
use cb_app::App;
use cb_app::views::*;
use tauri::State;

/// A subscription's page.
#[tauri::command]
#[specta::specta]
pub async fn subscription_page(app: State<'_, App>, id: String) -> CommandResult<SubscriptionPageView> {
    Ok(app.subscription_page(id).await?)
}

/// What it can be upgraded to.
#[tauri::command]
#[specta::specta]
pub async fn upgrade_targets(app: State<'_, App>, id: String) -> CommandResult<Vec<UpgradeTarget>> {
    Ok(app.upgrade_targets(id).await?)
}

/// What a change will do.
#[tauri::command]
#[specta::specta]
pub async fn preview_subscription_change(
    app: State<'_, App>,
    id: String,
    change: SubscriptionChangeForm,
) -> CommandResult<ChangePreview> {
    Ok(app.preview_subscription_change(id, change).await?)
}

/// Puts a change into the outbox.
#[tauri::command]
#[specta::specta]
pub async fn submit_subscription_change(
    app: State<'_, App>,
    id: String,
    change: SubscriptionChangeForm,
    hash: String,
) -> CommandResult<String> {
    Ok(app.submit_subscription_change(id, change, hash).await?)
}

/// Terms that end.
#[tauri::command]
#[specta::specta]
pub async fn ending_subscriptions(app: State<'_, App>, query: EndingQuery) -> CommandResult<EndingList> {
    Ok(app.ending_subscriptions(query).await?)
}

/// Customers and subscriptions with their support contacts.
#[tauri::command]
#[specta::specta]
pub async fn support_contacts(app: State<'_, App>, query: SupportQuery) -> CommandResult<SupportList> {
    Ok(app.support_contacts(query).await?)
}

/// What setting many support contacts would do.
#[tauri::command]
#[specta::specta]
pub async fn preview_support_contacts(
    app: State<'_, App>,
    ids: Vec<String>,
    contact_id: String,
) -> CommandResult<SupportPreview> {
    Ok(app.preview_support_contacts(ids, contact_id).await?)
}

/// Sets many support contacts.
#[tauri::command]
#[specta::specta]
pub async fn submit_support_contacts(
    app: State<'_, App>,
    ids: Vec<String>,
    contact_id: String,
    hash: String,
) -> CommandResult<u32> {
    Ok(app.submit_support_contacts(ids, contact_id, hash).await?)
}

/// The clock of the practice Partner Center.
#[tauri::command]
#[specta::specta]
pub async fn practice_clock(app: State<'_, App>) -> CommandResult<PracticeClockView> {
    Ok(app.practice_clock().await?)
}

/// Moves the practice clock ahead; 0 sets it back to now.
#[tauri::command]
#[specta::specta]
pub async fn move_practice_clock(app: State<'_, App>, hours: u32) -> CommandResult<PracticeClockView> {
    Ok(app.move_practice_clock(hours).await?)
}

/// Lets somebody change a subscription at the practice Partner Center.
#[tauri::command]
#[specta::specta]
pub async fn practice_subscription(
    app: State<'_, App>,
    id: String,
    event: PracticeSubscriptionEvent,
) -> CommandResult<()> {
    Ok(app.practice_subscription(id, event).await?)
}
