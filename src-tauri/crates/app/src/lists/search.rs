//! The global search.

use crate::App;
use crate::error::AppResult;
use crate::views::{SearchHit, SearchHitKind};
use cb_store::SearchKind;

/// Hits shown.
const LIMIT: u32 = 20;

impl App {
    /// Resellers, customers, subscriptions and open operations that match.
    ///
    /// # Errors
    /// `NoBook`, or the store's.
    pub async fn search(&self, text: String) -> AppResult<Vec<SearchHit>> {
        if text.trim().is_empty() {
            return Ok(Vec::new());
        }
        let open = self.open_book().await?;
        let rows = open.book.read(move |db| db.search(&text, LIMIT)).await?;
        let hits = rows.into_iter().map(|row| SearchHit {
            kind: match row.kind {
                SearchKind::Reseller => SearchHitKind::Reseller,
                SearchKind::Customer => SearchHitKind::Customer,
                SearchKind::Subscription => SearchHitKind::Subscription,
                SearchKind::Operation => SearchHitKind::Operation,
            },
            id: row.id,
            title: row.title,
            detail: row.detail,
            customer_id: row.customer_id.map(|id| id.to_string()).unwrap_or_default(),
        });
        Ok(hits.collect())
    }
}
