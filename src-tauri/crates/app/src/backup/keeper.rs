//! Makes backups by itself: the first of a day, and after each verified order (D6). It never holds anybody up, and what
//! fails is told in Settings and tried again.

use super::backup_problem;
use crate::host::Host;
use crate::views::BackupProblem;
use crate::{App, OpenBook};
use cb_domain::journal::{JournalActor, JournalDraft, JournalKind};
use cb_store::{BackupReason, Book, StoreError};
use jiff::SignedDuration;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

/// After the start: the window comes first.
const FIRST: Duration = Duration::from_secs(20);
/// Between two looks whether a day has begun.
const LOOK: Duration = Duration::from_secs(900);

/// So long after its end is a Submit remembered with its persons (D10).
const REMEMBERED: SignedDuration = SignedDuration::from_hours(90 * 24);
/// Submits that forget in one go: a transaction of a few milliseconds.
const AT_ONCE: u32 = 50;

/// Backups of one open book.
#[derive(Default)]
pub(crate) struct Keeper {
    /// One backup at a time.
    turn: tokio::sync::Mutex<()>,
    problem: Mutex<Option<BackupProblem>>,
    task: Mutex<Option<tokio::task::JoinHandle<()>>>,
}

impl Keeper {
    /// Why the last backup failed; `None` when it did not.
    pub(crate) fn problem(&self) -> Option<BackupProblem> {
        *self.problem.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes one and keeps what came of it.
    pub(crate) async fn back_up(&self, host: &Host, open: &OpenBook, reason: BackupReason) {
        let _turn = self.turn.lock().await;
        let folder = PathBuf::from(open.workspace().folder);
        let (now, zone) = (host.clock.now(), host.clock.time_zone());
        let problem = match open.book.back_up(&folder, reason, now, zone).await {
            Ok(()) => {
                tell(open, reason).await;
                None
            }
            // The book closes: the next start makes up for it.
            Err(StoreError::Closed) => return,
            Err(error) => {
                tracing::error!(%error, "no backup could be made");
                Some(backup_problem(&error))
            }
        };
        *self.problem.lock().unwrap_or_else(PoisonError::into_inner) = problem;
    }

    /// Watches over a book until it is closed.
    pub(crate) fn watch(app: &App, open: &Arc<OpenBook>) {
        let task = tokio::spawn(watch(app.clone(), Arc::downgrade(open)));
        *open.keeper.task.lock().unwrap_or_else(PoisonError::into_inner) = Some(task);
    }

    /// Stops watching. A backup under way ends with the book.
    pub(crate) fn stop(&self) {
        if let Some(task) = self.task.lock().unwrap_or_else(PoisonError::into_inner).take() {
            task.abort();
        }
    }
}

async fn watch(app: App, open: Weak<OpenBook>) {
    let Some(verified) = open.upgrade().map(|open| open.driver.verified()) else { return };
    let mut wait = FIRST;
    loop {
        // The host's clock stands for waits that decide something; this one only looks at the date.
        let reason = tokio::select! {
            () = verified.notified() => Some(BackupReason::Order),
            () = tokio::time::sleep(wait) => None,
        };
        wait = LOOK;
        let Some(open) = open.upgrade() else { return };
        forget_persons(&app.inner.host, &open).await;
        let reason = match reason {
            Some(reason) => reason,
            None if is_due(&app.inner.host, &open) => BackupReason::Daily,
            None => continue,
        };
        open.keeper.back_up(&app.inner.host, &open, reason).await;
        app.publish_backups();
    }
}

/// The journal tells of a backup, after it was made: the backup itself does not hold that entry.
async fn tell(open: &OpenBook, reason: BackupReason) {
    let (actor, word) = match reason {
        BackupReason::Daily => (JournalActor::App, "daily"),
        BackupReason::Order => (JournalActor::App, "order"),
        BackupReason::Manual => (JournalActor::Person, "manual"),
        BackupReason::Migration => (JournalActor::App, "migration"),
    };
    let told = JournalDraft { reason: word.to_owned(), ..JournalDraft::new(JournalKind::BackupMade) };
    if let Err(error) = open.book.acting(actor).write(move |tx| tx.tell(&told)).await {
        tracing::warn!(%error, "the journal could not tell of a backup");
    }
}

/// Persons in what is long finished are forgotten, a few Submits at a time (D10).
async fn forget_persons(host: &Host, open: &OpenBook) {
    let now = host.clock.now();
    let Ok(before) = now.checked_sub(REMEMBERED) else { return };
    let book = open.book.acting(JournalActor::App);
    let forgotten = book.write(move |tx| {
        let forgotten = tx.forget_persons(before, now, AT_ONCE)?;
        tx.forget_journal(before)?;
        if forgotten > 0 {
            let reason = forgotten.to_string();
            tx.tell(&JournalDraft { reason, ..JournalDraft::new(JournalKind::PersonsForgotten) })?;
        }
        Ok(())
    });
    if let Err(error) = forgotten.await {
        tracing::warn!(%error, "finished operations could not forget");
    }
}

/// No backup of today is there yet. A shelf that can't be read is told when the backup is tried.
fn is_due(host: &Host, open: &OpenBook) -> bool {
    let today = host.clock.now().to_zoned(host.clock.time_zone()).date();
    let newest = Book::backups(&PathBuf::from(open.workspace().folder)).ok().and_then(|all| all.into_iter().next());
    newest.is_none_or(|file| file.made_at.to_zoned(host.clock.time_zone()).date() < today)
}
