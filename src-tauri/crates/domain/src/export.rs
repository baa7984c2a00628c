//! Rows of a table that a spreadsheet may open (W5). As CSV: RFC 4180, and no cell that it would run as a formula.

use crate::money::Money;
use jiff::civil::Date;

/// What such a file begins with, so that Excel reads it as UTF-8.
pub const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A cell of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// What a person or a server wrote: shown as text, whatever it begins with.
    Text(String),
    /// A number, which stays one.
    Number(i64),
    /// An amount without its currency, with two decimals.
    Amount(Money),
    /// A day.
    Day(Date),
}

impl Cell {
    /// A cell of text.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }
}

/// One line with its end. NUL, which no spreadsheet reads, is left out.
#[must_use]
pub fn csv_row(cells: &[Cell]) -> String {
    let mut row = String::new();
    for (index, cell) in cells.iter().enumerate() {
        if index > 0 {
            row.push(',');
        }
        match cell {
            Cell::Number(number) => row.push_str(&number.to_string()),
            Cell::Amount(money) => row.push_str(&amount(money)),
            Cell::Day(day) => row.push_str(&day.to_string()),
            Cell::Text(text) => push_text(&mut row, text),
        }
    }
    row.push_str("\r\n");
    row
}

/// `1234` minor units as `12.34`, whatever the language: a file is read by programs.
fn amount(money: &Money) -> String {
    let (sign, minor) = (if money.minor < 0 { "-" } else { "" }, money.minor.unsigned_abs());
    format!("{sign}{}.{:02}", minor / 100, minor % 100)
}

fn push_text(row: &mut String, text: &str) {
    // Blanks before it don't hinder a spreadsheet from running a formula.
    let first = text.trim_start_matches(' ').chars().next();
    let runs = matches!(first, Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\0' | '＝' | '＋' | '－' | '＠'));
    let quoted =
        runs || text.contains([',', ';', '"', '\r', '\n', '\t']) || text.starts_with(' ') || text.ends_with(' ');
    if !quoted {
        row.extend(text.chars().filter(|letter| *letter != '\0'));
        return;
    }
    row.push('"');
    if runs {
        row.push('\'');
    }
    for letter in text.chars().filter(|letter| *letter != '\0') {
        if letter == '"' {
            row.push('"');
        }
        row.push(letter);
    }
    row.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn one(text: &str) -> String {
        csv_row(&[Cell::text(text)]).trim_end_matches("\r\n").to_owned()
    }

    #[test]
    fn what_a_spreadsheet_would_run_begins_with_an_apostrophe() {
        for text in ["=1+1", "+49 40", "-x", "@sum", "\tx", "\rx", "\0x", " =1+1", "＝1"] {
            assert!(one(text).starts_with("\"'"), "{text:?}: {}", one(text));
        }
        assert_eq!(one("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
        assert_eq!(one("a=b"), "a=b");
    }

    #[test]
    fn quoting_follows_rfc_4180_and_numbers_stay_numbers() {
        assert_eq!(csv_row(&[Cell::text("a,b"), Cell::text("c\"d"), Cell::Number(-5)]), "\"a,b\",\"c\"\"d\",-5\r\n");
        assert_eq!(one("zwei\nZeilen"), "\"zwei\nZeilen\"");
        assert_eq!(one(""), "");
    }

    #[test]
    fn days_and_amounts_are_written_the_same_in_every_language() {
        let euro = |minor| Cell::Amount(Money { minor, currency: crate::money::Currency("EUR".to_owned()) });
        let day = Cell::Day(jiff::civil::date(2028, 2, 29));
        assert_eq!(csv_row(&[day, euro(1234), euro(-5), euro(100)]), "2028-02-29,12.34,-0.05,1.00\r\n");
    }

    proptest! {
        #[test]
        fn every_text_reads_back(texts in proptest::collection::vec("[^\\x00]{0,20}", 1..6)) {
            let row = csv_row(&texts.iter().map(Cell::text).collect::<Vec<_>>());
            // As in a file: a cell may begin with what the file begins with.
            let file = format!("{BYTE_ORDER_MARK}{row}");
            let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(file.as_bytes());
            // A lone empty cell is an empty line, which readers skip.
            prop_assume!(texts.len() > 1 || !texts[0].is_empty());
            let record = reader.records().next().unwrap().unwrap();
            let read: Vec<String> = record.iter().map(str::to_owned).collect();
            for (wanted, found) in texts.iter().zip(&read) {
                prop_assert!(found == wanted || found.strip_prefix('\'') == Some(wanted.as_str()));
            }
            prop_assert_eq!(read.len(), texts.len());
        }
    }
}
