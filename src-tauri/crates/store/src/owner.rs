//! The handles that closures get, and the thread that owns the only connection (rule D2).

use crate::{Result, StoreError};
use cb_domain::topic::Topic;
use rusqlite::Connection;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Deref;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;
use tokio::sync::oneshot;

/// Reads. One handle per table hangs on it.
pub struct Db {
    pub(crate) connection: Connection,
}

/// Reads and writes within one transaction; remembers the topics that were touched.
pub struct Tx {
    db: Db,
    topics: RefCell<BTreeSet<Topic>>,
}

/// What a write brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written<T> {
    /// The closure's value.
    pub value: T,
    /// What it touched.
    pub topics: BTreeSet<Topic>,
}

/// A piece of work for the owner thread.
pub(crate) type Job = Box<dyn FnOnce(&Tx) + Send>;

/// What the owner thread is told.
pub(crate) enum Message {
    Work(Job),
    Close(oneshot::Sender<()>),
}

impl Deref for Tx {
    type Target = Db;
    fn deref(&self) -> &Db {
        &self.db
    }
}

impl Tx {
    pub(crate) fn new(connection: Connection) -> Self {
        Self { db: Db { connection }, topics: RefCell::new(BTreeSet::new()) }
    }

    /// Adds a topic that screens shall read again.
    pub fn touch(&self, topic: Topic) {
        self.topics.borrow_mut().insert(topic);
    }

    pub(crate) fn read<T>(&self, work: impl FnOnce(&Db) -> Result<T>) -> Result<T> {
        catch_unwind(AssertUnwindSafe(|| work(&self.db))).unwrap_or(Err(StoreError::BrokenOff))
    }

    /// Runs the work in one immediate transaction: all of it is on disk afterwards, or nothing.
    pub(crate) fn write<T>(&self, work: impl FnOnce(&Self) -> Result<T>) -> Result<Written<T>> {
        self.topics.borrow_mut().clear();
        self.db.connection.execute_batch("BEGIN IMMEDIATE")?;
        let done = catch_unwind(AssertUnwindSafe(|| work(self))).unwrap_or(Err(StoreError::BrokenOff));
        match done.and_then(|value| Ok(self.db.connection.execute_batch("COMMIT").map(|()| value)?)) {
            Ok(value) => Ok(Written { value, topics: self.topics.take() }),
            Err(error) => {
                // SQLite has rolled back by itself after some errors (full disk): then there is nothing left to undo.
                if !self.db.connection.is_autocommit() {
                    self.db.connection.execute_batch("ROLLBACK")?;
                }
                Err(error)
            }
        }
    }
}

/// The owner thread as its handles hold it.
pub(crate) struct Owner {
    sender: Option<mpsc::Sender<Message>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Owner {
    /// Hands a message over; `false` when the book is closed.
    pub(crate) fn send(&self, message: Message) -> bool {
        self.sender.as_ref().is_some_and(|sender| sender.send(message).is_ok())
    }
}

/// The last handle waits until the file is closed: SQLCipher tears itself down while the process ends, and a thread
/// that still closes its database then crashes.
impl Drop for Owner {
    fn drop(&mut self) {
        self.sender = None;
        let Some(thread) = self.thread.take() else { return };
        // Work that holds the last handle ends on the owner thread itself, which can't wait for itself.
        if thread.thread().id() != std::thread::current().id() && thread.join().is_err() {
            tracing::error!("the book's thread broke off");
        }
    }
}

/// Starts the thread that owns the connection. It ends when told, or when the last handle is gone.
pub(crate) fn start(connection: Connection) -> Result<Owner> {
    let (sender, receiver) = mpsc::channel();
    let thread = std::thread::Builder::new().name("book".to_owned()).spawn(move || {
        let tx = Tx::new(connection);
        while let Ok(message) = receiver.recv() {
            match message {
                Message::Work(job) => job(&tx),
                Message::Close(done) => {
                    drop(receiver);
                    close(tx);
                    let _ = done.send(());
                    return;
                }
            }
        }
        close(tx);
    })?;
    Ok(Owner { sender: Some(sender), thread: Some(thread) })
}

/// Closing checkpoints the WAL into the database; a failure leaves both, and the next start replays.
fn close(tx: Tx) {
    if let Err((_, error)) = tx.db.connection.close() {
        tracing::warn!(%error, "the book did not close cleanly");
    }
}
