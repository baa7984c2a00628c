//! Table `customer`.

use crate::SandboxError;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row};
use serde_json::Value;

/// A customer, with what is looked up beside the document that GET answers.
#[derive(Debug, Clone)]
pub(crate) struct Customer {
    /// Place in the list; 0 until stored.
    pub(crate) number: i64,
    pub(crate) id: String,
    pub(crate) domain: String,
    pub(crate) company: String,
    pub(crate) country: String,
    pub(crate) reseller_tenant: Option<String>,
    pub(crate) under_review: bool,
    pub(crate) review_at: Timestamp,
    /// Unix seconds.
    pub(crate) created_at: i64,
    pub(crate) document: Value,
}

const COLUMNS: &str = "number, id, domain, company, country, reseller_tenant, review, review_at, created_at, document";

const SHORT_COLUMNS: &str = "number, id, domain, company, country, reseller_tenant, review, review_at, created_at,
    json_object('companyProfile', json_extract(document, '$.companyProfile'))";

/// A column that holds JSON or a date which does not parse.
fn unreadable(error: impl std::error::Error + Send + Sync + 'static) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(error))
}

impl Customer {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let review: String = row.get(6)?;
        let review_at: String = row.get(7)?;
        let document: String = row.get(9)?;
        Ok(Self {
            number: row.get(0)?,
            id: row.get(1)?,
            domain: row.get(2)?,
            company: row.get(3)?,
            country: row.get(4)?,
            reseller_tenant: row.get(5)?,
            under_review: review == "UnderReview",
            review_at: review_at.parse().map_err(unreadable)?,
            created_at: row.get(8)?,
            document: serde_json::from_str(&document).map_err(unreadable)?,
        })
    }
}

/// By id, in any case.
pub(crate) fn get(db: &Connection, id: &str) -> Result<Option<Customer>, SandboxError> {
    let mut statement = db.prepare_cached(&format!("SELECT {COLUMNS} FROM customer WHERE id = lower(?1)"))?;
    Ok(statement.query_row([id], Customer::from_row).optional()?)
}

/// What a list is narrowed to; every text is compared as a beginning, in lower case.
#[derive(Debug, Default)]
pub(crate) struct Narrow {
    pub(crate) company: String,
    pub(crate) domain: String,
    pub(crate) reseller: String,
}

/// A page in order of creation, after the customer with number `after`. Documents hold the company profile only: SQLite
/// cuts it out faster than sixty whole documents are read here.
pub(crate) fn page(db: &Connection, narrow: &Narrow, after: i64, limit: usize) -> Result<Vec<Customer>, SandboxError> {
    let mut statement = db.prepare_cached(&format!(
        "SELECT {SHORT_COLUMNS} FROM customer WHERE number > ?1
         AND substr(company, 1, length(?2)) = ?2 AND substr(domain, 1, length(?3)) = ?3
         AND (?4 = '' OR substr(reseller_tenant, 1, length(?4)) = ?4)
         ORDER BY number LIMIT ?5",
    ))?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows =
        statement.query_map((after, &narrow.company, &narrow.domain, &narrow.reseller, limit), Customer::from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// How many there are in all.
pub(crate) fn count(db: &Connection, narrow: &Narrow) -> Result<i64, SandboxError> {
    let mut statement = db.prepare_cached(
        "SELECT count(*) FROM customer WHERE substr(company, 1, length(?1)) = ?1
         AND substr(domain, 1, length(?2)) = ?2 AND (?3 = '' OR substr(reseller_tenant, 1, length(?3)) = ?3)",
    )?;
    Ok(statement.query_row((&narrow.company, &narrow.domain, &narrow.reseller), |row| row.get(0))?)
}

/// Takes a customer away with all that hangs on it; its domain stays taken where `keep_domain` says so.
pub(crate) fn remove(db: &Connection, customer: &Customer, keep_domain: bool) -> Result<(), SandboxError> {
    for table in ["agreement", "cart", "customer_order", "subscription"] {
        db.execute(&format!("DELETE FROM {table} WHERE customer_id = ?1"), [&customer.id])?;
    }
    db.execute("DELETE FROM resource WHERE owner = ?1 OR owner LIKE ?1 || '/%'", [&customer.id])?;
    db.execute("DELETE FROM customer WHERE id = ?1", [&customer.id])?;
    if keep_domain {
        super::settings::refuse_domain(db, &customer.domain)?;
    }
    Ok(())
}

/// Adds one.
pub(crate) fn insert(db: &Connection, customer: &Customer) -> Result<(), SandboxError> {
    db.prepare_cached(
        "INSERT INTO customer (id, domain, company, country, reseller_tenant, review, review_at, created_at, document)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute((
        &customer.id,
        &customer.domain,
        &customer.company,
        &customer.country,
        &customer.reseller_tenant,
        if customer.under_review { "UnderReview" } else { "Allowed" },
        customer.review_at.to_string(),
        customer.created_at,
        customer.document.to_string(),
    ))?;
    Ok(())
}

/// Writes its document, and the name that it is listed by.
pub(crate) fn update(db: &Connection, customer: &Customer) -> Result<(), SandboxError> {
    db.prepare_cached("UPDATE customer SET company = ?2, document = ?3 WHERE id = ?1")?.execute((
        &customer.id,
        &customer.company,
        customer.document.to_string(),
    ))?;
    Ok(())
}

/// The review is over for everybody.
pub(crate) fn allow_all(db: &Connection, now: Timestamp) -> Result<(), SandboxError> {
    db.execute(
        "UPDATE customer SET review = 'Allowed', review_at = ?1 WHERE review = 'UnderReview'",
        [now.to_string()],
    )?;
    Ok(())
}
