//! The handle to an open book.

use crate::owner::{self, CopyJob, Db, Message, Owner, Tx, Written};
use crate::scribe::{Pen, PenClock};
use crate::{
    BackupFile, BackupReason, BookKey, Result, Sidecar, StoreError, backup, connection, migrate, restore, shelf,
};
use cb_domain::journal::JournalActor;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::oneshot;

/// Handle to an open book. Cheap to clone; the book closes when the last one is gone.
#[derive(Clone)]
pub struct Book {
    owner: Arc<Owner>,
    /// What its copies are encrypted with; `None` in memory.
    key: Option<BookKey>,
    read_only: bool,
    pen: Pen,
}

impl Book {
    /// Makes a new book in a folder, which is made too.
    ///
    /// # Errors
    /// `Exists` when a database, WAL, plain file or backup is there (D5).
    pub fn create(folder: &Path, key: &BookKey) -> Result<Self> {
        Self::start(connection::create(folder, key, migrate::MIGRATIONS)?, Some(key))
    }

    /// Opens the book of a folder: checks the key and the file, migrates after a backup.
    ///
    /// # Errors
    /// The start errors of D5, each its own variant.
    pub fn open(folder: &Path, key: &BookKey) -> Result<Self> {
        Self::start(connection::open(folder, key, migrate::MIGRATIONS)?, Some(key))
    }

    /// Opens a book of a newer schema to be read; every write answers `NewerSchema` and no byte of it changes (D7).
    ///
    /// # Errors
    /// The start errors of D5.
    pub fn open_newer(folder: &Path, key: &BookKey) -> Result<Self> {
        let connection = connection::open_newer(folder, key)?;
        let newer = (migrate::version(&connection)?, migrate::newest(migrate::MIGRATIONS));
        Ok(Self {
            owner: Arc::new(owner::start(connection, Some(newer))?),
            key: Some(key.clone()),
            read_only: true,
            pen: Pen::default(),
        })
    }

    /// A handle whose writes the journal tells under this person's name and by this clock. Without it they are told as
    /// done in 1970 by nobody: the store has no clock of its own.
    #[must_use]
    pub fn written_by(&self, person: &str, clock: PenClock) -> Self {
        Self { pen: self.pen.of(person, clock), ..self.clone() }
    }

    /// A handle whose writes are another's doing: the app's, or Partner Center's.
    #[must_use]
    pub fn acting(&self, actor: JournalActor) -> Self {
        Self { pen: self.pen.acting(actor), ..self.clone() }
    }

