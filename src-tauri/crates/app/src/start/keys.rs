//! Where this app keeps keys: the system's keychain, or, for a book that opens with a passphrase, an encrypted file
//! beside it (D4). Use cases see one keychain and need not know which it is.

use super::vault::Vault;
use crate::host::{Keychain, KeychainError};
use cb_store::BookKey;
use std::sync::{Arc, PoisonError, RwLock};
use zeroize::Zeroizing;

/// The keychain of the open workspace.
pub(crate) struct KeyHome {
    system: Arc<dyn Keychain>,
    vault: RwLock<Option<Vault>>,
    book: RwLock<Option<BookKey>>,
}

impl KeyHome {
    pub(crate) fn new(system: Arc<dyn Keychain>) -> Self {
        Self { system, vault: RwLock::default(), book: RwLock::default() }
    }

    /// From now on keys of this run go into the file; `None` leads back to the system's keychain.
    pub(crate) fn use_vault(&self, vault: Option<Vault>) {
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

    fn with<T>(&self, act: impl FnOnce(&dyn Keychain) -> T) -> T {
        match self.vault.read().unwrap_or_else(PoisonError::into_inner).as_ref() {
            Some(vault) => act(vault),
            None => act(self.system.as_ref()),
        }
    }
}

impl Keychain for KeyHome {
    fn set(&self, name: &str, secret: &[u8]) -> Result<(), KeychainError> {
        self.with(|keychain| keychain.set(name, secret))
    }
    fn get(&self, name: &str) -> Result<Zeroizing<Vec<u8>>, KeychainError> {
        self.with(|keychain| keychain.get(name))
    }
    fn delete(&self, name: &str) -> Result<(), KeychainError> {
        self.with(|keychain| keychain.delete(name))
    }
}

/// Writes a key and reads it back: a book whose key was never kept is lost.
pub(super) fn keep(keychain: &dyn Keychain, name: &str, secret: &[u8]) -> Result<(), KeychainError> {
    keychain.set(name, secret)?;
    if keychain.get(name)?.as_slice() == secret { Ok(()) } else { Err(KeychainError::Unavailable) }
}
