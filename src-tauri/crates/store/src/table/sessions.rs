//! Onboarding sessions. Which Submits belong to one is written with the Submit and never changes.

use crate::table::operations::{COLUMNS, read as read_operation};
use crate::value::{Id, Time};
use crate::{Db, Result, StoreError, Tx};
use cb_domain::ids::{OnboardingId, SessionId};
use cb_domain::journal::{FieldChange, JournalContent, JournalDraft, JournalKind};
use cb_domain::operation::Operation;
use cb_domain::session::Session;
use cb_domain::topic::Topic;
use jiff::Timestamp;
use rusqlite::{Row, named_params};

/// Reads sessions.
pub struct Sessions<'d>(&'d Db);

const SELECT: &str = "SELECT s.id, s.name, s.who, s.holds, s.started_at, s.ended_at, s.released_at FROM sessions s";

impl Db {
    /// Onboarding sessions.
    #[must_use]
    pub fn sessions(&self) -> Sessions<'_> {
        Sessions(self)
    }
}

impl Sessions<'_> {
    /// One.
    ///
    /// # Errors
    /// When the database fails.
    pub fn get(&self, id: SessionId) -> Result<Option<Session>> {
        self.0.row(&format!("{SELECT} WHERE s.id = ?1"), [Id(id)], read)
    }

    /// The one that runs.
    ///
    /// # Errors
    /// When the database fails.
    pub fn running(&self) -> Result<Option<Session>> {
        self.0.row(&format!("{SELECT} WHERE s.ended_at IS NULL"), [], read)
    }

    /// All, newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn all(&self) -> Result<Vec<Session>> {
        self.0.rows(&format!("{SELECT} ORDER BY s.started_at DESC, s.id DESC"), [], read)
    }

    /// Those that hold operations back.
    ///
    /// # Errors
    /// When the database fails.
    pub fn holding(&self) -> Result<Vec<Session>> {
        let sql = format!("{SELECT} WHERE s.holds = 1 AND s.released_at IS NULL ORDER BY s.started_at");
        self.0.rows(&sql, [], read)
    }

    /// The session of a Submit.
    ///
    /// # Errors
    /// When the database fails.
    pub fn of_onboarding(&self, onboarding: OnboardingId) -> Result<Option<Session>> {
        let sql = format!("{SELECT} JOIN onboardings o ON o.session_id = s.id WHERE o.id = ?1");
        self.0.row(&sql, [Id(onboarding)], read)
    }

    /// Its Submits, in the order in which they were made.
    ///
    /// # Errors
    /// When the database fails.
    pub fn onboardings(&self, id: SessionId) -> Result<Vec<OnboardingId>> {
        let sql = "SELECT id FROM onboardings WHERE session_id = ?1 ORDER BY submitted_at, id";
        self.0.rows(sql, [Id(id)], |row| Ok(row.get::<_, Id<_>>(0)?.0))
    }

    /// Its operations, in the order in which they go.
    ///
    /// # Errors
    /// When the database fails.
    pub fn operations(&self, id: SessionId) -> Result<Vec<Operation>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM operations o WHERE o.onboarding_id IN (SELECT b.id FROM onboardings b WHERE \
             b.session_id = ?1) ORDER BY o.sequence"
        );
        self.0.rows(&sql, [Id(id)], read_operation)
    }

    /// How many of its operations wait for its release.
    ///
    /// # Errors
    /// When the database fails.
    pub fn held(&self, id: SessionId) -> Result<u32> {
        self.0.number(
            "SELECT count(*) FROM operations o JOIN onboardings b ON b.id = o.onboarding_id
             WHERE b.session_id = ?1 AND o.state = 'queued' AND o.hold = 'session_not_released'",
            [Id(id)],
        )
    }
}

