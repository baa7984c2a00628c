//! Operations: the outbox. Triggers of the schema hold the table of states for every writer (S11); the writes here
//! compare and set, so that two writers never both win.

use crate::value::{Id, Json, Time, Word};
use crate::{Db, Result, StoreError, Tx};
use cb_domain::ids::{CustomerId, OnboardingId, OperationId, SessionId};
use cb_domain::operation::{HoldReason, Operation, OperationPayload, OperationResult, OperationState};
use cb_domain::topic::Topic;
use rusqlite::{Row, named_params};
use std::collections::{HashMap, HashSet};

/// Reads operations.
pub struct Operations<'d>(&'d Db);

/// Payloads of open operations that were read before, by their hash.
#[derive(Debug, Default)]
pub struct KnownPayloads(HashMap<String, OperationPayload>);

/// What to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OutboxQuery {
    /// States; empty for all.
    pub states: Vec<OperationState>,
    /// Only those on hold, or only those not; `None` for both.
    pub on_hold: Option<bool>,
    /// Only those of this onboarding session.
    pub session: Option<SessionId>,
    /// Most rows.
    pub limit: u32,
}

/// How many operations stand where.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OutboxCounts {
    /// All, cancelled ones included.
    pub all: u32,
    /// Queued, not on hold.
    pub waiting: u32,
    /// In flight or unknown.
    pub sending: u32,
    /// Queued and on hold.
    pub on_hold: u32,
    /// Needs attention.
    pub needs_attention: u32,
    /// Confirmed.
    pub confirmed: u32,
}

/// Columns of an operation, in the order in which [`read`] takes them.
pub(crate) const COLUMNS: &str = "o.id, o.onboarding_id, o.customer_id, o.sequence, o.revision, o.state, o.parents, o.payload, \
     o.payload_hash, o.request_key, o.prefix_index, o.wire_tries, o.ever_unknown, o.not_before, o.hold, o.hold_since, \
     o.attention, o.cart_id, o.result, o.approved_at, o.partner_tenant, o.updated_at";

const OPEN: &str = "o.state IN ('queued', 'in_flight', 'unknown', 'needs_attention')";

impl Db {
    /// Operations.
    #[must_use]
    pub fn operations(&self) -> Operations<'_> {
        Operations(self)
    }
}

