//! The journal as a CSV file: whole, or as it is filtered. Written page by page into a file beside the chosen one, which
//! takes its name when it is whole; nothing of it is held in memory, and a full disk leaves no half file.

use super::query;
use crate::App;
use crate::error::{AppError, AppResult};
use crate::views::{ExportDone, ExportWord, JournalFilter};
use cb_domain::export::{BYTE_ORDER_MARK, Cell, csv_row};
use cb_domain::journal::{FieldChange, JournalDraft, JournalEntry, JournalKind};
use cb_store::{JournalQuery, StoreError};
use jiff::tz::TimeZone;
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

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

/// How words are said in the person's language; what has no text stands as it is.
struct Words(HashMap<String, String>);

impl Words {
    fn say(&self, group: &str, word: &str) -> String {
        self.0.get(&format!("{group}.{word}")).cloned().unwrap_or_else(|| word.to_owned())
    }
}

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
        let words = Words(words.into_iter().map(|word| (word.key, word.text)).collect());
        let end = open.book.read(|db| db.journal().count()).await?.saturating_add(1);
        let mut query = JournalQuery { above: Some(0), below: Some(end), limit: SLICE, ..query(&filter, &zone)? };
        let mut file = Half::begin(&to)?;
        file.write(BYTE_ORDER_MARK)?;
        file.write(&csv_row(&HEAD.map(|head| Cell::Text(words.say("head", head)))))?;
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
                    file.write(&csv_row(&line))?;
                    rows = rows.saturating_add(1);
                }
                entries = entries.saturating_add(1);
            }
            query.above = page.last().map(|(_, entry)| entry.number);
            if page.len() < usize::try_from(SLICE).unwrap_or(usize::MAX) {
                break;
            }
        }
        file.finish(&to)?;
        let told = JournalDraft {
            reason: entries.to_string(),
            customer_id: query.customer_id,
            reseller_id: query.reseller_id,
            ..JournalDraft::new(JournalKind::JournalExported)
        };
        let written = open.book.write(move |tx| tx.tell(&told)).await?;
        self.publish(&written.topics);
        let file = to.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
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

/// The word of an enum, as it stands in the book.
fn word<T: serde::Serialize>(value: &T) -> String {
    let text = serde_json::to_string(value).unwrap_or_default();
    text.trim_matches('"').to_owned()
}

/// A file that is not whole yet; gone again unless it is finished.
struct Half {
    path: PathBuf,
    file: Option<BufWriter<File>>,
}

impl Half {
    fn begin(to: &Path) -> AppResult<Self> {
        let mut name = to.file_name().ok_or(AppError::NotFound)?.to_os_string();
        name.push(".part");
        let path = to.with_file_name(name);
        let file = Some(BufWriter::new(File::create(&path)?));
        Ok(Self { path, file })
    }

    fn write(&mut self, text: &str) -> AppResult<()> {
        match &mut self.file {
            Some(file) => Ok(file.write_all(text.as_bytes())?),
            None => Err(AppError::NotFound),
        }
    }

    fn finish(mut self, to: &Path) -> AppResult<()> {
        if let Some(mut file) = self.file.take() {
            file.flush()?;
            file.get_ref().sync_all()?;
            drop(file);
            if let Err(error) = std::fs::rename(&self.path, to) {
                let _ = std::fs::remove_file(&self.path);
                return Err(error.into());
            }
        }
        Ok(())
    }
}

impl Drop for Half {
    fn drop(&mut self) {
        if self.file.take().is_some() && std::fs::remove_file(&self.path).is_err() {
            tracing::warn!("half an export is still there");
        }
    }
}
