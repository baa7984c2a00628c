//! The customers list: pages by key set, never by offset, so that rows that come or go meanwhile neither repeat nor
//! skip others.

use super::customer_filter::Asked;
use super::customers::{
    ABANDONED, COLUMNS, CustomerListRow, CustomerPageQuery, CustomerPageRows, CustomerSort, Customers, KEPT, read,
};
use super::stands::StandsFacts;
use super::text::Conditions;
use crate::fold::fold;
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
pub(super) enum Key {
    Number(i64),
    Text(String),
}

impl Customers<'_> {
    /// A page of the list.
    ///
    /// # Errors
    /// `Cursor` when `after` is not from a list of the same order.
    pub fn page(&self, query: &CustomerPageQuery) -> Result<CustomerPageRows> {
        let abandoned = self.abandoned()?;
        let total = self.total(abandoned)?;
        let asked = Asked::of(self.0, query, abandoned > 0)?;
        if asked.nobody {
            return Ok(CustomerPageRows { total, ..CustomerPageRows::default() });
        }
        let begins = query.after.is_none() && query.from.is_empty() && query.row == 0 && query.around.is_none();
        let (start, first_row) = self.start(query, &asked)?;
        let mut rows = match (&asked.few, &asked.expression) {
            (Some(few), _) => self.sorted(query, &few.places, few.beside.clone(), start)?,
            (None, Some(expression)) if query.sort == CustomerSort::Name => {
                self.in_order_of_names(query, expression, &asked.rest, start)?
            }
            (None, Some(expression)) => match self.few_hits(expression)? {
                Some(hits) => self.sorted(query, &hits, asked.rest.clone(), start)?,
                None => self.walked(query, asked.plain.clone(), start)?,
            },
            (None, None) => self.walked(query, asked.plain.clone(), start)?,
        };
        let wanted = usize::try_from(query.limit).unwrap_or(usize::MAX);
        let more = rows.len() > wanted;
        rows.truncate(wanted);
        let next = match rows.last() {
            Some((_, keys)) if more => Some(Cursor::write(query, keys.clone())?),
            Some(_) | None => None,
        };
        let here = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        let whole = !more && begins;
        let (matching, more) = if whole { (here, false) } else { self.matching(query, &asked, here, more || !begins)? };
        Ok(CustomerPageRows {
            rows: rows.into_iter().map(|(row, _)| row).collect(),
            next,
            first_row,
            matching,
            more,
            total,
        })
    }

    /// The sort columns that the page begins behind, `None` for the first page; and the number of its first row where
    /// that was asked for.
    fn start(&self, query: &CustomerPageQuery, asked: &Asked) -> Result<(Option<Vec<Key>>, u32)> {
        if let Some(after) = &query.after {
            return Ok((Some(Cursor::read(after, query)?), 0));
        }
        let from = fold(&query.from);
        if !from.is_empty() && query.sort == CustomerSort::Name {
            // No name begins with the last letter of Unicode, so it stands behind all that begin with these letters.
            let (text, number) = if query.descending { (format!("{from}\u{10ffff}"), 0) } else { (from, -1) };
            return Ok((Some(vec![Key::Text(text), Key::Number(number)]), 0));
        }
        let row = match query.around {
            Some(id) => self.row_number(id)?.unwrap_or(0).saturating_sub(query.limit / 2),
            None => query.row,
        };
        Ok((self.key_before_row(query, asked, row)?, row))
    }

    /// Hits of the index as it brings them: in the order of names, until the page is full.
    fn in_order_of_names(
        &self,
        query: &CustomerPageQuery,
        expression: &str,
        rest: &Conditions,
        start: Option<Vec<Key>>,
    ) -> Result<Vec<Found>> {
        let mut conditions = Conditions::default();
        conditions.push("customers_parts MATCH ?", expression.to_owned().into());
        if let Some(keys) = start {
            let Some(place) = self.place_after(keys, query.descending)? else { return Ok(Vec::new()) };
            conditions
                .push(&format!("customers_parts.rowid {} ?", if query.descending { "<=" } else { ">=" }), place.into());
        }
        conditions.clauses.extend(rest.clauses.iter().cloned());
        conditions.values.extend(rest.values.iter().cloned());
        let direction = if query.descending { " DESC" } else { "" };
        let rest = format!("{} ORDER BY customers_parts.rowid{direction} LIMIT {}", conditions.sql(), limit(query));
        let from = "customers_parts CROSS JOIN customers c ON c.place = customers_parts.rowid";
        let columns = CustomerSort::Name.columns();
        self.list(&columns.join(", "), columns.len(), from, &rest, params_from_iter(&conditions.values), query.now)
    }

    /// The place of the first row behind a key. Places move, keys stay: that is why a cursor holds the key.
    pub(super) fn place_after(&self, keys: Vec<Key>, descending: bool) -> Result<Option<i64>> {
        let sql = if descending {
            "SELECT place FROM customers WHERE (name_key, number) < (?, ?) AND place IS NOT NULL
             ORDER BY name_key DESC, number DESC LIMIT 1"
        } else {
            "SELECT place FROM customers WHERE (name_key, number) > (?, ?) AND place IS NOT NULL
             ORDER BY name_key, number LIMIT 1"
        };
        self.0.row(sql, params_from_iter(keys.into_iter().map(Value::from)), |row| row.get(0))
    }

    /// Places of all hits; `None` when there are many.
    fn few_hits(&self, expression: &str) -> Result<Option<Vec<i64>>> {
        let sql = "SELECT rowid FROM customers_parts WHERE customers_parts MATCH ?1 LIMIT ?2";
        let hits = self.0.rows(sql, (expression, FEW + 1), |row| row.get(0))?;
        Ok((hits.len() <= usize::try_from(FEW).unwrap_or(usize::MAX)).then_some(hits))
    }

    /// A few rows, looked up and sorted.
    fn sorted(
        &self,
        query: &CustomerPageQuery,
        hits: &[i64],
        mut conditions: Conditions,
        start: Option<Vec<Key>>,
    ) -> Result<Vec<Found>> {
        conditions.values.insert(0, serde_json::to_string(hits)?.into());
        self.ordered(query, BY_PLACES, conditions, start)
    }

    /// The sorted index, walked until the page is full.
    fn walked(&self, query: &CustomerPageQuery, conditions: Conditions, start: Option<Vec<Key>>) -> Result<Vec<Found>> {
        self.ordered(query, "customers c", conditions, start)
    }

    fn ordered(
        &self,
        query: &CustomerPageQuery,
        from: &str,
        mut conditions: Conditions,
        start: Option<Vec<Key>>,
    ) -> Result<Vec<Found>> {
        let columns = query.sort.columns();
        if let Some(keys) = start {
            let marks = vec!["?"; columns.len()].join(", ");
            let than = if query.descending { "<" } else { ">" };
            conditions.clauses.push(format!("({}) {than} ({marks})", columns.join(", ")));
            conditions.values.extend(keys.into_iter().map(Value::from));
        }
        let direction = if query.descending { " DESC" } else { "" };
        let order: Vec<String> = columns.iter().map(|column| format!("{column}{direction}")).collect();
        let rest = format!("{} ORDER BY {} LIMIT {}", conditions.sql(), order.join(", "), limit(query));
        self.list(&columns.join(", "), columns.len(), from, &rest, params_from_iter(&conditions.values), query.now)
    }

    /// How many match, and whether there are more: kept figures where there are any, else as far as the index can
    /// count in no time, else what is on the page.
    fn matching(&self, query: &CustomerPageQuery, asked: &Asked, here: u32, more: bool) -> Result<(u32, bool)> {
        if let Some((what, values)) = Asked::figure(query) {
            let gone = self.abandoned_among(&asked.plain)?;
            return Ok((self.figure(what, &values)?.saturating_sub(gone), false));
        }
        if let Some(few) = asked.few.as_ref().filter(|few| few.beside.clauses.is_empty()) {
            return Ok((u32::try_from(few.places.len()).unwrap_or(u32::MAX), false));
        }
        match &asked.expression {
            Some(expression) if asked.rest.clauses.is_empty() => {
                let sql =
                    "SELECT count(*) FROM (SELECT 1 FROM customers_parts WHERE customers_parts MATCH ?1 LIMIT ?2)";
                let found: u32 = self.0.number(sql, (expression, COUNTED + 1))?;
                Ok((found.min(COUNTED), found > COUNTED))
            }
            Some(_) | None => Ok((here, more)),
        }
    }

    /// Kept figures of these, together.
    fn figure(&self, what: &str, values: &[String]) -> Result<u32> {
        self.0.number(
            "SELECT coalesce(sum(customers), 0) FROM customer_figures
             WHERE what = ?1 AND value IN (SELECT value FROM json_each(?2))",
            (what, serde_json::to_string(values)?),
        )
    }

    /// How many of those that will never be made would be in the list.
    fn abandoned_among(&self, plain: &Conditions) -> Result<u32> {
        let mut conditions = plain.clone();
        conditions.clauses.retain(|clause| clause != KEPT);
        let sql = format!("SELECT count(*) FROM {ABANDONED}{}", conditions.sql());
        self.0.number(&sql, params_from_iter(&conditions.values))
    }

    /// The newest customers of a reseller.
    ///
    /// # Errors
    /// When the database fails.
    pub fn newest_of_reseller(&self, reseller: ResellerId, count: u32, now: Timestamp) -> Result<Vec<CustomerListRow>> {
        let rest = format!(" WHERE c.reseller_id = ?1 AND {KEPT} ORDER BY c.created_at DESC, c.number DESC LIMIT ?2");
        let rows = self.list("c.number", 0, "customers c", &rest, (Id(reseller), count), now)?;
        Ok(rows.into_iter().map(|(row, _)| row).collect())
    }

    /// One customer as a row of the list.
    ///
    /// # Errors
    /// When the database fails.
    pub fn row(&self, id: CustomerId, now: Timestamp) -> Result<Option<CustomerListRow>> {
        let rows = self.list("c.number", 0, "customers c", " WHERE c.id = ?1", [Id(id)], now)?;
        Ok(rows.into_iter().next().map(|(row, _)| row))
    }

    /// How many there are, but those that will never be made.
    pub(super) fn total(&self, abandoned: u32) -> Result<u32> {
        Ok(self.figure("all", &[String::new()])?.saturating_sub(abandoned))
    }

    /// How many rows belong to customers that will never be made.
    pub(super) fn abandoned(&self) -> Result<u32> {
        self.0.number(&format!("SELECT count(*) FROM {ABANDONED}"), [])
    }

    /// Countries in which there are customers, by ISO code.
    ///
    /// # Errors
    /// When the database fails.
    pub fn countries(&self) -> Result<Vec<String>> {
        self.0.rows(
            "SELECT value FROM customer_figures WHERE what = 'country' AND customers > 0 ORDER BY value",
            [],
            |row| row.get(0),
        )
    }

    /// Rows with the sort columns that they were found by; where they stand comes in two more statements for all.
    fn list(
        &self,
        keys: &str,
        key_count: usize,
        from: &str,
        rest: &str,
        params: impl Params,
        now: Timestamp,
    ) -> Result<Vec<Found>> {
        let sql = format!(
            "SELECT {keys}, coalesce((SELECT r.name FROM resellers r WHERE r.id = c.reseller_id), '') AS reseller_name,
                 c.subscription_count, c.seat_count, {COLUMNS} FROM {from}{rest}"
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

/// Rows with these places, as a list.
pub(super) const BY_PLACES: &str = "json_each(?) hit CROSS JOIN customers c ON c.place = hit.value";

/// Hits that are looked up and sorted; of more than these, one is near the top of any order.
const FEW: u32 = 2_000;

/// As far as hits are counted.
const COUNTED: u32 = 1_000;

/// A row with the sort columns that it was found by.
type Found = (CustomerListRow, Vec<Key>);

/// One row more than wanted tells whether there is another page.
fn limit(query: &CustomerPageQuery) -> i64 {
    i64::from(query.limit) + 1
}

impl CustomerSort {
    /// The columns that give the order; the last one is unique. Each list has an index of its own.
    pub(super) fn columns(self) -> &'static [&'static str] {
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
pub(super) fn keys_of(row: &Row<'_>, count: usize) -> rusqlite::Result<Vec<Key>> {
    (0..count)
        .map(|at| {
            Ok(match row.get_ref(at)?.as_i64() {
                Ok(number) => Key::Number(number),
                Err(_) => Key::Text(row.get(at)?),
            })
        })
        .collect()
}
