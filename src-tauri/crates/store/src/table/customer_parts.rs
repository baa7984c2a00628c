//! The text index of customers: parts of words of one to four letters, and what lists are filtered by, each row under
//! its place in the order of names.
//!
//! Every part of a word of two, three and four letters is a word of the index, and the first letter of each word; the
//! beginnings of words of name and alias are in it once more, marked, so that the global search can ask for these first. A search
//! asks for the longest parts, so that few rows come and come at once; words longer than four letters are looked up
//! in the row itself afterwards. Because the row number is the place, hits come in the order of names, and the
//! search ends when the page is full: it costs the same in a book of any size.

use super::text::{LONGEST_PART, Word, words};
use crate::fold::{fold, fold_all, fold_number};
use crate::value::Id;
use crate::{Result, Tx};
use cb_domain::customer::Customer;
use cb_domain::ids::{CustomerId, ResellerId, TenantId};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// What the index knows of a row besides its words.
pub(super) struct Facets<'a> {
    /// Name and alias: how it is called.
    pub(super) called: [&'a str; 2],
    pub(super) country: &'a str,
    pub(super) reseller_id: Option<ResellerId>,
    pub(super) tenant_id: Option<TenantId>,
    pub(super) tags: &'a [String],
}

/// All searched words of a customer, folded, each word after a blank or a line break.
pub(super) fn searched(customer: &Customer, tags: &[String]) -> String {
    let digits = fold_number(&customer.registration_number);
    let mut fields = vec![
        customer.name.as_str(),
        &customer.alias,
        &customer.domain_prefix,
        &customer.contact_name,
        &customer.contact_email,
        &customer.registration_number,
        &digits,
        &customer.town,
    ];
    fields.extend(tags.iter().map(String::as_str));
    // The break in front lets the first word begin like any other.
    format!("\n{}", fold_all(&fields))
}

/// The words of the index for a row, one blank between them.
pub(super) fn parts(folded: &str, facets: &Facets<'_>) -> String {
    let mut found: BTreeSet<&str> = BTreeSet::new();
    for written in folded.split_whitespace() {
        if let Some(first) = written.chars().next().filter(|letter| letter.is_alphanumeric()) {
            found.insert(&written[..first.len_utf8()]);
        }
        for word in words(written) {
            let starts: Vec<usize> = word.char_indices().map(|(at, _)| at).chain([word.len()]).collect();
            for length in 2..=LONGEST_PART {
                found.extend(starts.windows(length + 1).filter_map(|edges| word.get(edges[0]..edges[length])));
            }
        }
    }
    let mut text = String::with_capacity(found.len() * 5 + 80);
    for part in found {
        text.push_str(part);
        text.push(' ');
    }
    for part in beginnings(&fold_all(&facets.called)) {
        text.push_str(&part);
        text.push(' ');
    }
    text.push_str(&of_country(facets.country));
    if let Some(reseller) = facets.reseller_id {
        text.push(' ');
        text.push_str(&of_reseller(reseller));
    }
    if let Some(tenant) = facets.tenant_id {
        text.push(' ');
        text.push_str(&of_tenant(&tenant.to_string()).unwrap_or_default());
    }
    for tag in facets.tags {
        text.push(' ');
        text.push_str(&of_tag(tag));
    }
    text
}

/// Marks the beginning of a word of name or alias. Nobody types it, and the tokenizer takes it for a letter.
const CALLED: char = '\u{e000}';

/// Marked beginnings of one to four letters of the words that a customer is called by.
fn beginnings(called: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for word in words(called) {
        let mut marked = String::from(CALLED);
        for letter in word.chars().take(LONGEST_PART) {
            marked.push(letter);
            found.insert(marked.clone());
        }
    }
    found
}

