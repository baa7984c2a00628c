//! Row numbers of the customers list: which row begins a page that is jumped to, and which number a row has. In the
//! order of names the kept counts of blocks lead near it; in other orders the sorted index is counted through.

use super::customer_filter::Asked;
use super::customer_page::{BY_PLACES, Key, keys_of};
use super::customers::{ABANDONED, CustomerPageQuery, CustomerSort, Customers, KEPT};
use super::text::Conditions;
use crate::Result;
use crate::value::Id;
use cb_domain::ids::CustomerId;
use rusqlite::params_from_iter;
use rusqlite::types::Value;

impl Customers<'_> {
    /// The sort columns of the row before this one, behind which a page that begins with it begins. `None` for the
    /// first row.
    pub(super) fn key_before_row(
        &self,
        query: &CustomerPageQuery,
        asked: &Asked,
        row: u32,
    ) -> Result<Option<Vec<Key>>> {
        let Some(skipped) = row.checked_sub(1) else { return Ok(None) };
        let all = asked.expression.is_none() && asked.plain.clauses.iter().all(|clause| clause == KEPT);
        if all && query.sort == CustomerSort::Name {
            let some_abandoned = !asked.plain.clauses.is_empty();
            return self.by_blocks(skipped, query.descending, some_abandoned);
        }
        let columns = query.sort.columns();
        if all {
            return self.read_from_the_nearer_end(query, &asked.plain, skipped);
        }
        let direction = if query.descending { " DESC" } else { "" };
        let order: Vec<String> = columns.iter().map(|column| format!("{column}{direction}")).collect();
        let (from, order, mut conditions) = match (&asked.few, &asked.expression) {
            (Some(few), _) => {
                let mut conditions = few.beside.clone();
                conditions.values.insert(0, serde_json::to_string(&few.places)?.into());
                (BY_PLACES, order.join(", "), conditions)
            }
            (None, Some(expression)) if query.sort == CustomerSort::Name => {
                let mut rest = asked.rest.clone();
                rest.clauses.insert(0, "customers_parts MATCH ?".to_owned());
                rest.values.insert(0, expression.clone().into());
                let from = "customers_parts CROSS JOIN customers c ON c.place = customers_parts.rowid";
                (from, format!("customers_parts.rowid{direction}"), rest)
            }
            (None, Some(_) | None) => ("customers c", order.join(", "), asked.plain.clone()),
        };
        conditions.values.push(Value::from(skipped));
        let sql =
            format!("SELECT {} FROM {from}{} ORDER BY {order} LIMIT 1 OFFSET ?", columns.join(", "), conditions.sql());
        let found = self.0.row(&sql, params_from_iter(&conditions.values), |row| keys_of(row, columns.len()))?;
        Ok(Some(found.unwrap_or_else(|| beyond_all(columns.len(), query.descending))))
    }

    /// The row with this number of the whole list in another order: its index is stepped through from the nearer end.
    fn read_from_the_nearer_end(
        &self,
        query: &CustomerPageQuery,
        kept: &Conditions,
        row: u32,
    ) -> Result<Option<Vec<Key>>> {
        let columns = query.sort.columns();
        let Some(turned) = self.total(self.abandoned()?)?.checked_sub(row.saturating_add(1)) else {
            return Ok(Some(beyond_all(columns.len(), query.descending)));
        };
        let from_end = turned < row;
        let direction = if query.descending == from_end { "" } else { " DESC" };
        let order: Vec<String> = columns.iter().map(|column| format!("{column}{direction}")).collect();
        let sql = format!(
            "SELECT {} FROM customers c{} ORDER BY {} LIMIT 1 OFFSET {}",
            columns.join(", "),
            kept.sql(),
            order.join(", "),
            row.min(turned)
        );
        let found = self.0.row(&sql, params_from_iter(&kept.values), |row| keys_of(row, columns.len()))?;
        Ok(Some(found.unwrap_or_else(|| beyond_all(columns.len(), query.descending))))
    }

    /// The row with this number in the order of names, counted from 0, from its end when descending: its block is found
    /// by the kept counts, the row by a few hundred steps within it.
    fn by_blocks(&self, row: u32, descending: bool, some_abandoned: bool) -> Result<Option<Vec<Key>>> {
        let gone = if some_abandoned { self.abandoned_places()? } else { Vec::new() };
        let blocks = self.blocks()?;
        let all: u32 = blocks.iter().map(|block| block.customers).sum();
        let turned = all.saturating_sub(count(gone.len())).checked_sub(row.saturating_add(1));
        let Some(mut left) = (if descending { turned } else { Some(row) }) else {
            return Ok(Some(beyond_all(2, descending)));
        };
        for (at, block) in blocks.iter().enumerate() {
            let end = blocks.get(at + 1).map_or(i64::MAX, |next| next.first);
            let missing = &gone[before(&gone, block.first)..before(&gone, end)];
            let kept = block.customers.saturating_sub(count(missing.len()));
            if left < kept {
                return self.within_block(block.first, missing, left).map(Some);
            }
            left -= kept;
        }
        Ok(Some(beyond_all(2, descending)))
    }

    /// The key of a row of a block, those left out that are missing.
    fn within_block(&self, first: i64, missing: &[i64], row: u32) -> Result<Vec<Key>> {
        let such = if missing.is_empty() { "?2 = '[]'" } else { "place NOT IN (SELECT value FROM json_each(?2))" };
        // The place leads to the row only where the steps end: the index alone is stepped through.
        let sql = format!(
            "SELECT name_key, number FROM customers WHERE place >= ?1 AND {such} ORDER BY place LIMIT 1 OFFSET ?3"
        );
        let found = self.0.row(&sql, (first, serde_json::to_string(missing)?, row), |row| keys_of(row, 2))?;
        Ok(found.unwrap_or_else(|| beyond_all(2, false)))
    }

    /// Number of a customer's row in the whole list in the order of names, counted from 0.
    pub(super) fn row_number(&self, id: CustomerId) -> Result<Option<u32>> {
        let sql = "SELECT place FROM customers WHERE id = ?1 AND place IS NOT NULL";
        let Some(place) = self.0.row(sql, [Id(id)], |row| row.get::<_, i64>(0))? else { return Ok(None) };
        let blocks = self.blocks()?;
        let own = blocks.partition_point(|block| block.first <= place).saturating_sub(1);
        let before_own: u32 = blocks.iter().take(own).map(|block| block.customers).sum();
        let first = blocks.get(own).map_or(0, |block| block.first);
        let within: u32 =
            self.0.number("SELECT count(*) FROM customers WHERE place >= ?1 AND place < ?2", (first, place))?;
        let gone = before(&self.abandoned_places()?, place);
        Ok(Some((before_own + within).saturating_sub(count(gone))))
    }

    fn blocks(&self) -> Result<Vec<Block>> {
        let sql = "SELECT first, customers FROM customer_blocks ORDER BY first";
        self.0.rows(sql, [], |row| Ok(Block { first: row.get(0)?, customers: row.get(1)? }))
    }

    /// Letters that names begin with, at most two, and how many names begin with them, in the order of names.
    ///
    /// # Errors
    /// When the database fails.
    pub fn initials(&self) -> Result<Vec<(String, u32)>> {
        self.0.rows(
            "SELECT value, customers FROM customer_figures WHERE what = 'initial' AND customers > 0 ORDER BY value",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
    }

    /// Places of those that will never be made, in order.
    fn abandoned_places(&self) -> Result<Vec<i64>> {
        let sql = format!("SELECT c.place FROM {ABANDONED} WHERE c.place IS NOT NULL ORDER BY c.place");
        self.0.rows(&sql, [], |row| row.get(0))
    }
}

/// Neighbouring rows in the order of names, counted together.
struct Block {
    /// No place of it is smaller, and none of the block before is as large.
    first: i64,
    customers: u32,
}

/// How many of these places are before this one.
fn before(places: &[i64], place: i64) -> usize {
    places.partition_point(|one| *one < place)
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// A key behind every row, for a row number that there is not: texts sort behind all numbers and before none.
fn beyond_all(columns: usize, descending: bool) -> Vec<Key> {
    let key = if descending { Key::Number(i64::MIN) } else { Key::Text("\u{10ffff}".to_owned()) };
    vec![key; columns]
}
