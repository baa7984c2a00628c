//! The customers list: pages by key set, never by offset, so that rows that come or go meanwhile neither repeat nor
//! skip others.

use super::customers::{
    ABANDONED, COLUMNS, CustomerListRow, CustomerPageQuery, CustomerPageRows, CustomerSort, CustomerState, Customers,
    KEPT, read,
};
use super::stands::StandsFacts;
use super::text::{Conditions, Words};
use crate::value::Id;
use crate::{Result, StoreError};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cb_domain::ids::{CustomerId, ResellerId};
use jiff::Timestamp;
use rusqlite::types::Value;
use rusqlite::{Params, Row, params_from_iter};
use serde::{Deserialize, Serialize};

/// Where a page ended: the sort it belongs to and the sort columns of its last row.
#[derive(Serialize, Deserialize)]
struct Cursor {
    sort: CustomerSort,
    descending: bool,
    keys: Vec<Key>,
}

/// A value of a sort column.
#[derive(Clone, Serialize, Deserialize)]
#[serde(untagged)]
enum Key {
    Number(i64),
    Text(String),
}

impl Customers<'_> {
    /// A page of the list.
    ///
    /// # Errors
    /// `Cursor` when `after` is not from a list of the same order.
    pub fn page(&self, query: &CustomerPageQuery) -> Result<CustomerPageRows> {
        let all: u32 = self.0.number("SELECT count(*) FROM customers", [])?;
        let abandoned = self.abandoned()?;
        let total = all.saturating_sub(abandoned);
        let matching = self.matching(query, total, abandoned > 0)?;
        // Few hits are looked up and sorted. Of many, the sorted index is walked until the page is full; the plus
        // sign keeps the database from looking all of them up first.
        let mut conditions = conditions(query, if matching > MANY { "+c.number" } else { "c.number" })?;
        if abandoned > 0 {
            conditions.clauses.push(KEPT.to_owned());
        }
        let columns = query.sort.columns();
        if let Some(after) = &query.after {
            let keys = Cursor::read(after, query)?;
            let marks = vec!["?"; columns.len()].join(", ");
            let than = if query.descending { "<" } else { ">" };
            conditions.clauses.push(format!("({}) {than} ({marks})", columns.join(", ")));
            conditions.values.extend(keys.into_iter().map(Value::from));
        }
        let direction = if query.descending { " DESC" } else { "" };
        let order: Vec<String> = columns.iter().map(|column| format!("{column}{direction}")).collect();
        // One row more than wanted tells whether there is another page.
        let rest = format!("{} ORDER BY {} LIMIT {}", conditions.sql(), order.join(", "), i64::from(query.limit) + 1);
        let keys_sql = columns.join(", ");
        let mut rows = self.list(&keys_sql, columns.len(), &rest, params_from_iter(&conditions.values), query.now)?;

        let wanted = usize::try_from(query.limit).unwrap_or(usize::MAX);
        let more = rows.len() > wanted;
        rows.truncate(wanted);
        let next = match rows.last() {
            Some((_, keys)) if more => Some(Cursor::write(query, keys.clone())?),
            Some(_) | None => None,
        };
        Ok(CustomerPageRows { rows: rows.into_iter().map(|(row, _)| row).collect(), next, matching, total })
    }

    /// The newest customers of a reseller.
    ///
    /// # Errors
    /// When the database fails.
    pub fn newest_of_reseller(&self, reseller: ResellerId, count: u32, now: Timestamp) -> Result<Vec<CustomerListRow>> {
        let rest = format!(" WHERE c.reseller_id = ?1 AND {KEPT} ORDER BY c.created_at DESC, c.number DESC LIMIT ?2");
        let rows = self.list("c.number", 0, &rest, (Id(reseller), count), now)?;
        Ok(rows.into_iter().map(|(row, _)| row).collect())
    }

    /// One customer as a row of the list.
    ///
    /// # Errors
    /// When the database fails.
    pub fn row(&self, id: CustomerId, now: Timestamp) -> Result<Option<CustomerListRow>> {
        let rows = self.list("c.number", 0, " WHERE c.id = ?1", [Id(id)], now)?;
        Ok(rows.into_iter().next().map(|(row, _)| row))
    }

    /// How many rows belong to customers that will never be made.
    fn abandoned(&self) -> Result<u32> {
        let sql = format!("SELECT count(*) FROM customers c WHERE c.tenant_id IS NULL AND c.id IN ({ABANDONED})");
        self.0.number(&sql, [])
    }

    /// How many customers match.
    fn matching(&self, query: &CustomerPageQuery, total: u32, some_abandoned: bool) -> Result<u32> {
        let words = Words::of(&query.search);
        let by_text_alone = words.short.is_empty() && !filtered(query);
        match words.expression() {
            None if by_text_alone => Ok(total),
            // The text index answers alone.
            Some(expression) if by_text_alone && !some_abandoned => {
                self.0.number("SELECT count(*) FROM customers_text WHERE customers_text MATCH ?1", [expression])
            }
            Some(_) | None => {
                let mut conditions = conditions(query, "c.number")?;
                if some_abandoned {
                    conditions.clauses.push(KEPT.to_owned());
                }
                let sql = format!("SELECT count(*) FROM customers c{}", conditions.sql());
                self.0.number(&sql, params_from_iter(&conditions.values))
            }
        }
    }

    /// Countries in which there are customers, by ISO code. The index is skipped through, not read.
    ///
    /// # Errors
    /// When the database fails.
    pub fn countries(&self) -> Result<Vec<String>> {
        self.0.rows(
            "WITH RECURSIVE found (country) AS (
                 SELECT min(country) FROM customers
                 UNION ALL SELECT (SELECT min(c.country) FROM customers c WHERE c.country > found.country)
                     FROM found WHERE found.country IS NOT NULL)
             SELECT country FROM found WHERE country IS NOT NULL",
            [],
            |row| row.get(0),
        )
    }

    /// Rows with the sort columns that they were found by; where they stand comes in two more statements for all.
    fn list(
        &self,
        keys: &str,
        key_count: usize,
        rest: &str,
        params: impl Params,
        now: Timestamp,
    ) -> Result<Vec<(CustomerListRow, Vec<Key>)>> {
        let sql = format!(
            "SELECT {keys}, coalesce((SELECT r.name FROM resellers r WHERE r.id = c.reseller_id), '') AS reseller_name,
                 c.subscription_count, c.seat_count, {COLUMNS} FROM customers c{rest}"
        );
        let mut rows = self.0.rows(&sql, params, |row| Ok((list_row(row)?, keys_of(row, key_count)?)))?;
        let ids: Vec<CustomerId> = rows.iter().map(|(row, _)| row.customer.id).collect();
        let mut facts = self.0.stands(&ids, now)?;
        for (row, _) in &mut rows {
            row.stands = facts.remove(&row.customer.id).unwrap_or_default();
        }
        Ok(rows)
    }
}

