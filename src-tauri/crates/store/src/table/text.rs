//! Search conditions over a folded column: trigrams for words of three letters or more, else a plain look.

use crate::fold::fold;
use rusqlite::types::Value;

/// Folded words of a search.
pub(crate) struct Words {
    /// Three letters or more: the text index knows them.
    pub(crate) long: Vec<String>,
    /// Too short for a trigram.
    pub(crate) short: Vec<String>,
}

impl Words {
    /// Takes a text apart.
    pub(crate) fn of(text: &str) -> Self {
        let folded = fold(text);
        let words = folded.split(' ').filter(|word| !word.is_empty()).map(str::to_owned);
        let (long, short) = words.partition(|word| word.chars().count() >= 3);
        Self { long, short }
    }

    /// What the text index is asked; `None` when every word is too short for it.
    pub(crate) fn expression(&self) -> Option<String> {
        let quoted: Vec<String> = self.long.iter().map(|word| format!("\"{}\"", word.replace('"', "\"\""))).collect();
        (!quoted.is_empty()).then(|| quoted.join(" AND "))
    }
}

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
        let words = Words::of(text);
        if let Some(expression) = words.expression() {
            self.push(&format!("{key} IN (SELECT rowid FROM {index} WHERE {index} MATCH ?)"), expression.into());
        }
        for word in words.short {
            self.push(&format!("instr({column}, ?) > 0"), word.into());
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
