//! Wrapping a book's key so that a person can bring it back: with a recovery code, or with a passphrase where there is
//! no keychain (D4). Argon2id makes the wrapping key, XChaCha20-Poly1305 wraps.

use crate::BookKey;
use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

/// Why a key did not come back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RecoveryError {
    /// The text is no recovery code: too long or short, or mistyped, as its last two letters tell.
    #[error("not a recovery code")]
    NotACode,
    /// A well-formed code or passphrase, but not the one that wrapped this key.
    #[error("the code or passphrase does not open this key")]
    DoesNotOpen,
    /// The wrapped key itself does not read.
    #[error("the wrapped key is damaged")]
    Damaged,
    /// The system gave no random bytes.
    #[error("no random bytes")]
    Random,
}

/// A wrapped key, for the plain file beside the book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrappedKey {
    /// Memory of Argon2id in KiB.
    pub memory: u32,
    /// Passes of Argon2id.
    pub passes: u32,
    /// Salt, base64.
    pub salt: String,
    /// Nonce, base64.
    pub nonce: String,
    /// The wrapped key, base64.
    pub wrapped: String,
}

/// Shown once and typed back: 160 random bits and a checksum in groups of five letters.
pub struct RecoveryCode(Zeroizing<String>);

/// Crockford's alphabet: no I, L, O and U, so that nothing is misread or spells a word.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Letters of the random part, and of the checksum.
const RANDOM_LETTERS: usize = 32;
const CHECK_LETTERS: usize = 3;
const GROUP: usize = 5;

const MEMORY: u32 = 64 * 1024;
const PASSES: u32 = 3;
const PURPOSE: &[u8] = b"channelbook wrapped key v1";

impl RecoveryCode {
    /// A new code from the system's generator.
    ///
    /// # Errors
    /// `Random` when the system gives no random bytes.
    pub fn generate() -> Result<Self, RecoveryError> {
        let mut bytes = Zeroizing::new([0; RANDOM_LETTERS]);
        getrandom::fill(bytes.as_mut_slice()).map_err(|_| RecoveryError::Random)?;
        // 256 is a multiple of 32: every letter is as likely as another.
        let letters = Zeroizing::new(bytes.iter().map(|byte| letter(*byte)).collect::<String>());
        Ok(Self::with_checksum(&letters))
    }

    /// Reads a code as a person types it: any case, any blanks and dashes, O for 0 and I or L for 1.
    ///
    /// # Errors
    /// `NotACode` when its length or checksum is wrong.
    pub fn parse(text: &str) -> Result<Self, RecoveryError> {
        let letters: Zeroizing<String> = Zeroizing::new(
            text.chars()
                .filter(|letter| !letter.is_whitespace() && *letter != '-')
                .map(|letter| match letter.to_ascii_uppercase() {
                    'O' => '0',
                    'I' | 'L' => '1',
                    other => other,
                })
                .collect(),
        );
        let known = letters.bytes().all(|letter| ALPHABET.contains(&letter));
        let random = letters.get(..RANDOM_LETTERS).filter(|_| known).ok_or(RecoveryError::NotACode)?;
        let code = Self::with_checksum(random);
        if *code.0 == *letters { Ok(code) } else { Err(RecoveryError::NotACode) }
    }

    /// The code to show, in groups.
    #[must_use]
    pub fn display(&self) -> Zeroizing<String> {
        let mut shown = Zeroizing::new(String::with_capacity(self.0.len() * 2));
        for (at, letter) in self.0.chars().enumerate() {
            if at > 0 && at % GROUP == 0 {
                shown.push('-');
            }
            shown.push(letter);
        }
        shown
    }

    /// Wraps a key with this code.
    ///
    /// # Errors
    /// `Random` when the system gives no random bytes.
    pub fn wrap(&self, key: &BookKey) -> Result<WrappedKey, RecoveryError> {
        wrap(self.0.as_bytes(), key)
    }

