//! The quarantine of a restored book, kept in the book itself (D8).

use crate::error::AppResult;
use crate::host::{Host, KeychainError};
use cb_domain::journal::{JournalDraft, JournalKind};
use cb_domain::operation::SecretState;
use cb_domain::topic::Topic;
use cb_store::{Book, Db, StoreError, Tx};
use cb_sync::restore::{self, Quarantine, Why};
use jiff::Timestamp;
use std::sync::Arc;

/// Setting under which it is kept; empty when there is none.
const KEY: &str = "restore.quarantine";

/// The quarantine of a book, if it is in one.
pub(crate) fn read(db: &Db) -> Result<Option<Quarantine>, StoreError> {
    match db.settings().get(KEY)?.filter(|text| !text.is_empty()) {
        Some(text) => Ok(Some(serde_json::from_str(&text)?)),
        None => Ok(None),
    }
}

/// Keeps it; one that holds nothing and is over is gone.
pub(crate) fn write(tx: &Tx, quarantine: &Quarantine, now: Timestamp) -> Result<(), StoreError> {
    let done = quarantine.held.is_empty() && quarantine.is_over(now);
    let text = if done { String::new() } else { serde_json::to_string(quarantine)? };
    tx.set_setting(KEY, &text)?;
    tx.touch(Topic::Workspace);
    tx.touch(Topic::Outbox);
    Ok(())
}

/// Begins one: whatever was approved becomes unknown, all in one transaction. Passwords whose keys are gone can't be
/// shown any more and say so.
pub(crate) async fn begin(host: &Host, book: &Book, why: Why, backup_at: Option<Timestamp>) -> AppResult<()> {
    let now = host.clock.now();
    let sealed = book.read(|db| db.secrets().waiting()).await?;
    let lost: Vec<_> = sealed
        .into_iter()
        .map(|(secret, _)| secret)
        .filter(|secret| matches!(secret.state, SecretState::Sealed | SecretState::Showing))
        .filter(|secret| matches!(host.keychain.get(&secret.key_name), Err(KeychainError::NoEntry)))
        .collect();
    let clock = Arc::clone(&host.clock);
    // The staged book has no handle of its own yet.
    let book = book.written_by(&host.person, Arc::new(move || clock.now()));
    book.write(move |tx| {
        let reason = backup_at.map(|at| at.to_string()).unwrap_or_default();
        tx.tell(&JournalDraft { reason, ..JournalDraft::new(JournalKind::BookRestored) })?;
        // What a session held may have been released since the backup: from here on the quarantine holds it, and the
        // person releases each onboarding there.
        for session in tx.sessions().holding()? {
            tx.release_session(session.id, now)?;
        }
        let open = tx.operations().open()?;
        let mut held = Vec::new();
        for operation in &open {
            if !held.contains(&operation.onboarding_id) {
                held.push(operation.onboarding_id);
            }
            // The table of states has these lines; should it ever not, the operation stays as it is, and held.
            for change in restore::restored(operation, now).unwrap_or_default() {
                crate::driver::store_change(tx, change)?;
            }
        }
        for secret in &lost {
            tx.set_secret_state(secret.operation_id, secret.state, SecretState::Unavailable)?;
        }
        write(tx, &Quarantine::begin(why, backup_at, held, now), now)
    })
    .await?;
    Ok(())
}