/// What the index is asked for customers that have words in name or alias beginning with these; `None` when they have no
/// letter. Words longer than a part are looked up in [`is_called`] afterwards.
pub(super) fn called_expression(typed: &[Word]) -> Option<String> {
    let begins =
        |piece: &str| quoted(&[CALLED].into_iter().chain(piece.chars().take(LONGEST_PART)).collect::<String>());
    let wanted: Vec<String> = typed.iter().flat_map(|word| words(&word.text)).map(begins).collect();
    (!wanted.is_empty()).then(|| wanted.join(" AND "))
}

/// Each typed word begins a word of name or alias, or with `within` stands anywhere in them.
pub(super) fn is_called(called: [&str; 2], typed: &[Word], within: bool) -> bool {
    let folded = fold_all(&called);
    typed
        .iter()
        .flat_map(|word| words(&word.text))
        .all(|piece| if within { folded.contains(piece) } else { words(&folded).any(|word| word.starts_with(piece)) })
}

/// Index word of a country.
pub(super) fn of_country(code: &str) -> String {
    format!("country{}", code.to_lowercase())
}

/// Index word of a reseller.
pub(super) fn of_reseller(id: ResellerId) -> String {
    format!("reseller{}", id.to_string().replace('-', ""))
}

/// Index word of a tag, the same for every writing of it.
pub(super) fn of_tag(tag: &str) -> String {
    fold(tag).bytes().fold("tag".to_owned(), |mut word, byte| {
        // Writing to a string does not fail.
        let _ = write!(word, "{byte:02x}");
        word
    })
}

/// Index word of a Microsoft ID by its first eight digits; `None` for a text that begins none.
pub(super) fn of_tenant(text: &str) -> Option<String> {
    let digits = text.get(..8).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))?;
    let fits = text.len() <= 36 && text.bytes().all(|letter| letter.is_ascii_hexdigit() || letter == b'-');
    fits.then(|| format!("tenant{digits}"))
}

/// What the index is asked for one typed word: its longest parts, as few as cover it. `None` when it has no letter.
pub(super) fn expression(word: &Word) -> Option<String> {
    let mut wanted: Vec<String> = Vec::new();
    for piece in words(&word.text) {
        let letters: Vec<char> = piece.chars().collect();
        if letters.len() == 1 && piece != word.text {
            // A single letter within punctuation: the look into the row finds it.
            continue;
        }
        let length = letters.len().min(LONGEST_PART);
        let last = letters.len() - length;
        let mut at = 0;
        loop {
            wanted.push(quoted(&letters[at..at + length].iter().collect::<String>()));
            if at == last {
                break;
            }
            at = (at + length).min(last);
        }
    }
    let of_letters = (!wanted.is_empty()).then(|| format!("({})", wanted.join(" AND ")));
    match (of_letters, of_tenant(&word.text)) {
        (Some(letters), Some(tenant)) => Some(format!("({letters} OR {})", quoted(&tenant))),
        (letters, _) => letters,
    }
}

/// A word of the index as the index is asked for it.
pub(super) fn quoted(word: &str) -> String {
    format!("\"{word}\"")
}

/// What a row was before it was written.
pub(super) struct Before {
    pub(super) name_key: String,
    pub(super) place: Option<i64>,
    pub(super) text: String,
}

impl Tx {
    /// Brings what is searched of a customer in line with its row and its tags.
    fn index_customer(&self, id: CustomerId) -> Result<()> {
        let Some(customer) = self.customers().get(id)? else { return Ok(()) };
        let tags = self.customer_book().tags(id)?;
        let folded = searched(&customer, &tags);
        let before = self.indexed(id)?;
        self.execute("UPDATE customers SET folded = ?2 WHERE id = ?1 AND folded <> ?2", (Id(id), &folded))?;
        self.index(&customer, &tags, &folded, before)
    }

