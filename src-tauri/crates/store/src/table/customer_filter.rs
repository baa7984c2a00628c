//! What a customers list is narrowed down by: to the index of parts as far as it can answer, to the rows otherwise.

use super::customer_parts::{expression, of_country, of_reseller, of_tag, quoted};
use super::customers::{CustomerPageQuery, CustomerState, KEPT};
use super::text::{Conditions, Word};
use crate::{Db, Result};
use jiff::Timestamp;
use rusqlite::types::Value;

/// Search and filter of a query.
pub(super) struct Asked {
    /// What the index of parts answers; `None` when it is not asked.
    pub(super) expression: Option<String>,
    /// What is left to look for in the rows that the index names.
    pub(super) rest: Conditions,
    /// Everything, to be looked for in the rows alone.
    pub(super) plain: Conditions,
    /// A text without any letter: nobody is called that.
    pub(super) nobody: bool,
}

/// More subscriptions than this are not gathered beforehand; they are looked up customer by customer.
const GATHERED: u32 = 2_000;

impl Asked {
    pub(super) fn of(db: &Db, query: &CustomerPageQuery, some_abandoned: bool) -> Result<Self> {
        let mut index: Vec<String> = Vec::new();
        let (mut rest, mut plain) = (Conditions::default(), Conditions::default());
        let typed = Word::all(&query.search);
        for word in &typed {
            plain.word(word, "c.folded", "c.tenant_id");
            let asked = expression(word);
            if asked.is_none() || !word.is_part() {
                rest.word(word, "c.folded", "c.tenant_id");
            }
            index.extend(asked);
        }
        let nobody = !typed.is_empty() && index.is_empty();
        any(&mut index, query.reseller_ids.iter().map(|id| of_reseller(*id)));
        any(&mut index, query.countries.iter().map(|code| of_country(code)));
        any(&mut index, query.tags.iter().map(|tag| of_tag(tag)));
        if !query.reseller_ids.is_empty() {
            plain.push("c.reseller_id IN (SELECT value FROM json_each(?))", json(&query.reseller_ids)?);
        }
        if !query.countries.is_empty() {
            plain.push("c.country IN (SELECT value FROM json_each(?))", json(&query.countries)?);
        }
        for conditions in [&mut rest, &mut plain] {
            add_states(db, query, conditions)?;
            if let Some((from, to)) = query.term_ends {
                let sql = "s.is_live = 1 AND s.ends_at IS NOT NULL AND s.ends_at >= ? AND s.ends_at < ?";
                conditions.clauses.push(with_subscription(db, sql, &[moment(from), moment(to)])?);
                conditions.values.extend([moment(from), moment(to)]);
            }
            if some_abandoned {
                conditions.clauses.push(KEPT.to_owned());
            }
        }
        let expression = (!index.is_empty()).then(|| index.join(" AND "));
        Ok(Self { expression, rest, plain, nobody })
    }

    /// The one thing that the list is filtered by, when it is the kind whose figures are kept.
    pub(super) fn figure(query: &CustomerPageQuery) -> Option<(&'static str, Vec<String>)> {
        let bare = query.search.trim().is_empty()
            && query.states.is_empty()
            && query.tags.is_empty()
            && query.term_ends.is_none();
        match (query.reseller_ids.is_empty(), query.countries.is_empty()) {
            (true, true) if bare => Some(("all", vec![String::new()])),
            (false, true) if bare => Some(("reseller", query.reseller_ids.iter().map(ToString::to_string).collect())),
            (true, false) if bare => Some(("country", query.countries.clone())),
            (_, _) => None,
        }
    }
}

/// One of these words must be there.
fn any(index: &mut Vec<String>, words: impl Iterator<Item = String>) {
    let words: Vec<String> = words.map(|word| quoted(&word)).collect();
    if !words.is_empty() {
        index.push(format!("({})", words.join(" OR ")));
    }
}

fn json<T: serde::Serialize>(values: &T) -> Result<Value> {
    Ok(serde_json::to_string(values)?.into())
}

fn add_states(db: &Db, query: &CustomerPageQuery, conditions: &mut Conditions) -> Result<()> {
    if query.states.is_empty() {
        return Ok(());
    }
    let mut clauses = Vec::new();
    for state in &query.states {
        let (clause, dated) = clause(db, *state, query.now)?;
        clauses.push(clause);
        if dated {
            conditions.values.push(moment(query.now));
        }
    }
    conditions.clauses.push(format!("({})", clauses.join(" OR ")));
    Ok(())
}

/// Who is in a state, and whether the clause has a mark for now.
fn clause(db: &Db, state: CustomerState, now: Timestamp) -> Result<(String, bool)> {
    let plain = |text: &str| Ok((text.to_owned(), false));
    match state {
        CustomerState::NeedsAttention => {
            plain("c.id IN (SELECT o.customer_id FROM operations o WHERE o.state = 'needs_attention')")
        }
        CustomerState::OnHold => {
            plain("c.id IN (SELECT o.customer_id FROM operations o WHERE o.state = 'queued' AND o.hold IS NOT NULL)")
        }
        CustomerState::Waiting => plain(
            "c.id IN (SELECT o.customer_id FROM operations o WHERE o.state IN ('in_flight', 'unknown')
                 OR (o.state = 'queued' AND o.hold IS NULL))",
        ),
        CustomerState::WindowOpen => {
            let sql = "s.is_live = 1 AND s.cancellable_until IS NOT NULL AND s.cancellable_until > ?";
            Ok((with_subscription(db, sql, &[moment(now)])?, true))
        }
        CustomerState::TermEnds => {
            let sql = "s.is_live = 1 AND s.auto_renew = 0 AND s.status = 'active' AND s.ends_at IS NOT NULL
                AND s.ends_at > ?";
            Ok((with_subscription(db, sql, &[moment(now)])?, true))
        }
        CustomerState::Draft => plain("c.id IN (SELECT d.customer_id FROM drafts d WHERE d.customer_id IS NOT NULL)"),
        CustomerState::Confirmed => plain(
            "(c.tenant_id IS NOT NULL AND c.id NOT IN (SELECT o.customer_id FROM operations o
                WHERE o.state IN ('queued', 'in_flight', 'unknown', 'needs_attention')))",
        ),
    }
}

/// Has such a subscription. Few are gathered at once; of many, some customer near the top of the list has one.
fn with_subscription(db: &Db, such: &str, values: &[Value]) -> Result<String> {
    let sql = format!("SELECT count(*) FROM (SELECT 1 FROM subscriptions s WHERE {such} LIMIT {})", GATHERED + 1);
    let found: u32 = db.number(&sql, rusqlite::params_from_iter(values))?;
    Ok(if found <= GATHERED {
        format!("c.id IN (SELECT s.customer_id FROM subscriptions s WHERE {such})")
    } else {
        format!("EXISTS (SELECT 1 FROM subscriptions s WHERE s.customer_id = c.id AND +{such})")
    })
}

/// A moment as the tables keep it: nanoseconds.
fn moment(at: Timestamp) -> Value {
    Value::Integer(i64::try_from(at.as_nanosecond()).unwrap_or(i64::MAX))
}
