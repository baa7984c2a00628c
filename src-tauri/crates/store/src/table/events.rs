//! History of operations: appended, never changed, each row chained to the one before by a hash (S11).

use super::journal_check::{ChainFault, Slice};
use crate::value::{Id, Time, Word};
use crate::{Db, Result, Tx};
use cb_domain::ids::OperationId;
use cb_domain::operation::Event;
use cb_domain::topic::Topic;
use rusqlite::{Row, named_params};
use sha2::{Digest, Sha256};

/// Reads history.
pub struct Events<'d>(&'d Db);

const COLUMNS: &str = "number, operation_id, at, kind, state, status, code, correlation_id, reason, hash";

impl Db {
    /// History.
    #[must_use]
    pub fn events(&self) -> Events<'_> {
        Events(self)
    }
}

impl Events<'_> {
    /// That of an operation, oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn of_operation(&self, operation: OperationId) -> Result<Vec<Event>> {
        let sql = format!("SELECT {COLUMNS} FROM events WHERE operation_id = ?1 ORDER BY number");
        self.0.rows(&sql, [Id(operation)], read)
    }

    /// Checks up to `most` entries behind `number`, whose hash is `before`; from 0 and an empty hash it begins at the first
    /// one. The entry to go on from is read again: what was cut off or put in its place since is seen there.
    ///
    /// # Errors
    /// When the database fails.
    pub fn check_slice(&self, number: i64, before: &str, most: u32) -> Result<Slice> {
        let sql = format!("SELECT {COLUMNS} FROM events WHERE number >= ?1 ORDER BY number LIMIT ?2");
        let mut statement = self.0.connection.prepare_cached(&sql)?;
        let mut rows = statement.query((number, i64::from(most) + 2))?;
        let (mut at, mut hash, mut time) = (number, before.to_owned(), None);
        let mut is_first = number > 0;
        let mut seen = 0_u32;
        while let Some(row) = rows.next()? {
            let found: i64 = row.get("number")?;
            let stored: String = row.get("hash")?;
            if std::mem::take(&mut is_first) {
                if found != number || stored != before {
                    let fault = if found == number { ChainFault::Changed } else { ChainFault::Missing };
                    return Ok(Slice::Broken(number, fault, None));
                }
                time = Some(read(row)?.at);
                continue;
            }
            if seen == most {
                return Ok(Slice::More(at, hash));
            }
            if found != at + 1 {
                return Ok(Slice::Broken(at + 1, ChainFault::Missing, time));
            }
            // A word that there is not is as changed as one that is another.
            match read(row) {
                Ok(event) if chain(&hash, found, &event)? == stored => {
                    (at, hash, time) = (found, stored, Some(event.at))
                }
                Ok(_) | Err(_) => return Ok(Slice::Broken(found, ChainFault::Changed, time)),
            }
            seen += 1;
        }
        if is_first {
            return Ok(Slice::Broken(number, ChainFault::CutOff, None));
        }
        Ok(Slice::End(at, hash))
    }

    /// The number of the first row whose hash or place in the chain is not right; `None` when all are.
    ///
    /// # Errors
    /// When the database fails.
    pub fn first_broken(&self) -> Result<Option<i64>> {
        let mut statement =
            self.0.connection.prepare_cached(&format!("SELECT {COLUMNS} FROM events ORDER BY number"))?;
        let mut rows = statement.query([])?;
        let (mut number, mut before) = (0, String::new());
        while let Some(row) = rows.next()? {
            number += 1;
            let hash: String = row.get("hash")?;
            if row.get::<_, i64>("number")? != number || hash != chain(&before, number, &read(row)?)? {
                return Ok(Some(number));
            }
            before = hash;
        }
        Ok(None)
    }
}

impl Tx {
    /// Appends an entry; its running number and hash are made here.
    ///
    /// # Errors
    /// When the database fails.
    pub fn append_event(&self, event: &Event) -> Result<()> {
        let last = self.row("SELECT number, hash FROM events ORDER BY number DESC LIMIT 1", [], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))
        })?;
        let (last, before) = last.unwrap_or_default();
        let number = last + 1;
        self.execute(
            "INSERT INTO events (number, operation_id, at, kind, state, status, code, correlation_id, reason, hash)
             VALUES (:number, :operation_id, :at, :kind, :state, :status, :code, :correlation_id, :reason, :hash)",
            named_params! {
                ":number": number,
                ":operation_id": Id(event.operation_id),
                ":at": Time(event.at),
                ":kind": Word(event.kind),
                ":state": Word(event.state),
                ":status": event.status,
                ":code": event.code,
                ":correlation_id": event.correlation_id.map(Id),
                ":reason": event.reason,
                ":hash": chain(&before, number, event)?,
            },
        )?;
        self.touch(Topic::Outbox);
        self.tell_event(event)
    }
}

/// Hash over the hash before, the number and the entry as JSON.
fn chain(before: &str, number: i64, event: &Event) -> Result<String> {
    let mut hasher = Sha256::new();
    hasher.update(before.as_bytes());
    hasher.update(number.to_be_bytes());
    hasher.update(serde_json::to_vec(event)?);
    Ok(hex::encode(hasher.finalize()))
}

fn read(row: &Row<'_>) -> rusqlite::Result<Event> {
    Ok(Event {
        operation_id: row.get::<_, Id<_>>("operation_id")?.0,
        at: row.get::<_, Time>("at")?.0,
        kind: row.get::<_, Word<_>>("kind")?.0,
        state: row.get::<_, Word<_>>("state")?.0,
        status: row.get("status")?,
        code: row.get("code")?,
        correlation_id: row.get::<_, Option<Id<_>>>("correlation_id")?.map(|id| id.0),
        reason: row.get("reason")?,
    })
}
