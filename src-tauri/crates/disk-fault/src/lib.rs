//! A disk for tests, below SQLite: [`Memory`] loses what was not synced when the power goes, [`Failing`] fails at a
//! chosen call on real files. Tests only; the one crate of ours with unsafe code, all of it in [`vfs`].
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail loudly")]

mod failing;
mod memory;
pub mod vfs;

pub use failing::{Call, Failing, Plan};
pub use memory::{Cut, Memory};
pub use vfs::register;

/// What a file call may end in besides success.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The device does not answer.
    Io,
    /// The device is full.
    Full,
    /// There is no such file.
    Missing,
}

/// Files as SQLite sees them. Names are whole paths.
pub trait Storage: Send + Sync {
    /// Whether a file of this name lies here; all others stay with the system's own VFS.
    fn has(&self, name: &str) -> bool;
    /// Opens, and makes it where that is asked for.
    ///
    /// # Errors
    /// Any [`Fault`].
    fn open(&self, name: &str, create: bool) -> Result<(), Fault>;
    /// Whether it exists.
    fn exists(&self, name: &str) -> bool;
    /// Deletes it.
    ///
    /// # Errors
    /// Any [`Fault`].
    fn delete(&self, name: &str) -> Result<(), Fault>;
    /// Reads at an offset; fewer bytes than asked for at the end of the file.
    ///
    /// # Errors
    /// Any [`Fault`].
    fn read(&self, name: &str, offset: u64, buffer: &mut [u8]) -> Result<usize, Fault>;
    /// Writes at an offset.
    ///
    /// # Errors
    /// Any [`Fault`].
    fn write(&self, name: &str, offset: u64, bytes: &[u8]) -> Result<(), Fault>;
    /// Cuts or grows it.
    ///
    /// # Errors
    /// Any [`Fault`].
    fn truncate(&self, name: &str, size: u64) -> Result<(), Fault>;
    /// What was written so far survives a power cut from here on.
    ///
    /// # Errors
    /// Any [`Fault`].
    fn sync(&self, name: &str) -> Result<(), Fault>;
    /// Its length.
    ///
    /// # Errors
    /// Any [`Fault`].
    fn size(&self, name: &str) -> Result<u64, Fault>;
}
