//! The sandbox's own state: one small SQLite file, one file here per table.

pub(crate) mod agreements;
pub(crate) mod answers;
pub(crate) mod carts;
pub(crate) mod customers;
pub(crate) mod orders;
pub(crate) mod reseller_day;
pub(crate) mod resellers;
pub(crate) mod resources;
pub(crate) mod settings;
pub(crate) mod subscriptions;

use crate::SandboxError;
use rusqlite::{Connection, Transaction};
use std::path::Path;

/// The schema, step by step; a file's version is the number of steps that it has seen. Only added to.
const STEPS: &[&str] = &[include_str!("schema.sql"), include_str!("resources.sql"), include_str!("lives.sql")];

/// Opens the file. `NORMAL` with WAL keeps every commit through a kill of the app; only a power cut may take the last
/// ones, which for practice data is worth the speed.
pub(crate) fn open(path: &Path) -> Result<Connection, SandboxError> {
    let db = Connection::open(path)?;
    db.pragma_update(None, "journal_mode", "WAL")?;
    db.pragma_update(None, "synchronous", "NORMAL")?;
    db.pragma_update(None, "foreign_keys", true)?;
    db.busy_timeout(std::time::Duration::from_secs(5))?;
    Ok(db)
}

/// Makes the tables that are missing and says whether the file was new.
pub(crate) fn migrate(tx: &Transaction<'_>) -> Result<bool, SandboxError> {
    let seen: i64 = tx.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let done = usize::try_from(seen).ok().filter(|done| *done <= STEPS.len()).ok_or(SandboxError::Newer(seen))?;
    for step in STEPS.iter().skip(done) {
        tx.execute_batch(step)?;
    }
    tx.pragma_update(None, "user_version", i64::try_from(STEPS.len()).unwrap_or(i64::MAX))?;
    Ok(done == 0)
}