impl Operations<'_> {
    /// One.
    ///
    /// # Errors
    /// When the database fails.
    pub fn get(&self, id: OperationId) -> Result<Option<Operation>> {
        self.0.row(&format!("SELECT {COLUMNS} FROM operations o WHERE o.id = ?1"), [Id(id)], read)
    }

    /// All that are neither confirmed nor cancelled, in the order in which they go.
    ///
    /// # Errors
    /// When the database fails.
    pub fn open(&self) -> Result<Vec<Operation>> {
        self.0.rows(&format!("SELECT {COLUMNS} FROM operations o WHERE {OPEN} ORDER BY o.sequence"), [], read)
    }

    /// The same, for who asks again and again: what was approved never changes, so a payload is read once and then
    /// known by its hash. Of many that wait, reading the payloads is most of the work.
    ///
    /// # Errors
    /// When the database fails.
    pub fn open_knowing(&self, known: &mut KnownPayloads) -> Result<Vec<Operation>> {
        let sql = format!("SELECT {COLUMNS} FROM operations o WHERE {OPEN} ORDER BY o.sequence");
        let open = self.0.rows(&sql, [], |row| read_with(row, |hash| known.0.get(hash).cloned()))?;
        let hashes: HashSet<&str> = open.iter().map(|operation| operation.payload_hash.as_str()).collect();
        known.0.retain(|hash, _| hashes.contains(hash.as_str()));
        for operation in &open {
            if !known.0.contains_key(&operation.payload_hash) {
                known.0.insert(operation.payload_hash.clone(), operation.payload.clone());
            }
        }
        Ok(open)
    }

    /// States of those that these open ones wait for and that are open no more. Looked up by id: most parents of a full
    /// outbox are open themselves, and its queue is read before each turn.
    ///
    /// # Errors
    /// When the database fails.
    pub fn closed_parents(&self, open: &[Operation]) -> Result<HashMap<OperationId, OperationState>> {
        let known: HashSet<OperationId> = open.iter().map(|operation| operation.id).collect();
        let parents: HashSet<OperationId> =
            open.iter().flat_map(|operation| operation.parents.iter().copied()).collect();
        let wanted: Vec<OperationId> = parents.difference(&known).copied().collect();
        let sql = "SELECT p.id, p.state FROM json_each(?1) wanted CROSS JOIN operations p ON p.id = wanted.value
             WHERE p.state IN ('confirmed', 'cancelled')";
        let rows =
            self.0.rows(sql, [Json(&wanted)], |row| Ok((row.get::<_, Id<_>>(0)?.0, row.get::<_, Word<_>>(1)?.0)))?;
        Ok(rows.into_iter().collect())
    }

    /// Customers of these open ones that have a tenant.
    ///
    /// # Errors
    /// When the database fails.
    pub fn customers_made(&self, open: &[Operation]) -> Result<HashSet<CustomerId>> {
        let wanted: HashSet<CustomerId> = open.iter().map(|operation| operation.customer_id).collect();
        let sql = "SELECT c.id FROM json_each(?1) wanted CROSS JOIN customers c ON c.id = wanted.value
             WHERE c.tenant_id IS NOT NULL";
        Ok(self.0.rows(sql, [Json(&wanted)], |row| Ok(row.get::<_, Id<_>>(0)?.0))?.into_iter().collect())
    }

    /// Those of one Submit, in order.
    ///
    /// # Errors
    /// When the database fails.
    pub fn of_onboarding(&self, onboarding: OnboardingId) -> Result<Vec<Operation>> {
        let sql = format!("SELECT {COLUMNS} FROM operations o WHERE o.onboarding_id = ?1 ORDER BY o.sequence");
        self.0.rows(&sql, [Id(onboarding)], read)
    }

    /// Those of a customer, in order.
    ///
    /// # Errors
    /// When the database fails.
    pub fn of_customer(&self, customer: CustomerId) -> Result<Vec<Operation>> {
        let sql = format!("SELECT {COLUMNS} FROM operations o WHERE o.customer_id = ?1 ORDER BY o.sequence");
        self.0.rows(&sql, [Id(customer)], read)
    }

    /// Rows of the outbox with the customer's name: open ones in the order in which they go, then finished ones, newest
    /// first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn list(&self, query: &OutboxQuery) -> Result<Vec<(Operation, String)>> {
        let (open, finished): (Vec<OperationState>, Vec<OperationState>) = STATES
            .into_iter()
            .filter(|state| query.states.is_empty() || query.states.contains(state))
            .partition(|state| match state {
                OperationState::Queued
                | OperationState::InFlight
                | OperationState::Unknown
                | OperationState::NeedsAttention => true,
                OperationState::Confirmed | OperationState::Cancelled => false,
            });
        let mut rows = self.part(&open, query, "ASC", query.limit)?;
        let left = query.limit.saturating_sub(u32::try_from(rows.len()).unwrap_or(u32::MAX));
        rows.extend(self.part(&finished, query, "DESC", left)?);
        Ok(rows)
    }

    /// Something is on hold for this reason.
    ///
    /// # Errors
    /// When the database fails.
    pub fn is_any_held(&self, reason: HoldReason) -> Result<bool> {
        self.0.number("SELECT EXISTS (SELECT 1 FROM operations WHERE state = 'queued' AND hold = ?1)", [Word(reason)])
    }

    /// How many stand where.
    ///
    /// # Errors
    /// When the database fails.
    pub fn counts(&self) -> Result<OutboxCounts> {
        self.counts_of(None)
    }

    /// The same of one onboarding session.
    ///
    /// # Errors
    /// When the database fails.
    pub fn counts_of(&self, session: Option<SessionId>) -> Result<OutboxCounts> {
        let sql = format!(
            "SELECT o.state, count(*), count(o.hold) FROM operations o WHERE TRUE {} GROUP BY o.state",
            of_session(session)
        );
        let rows = self.0.rows(&sql, [session.map(Id)], |row| {
            Ok((row.get::<_, Word<OperationState>>(0)?.0, row.get::<_, u32>(1)?, row.get::<_, u32>(2)?))
        })?;
        let mut counts = OutboxCounts::default();
        for (state, all, held) in rows {
            counts.all += all;
            match state {
                OperationState::Queued => (counts.waiting, counts.on_hold) = (all - held, held),
                OperationState::InFlight | OperationState::Unknown => counts.sending += all,
                OperationState::NeedsAttention => counts.needs_attention = all,
                OperationState::Confirmed => counts.confirmed = all,
                OperationState::Cancelled => {}
            }
        }
        Ok(counts)
    }

    /// The number after the last one given.
    ///
    /// # Errors
    /// When the database fails.
    pub fn next_sequence(&self) -> Result<i64> {
        self.0.number("SELECT coalesce(max(sequence), 0) + 1 FROM operations", [])
    }

    fn part(
        &self,
        states: &[OperationState],
        query: &OutboxQuery,
        direction: &str,
        limit: u32,
    ) -> Result<Vec<(Operation, String)>> {
        if states.is_empty() || limit == 0 {
            return Ok(Vec::new());
        }
        let hold = match query.on_hold {
            None => "",
            Some(true) => "AND o.hold IS NOT NULL",
            Some(false) => "AND o.hold IS NULL",
        };
        let session = of_session(query.session);
        let sql = format!(
            "SELECT {COLUMNS}, (SELECT c.name FROM customers c WHERE c.id = o.customer_id) AS customer_name
             FROM operations o WHERE o.state IN (SELECT value FROM json_each(?2)) {hold} {session}
             ORDER BY o.sequence {direction} LIMIT ?3"
        );
        let values = (query.session.map(Id), serde_json::to_string(states)?, limit);
        self.0.rows(&sql, values, |row| Ok((read(row)?, row.get("customer_name")?)))
    }
}

