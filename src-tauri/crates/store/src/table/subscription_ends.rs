//! Subscriptions by the end of their term: those that ask for a decision, all that end, and those that have ended. Each
//! list follows an index by the end, one of a reseller the index of its subscriptions by theirs, so that the size of the
//! book does not matter.

use super::subscription_book::SubscriptionBook;
use super::support_contacts::{COUNTED, Counted};
use crate::value::{Id, Time};
use crate::{Db, Result};
use cb_domain::ids::{CustomerId, ResellerId, SubscriptionId};
use jiff::Timestamp;
use rusqlite::named_params;
use std::collections::HashMap;

/// What to list of ending terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndingQuery {
    /// Ends after.
    pub from: Timestamp,
    /// Ends before.
    pub to: Timestamp,
    /// One that does not renew asks when it ends before this.
    pub near: Timestamp,
    /// One that renews by itself asks when it ends before this.
    pub soon: Timestamp,
    /// With this reseller of record only.
    pub reseller: Option<ResellerId>,
    /// Only those that nobody has decided about and that ask by now.
    pub only_open: bool,
}

/// Place in the list: end of the term and number of the subscription.
pub type EndingPlace = (Timestamp, i64);

/// Subscriptions that end, and where the next page begins; `None` after the last.
pub type EndingPage = (Vec<SubscriptionId>, Option<EndingPlace>);

/// Which ends.
#[derive(Clone, Copy)]
enum Kind {
    /// All.
    Any,
    /// Open, of those that do not renew by themselves. The rule of `cb_domain::change::is_open`, in two halves with an
    /// index each: among those that renew the others could not be found. A test compares it with the rule.
    Ending,
    /// Open, of those that renew by themselves.
    Renewing,
}

impl Kind {
    /// Active subscriptions whose terms end within the time, of a reseller or of all.
    fn sql(self, of_reseller: bool) -> String {
        let of_all = match self {
            Self::Ending => "subscriptions_undecided",
            Self::Any | Self::Renewing => "subscriptions_end",
        };
        let index = if of_reseller { "subscriptions_on_record" } else { of_all };
        let such = match self {
            Self::Any => "",
            Self::Ending => "AND s.auto_renew = 0 AND s.ends_at <= :near",
            Self::Renewing => "AND s.auto_renew = 1 AND s.term <> 'P1M' AND s.ends_at <= :soon",
        };
        let open = match self {
            Self::Any => "",
            Self::Ending | Self::Renewing => NOT_DECIDED,
        };
        let reseller = if of_reseller { "s.reseller_of_record = :reseller" } else { ":reseller IS NULL" };
        // Every one of them takes all values, whether it asks for them or not.
        format!(
            "FROM subscriptions s INDEXED BY {index}
             WHERE s.is_live = 1 AND s.status = 'active' AND s.status <> 'wanted' AND s.ends_at IS NOT NULL
             AND s.ends_at > :from AND s.ends_at < :to AND {reseller} AND :near IS NOT NULL AND :soon IS NOT NULL
             AND (s.ends_at, s.number) > (:at, :number) {such} {open}"
        )
    }
}

/// Nothing was decided about this very end, and nothing is told to Partner Center that could only have been decided.
pub(super) const NOT_DECIDED: &str = "AND NOT EXISTS (
         SELECT 1 FROM term_decisions t WHERE t.subscription_id = s.id AND t.ends_at = s.ends_at
     ) AND NOT EXISTS (
         SELECT 1 FROM subscription_details e WHERE e.subscription_id = s.id
         AND (json_extract(e.details, '$.end') <> 'none' OR json_extract(e.details, '$.next_term') IS NOT NULL)
     )";

/// Ends of terms that nobody has decided about, of these customers' subscriptions that do not renew by themselves.
fn undecided() -> String {
    format!(
        "SELECT s.customer_id, s.id, s.ends_at FROM json_each(?1) wanted
         CROSS JOIN subscriptions s ON s.customer_id = wanted.value
         WHERE s.status = 'active' AND s.auto_renew = 0 AND s.ends_at > ?2 {NOT_DECIDED}"
    )
}

impl Db {
    /// Ends to come that nobody has decided about; `ids` are customers, JSON.
    pub(super) fn undecided_ends(
        &self,
        ids: &str,
        now: Timestamp,
    ) -> Result<Vec<(CustomerId, SubscriptionId, Timestamp)>> {
        self.rows(&undecided(), (ids, Time(now)), |row| {
            let owner = row.get::<_, Id<CustomerId>>(0)?.0;
            Ok((owner, row.get::<_, Id<SubscriptionId>>(1)?.0, row.get::<_, Time>(2)?.0))
        })
    }
}

