//! The list of support contacts, in a book of any size: customers are found by the index of parts, in the order of
//! names, and few rows of a kind are gathered beforehand, so that a page costs what is on it.

use super::customer_page::Key;
use super::customer_parts::{expression, of_reseller, quoted};
use super::subscription_book::{SubscriptionBook, Supported};
use super::text::{Conditions, Word};
use crate::value::Id;
use crate::{Db, Result};
use cb_domain::ids::{ResellerId, SubscriptionId};
use rusqlite::params_from_iter;
use rusqlite::types::Value;
use std::collections::BTreeMap;

/// What to list of support contacts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SupportQuery {
    /// Of this reseller's customers only.
    pub reseller: Option<ResellerId>,
    /// As in the list of customers; or words of the product's name; or the beginning of a number of Partner Center.
    pub search: String,
    /// Of one kind of commerce only: `true` for the older one.
    pub legacy: Option<bool>,
    /// Only those whose contact is not the default.
    pub deviating: bool,
    /// Only those that the provider supports.
    pub without_contact: bool,
}

/// Place of a row in the list, for keyset paging.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupportCursor {
    /// Folded name of the customer.
    pub name: String,
    /// Number of the customer.
    pub customer: i64,
    /// Number of the subscription.
    pub number: i64,
}

/// How many, as far as they are counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counted {
    /// So many.
    pub count: u32,
    /// And more.
    pub more: bool,
}

/// As far as rows are counted.
pub(super) const COUNTED: u32 = 1_000;
/// Rows that are looked up and sorted; of more than these, one is near the top of the list.
const FEW: u32 = 2_000;
/// Letters that begin a number of Partner Center.
const NUMBER: usize = 4;

const BY_NAME: &str = "customers c CROSS JOIN subscriptions s ON s.customer_id = c.id";
const BY_PARTS: &str = "customers_parts CROSS JOIN customers c ON c.place = customers_parts.rowid
    CROSS JOIN subscriptions s ON s.customer_id = c.id";
const GATHERED: &str = "subscriptions s CROSS JOIN customers c ON c.id = s.customer_id";
const BESIDE: &str = "LEFT JOIN subscription_support p ON p.subscription_id = s.id
    LEFT JOIN reseller_support d ON d.reseller_id = c.reseller_id";
/// The contact that holds is not the reseller's default.
const DEVIATES: &str = "(p.subscription_id IS NOT NULL AND p.contact IS NOT d.contact)";
/// The provider supports it.
const WITHOUT: &str = "iif(p.subscription_id IS NULL, d.contact, p.contact) IS NULL";
const CHOSEN: &str = "s.id IN (SELECT t.subscription_id FROM subscription_support t)";
const OLDER: &str = "s.is_live = 1 AND s.commerce = 'legacy'";

/// Rows found in one way, in the order of the list.
struct Source {
    from: &'static str,
    conditions: Conditions,
}

/// Folded name of the customer, its number, number of the subscription: the order of the list.
type Place = (String, i64, i64);

/// What was typed, as far as it can be looked for.
struct Asked {
    words: Vec<Word>,
    /// Product, plan and name of the products that have all words in their name.
    products: String,
    any_product: bool,
}