/// Narrows operations `o` down to those of the session in parameter 1, which is bound in any case.
fn of_session(session: Option<SessionId>) -> &'static str {
    match session {
        Some(_) => "AND o.onboarding_id IN (SELECT b.id FROM onboardings b WHERE b.session_id = ?1)",
        None => "AND ?1 IS NULL",
    }
}

/// All states, so that "all" and a choice of them take the same way.
const STATES: [OperationState; 6] = [
    OperationState::Queued,
    OperationState::InFlight,
    OperationState::Unknown,
    OperationState::NeedsAttention,
    OperationState::Confirmed,
    OperationState::Cancelled,
];

impl Tx {
    /// Puts an operation into the outbox. It begins queued; on hold where its session holds.
    ///
    /// # Errors
    /// `Duplicate` when there is one for this onboarding, kind and revision, or with its request key or sequence.
    pub fn insert_operation(&self, operation: &Operation) -> Result<()> {
        self.execute(
            "INSERT INTO operations (id, onboarding_id, customer_id, kind, sequence, revision, state, parents, payload,
                 payload_hash, request_key, prefix_index, wire_tries, ever_unknown, not_before, hold, hold_since,
                 attention_reason, attention_ambiguous, attention, cart_id, result, approved_at, partner_tenant,
                 updated_at)
             VALUES (:id, :onboarding_id, :customer_id, :kind, :sequence, :revision, :state, :parents, :payload,
                 :payload_hash, :request_key, :prefix_index, :wire_tries, :ever_unknown, :not_before,
                 iif(:onboarding_id IN (SELECT id FROM held_onboardings), 'session_not_released', :hold),
                 iif(:onboarding_id IN (SELECT id FROM held_onboardings), :approved_at, :hold_since), :attention_reason, :attention_ambiguous, :attention, :cart_id, :result, :approved_at,
                 :partner_tenant, :updated_at)",
            named_params! {
                ":id": Id(operation.id),
                ":onboarding_id": Id(operation.onboarding_id),
                ":customer_id": Id(operation.customer_id),
                ":kind": Word(operation.payload.kind()),
                ":sequence": operation.sequence,
                ":revision": operation.revision,
                ":state": Word(operation.state),
                ":parents": Json(&operation.parents),
                ":payload": Json(&operation.payload),
                ":payload_hash": operation.payload_hash,
                ":request_key": Id(operation.request_key),
                ":prefix_index": operation.prefix_index,
                ":wire_tries": operation.wire_tries,
                ":ever_unknown": operation.ever_unknown,
                ":not_before": operation.not_before.map(Time),
                ":hold": operation.hold.map(Word),
                ":hold_since": operation.hold_since.map(Time),
                ":attention_reason": operation.attention.as_ref().map(|attention| Word(attention.reason)),
                ":attention_ambiguous": operation.attention.as_ref().is_some_and(|attention| attention.ambiguous),
                ":attention": operation.attention.as_ref().map(Json),
                ":cart_id": operation.result.cart_id,
                ":result": Json(without_cart(&operation.result)),
                ":approved_at": Time(operation.approved_at),
                ":partner_tenant": Id(operation.partner_tenant),
                ":updated_at": Time(operation.updated_at),
            },
        )?;
        self.touch(Topic::Outbox);
        Ok(())
    }

    /// Changes an operation that is in state `from` and of this revision, or of the one before when it has a new
    /// request key. A cart id that is there stays, a later one is dropped (S2); an operation that was unknown once
    /// stays so under its key (S8).
    ///
    /// # Errors
    /// `Stale` when it is in another state or revision; `NotAllowed` when the table of states forbids it.
    pub fn update_operation(&self, operation: &Operation, from: OperationState) -> Result<()> {
        let changed = self.execute(
            "UPDATE operations SET revision = :revision, state = :state, parents = :parents, payload = :payload,
                 payload_hash = :payload_hash, request_key = :request_key, prefix_index = :prefix_index,
                 wire_tries = :wire_tries, ever_unknown = :ever_unknown, not_before = :not_before, hold = :hold,
                 hold_since = :hold_since, attention_reason = :attention_reason,
                 attention_ambiguous = :attention_ambiguous, attention = :attention,
                 cart_id = coalesce(cart_id, :cart_id), result = :result, approved_at = :approved_at,
                 updated_at = :updated_at
             WHERE id = :id AND state = :from
                 AND (revision = :revision OR (revision = :revision - 1 AND request_key <> :request_key))",
            named_params! {
                ":id": Id(operation.id),
                ":from": Word(from),
                ":revision": operation.revision,
                ":state": Word(operation.state),
                ":parents": Json(&operation.parents),
                ":payload": Json(&operation.payload),
                ":payload_hash": operation.payload_hash,
                ":request_key": Id(operation.request_key),
                ":prefix_index": operation.prefix_index,
                ":wire_tries": operation.wire_tries,
                ":ever_unknown": operation.ever_unknown || operation.state == OperationState::Unknown,
                ":not_before": operation.not_before.map(Time),
                ":hold": operation.hold.map(Word),
                ":hold_since": operation.hold_since.map(Time),
                ":attention_reason": operation.attention.as_ref().map(|attention| Word(attention.reason)),
                ":attention_ambiguous": operation.attention.as_ref().is_some_and(|attention| attention.ambiguous),
                ":attention": operation.attention.as_ref().map(Json),
                ":cart_id": operation.result.cart_id,
                ":result": Json(without_cart(&operation.result)),
                ":approved_at": Time(operation.approved_at),
                ":updated_at": Time(operation.updated_at),
            },
        )?;
        if changed == 0 {
            return Err(StoreError::Stale);
        }
        self.touch(Topic::Outbox);
        Ok(())
    }
}