impl Tx {
    /// Begins a session.
    ///
    /// # Errors
    /// `Duplicate` while another one runs.
    pub fn begin_session(&self, session: &Session) -> Result<()> {
        self.execute(
            "INSERT INTO sessions (id, name, who, holds, started_at, ended_at, released_at)
             VALUES (:id, :name, :who, :holds, :started_at, :ended_at, :released_at)",
            named_params! {
                ":id": Id(session.id),
                ":name": session.name,
                ":who": session.who,
                ":holds": session.holds,
                ":started_at": Time(session.started_at),
                ":ended_at": session.ended_at.map(Time),
                ":released_at": session.released_at.map(Time),
            },
        )?;
        let changes = [("session_who", session.who.clone()), ("session_holds", session.holds.to_string())];
        let changes = changes.into_iter().filter(|(_, value)| !value.is_empty());
        let changes = changes.map(|(field, value)| FieldChange::new(field, "", value)).collect();
        self.tell_session(JournalKind::SessionStarted, &session.name, 0, changes)?;
        self.touch(Topic::Sessions);
        Ok(())
    }

    /// Gives a session another name. What belongs to it, and what it holds, stays as it is.
    ///
    /// # Errors
    /// `Stale` when there is none; when the database fails.
    pub fn rename_session(&self, id: SessionId, name: &str) -> Result<()> {
        let before = self.sessions().get(id)?.ok_or(StoreError::Stale)?;
        self.execute("UPDATE sessions SET name = ?2 WHERE id = ?1", (Id(id), name))?;
        if before.name != name {
            let changes = vec![FieldChange::new("name", before.name, name)];
            self.tell_session(JournalKind::SessionRenamed, name, 0, changes)?;
        }
        self.touched_sessions()
    }

    /// Ends a session that runs.
    ///
    /// # Errors
    /// `Stale` when it runs no longer.
    pub fn end_session(&self, id: SessionId, at: Timestamp) -> Result<()> {
        let changed =
            self.execute("UPDATE sessions SET ended_at = ?2 WHERE id = ?1 AND ended_at IS NULL", (Id(id), Time(at)))?;
        if changed == 0 {
            return Err(StoreError::Stale);
        }
        let session = self.sessions().get(id)?.ok_or(StoreError::Stale)?;
        let submits = self.sessions().onboardings(id)?.len();
        let changes = vec![FieldChange::new("session", "running", "ended")];
        self.tell_session(JournalKind::SessionEnded, &session.name, submits, changes)?;
        self.touched_sessions()
    }

    /// Notes the release of a session. What it held is let go by the caller afterwards, in the same transaction.
    ///
    /// # Errors
    /// `Stale` when it holds nothing, or no longer.
    pub fn release_session(&self, id: SessionId, at: Timestamp) -> Result<()> {
        let changed = self.execute(
            "UPDATE sessions SET released_at = ?2 WHERE id = ?1 AND holds = 1 AND released_at IS NULL",
            (Id(id), Time(at)),
        )?;
        if changed == 0 {
            return Err(StoreError::Stale);
        }
        let session = self.sessions().get(id)?.ok_or(StoreError::Stale)?;
        let held = usize::try_from(self.sessions().held(id)?).unwrap_or(usize::MAX);
        let changes = vec![FieldChange::new("session", "held", "released")];
        self.tell_session(JournalKind::SessionReleased, &session.name, held, changes)?;
        self.touched_sessions()
    }

    /// Tells of what was done to a session; `count` is how many belong to it or were let go, 0 where there is none.
    fn tell_session(&self, kind: JournalKind, name: &str, count: usize, changes: Vec<FieldChange>) -> Result<()> {
        self.tell(&JournalDraft {
            reason: if count == 0 { String::new() } else { count.to_string() },
            content: JournalContent { subject: name.to_owned(), changes },
            ..JournalDraft::new(kind)
        })
    }

    #[allow(clippy::unnecessary_wraps, reason = "it ends a writing method")]
    fn touched_sessions(&self) -> Result<()> {
        self.touch(Topic::Sessions);
        self.touch(Topic::Outbox);
        Ok(())
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Session> {
    Ok(Session {
        id: row.get::<_, Id<_>>("id")?.0,
        name: row.get("name")?,
        who: row.get("who")?,
        holds: row.get("holds")?,
        started_at: row.get::<_, Time>("started_at")?.0,
        ended_at: row.get::<_, Option<Time>>("ended_at")?.map(|time| time.0),
        released_at: row.get::<_, Option<Time>>("released_at")?.map(|time| time.0),
    })
}
