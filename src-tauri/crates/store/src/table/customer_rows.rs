//! Row numbers of the customers list: which row begins a page that is jumped to, and which number a row has. In the
//! order of names the kept counts of initials lead near it; in other orders the sorted index is counted through.

use super::customer_filter::Asked;
use super::customer_page::{Key, keys_of};
use super::customers::{ABANDONED, CustomerPageQuery, CustomerSort, Customers, KEPT};
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
        if all && query.sort == CustomerSort::Name && !query.descending {
            return self.near_initials(skipped, !asked.plain.clauses.is_empty());
        }
        let columns = query.sort.columns();
        let direction = if query.descending { " DESC" } else { "" };
        let (from, order, mut conditions) = match &asked.expression {
            Some(expression) if query.sort == CustomerSort::Name => {
                let mut rest = asked.rest.clone();
                rest.clauses.insert(0, "customers_parts MATCH ?".to_owned());
                rest.values.insert(0, expression.clone().into());
                let from = "customers_parts CROSS JOIN customers c ON c.place = customers_parts.rowid";
                (from, format!("customers_parts.rowid{direction}"), rest)
            }
            Some(_) | None => {
                let order: Vec<String> = columns.iter().map(|column| format!("{column}{direction}")).collect();
                ("customers c", order.join(", "), asked.plain.clone())
            }
        };
        conditions.values.push(Value::from(skipped));
        let sql =
            format!("SELECT {} FROM {from}{} ORDER BY {order} LIMIT 1 OFFSET ?", columns.join(", "), conditions.sql());
        let found = self.0.row(&sql, params_from_iter(&conditions.values), |row| keys_of(row, columns.len()))?;
        Ok(Some(found.unwrap_or_else(|| beyond_all(columns.len(), query.descending))))
    }

    /// The row with this number in the order of names, counted from 0: stepped to from the nearer end of its initials,
    /// so that a letter costs one step.
    fn near_initials(&self, row: u32, some_abandoned: bool) -> Result<Option<Vec<Key>>> {
        let (mut left, mut within) = (row, None);
        let gone = if some_abandoned { self.abandoned_initials()? } else { Vec::new() };
        for (letters, count) in self.initials()? {
            let missing = gone.iter().filter(|other| **other == letters).count();
            let kept = count.saturating_sub(u32::try_from(missing).unwrap_or(u32::MAX));
            if left < kept {
                within = Some((letters, kept));
                break;
            }
            left -= kept;
        }
        let Some((initial, kept)) = within else { return Ok(Some(beyond_all(2, false))) };
        let such = if some_abandoned { format!(" AND {KEPT}") } else { String::new() };
        // A single letter, which is a whole name, has no end of its own before those of two letters.
        let found = if left <= kept / 2 || initial.chars().count() < 2 {
            let sql = format!(
                "SELECT c.name_key, c.number FROM customers c WHERE c.name_key >= ?1{such}
                 ORDER BY c.name_key, c.number LIMIT 1 OFFSET ?2"
            );
            self.0.row(&sql, (initial, left), |row| keys_of(row, 2))?
        } else {
            // Names that begin with these letters and go on sort before the letters with Unicode's last one behind.
            let sql = format!(
                "SELECT c.name_key, c.number FROM customers c WHERE c.name_key < ?1{such}
                 ORDER BY c.name_key DESC, c.number DESC LIMIT 1 OFFSET ?2"
            );
            self.0.row(&sql, (format!("{initial}\u{10ffff}"), kept - 1 - left), |row| keys_of(row, 2))?
        };
        Ok(Some(found.unwrap_or_else(|| beyond_all(2, false))))
    }

    /// Number of a customer's row in the whole list in the order of names, counted from 0.
    pub(super) fn row_number(&self, id: CustomerId) -> Result<Option<u32>> {
        let sql = "SELECT name_key, number FROM customers WHERE id = ?1";
        let found = self.0.row(sql, [Id(id)], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)))?;
        let Some((name_key, number)) = found else { return Ok(None) };
        let initial: String = name_key.chars().take(2).collect();
        let before: u32 = self.0.number(
            "SELECT coalesce(sum(customers), 0) FROM customer_figures WHERE what = 'initial' AND value < ?1",
            [&initial],
        )?;
        let within: u32 = self.0.number(
            "SELECT count(*) FROM customers WHERE name_key >= ?1 AND (name_key, number) < (?2, ?3)",
            (&initial, &name_key, number),
        )?;
        let gone = format!("SELECT count(*) FROM {ABANDONED} WHERE (c.name_key, c.number) < (?1, ?2)");
        let gone: u32 = self.0.number(&gone, (&name_key, number))?;
        Ok(Some((before + within).saturating_sub(gone)))
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

    fn abandoned_initials(&self) -> Result<Vec<String>> {
        let sql = format!("SELECT substr(c.name_key, 1, 2) FROM {ABANDONED}");
        self.0.rows(&sql, [], |row| row.get(0))
    }
}

/// A key behind every row, for a row number that there is not: texts sort behind all numbers and before none.
fn beyond_all(columns: usize, descending: bool) -> Vec<Key> {
    let key = if descending { Key::Number(i64::MIN) } else { Key::Text("\u{10ffff}".to_owned()) };
    vec![key; columns]
}