impl SubscriptionBook<'_> {
    /// A page of live subscriptions with their support contacts, by customer, and the place after it.
    ///
    /// # Errors
    /// When the database fails.
    pub fn supported(
        &self,
        query: &SupportQuery,
        after: Option<&SupportCursor>,
        limit: u32,
    ) -> Result<(Vec<Supported>, Option<SupportCursor>)> {
        let mut found: BTreeMap<Place, SubscriptionId> = BTreeMap::new();
        for source in self.sources(query)? {
            found.extend(self.rows_of(source, after, limit.saturating_add(1))?);
        }
        let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = found.len() > wanted;
        let last = found.keys().nth(wanted.saturating_sub(1)).filter(|_| more).cloned();
        let next = last.map(|(name, customer, number)| SupportCursor { name, customer, number });
        let ids: Vec<SubscriptionId> = found.into_values().take(wanted).collect();
        Ok((self.supported_by_id(&ids)?, next))
    }

    /// How many match, and how many of them deviate from the default, each as far as a thousand.
    ///
    /// # Errors
    /// When the database fails.
    pub fn supported_count(&self, query: &SupportQuery) -> Result<(Counted, Counted)> {
        let matching = self.counted(query)?;
        let deviating =
            if query.deviating { matching } else { self.counted(&SupportQuery { deviating: true, ..query.clone() })? };
        Ok((matching, deviating))
    }

    fn counted(&self, query: &SupportQuery) -> Result<Counted> {
        let mut seen = std::collections::HashSet::new();
        for Source { from, conditions } in self.sources(query)? {
            let sql = format!("SELECT s.number FROM {from} {BESIDE}{} LIMIT {}", conditions.sql(), COUNTED + 1);
            seen.extend(self.0.rows(&sql, params_from_iter(&conditions.values), |row| row.get::<_, i64>(0))?);
        }
        let found = u32::try_from(seen.len()).unwrap_or(u32::MAX);
        Ok(Counted { count: found.min(COUNTED), more: found > COUNTED })
    }

    fn rows_of(
        &self,
        source: Source,
        after: Option<&SupportCursor>,
        limit: u32,
    ) -> Result<Vec<(Place, SubscriptionId)>> {
        let Source { from, mut conditions } = source;
        if let Some(SupportCursor { name, customer, number }) = after {
            if from == BY_PARTS {
                // The cursor's own customer, or the one that stands where it stood.
                let keys = vec![Key::Text(name.clone()), Key::Number(customer.saturating_sub(1))];
                let Some(place) = self.0.customers().place_after(keys, false)? else { return Ok(Vec::new()) };
                conditions.push("customers_parts.rowid >= ?", place.into());
            } else {
                conditions.push("c.name_key >= ?", name.clone().into());
            }
            conditions.clauses.push("(c.name_key, c.number, s.number) > (?, ?, ?)".to_owned());
            conditions.values.extend([name.clone().into(), (*customer).into(), (*number).into()]);
        }
        // The index of parts brings customers in order; ordered by more than that, all that it finds would be sorted.
        let order = if from == BY_PARTS {
            "customers_parts.rowid".to_owned()
        } else {
            format!("c.name_key, c.number, s.number LIMIT {limit}")
        };
        let sql = format!(
            "SELECT c.name_key, c.number, s.number, s.id FROM {from} {BESIDE}{} ORDER BY {order}",
            conditions.sql()
        );
        let mut statement = self.0.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(&conditions.values))?;
        let mut found: Vec<(Place, SubscriptionId)> = Vec::new();
        while let Some(row) = rows.next()? {
            let customer: i64 = row.get(1)?;
            // Not before the last customer is whole: the subscriptions of one come in any order.
            let full = found.len() >= usize::try_from(limit).unwrap_or(usize::MAX);
            if full && found.last().is_some_and(|((_, last, _), _)| *last != customer) {
                break;
            }
            found.push(((row.get(0)?, customer, row.get(2)?), row.get::<_, Id<_>>(3)?.0));
        }
        Ok(found)
    }

    /// All that match is found in these, some of it in two.
    fn sources(&self, query: &SupportQuery) -> Result<Vec<Source>> {
        let asked = Asked::of(self.0, &query.search)?;
        let mut narrow = Conditions::default();
        narrow.clauses.push("s.is_live = 1".to_owned());
        if let Some(legacy) = query.legacy {
            narrow.clauses.push(if legacy { "s.commerce = 'legacy'" } else { "s.commerce <> 'legacy'" }.to_owned());
        }
        if query.deviating {
            narrow.clauses.push(DEVIATES.to_owned());
        }
        if query.without_contact {
            narrow.clauses.push(WITHOUT.to_owned());
        }
        if let Some(reseller) = query.reseller {
            narrow.push("c.reseller_id = ?", reseller.to_string().into());
        }
        let few = if query.deviating && self.are_few(CHOSEN, &[])? {
            Some(CHOSEN)
        } else if query.legacy == Some(true) && self.are_few(OLDER, &[])? {
            Some(OLDER)
        } else {
            None
        };
        if let Some(such) = few {
            narrow.clauses.insert(0, such.to_owned());
            asked.plainly(&mut narrow);
            return Ok(vec![Source { from: GATHERED, conditions: narrow }]);
        }
        let of_reseller: Vec<String> = query.reseller.iter().map(|id| quoted(&of_reseller(*id))).collect();
        if asked.words.is_empty() {
            return Ok(vec![walked(&of_reseller, narrow)]);
        }
        self.searched(&asked, &of_reseller, &narrow)
    }

    /// By customer, by product, by number.
    fn searched(&self, asked: &Asked, of_reseller: &[String], narrow: &Conditions) -> Result<Vec<Source>> {
        let mut all = Vec::new();
        let mut index: Vec<String> = asked.words.iter().filter_map(expression).collect();
        if !index.is_empty() {
            index.extend(of_reseller.iter().cloned());
            let mut conditions = narrow.clone();
            for word in asked.words.iter().filter(|word| !word.is_part() || expression(word).is_none()) {
                conditions.word(word, "c.folded", "c.tenant_id");
            }
            all.push(walked(&index, conditions));
        }
        if asked.any_product {
            let sold = [Value::from(asked.products.clone())];
            let mut conditions = narrow.clone();
            conditions.clauses.push(SOLD.to_owned());
            conditions.values.extend(sold.iter().cloned());
            all.push(if self.are_few(SOLD, &sold)? {
                Source { from: GATHERED, conditions }
            } else {
                walked(of_reseller, conditions)
            });
        }
        for (column, from, to) in asked.numbers() {
            let mut conditions = narrow.clone();
            conditions.push(&format!("{column} >= ?"), from.into());
            conditions.push(&format!("{column} < ?"), to.into());
            all.push(Source { from: GATHERED, conditions });
        }
        Ok(all)
    }

    fn are_few(&self, such: &str, values: &[Value]) -> Result<bool> {
        let sql = format!("SELECT count(*) FROM (SELECT 1 FROM subscriptions s WHERE {such} LIMIT {})", FEW + 1);
        Ok(self.0.number::<u32>(&sql, params_from_iter(values))? <= FEW)
    }
}

