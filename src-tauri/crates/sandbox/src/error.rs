//! What can go wrong with the sandbox itself, as opposed to what it refuses on the wire.

use thiserror::Error;

/// The sandbox cannot do its work.
#[derive(Debug, Error)]
pub enum SandboxError {
    /// The folder could not be made or read.
    #[error("the practice folder cannot be used")]
    Folder(#[from] std::io::Error),
    /// The state file could not be read or written.
    #[error("the practice state cannot be read or written")]
    Database(#[from] rusqlite::Error),
    /// Built-in data or stored JSON did not parse.
    #[error("practice data cannot be read")]
    Data(#[from] serde_json::Error),
    /// A pattern in the country rules did not compile.
    #[error("a country rule cannot be read")]
    Rule(#[from] regex::Error),
    /// A date fell outside the calendar.
    #[error("a date cannot be worked out")]
    Date(#[from] jiff::Error),
    /// The state file was written by a newer version.
    #[error("the practice state is from a newer version ({0})")]
    Newer(i64),
}
