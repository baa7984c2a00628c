//! A live workspace: its connection to Partner Center, its sign-in, and the sync that fills and refreshes its book.

mod drift;
#[cfg(test)]
mod drift_tests;
mod open;
mod pace;
mod speech;
mod steps;
mod sync;
#[cfg(test)]
mod tests;
mod watch;

pub(crate) use open::{authority, complete, locale, open, transport};
pub(crate) use speech::Speech;

use crate::App;
use crate::error::{AppError, AppResult};
use crate::host::Host;
use crate::views::{SyncStage, SyncView, SyncWait};
use cb_domain::connection::Connection;
use cb_domain::topic::Topic;
use cb_partner_center::sign_in::{Account, SignedIn};
use cb_store::Book;
use jiff::Timestamp;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

/// Setting: [`Plate`] as JSON.
const PLATE: &str = "live.plate";
/// Setting: since when the account is signed in.
const SINCE: &str = "live.signed_in_since";

/// What the book says of its connection. No secret is among it.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub(crate) struct Plate {
    pub(crate) connection: Connection,
    /// Whose book it is.
    pub(crate) account: Account,
    pub(crate) company: String,
    /// When it was connected.
    pub(crate) since: Timestamp,
}

/// How the sync stands, for the screen.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Progress {
    pub(crate) stage: SyncStage,
    pub(crate) done: u32,
    pub(crate) of: u32,
    pub(crate) waits: Option<SyncWait>,
}

/// Sign-in and sync of an open live workspace.
pub(crate) struct Live {
    pub(crate) plate: Plate,
    pub(crate) source: Arc<SignedIn>,
    /// Language in which Partner Center is asked.
    pub(crate) speech: Speech,
    since: Mutex<Timestamp>,
    progress: Mutex<Progress>,
    /// The person wants everything read again now.
    pub(crate) again: Notify,
    /// The person did something, by the monotonic clock of this run.
    person_at: Mutex<Option<Timestamp>>,
    /// Told when the person comes back after a while.
    person_came: Notify,
    tasks: Mutex<Vec<tokio::task::AbortHandle>>,
}

impl Live {
    fn new(plate: Plate, source: Arc<SignedIn>, since: Timestamp, speech: Speech) -> Self {
        let progress = Progress { stage: SyncStage::Resellers, done: 0, of: 0, waits: None };
        Self {
            plate,
            source,
            speech,
            since: Mutex::new(since),
            progress: Mutex::new(progress),
            again: Notify::new(),
            person_at: Mutex::default(),
            person_came: Notify::new(),
            tasks: Mutex::default(),
        }
    }

    /// Since when the account is signed in.
    pub(crate) fn since(&self) -> Timestamp {
        *self.since.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The account has just signed in.
    pub(crate) async fn signed_in_now(&self, host: &Host, book: &Book) {
        let now = host.clock.now();
        *self.since.lock().unwrap_or_else(PoisonError::into_inner) = now;
        if let Err(error) = book.write(move |tx| tx.set_setting(SINCE, &now.to_string())).await {
            // The date is only shown; the sign-in holds all the same.
            tracing::warn!(%error, "the date of the sign-in was not kept");
        }
        host.notifier.data_changed(&BTreeSet::from([Topic::SignIn, Topic::Connection]));
    }

    /// The person does something: what is old may be read at once.
    pub(crate) fn person_is_here(&self, host: &Host) {
        let now = steady(host);
        let before = self.person_at.lock().unwrap_or_else(PoisonError::into_inner).replace(now);
        if before.is_none_or(|at| cb_sync::wait::passed(at, cb_sync::drift::QUARTER, now)) {
            self.person_came.notify_one();
        }
    }

    fn person_at(&self) -> Option<Timestamp> {
        *self.person_at.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends with the book.
    pub(crate) fn stop(&self) {
        let tasks = std::mem::take(&mut *self.tasks.lock().unwrap_or_else(PoisonError::into_inner));
        tasks.iter().for_each(tokio::task::AbortHandle::abort);
    }

    fn own(&self, task: &tokio::task::JoinHandle<()>) {
        self.tasks.lock().unwrap_or_else(PoisonError::into_inner).push(task.abort_handle());
    }

    fn progress(&self) -> MutexGuard<'_, Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The monotonic clock of this run as a time (N3).
fn steady(host: &Host) -> Timestamp {
    cb_sync::wait::after(Timestamp::UNIX_EPOCH, host.clock.steady())
}

impl App {
    /// How the sync of the open live workspace stands.
    ///
    /// # Errors
    /// `NotAllowed` in a practice workspace, `NoBook`, the store's.
    pub async fn sync_state(&self) -> AppResult<SyncView> {
        let open = self.open_book().await?;
        let live = open.live.as_ref().ok_or(AppError::NotAllowed)?;
        let finished_at = open.book.read(|db| db.settings().get(sync::FINISHED)).await?;
        let Progress { stage, done, of, waits } = *live.progress();
        Ok(SyncView { stage, done, of, first: finished_at.is_none(), waits, finished_at })
    }

    /// Reads everything from Partner Center again, in the background.
    ///
    /// # Errors
    /// `NotAllowed` in a practice workspace, `NoBook`.
    pub async fn sync_now(&self) -> AppResult<SyncView> {
        let open = self.open_book().await?;
        let live = open.live.as_ref().ok_or(AppError::NotAllowed)?;
        live.again.notify_one();
        self.sync_state().await
    }
}

/// What a book says of its connection; `None` for a practice book.
pub(crate) async fn read_plate(book: &Book) -> AppResult<Option<Plate>> {
    let text = book.read(|db| db.settings().get(PLATE)).await?;
    Ok(text.map(|text| serde_json::from_str(&text)).transpose()?)
}

/// Keeps the plate in a new book.
pub(crate) async fn write_plate(book: &Book, plate: Plate) -> AppResult<()> {
    let text = serde_json::to_string(&plate)?;
    let since = plate.since.to_string();
    // The user's own domain is never a customer's.
    let domain = plate.account.user.split_once('@').map(|(_, domain)| domain.to_owned()).unwrap_or_default();
    book.write(move |tx| {
        tx.set_setting(PLATE, &text)?;
        tx.set_setting(SINCE, &since)?;
        tx.set_setting(crate::wizard::PARTNER_DOMAINS, &domain)
    })
    .await?;
    Ok(())
}
