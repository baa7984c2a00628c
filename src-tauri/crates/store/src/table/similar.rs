//! Likely duplicates of a new customer: same domain prefix, same registration number, a near-same name in the same town,
//! or a contact with the same e-mail address.

use super::customer_parts::expression;
use super::customers::{COLUMNS, Customers, KEPT, SimilarQuery, read};
use super::text::Word;
use crate::Result;
use crate::fold::{fold, fold_number};
use cb_domain::customer::Customer;
use std::collections::HashMap;

/// How much of two names must agree, from 0 to 1.
const NEAR: f64 = 0.6;

/// More than this many are no help.
const MOST: usize = 10;

impl Customers<'_> {
    /// Likely duplicates with their seats, surest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn similar(&self, query: &SimilarQuery) -> Result<Vec<(Customer, u32)>> {
        let mut numbers: Vec<i64> = Vec::new();
        let prefix = query.domain_prefix.trim();
        if !prefix.is_empty() {
            let sql = "SELECT number FROM customers WHERE domain_prefix = ?1 COLLATE NOCASE ORDER BY number LIMIT 10";
            numbers.extend(self.0.rows(sql, [prefix], |row| row.get::<_, i64>(0))?);
        }
        let registration = fold_number(&query.registration_number);
        if !registration.is_empty() {
            // The index is partial; it is used because its condition is repeated.
            let sql = "SELECT number FROM customers WHERE registration_key = ?1 AND registration_key <> ''
                ORDER BY number LIMIT 10";
            numbers.extend(self.0.rows(sql, [registration], |row| row.get::<_, i64>(0))?);
        }
        numbers.extend(self.near_names(&fold(&query.name), &fold(&query.town))?);
        numbers.extend(self.of_email(query.email.trim())?);

        let mut seen = std::collections::HashSet::new();
        numbers.retain(|number| seen.insert(*number));
        numbers.truncate(MOST);
        let sql = format!("SELECT c.seat_count, {COLUMNS} FROM customers c WHERE c.number = ?1 AND {KEPT}");
        let mut found = Vec::with_capacity(numbers.len());
        for number in numbers {
            found.extend(self.0.row(&sql, [number], |row| Ok((read(row)?, row.get("seat_count")?)))?);
        }
        Ok(found)
    }

    /// Rows whose contact has this address. The index of parts narrows them down; it needs no index of its own.
    fn of_email(&self, email: &str) -> Result<Vec<i64>> {
        let words = Word::all(email);
        let [word] = words.as_slice() else { return Ok(Vec::new()) };
        let Some(parts) = expression(word) else { return Ok(Vec::new()) };
        let sql = "SELECT c.number FROM customers_parts CROSS JOIN customers c ON c.place = customers_parts.rowid
            WHERE customers_parts MATCH ?1 AND c.contact_email = ?2 COLLATE NOCASE ORDER BY customers_parts.rowid LIMIT 10";
        self.0.rows(sql, [parts.as_str(), email], |row| row.get(0))
    }

    /// Rows of the same town whose name nearly agrees. The index on town and name answers it alone.
    fn near_names(&self, name: &str, town: &str) -> Result<Vec<i64>> {
        if name.is_empty() || town.is_empty() {
            return Ok(Vec::new());
        }
        let sql = "SELECT number, name_key FROM customers WHERE town_key = ?1";
        let names = self.0.rows(sql, [town], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?;
        let mut near: Vec<(f64, i64)> = names
            .iter()
            .map(|(number, other)| (likeness(name, other), *number))
            .filter(|(likeness, _)| *likeness >= NEAR)
            .collect();
        near.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        Ok(near.into_iter().map(|(_, number)| number).collect())
    }
}

/// Dice's measure over pairs of letters: 1 for the same name, 0 for names without a common pair.
fn likeness(one: &str, other: &str) -> f64 {
    let (one, other) = (pairs(one), pairs(other));
    let count = |pairs: &HashMap<(char, char), u32>| pairs.values().sum::<u32>();
    let all = count(&one) + count(&other);
    if all == 0 {
        return 0.0;
    }
    let common: u32 = one.iter().map(|(pair, times)| (*times).min(other.get(pair).copied().unwrap_or(0))).sum();
    f64::from(2 * common) / f64::from(all)
}

fn pairs(name: &str) -> HashMap<(char, char), u32> {
    let letters: Vec<char> = name.chars().filter(|letter| letter.is_alphanumeric()).collect();
    let mut pairs = HashMap::new();
    for pair in letters.windows(2) {
        if let [first, second] = pair {
            *pairs.entry((*first, *second)).or_insert(0) += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_people_would_take_for_one_are_near() {
        assert!(likeness("contoso gmbh", "contoso g.m.b.h.") >= NEAR);
        assert!(likeness("bakery nowak", "bakery novak") >= NEAR);
        assert!(likeness("contoso gmbh", "fabrikam ag") < NEAR);
    }
}
