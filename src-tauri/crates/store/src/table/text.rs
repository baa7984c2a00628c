//! Search conditions: what a typed text asks of the folded words of a row.
//!
//! A word of one letter is the beginning of a word, every other one is part of a word.

use crate::fold::fold;
use rusqlite::types::Value;

/// The longest part of a word that the index of customers holds.
pub(super) const LONGEST_PART: usize = 4;

/// A typed word, folded.
pub(super) struct Word {
    pub(super) text: String,
}

impl Word {
    /// The words of a text.
    pub(super) fn all(text: &str) -> Vec<Self> {
        let one = |word: &str| Self { text: microsoft_id(word).unwrap_or_else(|| word.to_owned()) };
        fold(text).split_whitespace().map(one).collect()
    }

    /// Letters and digits only, and no more of them than a part has: then the index answers alone.
    pub(super) fn is_part(&self) -> bool {
        self.text.chars().all(char::is_alphanumeric) && self.text.chars().count() <= LONGEST_PART
    }

    /// A word that must be begun, not only held.
    fn is_letter(&self) -> bool {
        self.text.chars().count() == 1 && self.text.chars().all(char::is_alphanumeric)
    }
}

/// A whole Microsoft ID as the book writes it: other tools write it in braces, or without hyphens.
fn microsoft_id(word: &str) -> Option<String> {
    let bare = word.trim_start_matches('{').trim_end_matches('}');
    let digits: String = bare.chars().filter(|letter| *letter != '-').collect();
    let fits = digits.len() == 32 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    let parts = [digits.get(..8)?, digits.get(8..12)?, digits.get(12..16)?, digits.get(16..20)?, digits.get(20..)?];
    fits.then(|| parts.join("-"))
}

/// The pieces of a written word that are letters and digits.
pub(super) fn words(written: &str) -> impl Iterator<Item = &str> {
    written.split(|letter: char| !letter.is_alphanumeric()).filter(|piece| !piece.is_empty())
}

/// Conditions and their values, in the order of the `?` in them.
#[derive(Clone, Default)]
pub(crate) struct Conditions {
    pub(crate) clauses: Vec<String>,
    pub(crate) values: Vec<Value>,
}

impl Conditions {
    /// A typed word stands in the folded words of a customer, as the index understands it.
    pub(super) fn word(&mut self, word: &Word, column: &str, tenant: &str) {
        if word.is_letter() {
            self.clauses.push(format!("(instr({column}, ?) > 0 OR instr({column}, ?) > 0)"));
            self.values.extend([format!(" {}", word.text).into(), format!("\n{}", word.text).into()]);
        } else if super::customer_parts::of_tenant(&word.text).is_some() {
            self.clauses.push(format!("(instr({column}, ?) > 0 OR instr({tenant}, ?) = 1)"));
            self.values.extend([word.text.clone().into(), word.text.clone().into()]);
        } else {
            self.push(&format!("instr({column}, ?) > 0"), word.text.clone().into());
        }
    }

    /// Every word of the text stands in the column of a table that is small enough to be looked through.
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
