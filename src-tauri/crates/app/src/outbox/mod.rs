//! The outbox as the screens see it: connection, list, one operation opened, and what a person may do with it.

mod actions;
mod apart;
mod connection;
mod detail;
mod explanation;
#[cfg(test)]
mod mending;
mod prices;
mod profile;
mod rows;
#[cfg(test)]
mod tests;

pub(crate) use prices::of_line as price_of_line;
pub(crate) use rows::kind as operation_kind;
pub(crate) use rows::{Around, row};

use crate::App;
use crate::error::AppResult;
use crate::views::{OutboxFilter, OutboxView};
use cb_domain::ids::{OnboardingId, SessionId};
use cb_domain::operation::{Operation, OperationState};
use cb_store::{OutboxCounts, OutboxQuery, StoreError};
use std::collections::HashMap;

/// Most confirmed operations in the list.
const MOST: u32 = 500;

impl App {
    /// The operations that match the filter, of one onboarding session or of all, in the order in which they must go; finished ones newest first at the end.
    ///
    /// # Errors
    /// `NoBook`, store errors.
    pub async fn list_operations(&self, filter: OutboxFilter, session_id: Option<String>) -> AppResult<OutboxView> {
        let session: Option<SessionId> = session_id.map(|id| id.parse()).transpose()?;
        let open = self.open_book().await?;
        let queue = open.driver.status().queue;
        let now = self.inner.host.clock.now();
        let (rows, counts) = open
            .book
            .read(move |db| {
                let around = Around::read(db, queue, now)?;
                let listed = by_submit(db.operations().list(&query(filter, session))?);
                let mut rows = listed
                    .iter()
                    .map(|(operation, name)| row(db, operation, name, &around))
                    .collect::<Result<Vec<_>, StoreError>>()?;
                apart::tell_apart(db, &mut rows)?;
                Ok((rows, db.operations().counts_of(session)?))
            })
            .await?;
        let OutboxCounts { all, waiting, sending, on_hold, needs_attention, confirmed } = counts;
        Ok(OutboxView { rows, all, waiting: waiting.saturating_add(sending), on_hold, needs_attention, confirmed })
    }
}

/// Each Submit where its first row stands, its operations in the order in which they go.
fn by_submit(mut rows: Vec<(Operation, String)>) -> Vec<(Operation, String)> {
    let mut places: HashMap<OnboardingId, usize> = HashMap::new();
    for (operation, _) in &rows {
        let next = places.len();
        places.entry(operation.onboarding_id).or_insert(next);
    }
    rows.sort_by_key(|(one, _)| (places.get(&one.onboarding_id).copied(), one.sequence));
    rows
}

fn query(filter: OutboxFilter, session: Option<SessionId>) -> OutboxQuery {
    use OperationState as S;
    let (states, on_hold) = match filter {
        OutboxFilter::All => (Vec::new(), None),
        OutboxFilter::Waiting => (vec![S::Queued, S::InFlight, S::Unknown], Some(false)),
        OutboxFilter::OnHold => (vec![S::Queued], Some(true)),
        OutboxFilter::NeedsAttention => (vec![S::NeedsAttention], None),
        OutboxFilter::Confirmed => (vec![S::Confirmed], None),
    };
    OutboxQuery { states, on_hold, limit: MOST, session }
}
