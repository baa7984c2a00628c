//! Tables as files: CSV, or a workbook of Excel, as the name of the file says. Written row by row into a file beside the
//! chosen one, which takes its name when it is whole: nothing is held in memory, and a full disk leaves no half file.

mod customers;
mod file;
#[cfg(test)]
mod tests;
mod workbook;

use crate::error::AppResult;
use crate::views::ExportWord;
use cb_domain::export::{BYTE_ORDER_MARK, Cell, csv_row};
use file::Half;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use workbook::Sheets;

/// How words are said in the person's language; what has no text stands as it is.
pub(crate) struct Words(HashMap<String, String>);

impl Words {
    /// As the screen gave them.
    pub(crate) fn new(words: Vec<ExportWord>) -> Self {
        Self(words.into_iter().map(|word| (word.key, word.text)).collect())
    }

    /// `word` of a group, for example `kind` of entries or `term` of subscriptions.
    pub(crate) fn say(&self, group: &str, word: &str) -> String {
        self.0.get(&format!("{group}.{word}")).cloned().unwrap_or_else(|| word.to_owned())
    }

    /// The words over the columns.
    pub(crate) fn head<const COLUMNS: usize>(&self, columns: [&str; COLUMNS]) -> [String; COLUMNS] {
        columns.map(|column| self.say("head", column))
    }
}

/// The word of an enum, as it stands in the book.
pub(crate) fn word<T: serde::Serialize>(value: &T) -> String {
    let text = serde_json::to_string(value).unwrap_or_default();
    text.trim_matches('"').to_owned()
}

/// A table that is being written.
pub(crate) struct Table {
    to: PathBuf,
    half: Half,
    form: Form,
}

enum Form {
    Csv,
    Workbook(Box<Sheets>),
}

impl Table {
    /// Begins with the head.
    ///
    /// # Errors
    /// When the place can't be written.
    pub(crate) fn begin(to: &Path, head: &[String]) -> AppResult<Self> {
        let mut half = Half::begin(to)?;
        let is_workbook = to.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"));
        let form = if is_workbook {
            Form::Workbook(Box::new(Sheets::begin(half.folder(), head)?))
        } else {
            half.write(BYTE_ORDER_MARK)?;
            half.write(&csv_row(&head.iter().map(Cell::text).collect::<Vec<_>>()))?;
            Form::Csv
        };
        Ok(Self { to: to.to_owned(), half, form })
    }

    /// One row.
    ///
    /// # Errors
    /// When it can't be written.
    pub(crate) fn row(&mut self, cells: &[Cell]) -> AppResult<()> {
        match &mut self.form {
            Form::Csv => self.half.write(&csv_row(cells)),
            Form::Workbook(sheets) => Ok(sheets.row(cells)?),
        }
    }

    /// Gives the file its name, and tells which.
    ///
    /// # Errors
    /// When it can't be written; then there is none.
    pub(crate) fn finish(mut self) -> AppResult<String> {
        if let Form::Workbook(sheets) = self.form {
            sheets.finish(self.half.file()?)?;
        }
        self.half.finish(&self.to)?;
        Ok(self.to.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default())
    }
}
