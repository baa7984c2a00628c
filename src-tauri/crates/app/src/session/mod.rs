//! Onboarding sessions: begun and ended, reviewed on one page, checked in one go, released, and reported.

mod check;
mod release;
mod report;
mod report_words;
mod review;
#[cfg(test)]
mod tests;

pub(crate) use check::Checks;

use crate::App;
use crate::error::{AppError, AppResult};
use crate::views::{FieldProblem, SessionRow, SessionsView};
use crate::wizard::newest_of_each_kind;
use cb_domain::ids::SessionId;
use cb_domain::operation::OperationState;
use cb_domain::session::{self, LONGEST_NAME, NameProblem, Session};
use cb_store::{Db, StoreError};

impl App {
    /// The session that runs, and all of them.
    ///
    /// # Errors
    /// `NoBook`, or the store's.
    pub async fn sessions(&self) -> AppResult<SessionsView> {
        let open = self.open_book().await?;
        Ok(open.book.read(sessions).await?)
    }

    /// Begins a session: what is submitted from now on belongs to it.
    ///
    /// # Errors
    /// `Validation` for the name; `NotAllowed` while another one runs; the store's.
    pub async fn start_session(&self, name: String, who: String, holds: bool) -> AppResult<SessionRow> {
        let name = session::name(&name).map_err(|problem| AppError::Validation(vec![told(problem)]))?;
        let open = self.open_book().await?;
        let begun = Session {
            id: SessionId(self.inner.host.random.id()),
            name,
            who: session::tidy(&who).chars().take(LONGEST_NAME).collect(),
            holds,
            started_at: self.inner.host.clock.now(),
            ended_at: None,
            released_at: None,
        };
        let written = open
            .book
            .write(move |tx| {
                tx.begin_session(&begun)?;
                row(tx, begun)
            })
            .await?;
        self.publish(&written.topics);
        Ok(written.value)
    }

    /// Gives a session another name, whether it runs or not: its report and its rows in the outbox carry it too. What
    /// was reviewed stays reviewed.
    ///
    /// # Errors
    /// `Validation` for the name; `NotFound`, `NoBook`, or the store's.
    pub async fn rename_session(&self, id: String, name: String) -> AppResult<SessionRow> {
        let id: SessionId = id.parse()?;
        let name = session::name(&name).map_err(|problem| AppError::Validation(vec![told(problem)]))?;
        let open = self.open_book().await?;
        let written = open
            .book
            .write(move |tx| {
                let Some(known) = tx.sessions().get(id)? else { return Ok(None) };
                if known.name != name {
                    tx.rename_session(id, &name)?;
                }
                row(tx, Session { name, ..known }).map(Some)
            })
            .await?;
        self.publish(&written.topics);
        written.value.ok_or(AppError::NotFound)
    }
}

fn told(problem: NameProblem) -> FieldProblem {
    let (key, expected) = match problem {
        NameProblem::Missing => ("sessionNameMissing", String::new()),
        NameProblem::TooLong => ("sessionNameTooLong", LONGEST_NAME.to_string()),
    };
    FieldProblem { field: "name".to_owned(), key: key.to_owned(), expected }
}

fn sessions(db: &Db) -> Result<SessionsView, StoreError> {
    let all = db.sessions().all()?;
    let who = all.first().map(|session| session.who.clone()).unwrap_or_default();
    let all = all.into_iter().map(|session| row(db, session)).collect::<Result<Vec<_>, _>>()?;
    Ok(SessionsView { running: all.iter().find(|session| session.running).cloned(), all, who })
}

/// A session in short.
pub(crate) fn row(db: &Db, session: Session) -> Result<SessionRow, StoreError> {
    let reads = db.sessions();
    let submits = reads.onboardings(session.id)?;
    let (mut operations, mut open) = (0_usize, 0_usize);
    for submit in &submits {
        let all = db.operations().of_onboarding(*submit)?;
        operations += all.len();
        open += usize::from(newest_of_each_kind(all).iter().any(|one| match one.state {
            OperationState::Queued
            | OperationState::InFlight
            | OperationState::Unknown
            | OperationState::NeedsAttention => true,
            OperationState::Confirmed | OperationState::Cancelled => false,
        }));
    }
    Ok(SessionRow {
        id: session.id.to_string(),
        running: session.is_running(),
        held: reads.held(session.id)?,
        name: session.name,
        who: session.who,
        started_at: session.started_at.to_string(),
        ended_at: session.ended_at.map(|at| at.to_string()),
        released_at: session.released_at.map(|at| at.to_string()),
        holds: session.holds,
        onboardings: count(submits.len()),
        operations: count(operations),
        open: count(open),
    })
}

fn count(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}
