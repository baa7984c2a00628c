//! Ending a session, and releasing what it holds: on the person's word, and only what was reviewed.

use super::row;
use crate::App;
use crate::driver::store_change;
use crate::error::{AppError, AppResult};
use crate::views::SessionRow;
use cb_domain::ids::SessionId;
use cb_domain::operation::{HoldReason, Operation, OperationState};
use cb_domain::topic::Topic;
use cb_store::{Db, StoreError, Tx};
use cb_sync::person;
use jiff::Timestamp;
use sha2::{Digest, Sha256};

/// What a release came to; a refusal has written nothing.
enum Released {
    Done(SessionRow),
    NotFound,
    NotAllowed,
    Changed,
}

impl App {
    /// Releases a session: everything that it holds goes as soon as it is its turn. `stand` names what the person
    /// reviewed (W2).
    ///
    /// # Errors
    /// `ReviewChanged` when something else stands there by now; `NotAllowed` when it holds nothing, or a correction of
    /// something in it is not submitted; `NotFound`, or the store's.
    pub async fn release_session(&self, id: String, stand: String) -> AppResult<SessionRow> {
        let id: SessionId = id.parse()?;
        let now = self.inner.host.clock.now();
        self.written(move |tx| release(tx, id, &stand, now)).await
    }

    /// Ends a session. What it holds stays held, unless `stand` says what is to be released with it; empty says
    /// nothing.
    ///
    /// # Errors
    /// As [`App::release_session`]; `NotAllowed` also when it runs no longer.
    pub async fn end_session(&self, id: String, stand: String) -> AppResult<SessionRow> {
        let id: SessionId = id.parse()?;
        let now = self.inner.host.clock.now();
        self.written(move |tx| {
            let Some(session) = tx.sessions().get(id)? else { return Ok(Released::NotFound) };
            if !session.is_running() {
                return Ok(Released::NotAllowed);
            }
            if !stand.is_empty() {
                match release(tx, id, &stand, now)? {
                    Released::Done(_) => {}
                    refused @ (Released::NotFound | Released::NotAllowed | Released::Changed) => return Ok(refused),
                }
            }
            tx.end_session(id, now)?;
            done(tx, id)
        })
        .await
    }

    async fn written<F>(&self, act: F) -> AppResult<SessionRow>
    where
        F: FnOnce(&Tx) -> Result<Released, StoreError> + Send + 'static,
    {
        let open = self.open_book().await?;
        let written = open.book.write(act).await?;
        let session = match written.value {
            Released::Done(session) => session,
            Released::NotFound => return Err(AppError::NotFound),
            Released::NotAllowed => return Err(AppError::NotAllowed),
            Released::Changed => return Err(AppError::ReviewChanged),
        };
        self.publish(&written.topics);
        open.wake();
        Ok(session)
    }
}

fn release(tx: &Tx, id: SessionId, stand: &str, now: Timestamp) -> Result<Released, StoreError> {
    let Some(session) = tx.sessions().get(id)? else { return Ok(Released::NotFound) };
    if !session.is_holding() || corrections(tx, id)? > 0 {
        return Ok(Released::NotAllowed);
    }
    let held = held(tx, id)?;
    if stand_of(&held) != stand {
        return Ok(Released::Changed);
    }
    tx.release_session(id, now)?;
    for operation in &held {
        // The machine lets go whatever is held; should it ever not, nothing is released.
        let change = person::release(operation, now).map_err(|_| StoreError::Stale)?;
        store_change(tx, change)?;
    }
    for topic in [Topic::Outbox, Topic::Connection, Topic::Customers, Topic::Subscriptions] {
        tx.touch(topic);
    }
    done(tx, id)
}

fn done(tx: &Tx, id: SessionId) -> Result<Released, StoreError> {
    match tx.sessions().get(id)? {
        Some(session) => row(tx, session).map(Released::Done),
        None => Ok(Released::NotFound),
    }
}

/// What waits for the release of a session, in the order in which it goes.
pub(super) fn held(db: &Db, id: SessionId) -> Result<Vec<Operation>, StoreError> {
    let mut all = db.sessions().operations(id)?;
    all.retain(|one| one.state == OperationState::Queued && one.hold == Some(HoldReason::SessionNotReleased));
    Ok(all)
}

/// Names what a release would send: each operation with its revision and frozen payload.
pub(super) fn stand_of(held: &[Operation]) -> String {
    let mut hasher = Sha256::new();
    for operation in held {
        hasher.update(operation.id.0.as_bytes());
        hasher.update(operation.revision.to_be_bytes());
        hasher.update(operation.payload_hash.as_bytes());
    }
    hex::encode(hasher.finalize())
}

/// Drafts that put something of the session right and are not submitted: released without them, it would leave as it
/// should not.
pub(super) fn corrections(db: &Db, id: SessionId) -> Result<u32, StoreError> {
    let held = held(db, id)?;
    let mends = |draft: &cb_domain::draft::Draft| {
        draft.purpose.mends().is_some_and(|operation| held.iter().any(|one| one.id == operation))
    };
    let open = db.drafts().all()?.iter().filter(|draft| mends(draft)).count();
    Ok(u32::try_from(open).unwrap_or(u32::MAX))
}
