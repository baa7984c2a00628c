//! The handle to an open book.

use crate::owner::{self, Db, Message, Owner, Tx, Written};
use crate::{BookKey, Result, Sidecar, StoreError, backup, connection, migrate};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::oneshot;

/// Handle to an open book. Cheap to clone; the book closes when the last one is gone.
#[derive(Clone)]
pub struct Book {
    owner: Arc<Owner>,
}

impl Book {
    /// Makes a new book in a folder, which is made too.
    ///
    /// # Errors
    /// `Exists` when a database, WAL, plain file or backup is there (D5).
    pub fn create(folder: &Path, key: &BookKey) -> Result<Self> {
        Self::start(connection::create(folder, key, migrate::MIGRATIONS)?)
    }

    /// Opens the book of a folder: checks the key and the file, migrates after a backup.
    ///
    /// # Errors
    /// The start errors of D5, each its own variant.
    pub fn open(folder: &Path, key: &BookKey) -> Result<Self> {
        Self::start(connection::open(folder, key, migrate::MIGRATIONS)?)
    }

    /// A book in memory, without key and file: the store's own fake.
    ///
    /// # Errors
    /// When the database refuses, which only a defect brings about.
    pub fn in_memory() -> Result<Self> {
        Self::start(connection::in_memory()?)
    }

    /// The plain file beside the book; `None` when there is none that can be read.
    ///
    /// # Errors
    /// When the folder can't be read.
    pub fn sidecar(folder: &Path) -> Result<Option<Sidecar>> {
        Sidecar::read(folder)
    }

    /// Moves everything of a book in this folder into a new folder beside it, so that another can be made or
    /// restored. Nothing is deleted. Answers with the new folder.
    ///
    /// # Errors
    /// `NotFound` when there is nothing; else when a file can't be moved.
    pub fn set_aside(folder: &Path) -> Result<PathBuf> {
        backup::set_aside_all(folder)
    }

    /// Reads. Closures are short: every other read and write waits behind them.
    ///
    /// # Errors
    /// The closure's error, or `Closed`.
    pub async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Db) -> Result<T> + Send + 'static,
    {
        self.run(move |tx| tx.read(work)).await
    }

    /// Writes in one immediate transaction: after `Ok` it is on disk, after `Err` nothing of it is.
    ///
    /// # Errors
    /// The closure's error, `DiskFull`, or `Closed`.
    pub async fn write<T, F>(&self, work: F) -> Result<Written<T>>
    where
        T: Send + 'static,
        F: FnOnce(&Tx) -> Result<T> + Send + 'static,
    {
        self.run(move |tx| tx.write(work)).await
    }

    /// Moves the WAL into the database and empties it, so that overwritten secrets are gone from both (C5).
    ///
    /// # Errors
    /// When the file can't be written.
    pub async fn truncate_wal(&self) -> Result<()> {
        self.run(|tx| tx.read(connection::truncate_wal)).await
    }

    /// Writes a checked backup under the same key (D6).
    ///
    /// # Errors
    /// `DiskFull`, `BackupUnsound`, or a file error; an older file at the path stays then.
    pub async fn backup_to(&self, path: &Path) -> Result<()> {
        let path = path.to_owned();
        self.run(move |tx| tx.read(|db| backup::write(&db.connection, &path))).await
    }

    /// Closes the book once the work before it is done, and waits for that. Other handles answer `Closed` from then.
    pub async fn close(&self) {
        let (done, closed) = oneshot::channel();
        if self.owner.send(Message::Close(done)) {
            let _ = closed.await;
        }
    }

    fn start(connection: rusqlite::Connection) -> Result<Self> {
        Ok(Self { owner: Arc::new(owner::start(connection)?) })
    }

    /// Sends work to the owner thread. Work that was sent is done even if nobody waits for the answer any more.
    async fn run<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Tx) -> Result<T> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let job = Box::new(move |tx: &Tx| {
            let _ = answer.send(work(tx));
        });
        if !self.owner.send(Message::Work(job)) {
            return Err(StoreError::Closed);
        }
        answered.await.map_err(|_| StoreError::Closed)?
    }
}

impl std::fmt::Debug for Book {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Book")
    }
}
