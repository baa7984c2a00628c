//! What a customer's state is made of: drafts, open operations and dates of its subscriptions, for a whole page at once.

use crate::value::{Id, Time, Word};
use crate::{Db, Result};
use cb_domain::change::Closing;
use cb_domain::ids::CustomerId;
use cb_domain::operation::{AttentionReason, HoldReason, OperationState};
use jiff::Timestamp;
use std::collections::HashMap;

/// The facts behind *where it stands*; the most urgent one is chosen by the caller.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StandsFacts {
    /// A draft adds to it or mends it.
    pub draft: bool,
    /// Operations queued and not on hold.
    pub waiting: u32,
    /// Operations in flight or with an unknown outcome.
    pub sending: u32,
    /// What the first operation on hold is held for.
    pub on_hold: Option<HoldReason>,
    /// What the first operation that needs attention needs it for.
    pub attention: Option<AttentionReason>,
    /// The next seven-day window to close, and how many licences go back until then.
    pub window: Option<Closing>,
    /// The next end of a term that nobody has decided about: it does not renew by itself.
    pub term_ends_undecided: Option<Timestamp>,
}

const OPERATIONS: &str = "SELECT o.customer_id, o.state, o.hold, o.attention_reason
    FROM json_each(?1) wanted CROSS JOIN operations o ON o.customer_id = wanted.value
    WHERE o.state NOT IN ('confirmed', 'cancelled') ORDER BY o.sequence";

/// Who has an end to come of a term that does not renew by itself. Few have one: what was decided is looked up for these.
const ENDS: &str = "SELECT DISTINCT s.customer_id
    FROM json_each(?1) wanted CROSS JOIN subscriptions s ON s.customer_id = wanted.value
    WHERE s.ends_at > ?2 AND s.auto_renew = 0 AND s.status = 'active'";

const DRAFTS: &str = "SELECT DISTINCT d.customer_id
    FROM json_each(?1) wanted CROSS JOIN drafts d ON d.customer_id = wanted.value";

/// An open operation, as far as it counts here.
struct OpenOperation {
    customer_id: CustomerId,
    state: OperationState,
    hold: Option<HoldReason>,
    attention: Option<AttentionReason>,
}

impl Db {
    /// The facts of these customers; one without any is left out.
    pub(crate) fn stands(&self, ids: &[CustomerId], now: Timestamp) -> Result<HashMap<CustomerId, StandsFacts>> {
        let wanted = serde_json::to_string(ids)?;
        let mut facts: HashMap<CustomerId, StandsFacts> = HashMap::new();
        let open = self.rows(OPERATIONS, [&wanted], |row| {
            Ok(OpenOperation {
                customer_id: row.get::<_, Id<_>>(0)?.0,
                state: row.get::<_, Word<_>>(1)?.0,
                hold: row.get::<_, Option<Word<_>>>(2)?.map(|hold| hold.0),
                attention: row.get::<_, Option<Word<_>>>(3)?.map(|reason| reason.0),
            })
        })?;
        for operation in open {
            facts.entry(operation.customer_id).or_default().count(&operation);
        }
        let ending = self.rows(ENDS, (&wanted, Time(now)), |row| Ok(row.get::<_, Id<CustomerId>>(0)?.0))?;
        for (customer, _, at) in self.undecided_ends(&serde_json::to_string(&ending)?, now)? {
            let soonest = &mut facts.entry(customer).or_default().term_ends_undecided;
            *soonest = Some(soonest.map_or(at, |other| other.min(at)));
        }
        for (customer, window) in self.next_windows(&wanted, now)? {
            facts.entry(customer).or_default().window = Some(window);
        }
        for customer in self.rows(DRAFTS, [&wanted], |row| Ok(row.get::<_, Id<CustomerId>>(0)?.0))? {
            facts.entry(customer).or_default().draft = true;
        }
        Ok(facts)
    }
}

impl StandsFacts {
    fn count(&mut self, operation: &OpenOperation) {
        match operation.state {
            OperationState::Queued => match operation.hold {
                Some(hold) => self.on_hold = self.on_hold.or(Some(hold)),
                None => self.waiting += 1,
            },
            OperationState::InFlight | OperationState::Unknown => self.sending += 1,
            OperationState::NeedsAttention => self.attention = self.attention.or(operation.attention),
            OperationState::Confirmed | OperationState::Cancelled => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[allow(clippy::unwrap_used, reason = "a test may fail loudly")]
    fn where_customers_stand_is_read_from_indexes_alone() {
        let connection = crate::connection::in_memory().unwrap();
        let mut plan = connection.prepare(&format!("EXPLAIN QUERY PLAN {ENDS}")).unwrap();
        let steps: Vec<String> =
            plan.query_map(("[]", 0), |row| row.get(3)).unwrap().collect::<rusqlite::Result<_>>().unwrap();
        assert!(steps.iter().any(|step| step.contains("s USING COVERING INDEX subscriptions_customer")), "{steps:?}");
    }
}
