//! The handles that closures get, and the thread that owns the only connection (rule D2).

use crate::scribe::Scribe;
use crate::{BookKey, Result, StoreError};
use cb_domain::topic::Topic;
use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};
use std::cell::RefCell;
use std::collections::{BTreeSet, VecDeque};
use std::ops::Deref;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc;
use std::time::{Duration, Instant};
use tokio::sync::oneshot;

/// Longest time that a backup keeps other work waiting in one go.
const SLICE: Duration = Duration::from_millis(10);
/// Pages copied between two looks at the clock: 256 KiB.
const PAGES: std::ffi::c_int = 64;

/// Reads. One handle per table hangs on it.
pub struct Db {
    pub(crate) connection: Connection,
}

/// Reads and writes within one transaction; remembers the topics that were touched.
pub struct Tx {
    db: Db,
    /// Schema of the file and newest known one, when a newer app has written the book: nothing is written then (D7).
    newer: Option<(u32, u32)>,
    topics: RefCell<BTreeSet<Topic>>,
    /// Under whose name the journal tells of this transaction.
    pub(crate) scribe: RefCell<Scribe>,
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
    Copy(CopyJob),
    Close(oneshot::Sender<()>),
}

/// The raw copy of a backup, made in slices between other work.
pub(crate) struct CopyJob {
    pub(crate) path: PathBuf,
    pub(crate) key: BookKey,
    pub(crate) done: oneshot::Sender<Result<()>>,
}

impl Deref for Tx {
    type Target = Db;
    fn deref(&self) -> &Db {
        &self.db
    }
}

impl Tx {
    pub(crate) fn new(connection: Connection) -> Self {
        Self {
            db: Db { connection },
            newer: None,
            topics: RefCell::new(BTreeSet::new()),
            scribe: RefCell::new(Scribe::default()),
        }
    }

    pub(crate) fn into_connection(self) -> Connection {
        self.db.connection
    }

    /// Adds a topic that screens shall read again.
    pub fn touch(&self, topic: Topic) {
        self.topics.borrow_mut().insert(topic);
    }

    pub(crate) fn read<T>(&self, work: impl FnOnce(&Db) -> Result<T>) -> Result<T> {
        catch_unwind(AssertUnwindSafe(|| work(&self.db))).unwrap_or(Err(StoreError::BrokenOff))
    }

    /// Refuses what would write into a book of a newer schema.
    pub(crate) fn writable(&self) -> Result<()> {
        self.newer.map_or(Ok(()), |(found, known)| Err(StoreError::NewerSchema { found, known }))
    }

    /// As [`Self::write`], told by the journal under this name.
    pub(crate) fn write_as<T>(&self, scribe: Scribe, work: impl FnOnce(&Self) -> Result<T>) -> Result<Written<T>> {
        self.scribe.replace(scribe);
        self.write(work)
    }

    /// Runs the work in one immediate transaction: all of it is on disk afterwards, or nothing.
    pub(crate) fn write<T>(&self, work: impl FnOnce(&Self) -> Result<T>) -> Result<Written<T>> {
        self.writable()?;
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
pub(crate) fn start(connection: Connection, newer: Option<(u32, u32)>) -> Result<Owner> {
    let (sender, receiver) = mpsc::channel();
    let thread = std::thread::Builder::new().name("book".to_owned()).spawn(move || {
        let tx = Tx { newer, ..Tx::new(connection) };
        let mut copies = VecDeque::new();
        loop {
            let closing = match copies.pop_front() {
                Some(job) => copy(&tx, &receiver, job, &mut copies),
                None => match receiver.recv() {
                    Ok(message) => serve(&tx, message, &mut copies),
                    Err(_) => break,
                },
            };
            if let Some(done) = closing {
                drop(receiver);
                close(tx);
                let _ = done.send(());
                return;
            }
        }
        close(tx);
    })?;
    Ok(Owner { sender: Some(sender), thread: Some(thread) })
}

/// Does one piece of work; answers with whom to tell when the book is to close.
fn serve(tx: &Tx, message: Message, copies: &mut VecDeque<CopyJob>) -> Option<oneshot::Sender<()>> {
    match message {
        Message::Work(job) => job(tx),
        Message::Copy(job) => copies.push_back(job),
        Message::Close(done) => return Some(done),
    }
    None
}

/// Copies slice by slice and serves whoever waits after each. Pages written meanwhile, by this same connection, go into
/// the copy too. Answers with whom to tell when the book is to close: the copy is broken off then.
fn copy(
    tx: &Tx,
    receiver: &mpsc::Receiver<Message>,
    job: CopyJob,
    copies: &mut VecDeque<CopyJob>,
) -> Option<oneshot::Sender<()>> {
    let mut closing = None;
    let copied = slices(tx, &job, || {
        while let Ok(message) = receiver.try_recv() {
            closing = serve(tx, message, copies);
            if closing.is_some() {
                return false;
            }
        }
        true
    });
    // Whoever asked may have gone; the copy is then removed by the next one.
    let _ = job.done.send(copied);
    closing
}

/// `between` serves others; `false` from it breaks off.
fn slices(tx: &Tx, job: &CopyJob, mut between: impl FnMut() -> bool) -> Result<()> {
    if job.path.exists() {
        std::fs::remove_file(&job.path)?;
    }
    let mut target = crate::backup::open_copy(&job.path, &job.key)?;
    let backup = Backup::new(&tx.db.connection, &mut target)?;
    loop {
        let began = Instant::now();
        while began.elapsed() < SLICE {
            match backup.step(PAGES)? {
                StepResult::Done => return Ok(()),
                StepResult::More => {}
                // Nobody else has the file: a defect, told like any other.
                StepResult::Busy | StepResult::Locked | _ => return Err(StoreError::Locked),
            }
        }
        if !between() {
            return Err(StoreError::Closed);
        }
    }
}

/// Closing checkpoints the WAL into the database; a failure leaves both, and the next start replays.
fn close(tx: Tx) {
    if let Err((_, error)) = tx.db.connection.close() {
        tracing::warn!(%error, "the book did not close cleanly");
    }
}