/// Of one of these products: the pair leads into the index, the name is compared in the row.
const SOLD: &str = "(s.product_id, s.sku_id, s.product_name) IN
    (SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?))";

/// The list in the order of names, or as much of it as has these words in the index of parts.
fn walked(index: &[String], mut conditions: Conditions) -> Source {
    if index.is_empty() {
        return Source { from: BY_NAME, conditions };
    }
    conditions.clauses.insert(0, "customers_parts MATCH ?".to_owned());
    conditions.values.insert(0, index.join(" AND ").into());
    Source { from: BY_PARTS, conditions }
}

impl Asked {
    fn of(db: &Db, text: &str) -> Result<Self> {
        let words = Word::all(text);
        let called = if words.is_empty() { Vec::new() } else { db.sold_as(&words)? };
        Ok(Self { words, any_product: !called.is_empty(), products: serde_json::to_string(&called)? })
    }

    /// Ranges of columns that a number of Partner Center may stand in, where the text may begin one.
    fn numbers(&self) -> Vec<(&'static str, String, String)> {
        let [word] = self.words.as_slice() else { return Vec::new() };
        if word.text.chars().count() < NUMBER {
            return Vec::new();
        }
        let mut spelled = vec![word.text.clone(), word.text.to_uppercase()];
        spelled.dedup();
        let range = |column, text: &String| (column, text.clone(), format!("{text}\u{10ffff}"));
        spelled.iter().flat_map(|text| [range("s.remote_id", text), range("s.order_id", text)]).collect()
    }

    /// The same without the index, for rows that are few.
    fn plainly(&self, conditions: &mut Conditions) {
        if self.words.is_empty() {
            return;
        }
        let mut customer = Conditions::default();
        for word in &self.words {
            customer.word(word, "c.folded", "c.tenant_id");
        }
        let mut either = vec![format!("({})", customer.clauses.join(" AND "))];
        conditions.values.extend(customer.values);
        if self.any_product {
            either.push(SOLD.to_owned());
            conditions.values.push(self.products.clone().into());
        }
        for (column, from, to) in self.numbers() {
            either.push(format!("({column} >= ? AND {column} < ?)"));
            conditions.values.extend([from.into(), to.into()]);
        }
        conditions.clauses.push(format!("({})", either.join(" OR ")));
    }
}
