//! Where this app keeps keys: the system's keychain, or, for a book that opens with a passphrase, an encrypted file
//! beside it (D4). Use cases see one keychain and need not know which it is.

use super::asking::{Asking, asked};
use crate::host::{Keychain, KeychainError};
use crate::views::KeyPlace;
use cb_store::BookKey;
use std::sync::{Arc, PoisonError, RwLock};
use zeroize::Zeroizing;

/// The keychain of the open workspace.
pub(crate) struct KeyHome {
    system: Arc<dyn Keychain>,
    vault: RwLock<Option<Arc<dyn Keychain>>>,
    book: RwLock<Option<BookKey>>,
    /// Keys of books being asked for.
    pub(super) asking: Asking,
}

impl KeyHome {
    pub(crate) fn new(system: Arc<dyn Keychain>) -> Self {
        Self { system, vault: RwLock::default(), book: RwLock::default(), asking: Asking::default() }
    }

    /// From now on keys of this run go into the file; `None` leads back to the system's keychain.
    pub(crate) fn use_vault(&self, vault: Option<Arc<dyn Keychain>>) {
        *self.vault.write().unwrap_or_else(PoisonError::into_inner) = vault;
    }

    /// The key of the open book, to be wrapped by a recovery code.
    pub(crate) fn book_key(&self) -> Option<BookKey> {
        self.book.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn set_book_key(&self, key: Option<BookKey>) {
        *self.book.write().unwrap_or_else(PoisonError::into_inner) = key;
    }

    /// The system's keychain, whatever the open book uses.
    pub(crate) fn system(&self) -> &Arc<dyn Keychain> {
        &self.system
    }

    /// Keys go into the file: the book opens with a passphrase.
    pub(crate) fn is_file(&self) -> bool {
        self.vault.read().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    /// The same, for the screens.
    pub(crate) fn place(&self) -> KeyPlace {
        if self.is_file() { KeyPlace::Passphrase } else { KeyPlace::Keychain }
    }

    /// That a key could not be had, in the words of where it is: in the file there is no keychain to be unlocked.
    pub(crate) fn told(&self, error: KeychainError) -> KeychainError {
        if self.is_file() { KeychainError::KeyFile } else { error }
    }

    /// Where keys go now. Whoever may still write when another workspace is open keeps this, and not the home itself: the
    /// sign-in of one book must never end up beside another.
    pub(crate) fn here(&self) -> Arc<dyn Keychain> {
        let vault = self.vault.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(vault.as_ref().unwrap_or(&self.system))
    }
}

impl Keychain for KeyHome {
    fn set(&self, name: &str, secret: &[u8]) -> Result<(), KeychainError> {
        self.here().set(name, secret)
    }
    fn get(&self, name: &str) -> Result<Zeroizing<Vec<u8>>, KeychainError> {
        self.here().get(name)
    }
    fn delete(&self, name: &str) -> Result<(), KeychainError> {
        self.here().delete(name)
    }
}

/// Writes a key and reads it back: a book whose key was never kept is lost.
pub(super) async fn keep(keychain: &Arc<dyn Keychain>, name: String, key: BookKey) -> Result<(), KeychainError> {
    asked(keychain, move |keychain| {
        keychain.set(&name, key.bytes())?;
        if keychain.get(&name)?.as_slice() == key.bytes() { Ok(()) } else { Err(KeychainError::Unavailable) }
    })
    .await
}
