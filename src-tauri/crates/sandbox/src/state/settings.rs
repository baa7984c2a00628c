//! Table `setting` and the domains that a fault gave away.

use crate::{Faults, SandboxError};
use rusqlite::{Connection, OptionalExtension};

/// The switches; a new file has none on.
pub(crate) fn faults(db: &Connection) -> Result<Faults, SandboxError> {
    let text: Option<String> =
        db.query_row("SELECT value FROM setting WHERE name = 'faults'", [], |row| row.get(0)).optional()?;
    Ok(text.map(|text| serde_json::from_str(&text)).transpose()?.unwrap_or_default())
}

/// Writes the switches.
pub(crate) fn set_faults(db: &Connection, faults: Faults) -> Result<(), SandboxError> {
    db.prepare_cached(
        "INSERT INTO setting (name, value) VALUES ('faults', ?1) ON CONFLICT (name) DO UPDATE SET value = ?1",
    )?
    .execute([serde_json::to_string(&faults)?])?;
    Ok(())
}

/// Seconds by which the clock is ahead.
pub(crate) fn ahead(db: &Connection) -> Result<i64, SandboxError> {
    let text: Option<String> =
        db.query_row("SELECT value FROM setting WHERE name = 'clock_ahead'", [], |row| row.get(0)).optional()?;
    Ok(text.and_then(|text| text.parse().ok()).unwrap_or(0))
}

/// Moves the clock.
pub(crate) fn set_ahead(db: &Connection, seconds: i64) -> Result<(), SandboxError> {
    db.prepare_cached(
        "INSERT INTO setting (name, value) VALUES ('clock_ahead', ?1) ON CONFLICT (name) DO UPDATE SET value = ?1",
    )?
    .execute([seconds.to_string()])?;
    Ok(())
}

/// Keeps a domain taken for good.
pub(crate) fn refuse_domain(db: &Connection, domain: &str) -> Result<(), SandboxError> {
    db.execute("INSERT OR IGNORE INTO refused_domain (domain) VALUES (?1)", [domain])?;
    Ok(())
}

/// Taken by a customer here, or given away by the fault.
pub(crate) fn domain_taken(db: &Connection, domain: &str) -> Result<bool, SandboxError> {
    let mut statement = db.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM customer WHERE domain = ?1) OR EXISTS (SELECT 1 FROM refused_domain WHERE domain = ?1)",
    )?;
    Ok(statement.query_row([domain], |row| row.get(0))?)
}
