//! A host whose time flies, for processes that are killed: clock from the system's, so that all processes agree, and a
//! keychain of files, which outlives them.

use crate::fakes::Fakes;
use crate::host::{Clock, Host, Keychain, KeychainError};
use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use zeroize::Zeroizing;

/// Seconds of the test in a second of the machine.
const SPEED: u32 = 2_000;

/// Time that flies since a moment that all processes of a run know.
#[derive(Debug, Clone, Copy)]
pub(super) struct FlyingClock {
    start: Timestamp,
}

impl FlyingClock {
    pub(super) fn since(start: Timestamp) -> Self {
        Self { start }
    }

    pub(super) fn start(&self) -> Timestamp {
        self.start
    }
}

#[async_trait]
impl Clock for FlyingClock {
    fn now(&self) -> Timestamp {
        let real: SignedDuration = Timestamp::now().duration_since(self.start);
        self.start.checked_add(real.saturating_mul(i32::try_from(SPEED).unwrap())).unwrap()
    }
    fn steady(&self) -> Duration {
        Duration::try_from(self.now().duration_since(self.start)).unwrap()
    }
    fn time_zone(&self) -> jiff::tz::TimeZone {
        jiff::tz::TimeZone::UTC
    }
    async fn sleep(&self, duration: Duration) {
        tokio::time::sleep(duration / SPEED).await;
    }
}

/// One file per entry, written beside and renamed, as a real keychain's service would keep it.
#[derive(Debug)]
pub(super) struct FileKeychain(pub(super) PathBuf);

impl Keychain for FileKeychain {
    fn set(&self, name: &str, secret: &[u8]) -> Result<(), KeychainError> {
        let beside = self.0.join(format!("{name}.new"));
        std::fs::write(&beside, secret).map_err(|_| KeychainError::Unavailable)?;
        std::fs::rename(beside, self.0.join(name)).map_err(|_| KeychainError::Unavailable)
    }
    fn get(&self, name: &str) -> Result<Zeroizing<Vec<u8>>, KeychainError> {
        std::fs::read(self.0.join(name)).map(Zeroizing::new).map_err(|_| KeychainError::NoEntry)
    }
    fn delete(&self, name: &str) -> Result<(), KeychainError> {
        match std::fs::remove_file(self.0.join(name)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(KeychainError::Unavailable),
            Ok(()) | Err(_) => Ok(()),
        }
    }
}

/// The host of one life; `seed` differs from life to life, so that ids do too.
pub(super) fn host(clock: FlyingClock, keychain: PathBuf, seed: u64) -> Host {
    Host { clock: Arc::new(clock), keychain: Arc::new(FileKeychain(keychain)), ..Fakes::new(seed).host() }
}