impl SubscriptionBook<'_> {
    /// Ends to come of a customer's subscriptions that do not renew by themselves, where nobody has decided.
    ///
    /// # Errors
    /// When the database fails.
    pub fn undecided_ends_of(
        &self,
        customer: CustomerId,
        now: Timestamp,
    ) -> Result<HashMap<SubscriptionId, Timestamp>> {
        let found = self.0.undecided_ends(&serde_json::to_string(&[customer])?, now)?;
        Ok(found.into_iter().map(|(_, subscription, at)| (subscription, at)).collect())
    }

    /// A page of active subscriptions whose terms end, soonest first, and the place after it.
    ///
    /// # Errors
    /// When the database fails.
    pub fn ending(&self, query: &EndingQuery, after: Option<EndingPlace>, limit: u32) -> Result<EndingPage> {
        let kinds: &[Kind] = if query.only_open { &[Kind::Ending, Kind::Renewing] } else { &[Kind::Any] };
        let mut found = Vec::new();
        for kind in kinds {
            found.extend(self.ending_in(*kind, query, after, limit)?);
        }
        found.sort_by_key(|(_, at, number)| (*at, *number));
        let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
        let last = (found.len() > wanted).then(|| found.get(wanted.saturating_sub(1))).flatten();
        let next = last.map(|(_, at, number)| (*at, *number));
        Ok((found.into_iter().take(wanted).map(|(id, ..)| id).collect(), next))
    }

    fn ending_in(
        &self,
        kind: Kind,
        query: &EndingQuery,
        after: Option<EndingPlace>,
        limit: u32,
    ) -> Result<Vec<(SubscriptionId, Timestamp, i64)>> {
        self.0.rows(
            &format!(
                "SELECT s.id, s.ends_at, s.number {} ORDER BY s.ends_at, s.number LIMIT :limit",
                kind.sql(query.reseller.is_some())
            ),
            named_params! {
                ":from": Time(query.from), ":to": Time(query.to), ":soon": Time(query.soon), ":near": Time(query.near),
                ":reseller": query.reseller.map(Id), ":at": Time(after.map_or(query.from, |(at, _)| at)),
                ":number": after.map_or(-1, |(_, number)| number), ":limit": limit.saturating_add(1),
            },
            |row| Ok((row.get::<_, Id<SubscriptionId>>(0)?.0, row.get::<_, Time>(1)?.0, row.get::<_, i64>(2)?)),
        )
    }

    /// How many end, and how many of them ask for a decision; each counted up to a thousand.
    ///
    /// # Errors
    /// When the database fails.
    pub fn ending_count(&self, query: &EndingQuery) -> Result<(Counted, Counted)> {
        let all = self.count_of(Kind::Any, query)?;
        let open = self.count_of(Kind::Ending, query)?.saturating_add(self.count_of(Kind::Renewing, query)?);
        let told = |found: u32| Counted { count: found.min(COUNTED), more: found > COUNTED };
        Ok((told(all), told(open)))
    }

    fn count_of(&self, kind: Kind, query: &EndingQuery) -> Result<u32> {
        self.0.number(
            &format!("SELECT count(*) FROM (SELECT 1 {} LIMIT :limit)", kind.sql(query.reseller.is_some())),
            named_params! {
                ":from": Time(query.from), ":to": Time(query.to), ":soon": Time(query.soon), ":near": Time(query.near),
                ":reseller": query.reseller.map(Id), ":at": Time(query.from), ":number": -1, ":limit": COUNTED + 1,
            },
        )
    }

    /// Live subscriptions whose term has ended at a moment, the longest ago first, and the place of each.
    ///
    /// # Errors
    /// When the database fails.
    pub fn ended(
        &self,
        at: Timestamp,
        after: Option<EndingPlace>,
        limit: u32,
    ) -> Result<Vec<(SubscriptionId, EndingPlace)>> {
        let (from, number) = after.unwrap_or((Timestamp::UNIX_EPOCH, -1));
        self.0.rows(
            "SELECT s.id, s.ends_at, s.number FROM subscriptions s INDEXED BY subscriptions_end
             WHERE s.is_live = 1 AND s.ends_at IS NOT NULL AND s.ends_at <= ?1 AND (s.ends_at, s.number) > (?2, ?3)
             ORDER BY s.ends_at, s.number LIMIT ?4",
            (Time(at), Time(from), number, limit),
            |row| Ok((row.get::<_, Id<SubscriptionId>>(0)?.0, (row.get::<_, Time>(1)?.0, row.get(2)?))),
        )
    }

    /// Live subscriptions that were read one by one, behind one of them.
    ///
    /// # Errors
    /// When the database fails.
    pub fn read_one_by_one(&self, after: Option<SubscriptionId>, limit: u32) -> Result<Vec<SubscriptionId>> {
        self.0.rows(
            "SELECT d.subscription_id FROM subscription_details d CROSS JOIN subscriptions s ON s.id = d.subscription_id
             WHERE d.subscription_id > ?1 AND s.is_live = 1 ORDER BY d.subscription_id LIMIT ?2",
            (after.map(|id| id.to_string()).unwrap_or_default(), limit),
            |row| Ok(row.get::<_, Id<SubscriptionId>>(0)?.0),
        )
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail loudly")]
mod tests {
    use super::*;

    #[test]
    fn ends_are_stepped_through_in_order_never_sorted() {
        let connection = crate::connection::in_memory().unwrap();
        for kind in [Kind::Any, Kind::Ending, Kind::Renewing] {
            for of_reseller in [false, true] {
                let sql = format!(
                    "EXPLAIN QUERY PLAN SELECT s.id {} ORDER BY s.ends_at, s.number LIMIT :limit",
                    kind.sql(of_reseller)
                );
                let mut plan = connection.prepare(&sql).unwrap();
                let steps: Vec<String> = plan
                    .query_map([None::<i64>; 8], |row| row.get(3))
                    .unwrap()
                    .collect::<rusqlite::Result<_>>()
                    .unwrap();
                assert!(steps[0].starts_with("SEARCH s USING"), "{steps:?}");
                // Those that end at the same moment may be sorted among themselves.
                let sorts = |step: &String| step.contains("TEMP") && !step.contains("LAST TERM");
                assert!(!steps.iter().any(|step| sorts(step) || step.contains("SCAN")), "{steps:?}");
            }
        }
    }
}
