//! Attempts: one row per request, committed before the first byte leaves (S6).

use crate::value::{Id, Time};
use crate::{Db, Result, StoreError, Tx};
use cb_domain::ids::OperationId;
use cb_domain::operation::Attempt;
use cb_domain::topic::Topic;
use jiff::Timestamp;
use rusqlite::{Row, named_params};

/// Reads attempts.
pub struct Attempts<'d>(&'d Db);

impl Db {
    /// Attempts.
    #[must_use]
    pub fn attempts(&self) -> Attempts<'_> {
        Attempts(self)
    }
}

impl Attempts<'_> {
    /// Those of an operation, in order.
    ///
    /// # Errors
    /// When the database fails.
    pub fn of_operation(&self, operation: OperationId) -> Result<Vec<Attempt>> {
        self.0.rows(
            "SELECT operation_id, number, request_key, correlation_id, payload_hash, started_at, ended_at, outcome,
                 status, code
             FROM attempts WHERE operation_id = ?1 ORDER BY number",
            [Id(operation)],
            read,
        )
    }
}

impl Tx {
    /// Opens an attempt, before anything is sent.
    ///
    /// # Errors
    /// `Duplicate` when the operation has this number, or another request this correlation id.
    pub fn open_attempt(&self, attempt: &Attempt) -> Result<()> {
        self.execute(
            "INSERT INTO attempts (operation_id, number, request_key, correlation_id, payload_hash, started_at,
                 ended_at, outcome, status, code)
             VALUES (:operation_id, :number, :request_key, :correlation_id, :payload_hash, :started_at, :ended_at,
                 :outcome, :status, :code)",
            named_params! {
                ":operation_id": Id(attempt.operation_id),
                ":number": attempt.number,
                ":request_key": Id(attempt.request_key),
                ":correlation_id": Id(attempt.correlation_id),
                ":payload_hash": attempt.payload_hash,
                ":started_at": Time(attempt.started_at),
                ":ended_at": attempt.ended_at.map(Time),
                ":outcome": attempt.outcome,
                ":status": attempt.status,
                ":code": attempt.code,
            },
        )?;
        self.touch(Topic::Outbox);
        Ok(())
    }

    /// Completes an open attempt.
    ///
    /// # Errors
    /// `Stale` when there is no open attempt of this number.
    pub fn close_attempt(
        &self,
        operation: OperationId,
        number: u32,
        ended_at: Timestamp,
        outcome: &str,
        status: u16,
        code: u32,
    ) -> Result<()> {
        let changed = self.execute(
            "UPDATE attempts SET ended_at = ?3, outcome = ?4, status = ?5, code = ?6
             WHERE operation_id = ?1 AND number = ?2 AND ended_at IS NULL",
            (Id(operation), number, Time(ended_at), outcome, status, code),
        )?;
        if changed == 0 {
            return Err(StoreError::Stale);
        }
        self.touch(Topic::Outbox);
        Ok(())
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Attempt> {
    Ok(Attempt {
        operation_id: row.get::<_, Id<_>>("operation_id")?.0,
        number: row.get("number")?,
        request_key: row.get::<_, Id<_>>("request_key")?.0,
        correlation_id: row.get::<_, Id<_>>("correlation_id")?.0,
        payload_hash: row.get("payload_hash")?,
        started_at: row.get::<_, Time>("started_at")?.0,
        ended_at: row.get::<_, Option<Time>>("ended_at")?.map(|time| time.0),
        outcome: row.get("outcome")?,
        status: row.get("status")?,
        code: row.get("code")?,
    })
}
