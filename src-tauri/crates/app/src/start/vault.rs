//! Keys in an encrypted file, for a machine without a keychain (D4). Each entry is sealed with a key made of the book's
//! own, which only the passphrase opens. Deleting an entry rewrites the file without it (C5).

use super::settings::write_whole;
use crate::host::{Keychain, KeychainError, Random};
use cb_store::BookKey;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use zeroize::Zeroizing;

const FILE: &str = "keys.json";

/// One sealed entry, hex.
#[derive(serde::Serialize, serde::Deserialize)]
struct Entry {
    nonce: String,
    sealed: String,
}

/// The file and the key to its entries.
pub(crate) struct Vault {
    file: PathBuf,
    cipher: XChaCha20Poly1305,
    random: Arc<dyn Random>,
    /// One change at a time: each rewrites the whole file.
    turn: Mutex<()>,
}

impl Vault {
    pub(super) fn new(folder: &Path, key: &BookKey, random: Arc<dyn Random>) -> Self {
        let mut hasher = Sha256::new();
        hasher.update(b"channelbook key file v1\0");
        hasher.update(key.bytes());
        let own = Zeroizing::new(<[u8; 32]>::from(hasher.finalize()));
        let cipher = XChaCha20Poly1305::new(own.as_slice().into());
        Self { file: folder.join(FILE), cipher, random, turn: Mutex::default() }
    }

    fn read(&self) -> Result<BTreeMap<String, Entry>, KeychainError> {
        match std::fs::read(&self.file) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|_| KeychainError::KeyFile),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(BTreeMap::new()),
            Err(_) => Err(KeychainError::KeyFile),
        }
    }

    fn change(&self, act: impl FnOnce(&mut BTreeMap<String, Entry>)) -> Result<(), KeychainError> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let mut entries = self.read()?;
        act(&mut entries);
        let bytes = serde_json::to_vec(&entries).map_err(|_| KeychainError::KeyFile)?;
        write_whole(&self.file, &bytes).map_err(|_| KeychainError::KeyFile)
    }
}

impl Keychain for Vault {
    fn set(&self, name: &str, secret: &[u8]) -> Result<(), KeychainError> {
        let mut nonce = [0; 24];
        self.random.fill(&mut nonce);
        let sealed = self
            .cipher
            .encrypt(XNonce::from_slice(&nonce), Payload { msg: secret, aad: name.as_bytes() })
            .map_err(|_| KeychainError::KeyFile)?;
        let entry = Entry { nonce: hex::encode(nonce), sealed: hex::encode(sealed) };
        self.change(|entries| {
            entries.insert(name.to_owned(), entry);
        })
    }

    fn get(&self, name: &str) -> Result<Zeroizing<Vec<u8>>, KeychainError> {
        let entry = self.read()?.remove(name).ok_or(KeychainError::NoEntry)?;
        let unreadable = |_| KeychainError::KeyFile;
        let nonce: [u8; 24] =
            hex::decode(entry.nonce).map_err(unreadable)?.try_into().map_err(|_| KeychainError::KeyFile)?;
        let sealed = hex::decode(entry.sealed).map_err(unreadable)?;
        self.cipher
            .decrypt(XNonce::from_slice(&nonce), Payload { msg: &sealed, aad: name.as_bytes() })
            .map(Zeroizing::new)
            .map_err(|_| KeychainError::KeyFile)
    }

    fn delete(&self, name: &str) -> Result<(), KeychainError> {
        self.change(|entries| {
            entries.remove(name);
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fakes::Fakes;

    #[test]
    fn d4_entries_come_back_with_their_key_only_and_leave_nothing_when_deleted() {
        let (fakes, folder) = (Fakes::new(1), tempfile::tempdir().unwrap());
        let vault = |key| Vault::new(folder.path(), &BookKey::new([key; 32]), fakes.random.clone());
        vault(1).set("one", b"a secret that is long enough to be found").unwrap();
        vault(1).set("two", b"another").unwrap();
        assert_eq!(vault(1).get("one").unwrap().as_slice(), b"a secret that is long enough to be found");
        assert_eq!(vault(2).get("one").unwrap_err(), KeychainError::KeyFile);
        let file = std::fs::read_to_string(folder.path().join(FILE)).unwrap();
        assert!(!file.contains(&hex::encode("a secret")) && !file.contains("a secret"));
        vault(1).delete("one").unwrap();
        assert_eq!(vault(1).get("one").unwrap_err(), KeychainError::NoEntry);
        assert_eq!(vault(1).get("two").unwrap().as_slice(), b"another");
        assert!(!std::fs::read_to_string(folder.path().join(FILE)).unwrap().contains("one"));
        std::fs::write(folder.path().join(FILE), "{").unwrap();
        assert_eq!(vault(1).set("three", b"x").unwrap_err(), KeychainError::KeyFile, "a damaged file is kept");
    }
}
