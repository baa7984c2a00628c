//! What use cases need from outside, as small traits: the shell has the real ones, `cb-testkit` the fixed ones.

use async_trait::async_trait;
use cb_domain::topic::Topic;
use jiff::Timestamp;
use std::collections::BTreeSet;
use std::time::Duration;
use uuid::Uuid;
use zeroize::Zeroizing;

/// Time. Waits use the monotonic side (N3).
#[async_trait]
pub trait Clock: Send + Sync {
    /// Wall clock, UTC.
    fn now(&self) -> Timestamp;
    /// The monotonic clock: how long this process has run. No setting of the wall clock moves it, forward or back.
    fn steady(&self) -> Duration;
    /// The person's time zone, IANA name.
    fn time_zone(&self) -> jiff::tz::TimeZone;
    /// Waits on the monotonic clock.
    async fn sleep(&self, duration: Duration);
}

/// Random ids and bytes.
pub trait Random: Send + Sync {
    /// Time-ordered id for rows (v7).
    fn id(&self) -> Uuid;
    /// Unpredictable id for requests (v4).
    fn request_id(&self) -> Uuid;
    /// Fills with bytes from the system's generator.
    fn fill(&self, bytes: &mut [u8]);
}

/// Why the keychain did not answer with a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeychainError {
    /// No entry, or a locked or absent collection: they can't be told apart, so never a reason to make a new key.
    #[error("no entry")]
    NoEntry,
    /// No keychain, or it refused.
    #[error("keychain not available")]
    Unavailable,
    /// The encrypted file that takes a keychain's place could not be read or written.
    #[error("key file not available")]
    KeyFile,
}

/// The OS keychain.
pub trait Keychain: Send + Sync {
    /// Stores a secret under a name.
    ///
    /// # Errors
    /// `Unavailable` when it could not be stored.
    fn set(&self, name: &str, secret: &[u8]) -> Result<(), KeychainError>;
    /// Reads a secret.
    ///
    /// # Errors
    /// See [`KeychainError`].
    fn get(&self, name: &str) -> Result<Zeroizing<Vec<u8>>, KeychainError>;
    /// Deletes a secret; deleting an absent one is fine.
    ///
    /// # Errors
    /// `Unavailable` when it could not be deleted.
    fn delete(&self, name: &str) -> Result<(), KeychainError>;
}

/// The default mail program.
pub trait Mailer: Send + Sync {
    /// Opens a `mailto:` address; `false` when there is no program for it.
    fn open(&self, mailto: &str) -> bool;
    /// Opens an unsent message in a file (`.eml`); `false` when there is no program for it.
    fn open_file(&self, file: &std::path::Path) -> bool;
}

/// The default browser.
pub trait Browser: Send + Sync {
    /// Opens a web address; `false` when there is no program for it. May block for a moment.
    fn open(&self, address: &str) -> bool;
}

/// Clipboard, with the platform's hints to keep a secret out of history and cloud (C4).
pub trait Clipboard: Send + Sync {
    /// Puts text in; `secret` adds the hints. `false` when the system refused.
    fn set(&self, text: &str, secret: bool) -> bool;
    /// Clears it if it still holds this text.
    fn clear_if(&self, text: &str);
}

/// Tells the screens what changed.
pub trait Notifier: Send + Sync {
    /// One event with all topics of a write.
    fn data_changed(&self, topics: &BTreeSet<Topic>);
    /// A new customer's setup info was sealed in the background. Says so to a person who is not looking, and never what
    /// it is or whose.
    fn setup_info_arrived(&self);
}

/// Everything together.
#[derive(Clone)]
#[allow(missing_docs, reason = "the traits say it")]
pub struct Host {
    pub clock: std::sync::Arc<dyn Clock>,
    pub random: std::sync::Arc<dyn Random>,
    pub keychain: std::sync::Arc<dyn Keychain>,
    pub mailer: std::sync::Arc<dyn Mailer>,
    pub browser: std::sync::Arc<dyn Browser>,
    pub clipboard: std::sync::Arc<dyn Clipboard>,
    pub notifier: std::sync::Arc<dyn Notifier>,
    /// Who sits here, as the system calls them: the journal's *who*. Empty when it does not say.
    pub person: std::sync::Arc<str>,
}
