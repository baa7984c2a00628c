//! For `cargo xtask bench` only: what SQLite alone needs for the work of a list, on the same connection, timed on the
//! thread that owns it. Statements are prepared, every column is read, nothing is converted or handed over.
#![allow(clippy::disallowed_methods, reason = "a bench reads the clock")]

use super::customer_filter::Asked;
use super::customer_parts::{Facets, parts, searched};
use super::customers::CustomerPageQuery;
use crate::fold::{fold, fold_number};
use crate::value::{Id, Time, Word};
use crate::{Book, BookKey, Db, Result};
use cb_domain::customer::Customer;
use cb_domain::ids::{CustomerId, ResellerId};
use cb_domain::subscription::Subscription;
use jiff::Timestamp;
use rusqlite::types::Value;
use rusqlite::{Connection, named_params, params_from_iter};
use std::path::Path;
use std::time::{Duration, Instant};

/// Work whose bare time is measured.
#[derive(Debug, Clone)]
pub enum BareWork {
    /// Rows from the top of the list.
    First(u32),
    /// Rows behind this name.
    Behind(String, u32),
    /// Rows of a reseller.
    OfReseller(ResellerId, u32),
    /// Rows that a typed text finds.
    Search(String, u32),
    /// A customer with its subscriptions.
    Customer(CustomerId),
    /// Figures and dates of Home.
    Home(Timestamp),
}

/// What a row of the list shows.
const ROW: &str = "c.number, c.id, c.tenant_id, c.name, c.alias, c.domain_prefix, c.country, c.town, c.contact_name,
    c.contact_email, c.registration_number, c.reseller_id, c.review, c.agreement, c.created_at, c.confirmed_at,
    c.subscription_count, c.seat_count, c.name_key,
    (SELECT r.name FROM resellers r WHERE r.id = c.reseller_id),
    (SELECT min(s.cancellable_until) || min(s.ends_at) || sum(s.auto_renew) FROM subscriptions s
     WHERE s.customer_id = c.id AND s.status IN ('wanted', 'none', 'active', 'pending', 'suspended')),
    (SELECT min(o.sequence) FROM operations o WHERE o.customer_id = c.id AND o.state NOT IN ('confirmed', 'cancelled'))";
const PARTS: &str = "customers_parts CROSS JOIN customers c ON c.place = customers_parts.rowid";

impl Book {
    /// How long the work took SQLite.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn bare(&self, work: BareWork) -> Result<Duration> {
        self.read(move |db| statements(db, &work)?.into_iter().map(|(sql, values)| run(db, &sql, &values)).sum()).await
    }
}

/// Opens a closed book with SQLite alone and reads its schema.
///
/// # Errors
/// When the database fails.
pub fn bare_open(folder: &Path, key: &BookKey) -> Result<Duration> {
    let began = Instant::now();
    let connection = Connection::open(folder.join(crate::backup::DATABASE))?;
    crate::connection::configure(&connection, Some(key))?;
    let _: i64 = connection.query_row("SELECT count(*) FROM customers WHERE place = 1", [], |row| row.get(0))?;
    Ok(began.elapsed())
}

impl Book {
    /// Writes the rows with prepared statements alone, one transaction: keys, places and parts are made beforehand.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn bare_write(&self, rows: Vec<(Customer, Vec<Subscription>)>, place: i64) -> Result<Duration> {
        let made: Vec<(String, String)> = rows
            .iter()
            .map(|(customer, _)| {
                let folded = searched(customer, &[]);
                let (reseller_id, tenant_id) = (customer.reseller_id, customer.tenant_id);
                let called = [customer.name.as_str(), customer.alias.as_str()];
                let facets = Facets { called, country: &customer.country, reseller_id, tenant_id, tags: &[] };
                let parts = parts(&folded, &facets);
                (folded, parts)
            })
            .collect();
        let done = self.write(move |tx| {
            let began = Instant::now();
            for ((place, (customer, subscriptions)), (folded, parts)) in (place..).zip(&rows).zip(&made) {
                put_customer(tx, customer, folded)?;
                tx.execute("UPDATE customers SET place = ?2 WHERE id = ?1", (Id(customer.id), place))?;
                tx.execute("INSERT INTO customers_parts (rowid, parts) VALUES (?1, ?2)", (place, parts))?;
                subscriptions.iter().try_for_each(|one| put_subscription(tx, one))?;
            }
            Ok(began)
        });
        // The transaction is on disk when the write has answered.
        Ok(done.await?.value.elapsed())
    }
}

fn put_customer(db: &Db, customer: &Customer, folded: &str) -> Result<()> {
    db.execute(
        include_str!("../sql/put_customer.sql"),
        named_params! {
            ":id": Id(customer.id), ":tenant_id": customer.tenant_id.map(Id), ":name": customer.name,
            ":name_key": fold(&customer.name), ":alias": customer.alias, ":domain_prefix": customer.domain_prefix,
            ":country": customer.country, ":town": customer.town, ":town_key": fold(&customer.town),
            ":contact_name": customer.contact_name, ":contact_email": customer.contact_email,
            ":registration_number": customer.registration_number,
            ":registration_key": fold_number(&customer.registration_number),
            ":reseller_id": customer.reseller_id.map(Id), ":review": Word(customer.review),
            ":agreement": Word(customer.agreement), ":created_at": Time(customer.created_at),
            ":confirmed_at": customer.confirmed_at.map(Time), ":folded": folded,
        },
    )
    .map(drop)
}

