//! Errors of use cases: rich inside, a closed list of codes at the rim.

use crate::views::{FieldProblem, StartProblem};

/// The closed list. A code is added only when the screen acts on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// Problems by field path are in `fields`.
    Validation,
    /// The thing is gone.
    NotFound,
    /// It was changed elsewhere: read again.
    Stale,
    /// What was reviewed is not what would be sent: review again (W2).
    ReviewChanged,
    /// The same products are in an order of this customer that is not settled: wants a second word.
    SecondOrder,
    /// The state does not allow it.
    NotAllowed,
    /// No book is open.
    NoBook,
    /// The disk is full: nothing was saved.
    DiskFull,
    /// The disk failed, or may not be written any more: nothing was saved.
    DiskFailed,
    /// The keychain is missing or refused.
    KeychainUnavailable,
    /// The encrypted file that takes a keychain's place could not be read or written.
    KeyFileUnavailable,
    /// The book could not be opened; the start page says why.
    BookUnavailable,
    /// The book is of a newer version and may only be read (D7): nothing was written.
    ReadOnlyBook,
    /// A defect; the log has the chain.
    Internal,
}

/// An error of a use case.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// Input that breaks rules.
    #[error("validation")]
    Validation(Vec<FieldProblem>),
    /// Gone.
    #[error("not found")]
    NotFound,
    /// Stale revision.
    #[error("stale revision")]
    Stale,
    /// The reviewed hash differs.
    #[error("reviewed content changed")]
    ReviewChanged,
    /// An order of the same products is not settled, and the person has given no second word for it.
    #[error("an order of the same products is not settled")]
    SecondOrder,
    /// State does not allow it.
    #[error("not allowed in this state")]
    NotAllowed,
    /// No book open.
    #[error("no book is open")]
    NoBook,
    /// Book could not be opened.
    #[error("book unavailable: {0:?}")]
    Book(StartProblem),
    /// Keychain.
    #[error("keychain")]
    Keychain(#[from] crate::host::KeychainError),
    /// Store.
    #[error("store")]
    Store(#[from] cb_store::StoreError),
    /// A text from the webview was no id.
    #[error("not an id")]
    Id(#[from] uuid::Error),
    /// Files beside the book.
    #[error("file")]
    Io(#[from] std::io::Error),
    /// Frozen data that does not read back.
    #[error("stored data")]
    Stored(#[from] serde_json::Error),
    /// The practice Partner Center's own state.
    #[error("sandbox")]
    Sandbox(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl AppError {
    /// The code that the screen acts on.
    #[must_use]
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::Validation(_) => ErrorCode::Validation,
            Self::NotFound | Self::Id(_) => ErrorCode::NotFound,
            Self::Stale => ErrorCode::Stale,
            Self::ReviewChanged => ErrorCode::ReviewChanged,
            Self::SecondOrder => ErrorCode::SecondOrder,
            Self::NotAllowed => ErrorCode::NotAllowed,
            Self::NoBook => ErrorCode::NoBook,
            Self::Book(_) => ErrorCode::BookUnavailable,
            Self::Keychain(crate::host::KeychainError::KeyFile) => ErrorCode::KeyFileUnavailable,
            Self::Keychain(_) => ErrorCode::KeychainUnavailable,
            Self::Store(error) => error.code(),
            Self::Io(error) if error.kind() == std::io::ErrorKind::StorageFull => ErrorCode::DiskFull,
            Self::Io(_) | Self::Stored(_) | Self::Sandbox(_) => ErrorCode::Internal,
        }
    }
}

/// The codes of store errors that a screen can act on.
trait StoreCode {
    fn code(&self) -> ErrorCode;
}

impl StoreCode for cb_store::StoreError {
    fn code(&self) -> ErrorCode {
        match self {
            Self::Stale => ErrorCode::Stale,
            Self::DiskFull => ErrorCode::DiskFull,
            Self::Disk(_) | Self::ReadOnly | Self::Io(_) => ErrorCode::DiskFailed,
            Self::NotAllowed(_) | Self::Duplicate(_) => ErrorCode::NotAllowed,
            Self::Cursor => ErrorCode::NotFound,
            Self::Closed => ErrorCode::NoBook,
            Self::NotFound | Self::Missing | Self::Exists | Self::WrongKey | Self::Corrupt { .. } | Self::Locked => {
                ErrorCode::BookUnavailable
            }
            Self::NewerSchema { .. } => ErrorCode::ReadOnlyBook,
            Self::Damaged(_)
            | Self::BrokenOff
            | Self::Setting { .. }
            | Self::BackupUnsound
            | Self::Migration(_)
            | Self::Document(_)
            | Self::Random(_)
            | Self::Database(_) => ErrorCode::Internal,
        }
    }
}

/// Result of a use case.
pub type AppResult<T> = Result<T, AppError>;
