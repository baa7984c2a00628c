//! A report as a PDF file: headings, facts and tables on A4 paper. It knows no word of the trade and no language; what
//! stands on the page is handed in as text.
//!
//! Krilla writes the file. The typeface is Noto Sans (Apache License 2.0), of which only the letters used are embedded:
//! it has Latin with all European accents, Greek and Cyrillic.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail loudly"))]

mod layout;
mod paper;
#[cfg(test)]
mod tests;
mod typeface;

/// What stands in a report, from top to bottom.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Document {
    /// BCP 47, for readers that speak.
    pub language: String,
    /// What kind of report this is, small above the title.
    pub kind: String,
    /// Title.
    pub title: String,
    /// Facts below it, in two columns.
    pub facts: Vec<Fact>,
    /// The rest.
    pub blocks: Vec<Block>,
    /// At the foot of every page, before the page's number.
    pub footer: String,
}

/// A label with its value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fact {
    /// Label.
    pub label: String,
    /// Value.
    pub value: String,
}

/// A part of the report.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// Begins a part of the report.
    Section {
        /// Its heading.
        text: String,
    },
    /// Begins what belongs to one subject.
    Heading {
        /// Left, strong.
        text: String,
        /// Right, quiet.
        note: String,
    },
    /// Labels and values, one below the other.
    Facts(Vec<Fact>),
    /// Rows under column heads.
    Table(Table),
    /// Lines with a dot before each.
    List(Vec<String>),
    /// One paragraph.
    Text(String),
}

/// A table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// Columns.
    pub columns: Vec<Column>,
    /// Rows; each has as many cells as there are columns.
    pub rows: Vec<Vec<String>>,
}

/// A column.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Column {
    /// Its head.
    pub head: String,
    /// Numbers stand right.
    pub right: bool,
    /// Its share of the width.
    pub share: f32,
}

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The typeface that is built in could not be read.
    #[error("the typeface can't be read")]
    Typeface,
    /// The file could not be put together.
    #[error("the PDF could not be written: {0}")]
    Pdf(String),
}

/// The report as the bytes of a PDF file. It fits on one page where a slightly smaller type makes it; a longer one goes
/// on over more pages, never through the middle of a row.
///
/// # Errors
/// [`ReportError`], which no content brings about.
pub fn pdf(document: &Document) -> Result<Vec<u8>, ReportError> {
    let typeface = typeface::Typeface::load()?;
    let pages = layout::pages(document, &typeface);
    paper::write(document, &pages)
}

/// How many pages it takes.
///
/// # Errors
/// As [`pdf`].
pub fn page_count(document: &Document) -> Result<usize, ReportError> {
    Ok(layout::pages(document, &typeface::Typeface::load()?).len())
}
