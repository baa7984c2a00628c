//! The sandbox's own state: one small SQLite file, one file here per table.

pub(crate) mod agreements;
pub(crate) mod answers;
pub(crate) mod carts;
pub(crate) mod customers;
pub(crate) mod orders;
pub(crate) mod reseller_day;
pub(crate) mod resellers;
pub(crate) mod settings;
pub(crate) mod subscriptions;

use crate::SandboxError;
use rusqlite::{Connection, Transaction};
use std::path::Path;

/// The schema this version writes.
const VERSION: i64 = 1;

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

/// Makes the tables in a new file and says whether it was new.
pub(crate) fn migrate(tx: &Transaction<'_>) -> Result<bool, SandboxError> {
    let version: i64 = tx.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if version > VERSION {
        return Err(SandboxError::Newer(version));
    }
    if version == VERSION {
        return Ok(false);
    }
    tx.execute_batch(include_str!("schema.sql"))?;
    tx.pragma_update(None, "user_version", VERSION)?;
    Ok(true)
}