    /// Unwraps a key.
    ///
    /// # Errors
    /// `DoesNotOpen` when it was wrapped by another code.
    pub fn unwrap(&self, wrapped: &WrappedKey) -> Result<BookKey, RecoveryError> {
        unwrap(self.0.as_bytes(), wrapped)
    }

    fn with_checksum(random: &str) -> Self {
        let digest = Sha256::digest([PURPOSE, random.as_bytes()].concat());
        let mut code = Zeroizing::new(String::with_capacity(RANDOM_LETTERS + CHECK_LETTERS));
        code.push_str(random);
        code.extend(digest.iter().take(CHECK_LETTERS).map(|byte| letter(*byte)));
        Self(code)
    }
}

impl std::fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RecoveryCode([redacted])")
    }
}

/// Wraps a key with a passphrase.
///
/// # Errors
/// `Random` when the system gives no random bytes.
pub fn wrap_with_passphrase(passphrase: &str, key: &BookKey) -> Result<WrappedKey, RecoveryError> {
    wrap(normal(passphrase).as_bytes(), key)
}

/// Unwraps a key with a passphrase.
///
/// # Errors
/// `DoesNotOpen` for another passphrase.
pub fn unwrap_with_passphrase(passphrase: &str, wrapped: &WrappedKey) -> Result<BookKey, RecoveryError> {
    unwrap(normal(passphrase).as_bytes(), wrapped)
}

/// Keyboards write one and the same letter in different ways.
fn normal(passphrase: &str) -> Zeroizing<String> {
    Zeroizing::new(passphrase.nfkc().collect())
}

fn wrap(secret: &[u8], key: &BookKey) -> Result<WrappedKey, RecoveryError> {
    let (mut salt, mut nonce) = ([0; 16], [0; 24]);
    getrandom::fill(&mut salt).and_then(|()| getrandom::fill(&mut nonce)).map_err(|_| RecoveryError::Random)?;
    let sealed = cipher(secret, &salt, MEMORY, PASSES)?
        .encrypt(XNonce::from_slice(&nonce), Payload { msg: key.bytes(), aad: PURPOSE })
        .map_err(|_| RecoveryError::Damaged)?;
    Ok(WrappedKey {
        memory: MEMORY,
        passes: PASSES,
        salt: STANDARD.encode(salt),
        nonce: STANDARD.encode(nonce),
        wrapped: STANDARD.encode(sealed),
    })
}

fn unwrap(secret: &[u8], wrapped: &WrappedKey) -> Result<BookKey, RecoveryError> {
    let decode = |text: &str| STANDARD.decode(text).map_err(|_| RecoveryError::Damaged);
    let (salt, nonce, sealed) = (decode(&wrapped.salt)?, decode(&wrapped.nonce)?, decode(&wrapped.wrapped)?);
    // The file is not trusted: no amount of memory that it may ask for, and no nonce of another length.
    if wrapped.memory > 4 * MEMORY || wrapped.passes > 4 * PASSES || nonce.len() != 24 {
        return Err(RecoveryError::Damaged);
    }
    let opened = cipher(secret, &salt, wrapped.memory, wrapped.passes)?
        .decrypt(XNonce::from_slice(&nonce), Payload { msg: &sealed, aad: PURPOSE })
        .map(Zeroizing::new)
        .map_err(|_| RecoveryError::DoesNotOpen)?;
    BookKey::from_slice(&opened).ok_or(RecoveryError::Damaged)
}

fn cipher(secret: &[u8], salt: &[u8], memory: u32, passes: u32) -> Result<XChaCha20Poly1305, RecoveryError> {
    let params = Params::new(memory, passes, 1, Some(32)).map_err(|_| RecoveryError::Damaged)?;
    let mut key = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(secret, salt, key.as_mut_slice())
        .map_err(|_| RecoveryError::Damaged)?;
    Ok(XChaCha20Poly1305::new(key.as_slice().into()))
}

