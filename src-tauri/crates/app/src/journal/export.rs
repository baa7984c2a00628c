//! The journal as a table: whole, or as it is filtered.

use super::query;
use crate::App;
use crate::error::AppResult;
use crate::export::{Table, Words, word};
use crate::views::{ExportDone, ExportWord, JournalFilter};
use cb_domain::export::Cell;
use cb_domain::journal::{FieldChange, JournalDraft, JournalEntry, JournalKind};
use cb_store::{JournalQuery, StoreError};
use jiff::tz::TimeZone;
use std::path::PathBuf;

/// Entries read in one go.
const SLICE: u32 = 500;

/// Columns in their order; the screen has a text for each.
const HEAD: [&str; 17] = [
    "number",
    "at",
    "utc",
    "actor",
    "area",
    "what",
    "subject",
    "customer",
    "operation",
    "field",
    "before",
    "after",
    "reason",
    "status",
    "code",
    "request_id",
    "correlation_id",
];

impl App {
    /// Writes the journal, as filtered, into a file that the person has chosen.
    ///
    /// # Errors
    /// `DiskFull` and other file errors, which leave no file; `NoBook`, or the store's.
    pub async fn export_journal(
        &self,
        filter: JournalFilter,
        words: Vec<ExportWord>,
        to: PathBuf,
    ) -> AppResult<ExportDone> {
        let open = self.open_book().await?;
        let zone = self.inner.host.clock.time_zone();
        let words = Words::new(words);
        let end = open.book.read(|db| db.journal().count()).await?.saturating_add(1);
        let mut query = JournalQuery { above: Some(0), below: Some(end), limit: SLICE, ..query(&filter, &zone)? };
        let mut file = Table::begin(&to, &words.head(HEAD))?;
        let (mut entries, mut rows) = (0_u32, 0_u32);
        loop {
            let this = query.clone();
            let page = open
                .book
                .read(move |db| {
                    let found = db.journal().page(&this)?;
                    found
                        .into_iter()
                        .map(|entry| Ok((customer_of(db, &entry)?, entry)))
                        .collect::<Result<Vec<_>, StoreError>>()
                })
                .await?;
            for (customer, entry) in &page {
                for line in lines(entry, customer, &words, &zone) {
                    file.row(&line)?;
                    rows = rows.saturating_add(1);
                }
                entries = entries.saturating_add(1);
            }
            query.above = page.last().map(|(_, entry)| entry.number);
            if page.len() < usize::try_from(SLICE).unwrap_or(usize::MAX) {
                break;
            }
        }
        let file = tokio::task::spawn_blocking(move || file.finish()).await.map_err(std::io::Error::other)??;
        let told = JournalDraft {
            reason: entries.to_string(),
            customer_id: query.customer_id,
            reseller_id: query.reseller_id,
            ..JournalDraft::new(JournalKind::JournalExported)
        };
        let written = open.book.write(move |tx| tx.tell(&told)).await?;
        self.publish(&written.topics);
        Ok(ExportDone { entries, rows, file })
    }
}

fn customer_of(db: &cb_store::Db, entry: &JournalEntry) -> Result<String, StoreError> {
    let found = entry.entry.customer_id.map(|id| db.customers().get(id)).transpose()?.flatten();
    Ok(found.map(|customer| customer.name).unwrap_or_default())
}

/// One line for each value that changed; one without a value where none did.
fn lines(entry: &JournalEntry, customer: &str, words: &Words, zone: &TimeZone) -> Vec<[Cell; 17]> {
    let told = &entry.entry;
    let none = [FieldChange::new("", "", "")];
    let changes = if told.content.changes.is_empty() { &none[..] } else { &told.content.changes };
    let local = entry.at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M:%S").to_string();
    let who = if entry.person.is_empty() { words.say("actor", &word(&entry.actor)) } else { entry.person.clone() };
    let operation = told.operation.map(|(_, kind)| words.say("operation", &word(&kind))).unwrap_or_default();
    changes
        .iter()
        .map(|change| {
            let field = if change.field.is_empty() { String::new() } else { words.say("field", &change.field) };
            let value = |text: &str| words.say(&format!("value.{}", change.field), text);
            [
                Cell::Number(entry.number),
                Cell::Text(local.clone()),
                Cell::Text(entry.at.to_string()),
                Cell::Text(who.clone()),
                Cell::Text(words.say("area", &word(&told.kind.area()))),
                Cell::Text(words.say("kind", &word(&told.kind))),
                Cell::text(&told.content.subject),
                Cell::text(customer),
                Cell::Text(operation.clone()),
                Cell::Text(field),
                Cell::Text(value(&change.before)),
                Cell::Text(value(&change.after)),
                Cell::Text(words.say("reason", &told.reason)),
                number_or_none(i64::from(told.status)),
                number_or_none(i64::from(told.code)),
                Cell::Text(told.request_key.map(|id| id.to_string()).unwrap_or_default()),
                Cell::Text(told.correlation_id.map(|id| id.to_string()).unwrap_or_default()),
            ]
        })
        .collect()
}

fn number_or_none(number: i64) -> Cell {
    if number == 0 { Cell::text("") } else { Cell::Number(number) }
}
