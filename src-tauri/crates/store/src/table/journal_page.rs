//! Pages of the journal, newest first, by keyset: whole, of one customer, or of one reseller.

use super::journal::{COLUMNS, Journal, read};
use crate::fold::fold;
use crate::value::{Id, Time, Word};
use crate::{Result, StoreError};
use cb_domain::ids::{CustomerId, ResellerId};
use cb_domain::journal::{JournalArea, JournalEntry};
use jiff::Timestamp;
use rusqlite::ToSql;

/// Shortest text that the index of trigrams can find.
const TRIGRAM: usize = 3;

/// What to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct JournalQuery {
    /// Of this customer only.
    pub customer_id: Option<CustomerId>,
    /// Of this reseller and its customers only.
    pub reseller_id: Option<ResellerId>,
    /// Of these areas; empty for all.
    pub areas: Vec<JournalArea>,
    /// Not before.
    pub from: Option<Timestamp>,
    /// Before.
    pub to: Option<Timestamp>,
    /// Text as typed.
    pub search: String,
    /// Only entries with a lower number: the cursor of the page before.
    pub below: Option<i64>,
    /// Only entries with a higher number, and then oldest first.
    pub above: Option<i64>,
    /// Rows wanted.
    pub limit: u32,
}

impl Journal<'_> {
    /// A page, newest first unless `above` is given. It is the last one when it has fewer rows than asked for.
    ///
    /// # Errors
    /// When the database fails.
    pub fn page(&self, query: &JournalQuery) -> Result<Vec<JournalEntry>> {
        let (conditions, mut values) = conditions(query);
        values.push(Box::new(query.limit));
        let sql = format!(
            "SELECT {COLUMNS} FROM journal j WHERE {conditions} ORDER BY j.number {} LIMIT ?{}",
            if query.above.is_some() { "ASC" } else { "DESC" },
            values.len()
        );
        self.0.rows(&sql, rusqlite::params_from_iter(values), read)
    }

    /// Entries of the whole journal.
    ///
    /// # Errors
    /// When the database fails.
    pub fn count(&self) -> Result<i64> {
        self.0.number("SELECT head_number FROM journal_state", [])
    }

    /// How many entries match; the cursor is left out of account.
    ///
    /// # Errors
    /// When the database fails.
    pub fn matching(&self, query: &JournalQuery) -> Result<u32> {
        let all = JournalQuery { below: None, above: None, ..query.clone() };
        let (conditions, values) = conditions(&all);
        self.0.number(&format!("SELECT count(*) FROM journal j WHERE {conditions}"), rusqlite::params_from_iter(values))
    }

    /// An entry.
    ///
    /// # Errors
    /// `NotFound` when there is no such number; when the database fails.
    pub fn get(&self, number: i64) -> Result<JournalEntry> {
        self.0
            .row(&format!("SELECT {COLUMNS} FROM journal j WHERE j.number = ?1"), [number], read)?
            .ok_or(StoreError::NotFound)
    }
}

fn conditions(query: &JournalQuery) -> (String, Vec<Box<dyn ToSql>>) {
    let mut values: Vec<Box<dyn ToSql>> = Vec::new();
    let mut all = vec!["1 = 1".to_owned()];
    let mut add = |condition: &str, value: Box<dyn ToSql>| {
        values.push(value);
        all.push(condition.replace('?', &format!("?{}", values.len())));
    };
    if let Some(id) = query.customer_id {
        add("j.customer_id = ?", Box::new(Id(id)));
    }
    if let Some(id) = query.reseller_id {
        add("j.reseller_id = ?", Box::new(Id(id)));
    }
    if let Some(from) = query.from {
        add("j.at >= ?", Box::new(Time(from)));
    }
    if let Some(to) = query.to {
        add("j.at < ?", Box::new(Time(to)));
    }
    if let Some(below) = query.below {
        add("j.number < ?", Box::new(below));
    }
    if let Some(above) = query.above {
        add("j.number > ?", Box::new(above));
    }
    for word in fold(&query.search).split_whitespace() {
        if word.chars().count() >= TRIGRAM {
            let quoted = format!("\"{}\"", word.replace('"', "\"\""));
            add("j.number IN (SELECT rowid FROM journal_text WHERE journal_text MATCH ?)", Box::new(quoted));
        } else {
            add("instr(j.folded, ?) > 0", Box::new(word.to_owned()));
        }
    }
    if !query.areas.is_empty() {
        let mut places = Vec::new();
        for area in &query.areas {
            values.push(Box::new(Word(*area)));
            places.push(format!("?{}", values.len()));
        }
        all.push(format!("j.area IN ({})", places.join(", ")));
    }
    (all.join(" AND "), values)
}
