//! The sync driver: the only place that talks to Partner Center for the outbox. One task per open book runs what the
//! machine in `cb-sync` decides against store and remote (N1). Commands never wait for it; they wake it.
//!
//! [`Driver::start`] settles what the last run left under way (S7) before it returns; [`Driver::stop`] lets the answer
//! that is on its way be saved. Dropping the handle stops it too, without waiting.

#[cfg(test)]
pub(crate) mod bench;
mod facts;
mod gate;
mod restored;
mod save;
mod seal;
#[cfg(test)]
mod seal_tests;
mod status;
#[cfg(test)]
mod tests;
mod turn;
#[cfg(test)]
mod unsaved_tests;
mod worker;

use crate::error::AppResult;
use crate::host::Host;
use cb_domain::ids::OperationId;
use cb_domain::topic::Topic;
use cb_store::{Book, KnownPayloads};
use cb_sync::person::Look;
use cb_sync::remote::Remote;
use cb_sync::wait::{FRESH_LOOK, passed};
pub(crate) use save::store_change;
pub(crate) use seal::{Sealed, open_sealed};
pub(crate) use status::Status;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;

/// Setting: *Work offline* is on.
pub(crate) const WORK_OFFLINE: &str = "outbox.work_offline";
/// Setting: the outbox is paused.
pub(crate) const PAUSED: &str = "outbox.paused";
/// Longest wait for the answer on its way when the book closes.
const PATIENCE: Duration = Duration::from_secs(10);

/// What the task and its handle share.
pub(crate) struct Shared {
    pub(crate) host: Host,
    pub(crate) book: Book,
    pub(crate) remote: Arc<dyn Remote>,
    pub(crate) status: Mutex<Status>,
    pub(crate) wake: Notify,
    /// What the queue has read of operations that wait.
    known: Arc<Mutex<KnownPayloads>>,
    /// Told after each verified order: time for a backup (D6).
    pub(crate) verified: Arc<Notify>,
    /// Told when Partner Center answers for the first time, or again after it could not be reached.
    pub(crate) came_back: Arc<Notify>,
}

impl Shared {
    /// Looks at or changes the status. A poisoned lock holds a status at worst one step old.
    pub(crate) fn status<T>(&self, act: impl FnOnce(&mut Status) -> T) -> T {
        act(&mut self.status.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Tells the screens. The pill counts operations, so it follows the outbox.
    pub(crate) fn publish(&self, mut topics: BTreeSet<Topic>) {
        if topics.contains(&Topic::Outbox) {
            topics.insert(Topic::Connection);
        }
        if !topics.is_empty() {
            self.host.notifier.data_changed(&topics);
        }
    }

    /// Tells the pill.
    pub(crate) fn publish_connection(&self) {
        self.publish(BTreeSet::from([Topic::Connection]));
    }
}

/// The monotonic clock of this run as a time: for how long something has lasted, whatever happens to the clock on the
/// wall (N3).
fn steady(shared: &Shared) -> jiff::Timestamp {
    cb_sync::wait::after(jiff::Timestamp::UNIX_EPOCH, shared.host.clock.steady())
}

/// Handle to the running driver of an open book.
pub(crate) struct Driver {
    shared: Arc<Shared>,
    task: Mutex<Option<tokio::task::JoinHandle<()>>>,
}

impl Driver {
    /// Settles what was under way, then starts the task. Must be called within a tokio runtime.
    ///
    /// # Errors
    /// When the book can't be read or written.
    pub(crate) async fn start(host: Host, book: Book, remote: Arc<dyn Remote>) -> AppResult<Self> {
        let (work_offline, paused) = book
            .read(|db| {
                let on = |key| Ok::<_, cb_store::StoreError>(db.settings().get(key)?.as_deref() == Some("1"));
                Ok((on(WORK_OFFLINE)?, on(PAUSED)?))
            })
            .await?;
        let status = Mutex::new(Status::new(work_offline, paused));
        let (known, verified, came_back) = (Arc::default(), Arc::default(), Arc::default());
        let shared = Arc::new(Shared { host, book, remote, status, wake: Notify::new(), known, verified, came_back });
        if shared.book.is_read_only() {
            // A book of a newer version: nothing is settled and nothing sent (D7).
            return Ok(Self { shared, task: Mutex::new(None) });
        }
        save::settle_left_over(&shared).await?;
        let task = tokio::spawn(worker::run(Arc::clone(&shared)));
        Ok(Self { shared, task: Mutex::new(Some(task)) })
    }

    /// For reads in the background: sends nothing while the person works offline.
    pub(crate) fn gate(&self, catalogue_is_local: bool) -> Arc<dyn Remote> {
        Arc::new(gate::Gate { shared: Arc::clone(&self.shared), catalogue_is_local })
    }

    /// Told after each verified order.
    pub(crate) fn verified(&self) -> Arc<Notify> {
        Arc::clone(&self.shared.verified)
    }

    /// Told when the network is back, and when the driver goes.
    pub(crate) fn came_back(&self) -> Arc<Notify> {
        Arc::clone(&self.shared.came_back)
    }

    /// Something was queued or changed: look now.
    pub(crate) fn wake(&self) {
        self.shared.wake.notify_one();
    }

    /// As [`Self::wake`], and what waits or is on hold is tried at once; offline is probed at once.
    pub(crate) fn hurry(&self) {
        self.shared.status(Status::hurry);
        self.wake();
    }

    /// How old what is known of this operation is, for a person who builds on it.
    pub(crate) fn look(&self, id: OperationId) -> Look {
        let now = steady(&self.shared);
        let looked = self.shared.status(|status| status.looked.get(&id).copied());
        if looked.is_some_and(|at| !passed(at, FRESH_LOOK, now)) { Look::Fresh } else { Look::Stale }
    }

    /// What was learnt of this operation no longer counts: the person has changed it.
    pub(crate) fn forget(&self, id: OperationId) {
        self.shared.status(|status| status.forget.insert(id));
        self.wake();
    }

    /// Nobody is signed in: nothing goes out until somebody is.
    pub(crate) fn ask_for_sign_in(&self) {
        self.shared.status(Status::signed_out);
        self.wake();
    }

    /// Work offline, kept in the book by the caller.
    pub(crate) fn set_work_offline(&self, on: bool) {
        self.shared.status(|status| {
            status.queue.work_offline = on;
            status.away = true;
            if !on {
                status.hurry();
            }
        });
        self.wake();
    }

    /// Pause, kept in the book by the caller.
    pub(crate) fn set_paused(&self, on: bool) {
        self.shared.status(|status| status.queue.paused = on);
        self.wake();
    }

    /// How it stands.
    pub(crate) fn status(&self) -> Status {
        self.shared.status(|status| status.clone())
    }

    /// Stops after the answer on its way was saved; a password in it would be lost otherwise.
    pub(crate) async fn stop(&self) {
        self.shared.status(|status| status.stopping = true);
        self.wake();
        let task = self.task.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(mut task) = task
            && tokio::time::timeout(PATIENCE, &mut task).await.is_err()
        {
            task.abort();
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        self.shared.status(|status| status.stopping = true);
        self.wake();
        // Who waits for the network finds that there is nothing left to look at.
        self.shared.came_back.notify_one();
    }
}
