//! Table `agreement`: attestations of the customer agreement.

use crate::SandboxError;
use rusqlite::Connection;
use serde_json::Value;

/// All attestations of a customer.
pub(crate) fn of_customer(db: &Connection, customer_id: &str) -> Result<Vec<Value>, SandboxError> {
    let mut statement = db.prepare_cached("SELECT document FROM agreement WHERE customer_id = ?1")?;
    let mut found = Vec::new();
    for text in statement.query_map([customer_id], |row| row.get::<_, String>(0))? {
        found.push(serde_json::from_str(&text?)?);
    }
    Ok(found)
}

/// There is one of this type.
pub(crate) fn exists(db: &Connection, customer_id: &str, agreement_type: &str) -> Result<bool, SandboxError> {
    let mut statement =
        db.prepare_cached("SELECT EXISTS (SELECT 1 FROM agreement WHERE customer_id = ?1 AND agreement_type = ?2)")?;
    Ok(statement.query_row([customer_id, agreement_type], |row| row.get(0))?)
}

/// Adds one.
pub(crate) fn insert(
    db: &Connection,
    customer_id: &str,
    agreement_type: &str,
    document: &Value,
) -> Result<(), SandboxError> {
    db.prepare_cached("INSERT INTO agreement (customer_id, agreement_type, document) VALUES (?1, ?2, ?3)")?
        .execute((customer_id, agreement_type, document.to_string()))?;
    Ok(())
}