/// The cart id has its one home in a column.
fn without_cart(result: &OperationResult) -> OperationResult {
    OperationResult { cart_id: None, ..result.clone() }
}

/// An operation of a row that begins with [`COLUMNS`].
pub(crate) fn read(row: &Row<'_>) -> rusqlite::Result<Operation> {
    read_with(row, |_| None)
}

/// By number, not by name: a name is looked for among all columns of the row, for each value anew, and the outbox is
/// read again after each answer.
fn read_with(row: &Row<'_>, known: impl FnOnce(&str) -> Option<OperationPayload>) -> rusqlite::Result<Operation> {
    let payload_hash: String = row.get(8)?;
    let payload = match known(&payload_hash) {
        Some(known) => known,
        None => row.get::<_, Json<_>>(7)?.0,
    };
    let result: OperationResult = row.get::<_, Json<_>>(18)?.0;
    Ok(Operation {
        id: row.get::<_, Id<_>>(0)?.0,
        onboarding_id: row.get::<_, Id<_>>(1)?.0,
        customer_id: row.get::<_, Id<_>>(2)?.0,
        sequence: row.get(3)?,
        revision: row.get(4)?,
        state: row.get::<_, Word<_>>(5)?.0,
        parents: row.get::<_, Json<_>>(6)?.0,
        payload,
        payload_hash,
        request_key: row.get::<_, Id<_>>(9)?.0,
        prefix_index: row.get(10)?,
        wire_tries: row.get(11)?,
        ever_unknown: row.get(12)?,
        not_before: row.get::<_, Option<Time>>(13)?.map(|time| time.0),
        hold: row.get::<_, Option<Word<_>>>(14)?.map(|hold| hold.0),
        hold_since: row.get::<_, Option<Time>>(15)?.map(|time| time.0),
        attention: row.get::<_, Option<Json<_>>>(16)?.map(|attention| attention.0),
        result: OperationResult { cart_id: row.get(17)?, ..result },
        approved_at: row.get::<_, Time>(19)?.0,
        partner_tenant: row.get::<_, Id<_>>(20)?.0,
        updated_at: row.get::<_, Time>(21)?.0,
    })
}