/// More hits than this are not worth being looked up one by one for a page.
const MANY: u32 = 2_000;

/// Search and filter of a query.
fn conditions(query: &CustomerPageQuery, key: &str) -> Result<Conditions> {
    let mut conditions = Conditions::default();
    conditions.text(&query.search, key, "c.folded", "customers_text");
    if !query.reseller_ids.is_empty() {
        conditions.push(
            "c.reseller_id IN (SELECT value FROM json_each(?))",
            serde_json::to_string(&query.reseller_ids)?.into(),
        );
    }
    if !query.countries.is_empty() {
        conditions
            .push("c.country IN (SELECT value FROM json_each(?))", serde_json::to_string(&query.countries)?.into());
    }
    if !query.states.is_empty() {
        let any: Vec<&str> = query.states.iter().map(|state| state.clause()).collect();
        conditions.clauses.push(format!("({})", any.join(" OR ")));
        let dated = query.states.iter().filter(|state| state.clause().contains('?'));
        conditions.values.extend(dated.map(|_| moment(query.now)));
    }
    if let Some((from, to)) = query.term_ends {
        conditions.clauses.push(ENDS.to_owned());
        conditions.values.extend([moment(from), moment(to)]);
    }
    Ok(conditions)
}

/// Another filter than the text is on.
fn filtered(query: &CustomerPageQuery) -> bool {
    !query.reseller_ids.is_empty()
        || !query.countries.is_empty()
        || !query.states.is_empty()
        || query.term_ends.is_some()
}

