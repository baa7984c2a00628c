//! The refresh token in the keychain. Windows takes at most 2,560 bytes for one entry and a token may be longer, so it
//! is kept in parts: the parts first, under names of their own, then the entry that names them. A run that ends in
//! between leaves the last sign-in whole.

use crate::host::{Keychain, KeychainError};
use cb_partner_center::sign_in::{SignInProblem, TokenShelf};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use zeroize::Zeroizing;

/// Bytes in one part; some room is left below the limit.
const PART: usize = 2400;
/// More parts than any token needs.
const MOST: usize = 32;

/// The keychain's place for the sign-in of one workspace.
pub(crate) struct Shelf {
    keychain: Arc<dyn Keychain>,
    name: String,
}

/// What the first entry holds: which of two sets of parts counts, how many there are, and their sum.
#[derive(serde::Serialize, serde::Deserialize)]
struct Head {
    set: u8,
    parts: usize,
    sum: String,
}

impl Shelf {
    pub(crate) fn new(keychain: Arc<dyn Keychain>, workspace: &str) -> Self {
        Self { keychain, name: format!("sign-in-{workspace}") }
    }

    fn part(&self, set: u8, number: usize) -> String {
        format!("{}-{set}-{number}", self.name)
    }

    fn head(&self) -> Result<Option<Head>, SignInProblem> {
        match self.keychain.get(&self.name) {
            Ok(bytes) => Ok(serde_json::from_slice(&bytes).ok()),
            Err(KeychainError::NoEntry) => Ok(None),
            Err(KeychainError::Unavailable | KeychainError::KeyFile) => Err(SignInProblem::Keychain),
        }
    }

    fn clear_set(&self, set: u8, parts: usize) -> Result<(), SignInProblem> {
        for number in 0..parts.min(MOST) {
            self.keychain.delete(&self.part(set, number)).map_err(|_| SignInProblem::Keychain)?;
        }
        Ok(())
    }
}

fn sum(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

impl TokenShelf for Shelf {
    fn load(&self) -> Result<Option<SecretString>, SignInProblem> {
        let Some(head) = self.head()? else { return Ok(None) };
        let mut whole = Zeroizing::new(Vec::new());
        for number in 0..head.parts.min(MOST) {
            match self.keychain.get(&self.part(head.set, number)) {
                Ok(part) => whole.extend_from_slice(&part),
                // A part that is gone: nobody is signed in any more.
                Err(KeychainError::NoEntry) => return Ok(None),
                Err(KeychainError::Unavailable | KeychainError::KeyFile) => return Err(SignInProblem::Keychain),
            }
        }
        if sum(&whole) != head.sum {
            return Ok(None);
        }
        Ok(std::str::from_utf8(&whole).ok().map(SecretString::from))
    }

    fn store(&self, token: &SecretString) -> Result<(), SignInProblem> {
        let bytes = token.expose_secret().as_bytes();
        if bytes.len() > PART * MOST {
            return Err(SignInProblem::Keychain);
        }
        let before = self.head()?;
        let set = before.as_ref().map_or(0, |head| head.set ^ 1);
        let parts = bytes.chunks(PART).count();
        for (number, part) in bytes.chunks(PART).enumerate() {
            self.keychain.set(&self.part(set, number), part).map_err(|_| SignInProblem::Keychain)?;
        }
        let head = serde_json::to_vec(&Head { set, parts, sum: sum(bytes) }).map_err(|_| SignInProblem::Keychain)?;
        self.keychain.set(&self.name, &head).map_err(|_| SignInProblem::Keychain)?;
        match before {
            Some(before) => self.clear_set(before.set, before.parts),
            None => Ok(()),
        }
    }

    fn clear(&self) -> Result<(), SignInProblem> {
        let before = self.head()?;
        self.keychain.delete(&self.name).map_err(|_| SignInProblem::Keychain)?;
        match before {
            Some(before) => self.clear_set(before.set, before.parts),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fakes::Fakes;

    fn shelf(fakes: &Fakes) -> Shelf {
        Shelf::new(fakes.keychain.clone(), "w")
    }

    #[test]
    fn a_long_token_comes_back_whole_and_leaves_nothing_when_cleared() {
        let fakes = Fakes::new(1);
        let shelf = shelf(&fakes);
        assert!(shelf.load().unwrap().is_none());
        for length in [1, PART, PART + 1, 3 * PART + 7, 40] {
            let token = SecretString::from("x".repeat(length));
            shelf.store(&token).unwrap();
            assert_eq!(shelf.load().unwrap().unwrap().expose_secret(), token.expose_secret());
            assert_eq!(fakes.keychain.names().len(), 1 + length.div_ceil(PART), "no part of the last one is left");
            for name in fakes.keychain.names() {
                assert!(fakes.keychain.get(&name).unwrap().len() <= 2560, "Windows takes no more");
            }
        }
        shelf.clear().unwrap();
        assert!(fakes.keychain.names().is_empty());
    }

    #[test]
    fn a_missing_or_foreign_part_means_signed_out_and_a_refusing_keychain_is_said() {
        let fakes = Fakes::new(1);
        let shelf = shelf(&fakes);
        shelf.store(&SecretString::from("x".repeat(PART + 1))).unwrap();
        fakes.keychain.set("sign-in-w-0-1", b"y").unwrap();
        assert!(shelf.load().unwrap().is_none());
        fakes.keychain.delete("sign-in-w-0-1").unwrap();
        assert!(shelf.load().unwrap().is_none());
        fakes.keychain.refuse(true);
        assert_eq!(shelf.load().unwrap_err(), SignInProblem::Keychain);
        assert_eq!(shelf.store(&SecretString::from("z".to_owned())), Err(SignInProblem::Keychain));
    }
}
