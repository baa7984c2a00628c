//! Table `customer_order`.

use crate::SandboxError;
use rusqlite::{Connection, OptionalExtension, Row};
use serde_json::Value;

/// An order as it will stand once provisioned.
#[derive(Debug, Clone)]
pub(crate) struct Order {
    pub(crate) id: String,
    pub(crate) customer_id: String,
    /// Unix seconds from which subscription ids show.
    pub(crate) provisioned_at: i64,
    pub(crate) document: Value,
}

type OrderRow = (String, String, i64, String);

fn from_row(row: &Row<'_>) -> rusqlite::Result<OrderRow> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
}

fn order((id, customer_id, provisioned_at, document): OrderRow) -> Result<Order, SandboxError> {
    Ok(Order { id, customer_id, provisioned_at, document: serde_json::from_str(&document)? })
}

/// A customer's order.
pub(crate) fn get(db: &Connection, customer_id: &str, id: &str) -> Result<Option<Order>, SandboxError> {
    let mut statement = db.prepare_cached(
        "SELECT id, customer_id, provisioned_at, document FROM customer_order
         WHERE id = lower(?1) AND customer_id = ?2",
    )?;
    statement.query_row([id, customer_id], from_row).optional()?.map(order).transpose()
}

/// A customer's orders, oldest first.
pub(crate) fn of_customer(db: &Connection, customer_id: &str) -> Result<Vec<Order>, SandboxError> {
    let mut statement = db.prepare_cached(
        "SELECT id, customer_id, provisioned_at, document FROM customer_order WHERE customer_id = ?1 ORDER BY number",
    )?;
    let mut orders = Vec::new();
    for row in statement.query_map([customer_id], from_row)? {
        orders.push(order(row?)?);
    }
    Ok(orders)
}

/// Writes its document.
pub(crate) fn update(db: &Connection, order: &Order) -> Result<(), SandboxError> {
    db.prepare_cached("UPDATE customer_order SET document = ?2 WHERE id = ?1")?
        .execute((&order.id, order.document.to_string()))?;
    Ok(())
}

/// Adds one.
pub(crate) fn insert(db: &Connection, order: &Order) -> Result<(), SandboxError> {
    db.prepare_cached(
        "INSERT INTO customer_order (id, customer_id, provisioned_at, document) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute((&order.id, &order.customer_id, order.provisioned_at, order.document.to_string()))?;
    Ok(())
}