    /// Opened by [`Self::open_newer`].
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        self.read_only
    }

    /// A book in memory, without key and file: the store's own fake.
    ///
    /// # Errors
    /// When the database refuses, which only a defect brings about.
    pub fn in_memory() -> Result<Self> {
        Self::start(connection::in_memory()?, None)
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

    /// Raises the schema version in the file, as a newer app would leave it: for tests of D7 only.
    ///
    /// # Errors
    /// When the file can't be opened.
    pub fn raise_schema_for_tests(folder: &Path, key: &BookKey) -> Result<()> {
        connection::raise_schema(folder, key)
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
        let scribe = self.pen.scribe();
        self.run(move |tx| tx.write_as(scribe, work)).await
    }

    /// Moves the WAL into the database and empties it, so that overwritten secrets are gone from both (C5).
    ///
    /// # Errors
    /// When the file can't be written.
    pub async fn truncate_wal(&self) -> Result<()> {
        self.run(|tx| tx.writable().and_then(|()| tx.read(connection::truncate_wal))).await
    }

    /// Writes a checked backup under the same key (D6): copied in slices between other work, then made compact and
    /// checked on the copy, so that nobody waits for it.
    ///
    /// # Errors
    /// `DiskFull`, `BackupUnsound`, or a file error; an older file at the path stays then. `Closed` when the book was
    /// closed meanwhile.
    pub async fn backup_to(&self, path: &Path) -> Result<()> {
        let Some(key) = self.key.clone() else { return Err(StoreError::NotFound) };
        let (path, raw) = (path.to_owned(), backup::raw_of(path));
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let (done, copied) = oneshot::channel();
        let job = CopyJob { path: raw.clone(), key: key.clone(), done };
        if !self.owner.send(Message::Copy(job)) {
            return Err(StoreError::Closed);
        }
        let copied = copied.await.unwrap_or(Err(StoreError::Closed));
        blocking(move || {
            let finished = copied.and_then(|()| backup::finish(&raw, &path, &key));
            if raw.exists()
                && let Err(error) = std::fs::remove_file(&raw)
            {
                tracing::warn!(%error, "the raw copy of a backup is still there");
            }
            finished
        })
        .await
    }

    /// The full check of D6: on a copy made in slices, so that nobody waits for it. A page that is damaged fails
    /// already when it is copied, since its seal is checked then.
    ///
    /// # Errors
    /// `BackupUnsound` or `Damaged` when the book is; `DiskFull` and file errors when no copy could be made.
    pub async fn check_whole(&self, folder: &Path) -> Result<()> {
        let Some(key) = self.key.clone() else { return Ok(()) };
        let copy = folder.join("whole-check.copy");
        let (done, copied) = oneshot::channel();
        if !self.owner.send(Message::Copy(CopyJob { path: copy.clone(), key: key.clone(), done })) {
            return Err(StoreError::Closed);
        }
        let copied = copied.await.unwrap_or(Err(StoreError::Closed));
        blocking(move || {
            let sound = copied.and_then(|()| backup::check_whole(&copy, &key));
            if copy.exists()
                && let Err(error) = std::fs::remove_file(&copy)
            {
                tracing::warn!(%error, "the copy of the full check is still there");
            }
            sound
        })
        .await
    }

    /// Puts a backup on the shelf beside the book, with the plain file that belongs to it, and clears the shelf of
    /// what need not be kept (D6).
    ///
    /// # Errors
    /// As [`Self::backup_to`].
    pub async fn back_up(&self, folder: &Path, reason: BackupReason, now: Timestamp, zone: TimeZone) -> Result<()> {
        let path = shelf::free_place(folder, reason, now);
        let made = self.backup_to(&path).await;
        if let Err(StoreError::BackupUnsound | StoreError::Damaged(_)) = &made
            && let Some(plain) = Sidecar::read(folder)?
        {
            // Everything of the book is read for a copy: what is wrong with the copy is wrong with the book.
            Sidecar { suspect: true, ..plain }.save(folder)?;
        }
        made?;
        let folder = folder.to_owned();
        blocking(move || {
            shelf::put_plain(&folder, &path)?;
            shelf::prune(&folder, &zone).map(drop)
        })
        .await
    }

    /// Backups of the book in a folder, newest first.
    ///
    /// # Errors
    /// When the folder can't be read.
    pub fn backups(folder: &Path) -> Result<Vec<BackupFile>> {
        shelf::list(folder)
    }

    /// Where a backup of the shelf lies; `None` when there is none with this name.
    ///
    /// # Errors
    /// When the folder can't be read.
    pub fn backup_path(folder: &Path, name: &str) -> Result<Option<PathBuf>> {
        let known = shelf::list(folder)?.into_iter().any(|file| file.name == name);
        Ok(known.then(|| shelf::shelf(folder).join(name)))
    }

    /// A file as a backup, by its name; `None` when it does not look like one.
    #[must_use]
    pub fn look_at_backup(path: &Path) -> Option<BackupFile> {
        shelf::look(path)
    }

    /// Makes a backup ready beside the book of a folder and opens it there, to be prepared; see
    /// [`Self::put_in_place`]. The book itself is not touched.
    ///
    /// # Errors
    /// `WrongKey`, `Corrupt`, `NewerSchema`, `DiskFull`, file errors.
    pub fn stage_restore(folder: &Path, backup: &Path, plain: &Sidecar, key: &BookKey) -> Result<Self> {
        restore::stage(folder, backup, plain, key)
    }

    /// Sets the book of a folder aside and puts the staged one, closed, in its place. A crash in between is finished
    /// by the next [`Self::open`]. Answers where the old book went; `None` when there was none.
    ///
    /// # Errors
    /// `NotFound` when nothing was staged; file errors.
    pub fn put_in_place(folder: &Path) -> Result<Option<PathBuf>> {
        restore::put_in_place(folder)
    }

    /// Closes the book once the work before it is done, and waits for that. Other handles answer `Closed` from then.
    pub async fn close(&self) {
        let (done, closed) = oneshot::channel();
        if self.owner.send(Message::Close(done)) {
            let _ = closed.await;
        }
    }

    fn start(connection: rusqlite::Connection, key: Option<&BookKey>) -> Result<Self> {
        let owner = Arc::new(owner::start(connection, None)?);
        Ok(Self { owner, key: key.cloned(), read_only: false, pen: Pen::default() })
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

/// File work off the async threads.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.unwrap_or(Err(StoreError::BrokenOff))
}

impl std::fmt::Debug for Book {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Book")
    }
}
