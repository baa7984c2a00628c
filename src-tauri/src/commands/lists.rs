//! Home, resellers, customers, catalogue and search.

use crate::error::CommandResult;
use cb_app::App;
use cb_app::views::*;
use tauri::State;

/// Home.
#[tauri::command]
#[specta::specta]
pub async fn home(app: State<'_, App>) -> CommandResult<HomeView> {
    Ok(app.home().await?)
}

/// Global search.
#[tauri::command]
#[specta::specta]
pub async fn search(app: State<'_, App>, text: String) -> CommandResult<Vec<SearchHit>> {
    Ok(app.search(text).await?)
}

/// The resellers list.
#[tauri::command]
#[specta::specta]
pub async fn list_resellers(app: State<'_, App>, query: ResellerQuery) -> CommandResult<ResellerList> {
    Ok(app.list_resellers(query).await?)
}

/// An expanded reseller.
#[tauri::command]
#[specta::specta]
pub async fn reseller_detail(app: State<'_, App>, id: String) -> CommandResult<ResellerDetail> {
    Ok(app.reseller_detail(id).await?)
}

/// A page of customers.
#[tauri::command]
#[specta::specta]
pub async fn list_customers(app: State<'_, App>, query: CustomerQuery) -> CommandResult<CustomerPage> {
    Ok(app.list_customers(query).await?)
}

/// An expanded customer.
#[tauri::command]
#[specta::specta]
pub async fn customer_detail(app: State<'_, App>, id: String) -> CommandResult<CustomerDetail> {
    Ok(app.customer_detail(id).await?)
}

/// The catalogue of a market.
#[tauri::command]
#[specta::specta]
pub async fn catalogue(app: State<'_, App>, country: String, segment: String) -> CommandResult<CatalogueView> {
    Ok(app.catalogue(country, segment).await?)
}

/// Marks a favourite.
#[tauri::command]
#[specta::specta]
pub async fn set_favourite(app: State<'_, App>, product_id: String, sku_id: String, on: bool) -> CommandResult<()> {
    Ok(app.set_favourite(product_id, sku_id, on).await?)
}
