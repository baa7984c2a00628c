//! The book on disk: the only crate that opens the encrypted file.

/// Why the book did not answer.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// TEMP
    #[error("temp")]
    Temp,
}

/// Handle to the book.
#[derive(Debug, Clone)]
pub struct Book {}
