//! Under whose name, when, and after which request the journal tells of a transaction.

use crate::{Result, Tx};
use cb_domain::ids::{CorrelationId, RequestKey};
use cb_domain::journal::JournalActor;
use jiff::Timestamp;
use std::sync::Arc;

/// Tells the time of an entry.
pub type PenClock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// What a handle to the book writes with.
#[derive(Clone, Default)]
pub(crate) struct Pen {
    actor: JournalActor,
    person: Arc<str>,
    clock: Option<PenClock>,
}

impl Pen {
    pub(crate) fn of(&self, person: &str, clock: PenClock) -> Self {
        Self { actor: self.actor, person: person.into(), clock: Some(clock) }
    }

    pub(crate) fn acting(&self, actor: JournalActor) -> Self {
        Self { actor, ..self.clone() }
    }

    /// For one transaction, at this moment.
    pub(crate) fn scribe(&self) -> Scribe {
        Scribe {
            at: self.clock.as_ref().map_or(Timestamp::UNIX_EPOCH, |clock| clock()),
            actor: self.actor,
            person: self.person.to_string(),
            ..Scribe::default()
        }
    }
}

/// What all entries of a transaction share.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scribe {
    pub(crate) at: Timestamp,
    pub(crate) actor: JournalActor,
    pub(crate) person: String,
    /// Request of the answer that this transaction saves.
    pub(crate) request_key: Option<RequestKey>,
    pub(crate) correlation_id: Option<CorrelationId>,
    pub(crate) status: u16,
    pub(crate) code: u32,
    quiet: bool,
}

impl Tx {
    /// Tells nothing more of this transaction: what fills a book in bulk is told as one entry by its use case.
    ///
    /// # Errors
    /// What the work brings.
    pub fn quietly<T>(&self, work: impl FnOnce(&Self) -> Result<T>) -> Result<T> {
        self.scribe.borrow_mut().quiet = true;
        let done = work(self);
        self.scribe.borrow_mut().quiet = false;
        done
    }

    pub(crate) fn is_quiet(&self) -> bool {
        self.scribe.borrow().quiet
    }

    pub(crate) fn scribe(&self) -> Scribe {
        self.scribe.borrow().clone()
    }

    /// What this transaction saves is an answer: its status, and Partner Center's code, 0 when it has none.
    pub fn answered(&self, status: u16, code: u32) {
        let mut scribe = self.scribe.borrow_mut();
        (scribe.status, scribe.code) = (status, code);
    }

    /// What follows in this transaction follows from this request.
    pub(crate) fn after_request(&self, request: RequestKey, correlation: CorrelationId) {
        let mut scribe = self.scribe.borrow_mut();
        scribe.request_key = Some(request);
        scribe.correlation_id = Some(correlation);
    }
}
