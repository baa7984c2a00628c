//! Does the chain of the journal hold? Checked in slices, each from where the last one ended, so that nobody waits.

use super::journal::{COLUMNS, Journal, chain, content_hash, read};
use crate::value::{Json, Time};
use crate::{Result, StoreError, Tx};
use cb_domain::topic::Topic;
use jiff::Timestamp;
use rusqlite::Row;
use serde::{Deserialize, Serialize};

/// How the chain fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChainFault {
    /// An entry does not read as it was written, or stands in another's place.
    Changed,
    /// An entry is not there.
    Missing,
    /// The newest entries are not there.
    CutOff,
}

/// Where the chain fails first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChainBreak {
    /// Number of the entry.
    pub number: i64,
    /// How.
    pub fault: ChainFault,
    /// Time of the last entry that is right; nothing before it is in doubt. `None` when there is none.
    pub right_until: Option<Timestamp>,
    /// When it was found.
    pub found_at: Timestamp,
}

/// How far the chain was checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChainCheck {
    /// This entry and all before it were right.
    pub number: i64,
    /// Its hash.
    pub hash: String,
    /// When the check last reached the end.
    pub checked_at: Option<Timestamp>,
    /// When it last did so from the first entry.
    pub whole_at: Option<Timestamp>,
    /// Where it fails.
    pub broken: Option<ChainBreak>,
}

/// What a slice brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slice {
    /// Right so far: number and hash to go on from.
    More(i64, String),
    /// Right to the end.
    End(i64, String),
    /// Not right at this entry; the time is that of the one before.
    Broken(i64, ChainFault, Option<Timestamp>),
}

impl Journal<'_> {
    /// How far it was checked, and where it fails.
    ///
    /// # Errors
    /// When the database fails.
    pub fn check(&self) -> Result<ChainCheck> {
        self.0
            .row("SELECT checked_number, checked_hash, checked_at, whole_at, broken FROM journal_state", [], |row| {
                let broken: Option<Json<ChainBreak>> = row.get("broken")?;
                Ok(ChainCheck {
                    number: row.get("checked_number")?,
                    hash: row.get("checked_hash")?,
                    checked_at: row.get::<_, Option<Time>>("checked_at")?.map(|time| time.0),
                    whole_at: row.get::<_, Option<Time>>("whole_at")?.map(|time| time.0),
                    broken: broken.map(|broken| broken.0),
                })
            })?
            .ok_or(StoreError::NotFound)
    }

    /// Checks up to `most` entries behind `number`, whose hash is `before`; from 0 and an empty hash it begins at the
    /// first one.
    ///
    /// # Errors
    /// When the database fails.
    pub fn check_slice(&self, number: i64, before: &str, most: u32) -> Result<Slice> {
        let sql = format!("SELECT {COLUMNS} FROM journal j WHERE j.number >= ?1 ORDER BY j.number LIMIT ?2");
        let mut statement = self.0.connection.prepare_cached(&sql)?;
        // The entry to go on from is read again: what was cut off or put in another's place since is seen there.
        let mut rows = statement.query((number, i64::from(most) + 1))?;
        let (mut at, mut hash, mut time, mut seen) = (number, before.to_owned(), None, 0_u32);
        while let Some(row) = rows.next()? {
            let found: i64 = row.get("number")?;
            if number > 0 && seen == 0 {
                if found != number {
                    return Ok(Slice::Broken(number, ChainFault::Missing, None));
                }
                if row.get::<_, String>("hash")? != before {
                    return Ok(Slice::Broken(number, ChainFault::Changed, None));
                }
                (time, seen) = (Some(row.get::<_, Time>("at")?.0), 1);
                continue;
            }
            if seen > most {
                break;
            }
            if found != at + 1 {
                return Ok(Slice::Broken(at + 1, ChainFault::Missing, time));
            }
            match right(row, &hash)? {
                Some((next, then)) => (at, hash, time) = (found, next, Some(then)),
                None => return Ok(Slice::Broken(found, ChainFault::Changed, time)),
            }
            seen += 1;
        }
        drop(rows);
        if number > 0 && seen == 0 {
            return Ok(Slice::Broken(number, ChainFault::CutOff, None));
        }
        let (head, head_hash): (i64, String) = self
            .0
            .row("SELECT head_number, head_hash FROM journal_state", [], |row| Ok((row.get(0)?, row.get(1)?)))?
            .ok_or(StoreError::NotFound)?;
        let last: i64 = self.0.number("SELECT coalesce(max(number), 0) FROM journal", [])?;
        if at < last {
            return Ok(Slice::More(at, hash));
        }
        Ok(if head > at {
            Slice::Broken(at + 1, ChainFault::CutOff, time)
        } else if head < at || head_hash != hash {
            Slice::Broken(at, ChainFault::Changed, time)
        } else {
            Slice::End(at, hash)
        })
    }
}

impl Tx {
    /// Keeps how far the journal was checked.
    ///
    /// # Errors
    /// When the database fails.
    pub fn keep_journal_check(&self, check: &ChainCheck) -> Result<()> {
        let before = self.journal().check()?.broken;
        self.execute(
            "UPDATE journal_state SET checked_number = ?1, checked_hash = ?2, checked_at = ?3, whole_at = ?4,
                 broken = ?5",
            (
                check.number,
                &check.hash,
                check.checked_at.map(Time),
                check.whole_at.map(Time),
                check.broken.as_ref().map(Json),
            ),
        )?;
        if before != check.broken {
            self.touch(Topic::Journal);
        }
        Ok(())
    }
}

/// Hash and time of an entry that is right; `None` when it is not, a column that does not read among that.
fn right(row: &Row<'_>, before: &str) -> Result<Option<(String, Timestamp)>> {
    let content: Option<String> = row.get("content")?;
    let (held, hash): (String, String) = (row.get("content_hash")?, row.get("hash")?);
    let salt: Option<String> = row.get("salt")?;
    let Ok(entry) = read(row) else { return Ok(None) };
    let same = match (&salt, &content) {
        (Some(salt), Some(content)) => content_hash(salt, content) == held,
        (_, _) => true,
    };
    let area: String = row.get("area")?;
    let fits = same && area == crate::value::word(&entry.entry.kind.area())? && chain(before, &entry, &held)? == hash;
    Ok(fits.then_some((hash, entry.at)))
}
