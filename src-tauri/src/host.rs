//! The real clock, random, keychain, mail program and clipboard. Nothing else in the project calls them directly.

use async_trait::async_trait;
use cb_app::host::{Browser, Clipboard, Clock, Keychain, KeychainError, Mailer, Notifier, Random};
use cb_domain::topic::Topic;
use jiff::Timestamp;
use std::collections::BTreeSet;
use std::sync::Mutex;
use std::time::Duration;
use tauri::AppHandle;
use uuid::Uuid;
use zeroize::Zeroizing;

/// The name under which the person is signed in to this computer.
pub fn person() -> String {
    ["USER", "USERNAME", "LOGNAME"].iter().find_map(|name| std::env::var(name).ok()).unwrap_or_default()
}

/// Name under which secrets stand in the OS keychain.
const SERVICE: &str = "Channelbook";

/// The system's clock.
#[derive(Debug)]
pub struct SystemClock;

#[async_trait]
impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the host's clock")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
    fn steady(&self) -> Duration {
        static START: std::sync::LazyLock<std::time::Instant> = std::sync::LazyLock::new(std::time::Instant::now);
        START.elapsed()
    }
    fn time_zone(&self) -> jiff::tz::TimeZone {
        jiff::tz::TimeZone::system()
    }
    async fn sleep(&self, duration: Duration) {
        tokio::time::sleep(duration).await;
    }
}

/// The system's generator.
#[derive(Debug)]
pub struct SystemRandom;

impl Random for SystemRandom {
    #[expect(clippy::disallowed_methods, reason = "this is where ids come from")]
    fn id(&self) -> Uuid {
        Uuid::now_v7()
    }
    #[expect(clippy::disallowed_methods, reason = "this is where request ids come from")]
    fn request_id(&self) -> Uuid {
        Uuid::new_v4()
    }
    fn fill(&self, bytes: &mut [u8]) {
        if getrandom::fill(bytes).is_err() {
            // Without random bytes nothing can be sealed or encrypted: going on would be worse than stopping.
            tracing::error!("the system gives no random bytes");
            std::process::exit(70);
        }
    }
}

/// Windows Credential Manager, macOS Keychain, or the Secret Service.
#[derive(Debug)]
pub struct OsKeychain;

fn entry(name: &str) -> Result<keyring::Entry, KeychainError> {
    keyring::Entry::new(SERVICE, name).map_err(|_| KeychainError::Unavailable)
}

impl Keychain for OsKeychain {
    fn set(&self, name: &str, secret: &[u8]) -> Result<(), KeychainError> {
        entry(name)?.set_secret(secret).map_err(|_| KeychainError::Unavailable)
    }
    fn get(&self, name: &str) -> Result<Zeroizing<Vec<u8>>, KeychainError> {
        match entry(name)?.get_secret() {
            Ok(secret) => Ok(Zeroizing::new(secret)),
            Err(keyring::Error::NoEntry) => Err(KeychainError::NoEntry),
            Err(_) => Err(KeychainError::Unavailable),
        }
    }
    fn delete(&self, name: &str) -> Result<(), KeychainError> {
        match entry(name)?.delete_credential() {
            Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
            Err(_) => Err(KeychainError::Unavailable),
        }
    }
}

/// The default mail program.
#[derive(Debug)]
pub struct MailProgram;

/// An opener that has not failed by then has found its program; one that finds none ends at once.
const FAILS_WITHIN: Duration = Duration::from_millis(1500);

/// Hands an address or a file to the program that the system names for it. The opener may live as long as the program,
/// so it is waited for on a thread of its own, and only long enough to hear that there is no program.
#[expect(clippy::disallowed_methods, reason = "this is the host's mail program")]
fn hand_over(target: std::ffi::OsString) -> bool {
    if cfg!(windows) {
        return open::that_detached(target).is_ok();
    }
    let (told, heard) = std::sync::mpsc::channel();
    let started = std::thread::Builder::new().name("mail".to_owned()).spawn(move || {
        let _ = told.send(open::that(target).is_ok());
    });
    started.is_ok() && heard.recv_timeout(FAILS_WITHIN).unwrap_or(true)
}

impl Mailer for MailProgram {
    fn open(&self, mailto: &str) -> bool {
        hand_over(mailto.into())
    }
    fn open_file(&self, file: &std::path::Path) -> bool {
        hand_over(file.into())
    }
}

/// The default browser.
#[derive(Debug)]
pub struct DefaultBrowser;

impl Browser for DefaultBrowser {
    fn open(&self, address: &str) -> bool {
        // Nothing but a web address is ever handed to the system here.
        (address.starts_with("https://") || address.starts_with("http://")) && hand_over(address.into())
    }
}

/// The system's clipboard. The handle is kept: on X11 the text lives only as long as its owner.
#[derive(Default)]
pub struct SystemClipboard {
    handle: Mutex<Option<arboard::Clipboard>>,
}

impl std::fmt::Debug for SystemClipboard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SystemClipboard")
    }
}

impl SystemClipboard {
    fn with<T>(&self, act: impl FnOnce(&mut arboard::Clipboard) -> Option<T>) -> Option<T> {
        let mut handle = self.handle.lock().ok()?;
        if handle.is_none() {
            *handle = arboard::Clipboard::new().ok();
        }
        handle.as_mut().and_then(act)
    }
}

#[cfg(windows)]
fn hide(set: arboard::Set<'_>) -> arboard::Set<'_> {
    use arboard::SetExtWindows;
    set.exclude_from_cloud().exclude_from_history().exclude_from_monitoring()
}
#[cfg(target_os = "macos")]
fn hide(set: arboard::Set<'_>) -> arboard::Set<'_> {
    use arboard::SetExtApple;
    set.exclude_from_history()
}
#[cfg(not(any(windows, target_os = "macos")))]
fn hide(set: arboard::Set<'_>) -> arboard::Set<'_> {
    use arboard::SetExtLinux;
    set.exclude_from_history()
}

impl Clipboard for SystemClipboard {
    fn set(&self, text: &str, secret: bool) -> bool {
        self.with(|clipboard| {
            let set = clipboard.set();
            let set = if secret { hide(set) } else { set };
            set.text(text).ok()
        })
        .is_some()
    }
    fn clear_if(&self, text: &str) {
        let cleared = self.with(|clipboard| match clipboard.get_text() {
            Ok(held) if held == text => clipboard.clear().ok(),
            Ok(_) | Err(_) => Some(()),
        });
        if cleared.is_none() {
            tracing::warn!("the clipboard could not be cleared");
        }
    }
}

/// Tells the webview what changed, as one `data-changed` event.
pub struct WebviewNotifier {
    handle: AppHandle,
}

impl WebviewNotifier {
    /// For all windows of this app.
    #[must_use]
    pub fn new(handle: AppHandle) -> Self {
        Self { handle }
    }
}

impl std::fmt::Debug for WebviewNotifier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("WebviewNotifier")
    }
}

impl Notifier for WebviewNotifier {
    fn data_changed(&self, topics: &BTreeSet<Topic>) {
        use tauri_specta::Event;
        if crate::bindings::DataChanged::from(topics).emit(&self.handle).is_err() {
            tracing::warn!("the window was not told of a change");
        }
    }

    fn setup_info_arrived(&self) {
        crate::notices::setup_info_arrived(&self.handle);
    }
}