    /// How the row stood in the index.
    pub(super) fn indexed(&self, id: CustomerId) -> Result<Option<Before>> {
        let found = self.row(
            "SELECT name_key, place, folded, country, reseller_id, tenant_id, name, alias FROM customers WHERE id = ?1",
            [Id(id)],
            |row| {
                let called: [String; 2] = [row.get(6)?, row.get(7)?];
                let (folded, country): (String, String) = (row.get(2)?, row.get(3)?);
                let reseller_id = row.get::<_, Option<Id<ResellerId>>>(4)?.map(|id| id.0);
                let tenant_id = row.get::<_, Option<Id<TenantId>>>(5)?.map(|id| id.0);
                let before = Before { name_key: row.get(0)?, place: row.get(1)?, text: folded };
                Ok((before, called, country, reseller_id, tenant_id))
            },
        )?;
        let Some((mut before, called, country, reseller_id, tenant_id)) = found else { return Ok(None) };
        // Tags are left out on purpose: whoever changes them has the row written anew.
        let called = [called[0].as_str(), called[1].as_str()];
        let facets = Facets { called, country: &country, reseller_id, tenant_id, tags: &[] };
        before.text = parts(&before.text, &facets);
        Ok(Some(before))
    }

    /// Writes the row of the index, at a new place when the name has changed.
    pub(super) fn index(
        &self,
        customer: &Customer,
        tags: &[String],
        folded: &str,
        before: Option<Before>,
    ) -> Result<()> {
        let facets = |tags| Facets {
            called: [&customer.name, &customer.alias],
            country: &customer.country,
            reseller_id: customer.reseller_id,
            tenant_id: customer.tenant_id,
            tags,
        };
        let name_key = fold(&customer.name);
        let same_name = before.as_ref().is_some_and(|before| before.name_key == name_key);
        if let Some(place) = before.as_ref().and_then(|before| before.place) {
            let unchanged = before.as_ref().is_some_and(|before| before.text == parts(folded, &facets(&[])));
            if unchanged && same_name && tags.is_empty() {
                return Ok(());
            }
            self.execute("DELETE FROM customers_parts WHERE rowid = ?1", [place])?;
        }
        let number: i64 = self.number("SELECT number FROM customers WHERE id = ?1", [Id(customer.id)])?;
        let place = match before.as_ref().and_then(|before| before.place).filter(|_| same_name) {
            Some(place) => place,
            None => {
                // Its own place counts for nothing while a new one is looked for.
                self.execute("UPDATE customers SET place = NULL WHERE number = ?1 AND place IS NOT NULL", [number])?;
                let place = self.free_place(&name_key, number)?;
                self.execute("UPDATE customers SET place = ?2 WHERE number = ?1", (number, place))?;
                place
            }
        };
        self.put_parts(place, &parts(folded, &facets(tags)))
    }

    /// Writes one row of the index.
    pub(super) fn put_parts(&self, place: i64, parts: &str) -> Result<()> {
        self.execute("INSERT INTO customers_parts (rowid, parts) VALUES (?1, ?2)", (place, parts))?;
        Ok(())
    }

    /// Takes in the rows that have no place yet, as an older book leaves them.
    pub(crate) fn index_missing(&self) -> Result<()> {
        loop {
            let missing: Vec<Id<CustomerId>> =
                self.rows("SELECT id FROM customers WHERE place IS NULL ORDER BY number LIMIT 500", [], |row| {
                    row.get(0)
                })?;
            if missing.is_empty() {
                return Ok(());
            }
            for id in missing {
                self.index_customer(id.0)?;
            }
        }
    }

    /// Whether any row is missing in the index. A schema that has none misses nothing.
    pub(crate) fn any_missing(&self) -> Result<bool> {
        let known = "SELECT EXISTS (SELECT 1 FROM pragma_table_info('customers') WHERE name = 'place')";
        let missing = "SELECT EXISTS (SELECT 1 FROM customers WHERE place IS NULL)";
        Ok(self.number::<bool>(known, [])? && self.number::<bool>(missing, [])?)
    }
}
