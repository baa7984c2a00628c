//! The global search over resellers, customers, subscriptions and open operations.

use super::customer_parts::{called_expression, expression, is_called};
use super::customers::KEPT;
use super::text::{Conditions, Word};
use crate::fold::fold_all;
use crate::value::Id;
use crate::{Db, Result};
use cb_domain::ids::CustomerId;
use rusqlite::types::Value;
use rusqlite::{Row, params_from_iter};

/// Letters that a word must have to be looked for in products.
const LEAST: usize = 3;
/// Letters that begin a number of Partner Center.
const NUMBER: usize = 4;

/// What a hit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SearchKind {
    /// A reseller.
    Reseller,
    /// A customer.
    Customer,
    /// A subscription.
    Subscription,
    /// An operation that is not finished.
    Operation,
}

/// A hit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchRow {
    /// What it is.
    pub kind: SearchKind,
    /// Its id.
    pub id: String,
    /// Name of it: for an operation, its customer.
    pub title: String,
    /// Reseller: town. Customer: domain prefix. Subscription: customer. Operation: kind, as its snake-case word.
    pub detail: String,
    /// The customer to open; `None` for a reseller.
    pub customer_id: Option<CustomerId>,
}

/// A customer that was found, with what decides its rank.
struct CustomerHit {
    row: SearchRow,
    alias: String,
    place: i64,
}

/// Rows of the index looked at in one go for those that are called as typed.
const LOOK: u32 = 32;
/// And how often at most.
const MOST_LOOKS: u32 = 8;

const RESELLERS: &str = "SELECT r.id, r.name, r.town, NULL FROM resellers r";
const CUSTOMERS: &str = "SELECT c.id, c.name, c.domain_prefix, c.id, c.alias, customers_parts.rowid
    FROM customers_parts CROSS JOIN customers c ON c.place = customers_parts.rowid";
const SUBSCRIPTIONS: &str = "SELECT s.id, s.product_name, c.name, c.id
    FROM subscriptions s JOIN customers c ON c.id = s.customer_id";
const OPERATIONS: &str = "SELECT o.id, c.name, o.kind, c.id
    FROM operations o JOIN customers c ON c.id = o.customer_id";

const FOREMOST: &str = "o.id = (SELECT f.id FROM operations f WHERE f.onboarding_id = o.onboarding_id
    AND f.state IN ('queued', 'in_flight', 'unknown', 'needs_attention')
    ORDER BY f.state <> 'needs_attention', f.sequence LIMIT 1)";

impl Db {
    /// At most `limit` hits: a quarter each for resellers, subscriptions and operations, the rest for customers.
    /// Customers whose name or alias has words that begin with what was typed come before those that have it elsewhere;
    /// nothing else is ranked, since ranking reads every hit while somebody types. Subscriptions need a word of three
    /// letters.
    ///
    /// # Errors
    /// When the database fails.
    pub fn search(&self, text: &str, limit: u32) -> Result<Vec<SearchRow>> {
        if crate::fold::fold(text).is_empty() || limit == 0 {
            return Ok(Vec::new());
        }
        let share = (limit / 4).max(1);

        let mut resellers = Conditions::default();
        resellers.plain(text, "r.folded");
        let mut found = self.hits(SearchKind::Reseller, RESELLERS, &resellers, "ORDER BY r.name_key", share)?;

        let words = Word::all(text);
        let subscriptions = self.subscriptions_found(&words, share)?;

        let mut operations = Conditions::default();
        operations.plain(text, "c.folded");
        operations.clauses.push("o.state IN ('queued', 'in_flight', 'unknown', 'needs_attention')".to_owned());
        // One row for each Submit: the operation that needs somebody, else the one that goes next.
        operations.clauses.push(FOREMOST.to_owned());
        let operations = self.hits(SearchKind::Operation, OPERATIONS, &operations, "ORDER BY o.sequence", share)?;

        let others = found.len() + subscriptions.len() + operations.len();
        let left = limit.saturating_sub(u32::try_from(others).unwrap_or(u32::MAX)).max(1);
        found.extend(self.customers_found(&words, left)?);
        found.extend(subscriptions);
        found.extend(operations);
        found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(found)
    }

    /// Customers by the index of parts: those called so first, each kind in the order of names.
    fn customers_found(&self, words: &[Word], limit: u32) -> Result<Vec<SearchRow>> {
        let asked: Vec<String> = words.iter().filter_map(expression).collect();
        if asked.is_empty() {
            return Ok(Vec::new());
        }
        let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
        let mut found = self.customers_called(words, wanted)?;
        if found.len() >= wanted {
            return Ok(found);
        }
        let mut conditions = Conditions::default();
        conditions.push("customers_parts MATCH ?", asked.join(" AND ").into());
        for word in words.iter().filter(|word| !word.is_part()) {
            conditions.word(word, "c.folded", "c.tenant_id");
        }
        conditions.clauses.push(KEPT.to_owned());
        // Those called so are among these once more.
        let most = limit.saturating_add(u32::try_from(found.len()).unwrap_or(u32::MAX));
        let mut others = self.customer_hits(&conditions, most)?;
        others.retain(|hit| !found.iter().any(|known| known.id == hit.row.id));
        // Of these, too, the ones that have it within their name.
        others.sort_by_key(|hit| !is_called([&hit.row.title, &hit.alias], words, true));
        found.extend(others.into_iter().map(|hit| hit.row));
        found.truncate(wanted);
        Ok(found)
    }

