//! The copied password: cleared from the clipboard after 30 seconds, and when the book closes (C4).

use crate::host::{Clipboard, Host};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use zeroize::Zeroizing;

/// For so long may it stand on the clipboard.
const STAYS: Duration = Duration::from_secs(30);

/// What was copied and is to be cleared.
pub(crate) struct Copied {
    clipboard: Arc<dyn Clipboard>,
    text: Arc<Mutex<Option<Zeroizing<String>>>>,
}

impl Copied {
    pub(crate) fn new(host: &Host) -> Self {
        Self { clipboard: Arc::clone(&host.clipboard), text: Arc::default() }
    }

    /// Copies a secret; `false` when the system refused.
    pub(crate) fn copy(&self, host: &Host, secret: &str) -> bool {
        if !self.clipboard.set(secret, true) {
            return false;
        }
        *self.text.lock().unwrap_or_else(PoisonError::into_inner) = Some(Zeroizing::new(secret.to_owned()));
        let clock = Arc::clone(&host.clock);
        let clipboard = Arc::clone(&self.clipboard);
        let this = Zeroizing::new(secret.to_owned());
        let text = Arc::clone(&self.text);
        tokio::spawn(async move {
            clock.sleep(STAYS).await;
            clipboard.clear_if(&this);
            text.lock().unwrap_or_else(PoisonError::into_inner).take_if(|held| *held == this);
        });
        true
    }

    /// Clears it if it still stands there.
    pub(crate) fn clear(&self) {
        if let Some(text) = self.text.lock().unwrap_or_else(PoisonError::into_inner).take() {
            self.clipboard.clear_if(&text);
        }
    }
}

impl Drop for Copied {
    fn drop(&mut self) {
        self.clear();
    }
}
