//! Table `subscription`. Dates that move with time (terms, windows) are worked out when read, see
//! `routes/subscriptions.rs`.

use crate::SandboxError;
use rusqlite::{Connection, OptionalExtension, Row};

/// A subscription as stored.
#[derive(Debug, Clone)]
pub(crate) struct Subscription {
    pub(crate) id: String,
    pub(crate) customer_id: String,
    pub(crate) order_id: String,
    /// `product:sku:availability`, or the GUID of an older offer.
    pub(crate) offer_id: String,
    /// `product:sku`; empty for an older offer.
    pub(crate) sku: String,
    pub(crate) name: String,
    pub(crate) country: String,
    pub(crate) quantity: u32,
    /// `P1M`, `P1Y`, `P3Y`.
    pub(crate) term: String,
    pub(crate) cycle: String,
    pub(crate) status: String,
    pub(crate) auto_renew: bool,
    pub(crate) trial: bool,
    pub(crate) partner_id: Option<String>,
    /// Unix seconds of the purchase.
    pub(crate) created_at: i64,
    /// Unix seconds from which it is listed.
    pub(crate) visible_at: i64,
    /// What became of it since its purchase, JSON (`routes/life.rs`); `None` when nothing did.
    pub(crate) life: Option<String>,
}

const COLUMNS: &str = "id, customer_id, order_id, offer_id, sku, name, country, quantity, term, cycle, status,
    auto_renew, trial, partner_id, created_at, visible_at";
const LIFE: &str = "(SELECT document FROM subscription_life WHERE subscription_id = id)";

impl Subscription {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            customer_id: row.get(1)?,
            order_id: row.get(2)?,
            offer_id: row.get(3)?,
            sku: row.get(4)?,
            name: row.get(5)?,
            country: row.get(6)?,
            quantity: row.get(7)?,
            term: row.get(8)?,
            cycle: row.get(9)?,
            status: row.get(10)?,
            auto_renew: row.get(11)?,
            trial: row.get(12)?,
            partner_id: row.get(13)?,
            created_at: row.get(14)?,
            visible_at: row.get(15)?,
            life: row.get(16)?,
        })
    }
}

/// All of a customer, those not yet listed included.
pub(crate) fn of_customer(db: &Connection, customer_id: &str) -> Result<Vec<Subscription>, SandboxError> {
    let mut statement = db.prepare_cached(&format!(
        "SELECT {COLUMNS}, {LIFE} FROM subscription WHERE customer_id = ?1 ORDER BY number"
    ))?;
    let rows = statement.query_map([customer_id], Subscription::from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Ends what an order bought.
pub(crate) fn end_of_order(db: &Connection, order_id: &str) -> Result<(), SandboxError> {
    db.prepare_cached("UPDATE subscription SET status = 'deleted', auto_renew = 0 WHERE order_id = ?1")?
        .execute([order_id])?;
    Ok(())
}

/// Adds one.
pub(crate) fn insert(db: &Connection, s: &Subscription) -> Result<(), SandboxError> {
    db.prepare_cached(&format!(
        "INSERT INTO subscription ({COLUMNS})
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)"
    ))?
    .execute(rusqlite::params![
        s.id,
        s.customer_id,
        s.order_id,
        s.offer_id,
        s.sku,
        s.name,
        s.country,
        s.quantity,
        s.term,
        s.cycle,
        s.status,
        s.auto_renew,
        s.trial,
        s.partner_id,
        s.created_at,
        s.visible_at
    ])?;
    Ok(())
}

/// One by id, whoever owns it.
pub(crate) fn by_id(db: &Connection, id: &str) -> Result<Option<Subscription>, SandboxError> {
    let mut statement =
        db.prepare_cached(&format!("SELECT {COLUMNS}, {LIFE} FROM subscription WHERE lower(id) = lower(?1)"))?;
    Ok(statement.query_row([id], Subscription::from_row).optional()?)
}

/// Writes everything that a change can touch.
pub(crate) fn update(db: &Connection, s: &Subscription) -> Result<(), SandboxError> {
    db.prepare_cached(
        "UPDATE subscription SET partner_id = ?2, auto_renew = ?3, quantity = ?4, status = ?5, term = ?6, cycle = ?7,
             offer_id = ?8, sku = ?9, name = ?10 WHERE id = ?1",
    )?
    .execute(rusqlite::params![
        s.id,
        s.partner_id,
        s.auto_renew,
        s.quantity,
        s.status,
        s.term,
        s.cycle,
        s.offer_id,
        s.sku,
        s.name
    ])?;
    if let Some(life) = &s.life {
        db.prepare_cached(
            "INSERT INTO subscription_life (subscription_id, document) VALUES (?1, ?2)
             ON CONFLICT (subscription_id) DO UPDATE SET document = ?2",
        )?
        .execute((&s.id, life))?;
    }
    Ok(())
}