fn put_subscription(db: &Db, one: &Subscription) -> Result<()> {
    db.execute(
        include_str!("../sql/put_subscription.sql"),
        named_params! {
            ":id": Id(one.id), ":customer_id": Id(one.customer_id), ":remote_id": one.remote_id,
            ":order_id": one.order_id, ":operation_id": one.operation_id.map(Id), ":commerce": Word(one.commerce),
            ":product_id": one.sku.product_id, ":sku_id": one.sku.sku_id, ":product_name": one.product_name,
            ":folded": one.product_name, ":quantity": one.quantity, ":term": Word(one.term), ":cycle": Word(one.cycle),
            ":price_minor": one.unit_price.as_ref().map(|price| price.minor),
            ":price_currency": one.unit_price.as_ref().map(|price| &price.currency.0), ":status": Word(one.status),
            ":auto_renew": one.auto_renew, ":reseller_of_record": one.reseller_of_record.map(Id),
            ":ends_at": one.ends_at.map(Time), ":cancellable_until": one.cancellable_until.map(Time),
            ":created_at": Time(one.created_at), ":confirmed_at": one.confirmed_at.map(Time),
        },
    )
    .map(drop)
}

fn statements(db: &Db, work: &BareWork) -> Result<Vec<(String, Vec<Value>)>> {
    let one = |sql: String, values: Vec<Value>| Ok(vec![(sql, values)]);
    match work {
        BareWork::First(rows) => {
            one(format!("SELECT {ROW} FROM customers c ORDER BY c.name_key, c.number LIMIT {}", rows + 1), Vec::new())
        }
        BareWork::Behind(key, rows) => one(
            format!(
                "SELECT {ROW} FROM customers c WHERE (c.name_key, c.number) > (?, -1)
                 ORDER BY c.name_key, c.number LIMIT {}",
                rows + 1
            ),
            vec![key.clone().into()],
        ),
        BareWork::OfReseller(id, rows) => {
            let query = CustomerPageQuery { reseller_ids: vec![*id], ..CustomerPageQuery::default() };
            found(db, &query, *rows)
        }
        BareWork::Search(text, rows) => {
            found(db, &CustomerPageQuery { search: text.clone(), ..CustomerPageQuery::default() }, *rows)
        }
        BareWork::Customer(id) => {
            let id = Value::from(id.to_string());
            Ok(vec![
                (format!("SELECT {ROW} FROM customers c WHERE c.id = ?"), vec![id.clone()]),
                ("SELECT * FROM subscriptions WHERE customer_id = ? ORDER BY created_at DESC".to_owned(), vec![id]),
            ])
        }
        BareWork::Home(now) => {
            let at = |days: i64| i64::try_from(now.as_nanosecond()).unwrap_or(0) + days * 86_400_000_000_000;
            let dated = |column: &str, such: &str, days: i64| {
                let sql = format!(
                    "SELECT s.*, c.name FROM subscriptions s JOIN customers c ON c.id = s.customer_id
                     WHERE s.is_live = 1 AND {such} AND s.{column} > ? AND s.{column} < ? ORDER BY s.{column} LIMIT 100"
                );
                (sql, vec![Value::from(at(0)), Value::from(at(days))])
            };
            Ok(vec![
                ("SELECT * FROM resellers ORDER BY name_key, id".to_owned(), Vec::new()),
                ("SELECT * FROM customer_figures WHERE what = 'reseller'".to_owned(), Vec::new()),
                ("SELECT * FROM renewal_figures ORDER BY month".to_owned(), Vec::new()),
                dated("cancellable_until", "s.cancellable_until IS NOT NULL", 3),
                dated("ends_at", "s.auto_renew = 0 AND s.status = 'active'", 30),
            ])
        }
    }
}

fn found(db: &Db, query: &CustomerPageQuery, rows: u32) -> Result<Vec<(String, Vec<Value>)>> {
    let asked = Asked::of(db, query, false)?;
    let mut conditions = asked.rest;
    let Some(expression) = asked.expression else {
        // Nothing that the index knows: a single letter begins a name.
        let sql = format!("SELECT {ROW} FROM customers c{} ORDER BY c.place LIMIT {}", conditions.sql(), rows + 1);
        return Ok(vec![(sql, conditions.values)]);
    };
    conditions.clauses.insert(0, "customers_parts MATCH ?".to_owned());
    conditions.values.insert(0, expression.into());
    let sql =
        format!("SELECT {ROW} FROM {PARTS}{} ORDER BY customers_parts.rowid LIMIT {}", conditions.sql(), rows + 1);
    Ok(vec![(sql, conditions.values)])
}

/// Runs a prepared statement and reads every column of every row.
fn run(db: &Db, sql: &str, values: &[Value]) -> Result<Duration> {
    let mut statement = db.connection.prepare_cached(sql)?;
    let columns = statement.column_count();
    let began = Instant::now();
    let mut rows = statement.query(params_from_iter(values))?;
    let mut read = 0;
    while let Some(row) = rows.next()? {
        for at in 0..columns {
            read += usize::from(row.get_ref(at)?.as_i64().is_ok());
        }
    }
    std::hint::black_box(read);
    Ok(began.elapsed())
}
