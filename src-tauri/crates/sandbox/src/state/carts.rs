//! Table `cart`.

use crate::SandboxError;
use rusqlite::{Connection, OptionalExtension};
use serde_json::Value;

/// A cart and, once bought, what the checkout answered.
#[derive(Debug, Clone)]
pub(crate) struct Cart {
    pub(crate) id: String,
    pub(crate) customer_id: String,
    /// Unix seconds.
    pub(crate) expires_at: i64,
    pub(crate) document: Value,
    pub(crate) result: Option<Value>,
}

/// A customer's cart.
pub(crate) fn get(db: &Connection, customer_id: &str, id: &str) -> Result<Option<Cart>, SandboxError> {
    let mut statement = db.prepare_cached(
        "SELECT id, customer_id, expires_at, document, result FROM cart WHERE id = lower(?1) AND customer_id = ?2",
    )?;
    let row: Option<(String, String, i64, String, Option<String>)> = statement
        .query_row([id, customer_id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))
        .optional()?;
    let Some((id, customer_id, expires_at, document, result)) = row else { return Ok(None) };
    Ok(Some(Cart {
        id,
        customer_id,
        expires_at,
        document: serde_json::from_str(&document)?,
        result: result.map(|text| serde_json::from_str(&text)).transpose()?,
    }))
}

/// Adds or replaces one.
pub(crate) fn put(db: &Connection, cart: &Cart) -> Result<(), SandboxError> {
    db.prepare_cached(
        "INSERT INTO cart (id, customer_id, expires_at, document, result) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (id) DO UPDATE SET expires_at = ?3, document = ?4, result = ?5",
    )?
    .execute((
        &cart.id,
        &cart.customer_id,
        cart.expires_at,
        cart.document.to_string(),
        cart.result.as_ref().map(Value::to_string),
    ))?;
    Ok(())
}
