//! Search conditions over a folded column: trigrams for words of three letters or more, else a plain look.

use crate::fold::fold;
use rusqlite::types::Value;

/// Conditions and their values, in the order of the `?` in them.
#[derive(Default)]
pub(crate) struct Conditions {
    pub(crate) clauses: Vec<String>,
    pub(crate) values: Vec<Value>,
}

impl Conditions {
    /// Every word of the text, or a part of a word, must stand in the folded column.
    /// `key` is the table's row number and `index` its text index.
    pub(crate) fn text(&mut self, text: &str, key: &str, column: &str, index: &str) {
        let folded = fold(text);
        let (long, short): (Vec<&str>, Vec<&str>) = folded.split(' ').partition(|word| word.chars().count() >= 3);
        if !long.is_empty() {
            let quoted: Vec<String> = long.iter().map(|word| format!("\"{}\"", word.replace('"', "\"\""))).collect();
            self.push(
                &format!("{key} IN (SELECT rowid FROM {index} WHERE {index} MATCH ?)"),
                quoted.join(" AND ").into(),
            );
        }
        for word in short.into_iter().filter(|word| !word.is_empty()) {
            self.push(&format!("instr({column}, ?) > 0"), word.to_owned().into());
        }
    }

    /// The same for a table that is small enough to be looked through.
    pub(crate) fn plain(&mut self, text: &str, column: &str) {
        for word in fold(text).split(' ').filter(|word| !word.is_empty()) {
            self.push(&format!("instr({column}, ?) > 0"), word.to_owned().into());
        }
    }

    /// Adds a condition with one value.
    pub(crate) fn push(&mut self, clause: &str, value: Value) {
        self.clauses.push(clause.to_owned());
        self.values.push(value);
    }

    /// ` WHERE …`, or nothing.
    pub(crate) fn sql(&self) -> String {
        if self.clauses.is_empty() { String::new() } else { format!(" WHERE {}", self.clauses.join(" AND ")) }
    }
}
