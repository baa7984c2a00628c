//! Columns of a list that seem to hold something else than they should: a list without a head whose columns stand in
//! another order, or phone numbers where people are meant. Each row alone may look right; together they do not.

use crate::country::names::code_of;
use csv::StringRecord;

/// A column, and what it seems to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ColumnHint {
    /// The column, one of a list's.
    pub column: &'static str,
    /// One of [`KINDS`].
    pub holds: &'static str,
}

/// What a column can be seen to hold.
pub const KINDS: [&str; 5] = ["emails", "phones", "tenantIds", "countries", "addresses"];

/// Fewer values tell nothing about a column.
const ENOUGH: usize = 2;

/// Hints for the columns of these rows, in the columns' order.
#[must_use]
pub fn hints(rows: &[(u32, StringRecord)], columns: &[Option<&'static str>]) -> Vec<ColumnHint> {
    let mut found = Vec::new();
    for (at, column) in columns.iter().enumerate() {
        let Some(column) = *column else { continue };
        let values: Vec<&str> =
            rows.iter().filter_map(|(_, row)| row.get(at)).filter(|value| !value.is_empty()).collect();
        if values.len() < ENOUGH {
            continue;
        }
        for holds in KINDS {
            if !foreign(column, holds) {
                continue;
            }
            if values.iter().filter(|value| is(holds, value)).count() * 2 > values.len() {
                found.push(ColumnHint { column, holds });
                break;
            }
        }
    }
    found
}

/// Whether this would be out of place in this column. Where it could be right, nothing is said.
fn foreign(column: &str, holds: &str) -> bool {
    match column {
        "company" => matches!(holds, "emails" | "phones" | "tenantIds" | "countries"),
        // Jo and Li are people, and codes of countries.
        "contactName" => holds != "countries",
        "email" => holds != "emails",
        "country" => holds != "countries",
        "tenantId" => holds != "tenantIds",
        // "de" is a country and a language.
        "language" => holds != "countries",
        "partnerId" => matches!(holds, "emails" | "tenantIds" | "countries"),
        _ => false,
    }
}

fn is(kind: &str, value: &str) -> bool {
    let digits = value.chars().filter(char::is_ascii_digit).count();
    match kind {
        "emails" => value.contains('@') && !value.contains(' '),
        "phones" => digits >= 6 && value.chars().all(|c| c.is_ascii_digit() || " +-/().".contains(c)),
        "tenantIds" => uuid::Uuid::try_parse(value).is_ok(),
        "countries" => code_of(value).is_some(),
        // Street and number, or number and street.
        "addresses" => {
            let letters = value.chars().any(char::is_alphabetic);
            let mut words = value.split_whitespace();
            let numbered = |word: Option<&str>| word.is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()));
            letters && value.contains(' ') && (numbered(words.next()) || numbered(words.next_back()))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{ColumnHint, KINDS};
    use crate::mail::MailLanguage;
    use crate::partnership::read_list;

    fn hints(list: &str) -> Vec<(&'static str, &'static str)> {
        let read = read_list(list, MailLanguage::De, &|_| None);
        read.hints.iter().map(|ColumnHint { column, holds }| (*column, *holds)).collect()
    }

    #[test]
    fn names_columns_that_hold_something_else() {
        let in_another_order = "a@b.example;Ärmel GmbH;Kaja Ö.;DE\nc@d.example;Söhne AG;Jo Li;AT";
        assert_eq!(hints(in_another_order), [("company", "emails")]);
        let phones =
            "Firma;Ansprechpartner;E-Mail;Land\nA;+49 431 55501;a@b.example;DE\nB;(0431) 555 02;c@d.example;DE";
        assert_eq!(hints(phones), [("contactName", "phones")]);
        let streets = "A;Hafenstraße 12;a@b.example;DE\nB;3 Park Lane;c@d.example;GB\nC;Kaja;e@f.example;DE";
        assert_eq!(hints(streets), [("contactName", "addresses")]);
        let swapped = "A;Kaja;Deutschland;a@b.example\nB;Jo;Austria;c@d.example";
        assert_eq!(hints(swapped), [("email", "countries"), ("country", "emails")]);
    }

    #[test]
    fn says_nothing_of_a_list_that_is_right() {
        for right in [
            "A;Kaja Ö.;a@b.example;DE;;4812345;de\nB;;c@d.example;AT;;4812346;en",
            "Südwind 01 GmbH;Jo;a@b.example;Germany\nSüdwind 02 GmbH;Li;c@d.example;Österreich",
            "A;+49 431 55501;a@b.example;DE",
        ] {
            assert_eq!(hints(right), [], "{right}");
        }
    }

    #[test]
    fn sees_it_in_a_list_that_is_far_too_long_as_well() {
        let long: String = (0..3000).map(|n| format!("f{n}@b.example;Firma {n} GmbH;;DE\n")).collect();
        assert_eq!(hints(&long), [("company", "emails")]);
        assert!(KINDS.contains(&"emails"));
    }
}
