//! The 256-bit key of a book, wiped from memory when it is dropped.

use crate::Result;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use zeroize::Zeroizing;

/// The key of a book. It is never printed.
#[derive(Clone)]
pub struct BookKey {
    bytes: Zeroizing<[u8; 32]>,
    name: String,
}

impl BookKey {
    /// Takes 32 bytes as the key.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self { bytes: Zeroizing::new(bytes), name: String::new() }
    }

    /// Takes bytes as read from a keychain; `None` when they are not 32.
    #[must_use]
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        Some(Self::new(bytes.try_into().ok()?))
    }

    /// A new key from the system's generator.
    ///
    /// # Errors
    /// When the system gives no random bytes.
    pub fn generate() -> Result<Self> {
        let mut key = Self::new([0; 32]);
        getrandom::fill(key.bytes.as_mut_slice())?;
        Ok(key)
    }

    /// Names the keychain entry that holds it; the name is kept in the plain file beside the book.
    #[must_use]
    pub fn named(mut self, name: &str) -> Self {
        name.clone_into(&mut self.name);
        self
    }

    /// Name of the keychain entry; empty when none was given.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The bytes, to be put into a keychain or wrapped.
    #[must_use]
    pub fn bytes(&self) -> &[u8; 32] {
        &self.bytes
    }

    /// The statement that hands the raw key to SQLCipher.
    pub(crate) fn pragma(&self) -> Zeroizing<String> {
        // Sized beforehand: a growing string would leave unwiped copies behind.
        let mut sql = Zeroizing::new(String::with_capacity(96));
        sql.push_str("PRAGMA key = \"x'");
        for byte in self.bytes.iter() {
            // Writing into a String does not fail.
            let _ = write!(sql, "{byte:02x}");
        }
        sql.push_str("'\";");
        sql
    }

    /// A salted value that tells this key from another one without telling anything about it.
    pub(crate) fn check_value(&self, salt: &[u8]) -> String {
        let mut hasher = Sha256::new();
        hasher.update(b"channelbook key check v1\0");
        hasher.update(salt);
        hasher.update(self.bytes.as_slice());
        hex::encode(hasher.finalize())
    }
}

impl std::fmt::Debug for BookKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("BookKey([redacted])")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_tells_nothing_of_the_key() {
        let key = BookKey::new([0xAB; 32]);
        assert_eq!(format!("{key:?}"), "BookKey([redacted])");
    }

    #[test]
    fn a_key_is_the_bytes_it_was_made_of_under_its_name() {
        let bytes: [u8; 32] = std::array::from_fn(|at| u8::try_from(at * 7).unwrap_or(255));
        let key = BookKey::new(bytes);
        assert_eq!((key.bytes(), key.name()), (&bytes, ""));
        assert_eq!(BookKey::from_slice(&bytes).map(|key| *key.bytes()), Some(bytes));
        assert!([0, 31, 33].into_iter().all(|length| BookKey::from_slice(&vec![1; length]).is_none()));
        let named = key.named("book-7");
        assert_eq!((named.bytes(), named.name()), (&bytes, "book-7"));
        assert_eq!(*named.pragma(), format!("PRAGMA key = \"x'{}'\";", hex::encode(bytes)));
        let fresh = [BookKey::generate(), BookKey::generate()].map(|key| key.map(|key| *key.bytes()).ok());
        assert!(fresh[0] != fresh[1] && fresh[0] != Some([0; 32]) && fresh[0].is_some());
    }

    #[test]
    fn check_value_differs_by_key_and_salt() {
        let (one, other) = (BookKey::new([1; 32]), BookKey::new([2; 32]));
        assert_ne!(one.check_value(b"salt"), other.check_value(b"salt"));
        assert_ne!(one.check_value(b"salt"), one.check_value(b"pepper"));
    }
}