    /// Customers that are called so, as many as wanted.
    fn customers_called(&self, words: &[Word], wanted: usize) -> Result<Vec<SearchRow>> {
        let (mut found, mut place) = (Vec::new(), 0);
        let Some(asked) = called_expression(words) else { return Ok(found) };
        // The index knows the first four letters: of the rows that it names, some are called otherwise.
        for _ in 0..MOST_LOOKS {
            let mut conditions = Conditions::default();
            conditions.push("customers_parts MATCH ?", asked.clone().into());
            conditions.push("customers_parts.rowid > ?", Value::from(place));
            conditions.clauses.push(KEPT.to_owned());
            let hits = self.customer_hits(&conditions, LOOK)?;
            let last = hits.last().map(|hit| hit.place).filter(|_| hits.len() >= LOOK as usize);
            found.extend(
                hits.into_iter().filter(|hit| is_called([&hit.row.title, &hit.alias], words, false)).map(|hit| hit.row),
            );
            match last {
                Some(last) if found.len() < wanted => place = last,
                Some(_) | None => break,
            }
        }
        found.truncate(wanted);
        Ok(found)
    }

    fn customer_hits(&self, conditions: &Conditions, limit: u32) -> Result<Vec<CustomerHit>> {
        let sql = format!("{CUSTOMERS}{} ORDER BY customers_parts.rowid LIMIT ?", conditions.sql());
        let values = conditions.values.iter().cloned().chain([Value::from(limit)]);
        self.rows(&sql, params_from_iter(values), |row| {
            Ok(CustomerHit { row: read(SearchKind::Customer, row)?, alias: row.get(4)?, place: row.get(5)? })
        })
    }

    /// Subscriptions of the products that have all words in their name, and those whose number begins with the text.
    /// Short words are no help among so many.
    fn subscriptions_found(&self, words: &[Word], limit: u32) -> Result<Vec<SearchRow>> {
        if !words.iter().any(|word| word.text.chars().count() >= LEAST) {
            return Ok(Vec::new());
        }
        let mut found = Vec::new();
        for (product, sku, name) in self.sold_as(words)? {
            let mut conditions = Conditions::default();
            conditions.push("s.product_id = ?", product.into());
            conditions.push("s.sku_id = ?", sku.into());
            conditions.push("+s.product_name = ?", name.into());
            conditions.clauses.push(KEPT.to_owned());
            let left = limit.saturating_sub(u32::try_from(found.len()).unwrap_or(u32::MAX));
            if left == 0 {
                break;
            }
            found.extend(self.hits(SearchKind::Subscription, SUBSCRIPTIONS, &conditions, "", left)?);
        }
        if let [word] = words
            && word.text.chars().count() >= NUMBER
        {
            for (column, text) in [("s.remote_id", &word.text), ("s.order_id", &word.text)] {
                for spelled in [text.clone(), text.to_uppercase()] {
                    let mut conditions = Conditions::default();
                    conditions.push(&format!("{column} >= ?"), spelled.clone().into());
                    conditions.push(&format!("{column} < ?"), format!("{spelled}\u{10ffff}").into());
                    conditions.clauses.push(KEPT.to_owned());
                    found.extend(self.hits(SearchKind::Subscription, SUBSCRIPTIONS, &conditions, "", limit)?);
                }
            }
        }
        let mut seen = std::collections::HashSet::new();
        found.retain(|hit| seen.insert(hit.id.clone()));
        found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(found)
    }

    /// Product, plan and name of what was sold under a name that has all these words.
    pub(super) fn sold_as(&self, words: &[Word]) -> Result<Vec<(String, String, String)>> {
        let mut sold = self.rows("SELECT product_id, sku_id, product_name FROM sold_products", [], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?))
        })?;
        sold.retain(|(_, _, name)| {
            let folded = fold_all(&[name]);
            words.iter().all(|word| folded.contains(&word.text))
        });
        Ok(sold)
    }

    fn hits(
        &self,
        kind: SearchKind,
        select: &str,
        conditions: &Conditions,
        order: &str,
        limit: u32,
    ) -> Result<Vec<SearchRow>> {
        let sql = format!("{select}{} {order} LIMIT ?", conditions.sql());
        let values = conditions.values.iter().cloned().chain([Value::from(limit)]);
        self.rows(&sql, params_from_iter(values), |row| read(kind, row))
    }
}

fn read(kind: SearchKind, row: &Row<'_>) -> rusqlite::Result<SearchRow> {
    Ok(SearchRow {
        kind,
        id: row.get(0)?,
        title: row.get(1)?,
        detail: row.get(2)?,
        customer_id: row.get::<_, Option<Id<_>>>(3)?.map(|id| id.0),
    })
}
