//! What a customers list is narrowed down by: to the index of parts as far as it can answer, to the rows otherwise.

use super::customer_parts::{expression, of_country, of_reseller, of_tag, quoted};
use super::customers::{CustomerPageQuery, CustomerState, KEPT};
use super::subscription_ends::NOT_DECIDED;
use super::text::{Conditions, Word};
use crate::fold::fold;
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
    /// Where few are in the states that were asked for: who they are.
    pub(super) few: Option<Few>,
    /// A text without any letter: nobody is called that.
    pub(super) nobody: bool,
}

/// Customers that are gathered beforehand: rare ones would be looked for through the whole list.
pub(super) struct Few {
    /// Their places.
    pub(super) places: Vec<i64>,
    /// Everything else that was asked for, to be looked for in their rows.
    pub(super) beside: Conditions,
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
        if !query.tags.is_empty() {
            let keys: Vec<String> = query.tags.iter().map(|tag| fold(tag)).collect();
            plain.push(
                "c.id IN (SELECT t.customer_id FROM customer_tags t WHERE t.tag_key IN (SELECT value FROM json_each(?)))",
                json(&keys)?,
            );
        }
        let mut beside = plain.clone();
        let ends = query.term_ends.map(|(from, to)| [moment(from), moment(to)]);
        let such = "s.is_live = 1 AND s.ends_at IS NOT NULL AND s.ends_at >= ? AND s.ends_at < ?";
        let ending = ends.as_ref().map(|ends| with_subscription(db, such, ends)).transpose()?;
        add_states(db, query, &mut rest)?;
        add_states(db, query, &mut plain)?;
        for conditions in [&mut rest, &mut plain, &mut beside] {
            conditions.clauses.extend(ending.iter().cloned());
            conditions.values.extend(ends.iter().flatten().cloned());
            if some_abandoned {
                conditions.clauses.push(KEPT.to_owned());
            }
        }
        let few = few(db, query)?.map(|places| Few { places, beside });
        let expression = (!index.is_empty()).then(|| index.join(" AND "));
        Ok(Self { expression, rest, plain, few, nobody })
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
        let (clause, marks) = clause(db, *state, query.now)?;
        clauses.push(clause);
        conditions.values.extend(std::iter::repeat_n(moment(query.now), marks));
    }
    conditions.clauses.push(format!("({})", clauses.join(" OR ")));
    Ok(())
}

/// Who is in a state, and how many marks for now the clause has.
fn clause(db: &Db, state: CustomerState, now: Timestamp) -> Result<(String, usize)> {
    let plain = |text: &str| Ok((text.to_owned(), 0));
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
            let sql = "s.is_live = 1 AND s.status IN ('active', 'suspended') AND s.commerce <> 'legacy'
                AND s.cancellable_until IS NOT NULL AND s.cancellable_until > ?";
            let whole = with_subscription(db, sql, &[moment(now)])?;
            // Few customers have licences that can go back; their index is asked for each.
            let batch = "EXISTS (SELECT 1 FROM refund_batches b CROSS JOIN subscriptions s ON s.id = b.subscription_id
                WHERE b.customer_id = c.id AND b.until > ? AND s.status = 'active' AND s.commerce <> 'legacy')";
            Ok((format!("({whole} OR {batch})"), 2))
        }
        CustomerState::TermEnds => {
            let sql = format!(
                "s.is_live = 1 AND s.auto_renew = 0 AND s.status = 'active' AND s.ends_at IS NOT NULL
                 AND s.ends_at > ? {NOT_DECIDED}"
            );
            Ok((with_subscription(db, &sql, &[moment(now)])?, 1))
        }
        CustomerState::Draft => plain("c.id IN (SELECT d.customer_id FROM drafts d WHERE d.customer_id IS NOT NULL)"),
        CustomerState::Confirmed => plain(
            "(c.tenant_id IS NOT NULL AND c.id NOT IN (SELECT o.customer_id FROM operations o
                WHERE o.state IN ('queued', 'in_flight', 'unknown', 'needs_attention')))",
        ),
    }
}

/// The places of those in the states that were asked for; `None` where no state was, or where many are in one.
fn few(db: &Db, query: &CustomerPageQuery) -> Result<Option<Vec<i64>>> {
    let mut sources = Vec::new();
    for state in &query.states {
        match named(*state) {
            Some(statements) => sources.extend(statements),
            None => return Ok(None),
        }
    }
    if sources.is_empty() {
        return Ok(None);
    }
    let all = sources.join(" UNION ALL ");
    let now = moment(query.now);
    let most = GATHERED + 1;
    let counted = format!("SELECT count(*) FROM (SELECT 1 FROM ({all} LIMIT {most}) WHERE ?1 IS NOT NULL)");
    if db.number::<u32>(&counted, [&now])? > GATHERED {
        return Ok(None);
    }
    let sql = format!(
        "SELECT DISTINCT c.place FROM ({all}) such CROSS JOIN customers c ON c.id = such.customer_id
         WHERE c.place IS NOT NULL AND ?1 IS NOT NULL"
    );
    Ok(Some(db.rows(&sql, [&now], |row| row.get(0))?))
}

/// Statements that name the customers in a state; `?1` is now. `None` where nearly everybody is in it.
fn named(state: CustomerState) -> Option<Vec<String>> {
    let such = |texts: &[&str]| Some(texts.iter().map(|&text| text.to_owned()).collect());
    match state {
        CustomerState::NeedsAttention => such(&["SELECT customer_id FROM operations WHERE state = 'needs_attention'"]),
        CustomerState::OnHold => {
            such(&["SELECT customer_id FROM operations WHERE state = 'queued' AND hold IS NOT NULL"])
        }
        CustomerState::Waiting => such(&[
            "SELECT customer_id FROM operations WHERE state IN ('in_flight', 'unknown')",
            "SELECT customer_id FROM operations WHERE state = 'queued' AND hold IS NULL",
        ]),
        CustomerState::WindowOpen => such(&[
            "SELECT customer_id FROM subscriptions WHERE is_live = 1 AND cancellable_until > ?1
                AND status IN ('active', 'suspended') AND commerce <> 'legacy'",
            "SELECT b.customer_id FROM refund_batches b CROSS JOIN subscriptions s ON s.id = b.subscription_id
                WHERE b.until > ?1 AND s.status = 'active' AND s.commerce <> 'legacy'",
        ]),
        CustomerState::TermEnds => Some(vec![format!(
            "SELECT s.customer_id FROM subscriptions s WHERE s.is_live = 1 AND s.auto_renew = 0 AND s.status = 'active'
             AND s.ends_at IS NOT NULL AND s.ends_at > ?1 {NOT_DECIDED}"
        )]),
        CustomerState::Draft => such(&["SELECT customer_id FROM drafts WHERE customer_id IS NOT NULL"]),
        CustomerState::Confirmed => None,
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
