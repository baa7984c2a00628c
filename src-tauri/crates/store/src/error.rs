//! Why the book did not answer: the start errors of rule D5, refused writes, and defects.

use rusqlite::{ErrorCode, ffi};
use std::path::PathBuf;

/// Why the book did not answer.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Neither a database nor anything that belongs to one lies in the folder.
    #[error("there is no book in this folder")]
    NotFound,
    /// A plain file, WAL or backup lies there, but the database is gone: never a reason to make a new one.
    #[error("the book's database is missing, other files of it are there")]
    Missing,
    /// A book or a part of one is there already, so none is created over it.
    #[error("a book or a part of one exists in this folder")]
    Exists,
    /// The key is not the one of this book. Nothing was moved.
    #[error("the key does not open this book")]
    WrongKey,
    /// The file is damaged; it was set aside with its WAL, not deleted.
    #[error("the book is damaged; it was set aside")]
    Corrupt {
        /// Folder into which it was moved.
        moved_to: PathBuf,
    },
    /// Damage was met while the book was open. The next start examines the file.
    #[error("the open book is damaged")]
    Damaged(#[source] rusqlite::Error),
    /// Another process has the book open.
    #[error("the book is open in another process")]
    Locked,
    /// No room on the disk; nothing of this write was saved.
    #[error("the disk is full")]
    DiskFull,
    /// The file or its folder can't be written.
    #[error("the book can't be written")]
    ReadOnly,
    /// The disk did not take or give what was asked of it; nothing of this write was saved.
    #[error("the disk failed")]
    Disk(#[source] rusqlite::Error),
    /// A newer version of the app has written this book.
    #[error("the book has schema {found}, this version knows {known}")]
    NewerSchema {
        /// Version in the file.
        found: u32,
        /// Newest version known here.
        known: u32,
    },
    /// The row was changed meanwhile: read it again.
    #[error("the row was changed meanwhile")]
    Stale,
    /// A rule of the database forbids it: a transition, a delete, a second cart id.
    #[error("a rule of the book forbids this")]
    NotAllowed(#[source] rusqlite::Error),
    /// A row of this kind exists already.
    #[error("this row exists already")]
    Duplicate(#[source] rusqlite::Error),
    /// A page cursor that this list did not give out.
    #[error("not a cursor of this list")]
    Cursor,
    /// The book was closed.
    #[error("the book is closed")]
    Closed,
    /// The closure panicked; its transaction was rolled back.
    #[error("the work on the book broke off")]
    BrokenOff,
    /// A setting of rule D1 did not read back as set.
    #[error("setting {name} was not taken by the database")]
    Setting {
        /// Name of the pragma.
        name: &'static str,
    },
    /// A backup was written but did not prove sound; it was not put in place.
    #[error("the backup is not sound")]
    BackupUnsound,
    /// A migration failed; its transaction was rolled back.
    #[error("migration")]
    Migration(#[source] Box<rusqlite_migration::Error>),
    /// A stored document or word does not read back.
    #[error("stored document")]
    Document(#[from] serde_json::Error),
    /// Files beside the book.
    #[error("file beside the book")]
    Io(#[source] std::io::Error),
    /// The system gave no random bytes.
    #[error("no random bytes")]
    Random(#[from] getrandom::Error),
    /// Everything else that the database says.
    #[error("database")]
    Database(#[source] rusqlite::Error),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let Some((code, extended)) = error.sqlite_error().map(|e| (e.code, e.extended_code)) else {
            return Self::Database(error);
        };
        match (code, extended) {
            (ErrorCode::DiskFull, _) => Self::DiskFull,
            (ErrorCode::ReadOnly, _) | (ErrorCode::CannotOpen, _) | (ErrorCode::PermissionDenied, _) => Self::ReadOnly,
            (ErrorCode::SystemIoFailure, _) => Self::Disk(error),
            (ErrorCode::DatabaseBusy, _) | (ErrorCode::DatabaseLocked, _) => Self::Locked,
            (ErrorCode::DatabaseCorrupt, _) | (ErrorCode::NotADatabase, _) => Self::Damaged(error),
            (_, ffi::SQLITE_CONSTRAINT_TRIGGER | ffi::SQLITE_CONSTRAINT_CHECK) => Self::NotAllowed(error),
            (_, ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY) => Self::Duplicate(error),
            (_, _) => Self::Database(error),
        }
    }
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind;
        let kind = error.kind();
        if matches!(kind, ErrorKind::StorageFull | ErrorKind::QuotaExceeded) {
            Self::DiskFull
        } else if matches!(kind, ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied) {
            Self::ReadOnly
        } else {
            Self::Io(error)
        }
    }
}

impl From<rusqlite_migration::Error> for StoreError {
    fn from(error: rusqlite_migration::Error) -> Self {
        // A full disk during a migration is a full disk.
        if let rusqlite_migration::Error::RusqliteError { err, .. } = &error
            && err.sqlite_error_code() == Some(ErrorCode::DiskFull)
        {
            return Self::DiskFull;
        }
        Self::Migration(Box::new(error))
    }
}
