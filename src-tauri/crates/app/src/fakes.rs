//! A host for tests: fixed clock, seeded random, memory keychain, and recorders of mail, clipboard and notices.
#![allow(clippy::unwrap_used, missing_docs, reason = "test support")]

use crate::host::{Browser, Clipboard, Clock, Host, Keychain, KeychainError, Mailer, Notifier, Random};
use async_trait::async_trait;
use cb_domain::topic::Topic;
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use uuid::Uuid;
use zeroize::Zeroizing;

/// A clock that goes only when somebody sleeps or pushes it.
#[derive(Debug)]
pub struct FakeClock {
    now: Mutex<Timestamp>,
    steady: Mutex<Duration>,
}

impl FakeClock {
    #[must_use]
    pub fn at(now: Timestamp) -> Self {
        Self { now: Mutex::new(now), steady: Mutex::default() }
    }
    pub fn advance(&self, by: Duration) {
        self.set_wall(SignedDuration::try_from(by).unwrap());
        *self.steady.lock().unwrap() += by;
    }
    /// Somebody sets the clock on the wall, forward or back; the monotonic one takes no notice.
    pub fn set_wall(&self, by: SignedDuration) {
        let mut now = self.now.lock().unwrap();
        *now = now.checked_add(by).unwrap();
    }
}

#[async_trait]
impl Clock for FakeClock {
    fn now(&self) -> Timestamp {
        *self.now.lock().unwrap()
    }
    fn steady(&self) -> Duration {
        *self.steady.lock().unwrap()
    }
    fn time_zone(&self) -> jiff::tz::TimeZone {
        jiff::tz::TimeZone::UTC
    }
    /// A moment of real time stands for the whole wait: waits end in order, and tests stay fast.
    async fn sleep(&self, duration: Duration) {
        tokio::time::sleep(Duration::from_millis(2)).await;
        self.advance(duration);
    }
}

/// Ids and bytes from a seed.
#[derive(Debug)]
pub struct FakeRandom(AtomicU64);

impl FakeRandom {
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self(AtomicU64::new(seed))
    }
    fn next(&self) -> u64 {
        let mut mixed = self.0.fetch_add(0x9E37_79B9_7F4A_7C15, Ordering::Relaxed);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
}

impl Random for FakeRandom {
    #[expect(clippy::disallowed_methods, reason = "ids grow with time, as the shell's do")]
    fn id(&self) -> Uuid {
        Uuid::now_v7()
    }
    fn request_id(&self) -> Uuid {
        Uuid::from_u64_pair(self.next(), self.next())
    }
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let random = self.next().to_le_bytes();
            chunk.copy_from_slice(&random[..chunk.len()]);
        }
    }
}

/// A keychain in memory; it can be made to refuse.
#[derive(Debug, Default)]
pub struct FakeKeychain {
    entries: Mutex<HashMap<String, Vec<u8>>>,
    refuses: AtomicBool,
}

impl FakeKeychain {
    pub fn refuse(&self, refuses: bool) {
        self.refuses.store(refuses, Ordering::Relaxed);
    }
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.entries.lock().unwrap().keys().cloned().collect()
    }
    fn allowed(&self) -> Result<(), KeychainError> {
        if self.refuses.load(Ordering::Relaxed) { Err(KeychainError::Unavailable) } else { Ok(()) }
    }
}

impl Keychain for FakeKeychain {
    fn set(&self, name: &str, secret: &[u8]) -> Result<(), KeychainError> {
        self.allowed()?;
        self.entries.lock().unwrap().insert(name.to_owned(), secret.to_vec());
        Ok(())
    }
    fn get(&self, name: &str) -> Result<Zeroizing<Vec<u8>>, KeychainError> {
        self.allowed()?;
        self.entries.lock().unwrap().get(name).cloned().map(Zeroizing::new).ok_or(KeychainError::NoEntry)
    }
    fn delete(&self, name: &str) -> Result<(), KeychainError> {
        self.allowed()?;
        self.entries.lock().unwrap().remove(name);
        Ok(())
    }
}

/// Mails that were opened.
#[derive(Debug, Default)]
pub struct RecordingMailer(pub Mutex<Vec<String>>);

impl Mailer for RecordingMailer {
    fn open(&self, mailto: &str) -> bool {
        self.0.lock().unwrap().push(mailto.to_owned());
        true
    }
    fn open_file(&self, file: &std::path::Path) -> bool {
        self.0.lock().unwrap().push(file.display().to_string());
        true
    }
}

/// Pages that were opened in the browser.
#[derive(Debug, Default)]
pub struct RecordingBrowser(pub Mutex<Vec<String>>);

impl Browser for RecordingBrowser {
    fn open(&self, address: &str) -> bool {
        self.0.lock().unwrap().push(address.to_owned());
        true
    }
}

/// What stands on the clipboard, and whether it came as a secret.
#[derive(Debug, Default)]
pub struct RecordingClipboard(pub Mutex<Option<(String, bool)>>);

impl Clipboard for RecordingClipboard {
    fn set(&self, text: &str, secret: bool) -> bool {
        *self.0.lock().unwrap() = Some((text.to_owned(), secret));
        true
    }
    fn clear_if(&self, text: &str) {
        self.0.lock().unwrap().take_if(|(held, _)| held == text);
    }
}

/// Topics that were published.
#[derive(Debug, Default)]
pub struct RecordingNotifier(pub Mutex<Vec<BTreeSet<Topic>>>, pub AtomicU64);

impl Notifier for RecordingNotifier {
    fn data_changed(&self, topics: &BTreeSet<Topic>) {
        self.0.lock().unwrap().push(topics.clone());
    }
    fn setup_info_arrived(&self) {
        self.1.fetch_add(1, Ordering::SeqCst);
    }
}

/// The fakes, to be looked at after the test has used them as [`Host`].
#[derive(Debug, Clone)]
pub struct Fakes {
    pub clock: Arc<FakeClock>,
    pub random: Arc<FakeRandom>,
    pub keychain: Arc<FakeKeychain>,
    pub mailer: Arc<RecordingMailer>,
    pub browser: Arc<RecordingBrowser>,
    pub clipboard: Arc<RecordingClipboard>,
    pub notifier: Arc<RecordingNotifier>,
}

impl Fakes {
    #[must_use]
    pub fn new(seed: u64) -> Self {
        let start = Timestamp::from_second(1_800_000_000).unwrap();
        Self {
            clock: Arc::new(FakeClock::at(start)),
            random: Arc::new(FakeRandom::seeded(seed)),
            keychain: Arc::default(),
            mailer: Arc::default(),
            browser: Arc::default(),
            clipboard: Arc::default(),
            notifier: Arc::default(),
        }
    }

    #[must_use]
    pub fn host(&self) -> Host {
        Host {
            clock: self.clock.clone(),
            random: self.random.clone(),
            keychain: self.keychain.clone(),
            mailer: self.mailer.clone(),
            browser: self.browser.clone(),
            clipboard: self.clipboard.clone(),
            notifier: self.notifier.clone(),
            person: "Mara Lindt".into(),
        }
    }
}