/// A moment as the tables keep it: nanoseconds.
fn moment(at: Timestamp) -> Value {
    Value::Integer(i64::try_from(at.as_nanosecond()).unwrap_or(i64::MAX))
}

const ENDS: &str = "c.id IN (SELECT s.customer_id FROM subscriptions s WHERE s.is_live = 1
    AND s.ends_at IS NOT NULL AND s.ends_at >= ? AND s.ends_at < ?)";

impl CustomerState {
    /// Who is in it. The mark, where there is one, is now.
    fn clause(self) -> &'static str {
        match self {
            Self::NeedsAttention => {
                "c.id IN (SELECT o.customer_id FROM operations o WHERE o.state = 'needs_attention')"
            }
            Self::OnHold => {
                "c.id IN (SELECT o.customer_id FROM operations o WHERE o.state = 'queued' AND o.hold IS NOT NULL)"
            }
            Self::Waiting => {
                "c.id IN (SELECT o.customer_id FROM operations o
                    WHERE (o.state = 'queued' AND o.hold IS NULL) OR o.state IN ('in_flight', 'unknown'))"
            }
            Self::WindowOpen => {
                "c.id IN (SELECT s.customer_id FROM subscriptions s WHERE s.is_live = 1
                    AND s.cancellable_until IS NOT NULL AND s.cancellable_until > ?)"
            }
            Self::TermEnds => {
                "c.id IN (SELECT s.customer_id FROM subscriptions s WHERE s.is_live = 1 AND s.ends_at IS NOT NULL
                    AND s.ends_at > ? AND s.auto_renew = 0 AND s.status = 'active')"
            }
            Self::Draft => "c.id IN (SELECT d.customer_id FROM drafts d WHERE d.customer_id IS NOT NULL)",
            Self::Confirmed => {
                "(c.tenant_id IS NOT NULL AND c.id NOT IN (SELECT o.customer_id FROM operations o
                    WHERE o.state IN ('queued', 'in_flight', 'unknown', 'needs_attention')))"
            }
        }
    }
}

impl CustomerSort {
    /// The columns that give the order; the last one is unique. Each list has an index of its own.
    fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Name => &["c.name_key", "c.number"],
            Self::Country => &["c.country", "c.name_key", "c.number"],
            Self::Reseller => &["c.reseller_key", "c.name_key", "c.number"],
            Self::Subscriptions => &["c.subscription_count", "c.number"],
            Self::Seats => &["c.seat_count", "c.number"],
        }
    }
}

impl Cursor {
    fn write(query: &CustomerPageQuery, keys: Vec<Key>) -> Result<String> {
        let cursor = Self { sort: query.sort, descending: query.descending, keys };
        Ok(URL_SAFE_NO_PAD.encode(serde_json::to_vec(&cursor)?))
    }

    fn read(text: &str, query: &CustomerPageQuery) -> Result<Vec<Key>> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| StoreError::Cursor)?;
        let cursor: Self = serde_json::from_slice(&bytes).map_err(|_| StoreError::Cursor)?;
        let fits = cursor.sort == query.sort
            && cursor.descending == query.descending
            && cursor.keys.len() == query.sort.columns().len();
        if fits { Ok(cursor.keys) } else { Err(StoreError::Cursor) }
    }
}

impl From<Key> for Value {
    fn from(key: Key) -> Self {
        match key {
            Key::Number(number) => Self::Integer(number),
            Key::Text(text) => Self::Text(text),
        }
    }
}

fn list_row(row: &Row<'_>) -> rusqlite::Result<CustomerListRow> {
    Ok(CustomerListRow {
        customer: read(row)?,
        reseller_name: row.get("reseller_name")?,
        subscriptions: row.get("subscription_count")?,
        seats: row.get("seat_count")?,
        stands: StandsFacts::default(),
    })
}

/// The sort columns stand first in the row.
fn keys_of(row: &Row<'_>, count: usize) -> rusqlite::Result<Vec<Key>> {
    (0..count)
        .map(|at| {
            Ok(match row.get_ref(at)?.as_i64() {
                Ok(number) => Key::Number(number),
                Err(_) => Key::Text(row.get(at)?),
            })
        })
        .collect()
}