fn letter(byte: u8) -> char {
    char::from(ALPHABET[usize::from(byte % 32)])
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failed test shall stop here")]
mod tests {
    use super::*;

    #[test]
    fn a_code_typed_back_brings_the_key_back() {
        let (code, key) = (RecoveryCode::generate().unwrap(), BookKey::new([9; 32]));
        let wrapped = code.wrap(&key).unwrap();
        let shown = code.display();
        assert_eq!((shown.len(), shown.split('-').count()), (41, 7), "{}", shown.as_str());
        let typed = shown.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
        let back = RecoveryCode::parse(&typed).unwrap().unwrap(&wrapped).unwrap();
        assert_eq!(back.bytes(), key.bytes());
        let other = RecoveryCode::generate().unwrap();
        assert_eq!(other.unwrap(&wrapped).err(), Some(RecoveryError::DoesNotOpen));
    }

    /// All 32 letters alike, or a code would hold less than its 160 bits.
    #[test]
    fn every_letter_stands_for_as_many_bytes_as_another() {
        for (at, known) in ALPHABET.iter().enumerate() {
            let bytes = (0..=u8::MAX).filter(|byte| letter(*byte) == char::from(*known));
            assert_eq!(bytes.count(), 8, "letter {at}");
        }
    }

    #[test]
    fn a_mistyped_code_is_noticed_before_anything_is_tried() {
        let shown = RecoveryCode::with_checksum("0123456789ABCDEFGHJKMNPQRSTVWXYZ").display();
        for at in 0..shown.len() {
            let mut typed = shown.as_bytes().to_vec();
            if typed[at] == b'-' {
                continue;
            }
            typed[at] = if typed[at] == b'7' { b'8' } else { b'7' };
            let typed = String::from_utf8(typed).unwrap();
            assert_eq!(RecoveryCode::parse(&typed).err(), Some(RecoveryError::NotACode), "{typed}");
        }
        for typed in ["", "7", "ÄÖÜ", "U123456789ABCDEFGHJKMNPQRSTVWXYZ777", &shown[1..]] {
            assert_eq!(RecoveryCode::parse(typed).err(), Some(RecoveryError::NotACode), "{typed}");
        }
    }

    #[test]
    fn a_passphrase_wraps_too_and_a_changed_file_is_noticed() {
        let key = BookKey::new([9; 32]);
        let wrapped = wrap_with_passphrase("correct horse", &key).unwrap();
        // Less would let a passphrase be tried out faster.
        assert_eq!((wrapped.memory, wrapped.passes), (65_536, 3));
        assert_eq!(unwrap_with_passphrase("correct horse", &wrapped).unwrap().bytes(), key.bytes());
        assert_eq!(unwrap_with_passphrase("wrong horse", &wrapped).err(), Some(RecoveryError::DoesNotOpen));
        for damaged in [
            WrappedKey { nonce: "AAAA".into(), ..wrapped.clone() },
            WrappedKey { memory: u32::MAX, ..wrapped.clone() },
            WrappedKey { salt: "not base64!".into(), ..wrapped.clone() },
            // The file asks for more than four times what it was made with: refused before anything is tried.
            WrappedKey { memory: 4 * 65_536 + 1, passes: 1, ..wrapped.clone() },
            WrappedKey { memory: 64, passes: 13, ..wrapped.clone() },
        ] {
            assert_eq!(unwrap_with_passphrase("correct horse", &damaged).err(), Some(RecoveryError::Damaged));
        }
        for (memory, passes) in [(4 * 65_536, 1), (64, 12)] {
            let asks = WrappedKey { memory, passes, ..wrapped.clone() };
            let tried = unwrap_with_passphrase("correct horse", &asks).err();
            assert_eq!(tried, Some(RecoveryError::DoesNotOpen), "as much as that is tried");
        }
    }
}
