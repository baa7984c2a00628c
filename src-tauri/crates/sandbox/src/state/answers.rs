//! Table `answer`: the idempotency memory.

use crate::SandboxError;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension};

/// How long an answer is remembered.
const MEMORY_SECONDS: i64 = 24 * 60 * 60;

/// What makes a repeat a repeat.
#[derive(Debug, Clone)]
pub(crate) struct Key {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) request_id: String,
}

/// The answer given before, status and body.
pub(crate) fn find(db: &Connection, key: &Key, now: Timestamp) -> Result<Option<(u16, String)>, SandboxError> {
    let mut statement = db.prepare_cached(
        "SELECT status, body FROM answer WHERE method = ?1 AND path = ?2 AND request_id = ?3 AND answered_at > ?4",
    )?;
    let oldest = now.as_second() - MEMORY_SECONDS;
    Ok(statement
        .query_row((&key.method, &key.path, &key.request_id, oldest), |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?)
}

/// Remembers an answer and forgets those that are too old, their passwords with them.
pub(crate) fn remember(
    db: &Connection,
    key: &Key,
    status: u16,
    body: &str,
    now: Timestamp,
) -> Result<(), SandboxError> {
    db.prepare_cached("DELETE FROM answer WHERE answered_at <= ?1")?.execute([now.as_second() - MEMORY_SECONDS])?;
    db.prepare_cached(
        "INSERT OR REPLACE INTO answer (method, path, request_id, status, body, answered_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute((&key.method, &key.path, &key.request_id, status, body, now.as_second()))?;
    Ok(())
}
