//! Table `answer`: the idempotency memory. A remembered answer may hold a new customer's password, so it is kept sealed
//! under the request id that it answers, and of that id only a hash is stored: who has not sent the request can't read
//! the answer, and the book that sent it keeps its ids encrypted.

use crate::SandboxError;
use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use jiff::Timestamp;
use rand::RngCore;
use rusqlite::{Connection, OptionalExtension};
use sha2::{Digest, Sha256};

/// Bytes of the nonce before a sealed answer.
const NONCE: usize = 24;

/// Seconds in an hour.
const HOUR: i64 = 60 * 60;

/// What makes a repeat a repeat.
#[derive(Debug, Clone)]
pub(crate) struct Key {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) request_id: String,
}

impl Key {
    fn digest(&self, purpose: &str) -> [u8; 32] {
        let mut hash = Sha256::new();
        for part in [purpose, &self.method, &self.path, &self.request_id.to_ascii_lowercase()] {
            hash.update(part.as_bytes());
            hash.update([0]);
        }
        hash.finalize().into()
    }

    /// What is stored of the request id.
    fn name(&self) -> Vec<u8> {
        self.digest("name").to_vec()
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.digest("seal").into())
    }

    fn seal(&self, body: &str) -> Option<Vec<u8>> {
        let mut sealed = vec![0; NONCE];
        rand::rng().fill_bytes(&mut sealed);
        let text = self.cipher().encrypt(XNonce::from_slice(&sealed), body.as_bytes()).ok()?;
        sealed.extend(text);
        Some(sealed)
    }

    fn open(&self, sealed: &[u8]) -> Option<String> {
        let (nonce, text) = sealed.split_at_checked(NONCE)?;
        let body = self.cipher().decrypt(XNonce::from_slice(nonce), text).ok()?;
        String::from_utf8(body).ok()
    }
}

/// The answer given before, status and body.
pub(crate) fn find(
    db: &Connection,
    key: &Key,
    now: Timestamp,
    hours: i64,
) -> Result<Option<(u16, String)>, SandboxError> {
    let mut statement = db.prepare_cached(
        "SELECT status, body FROM answer WHERE method = ?1 AND path = ?2 AND request_id = ?3 AND answered_at > ?4",
    )?;
    let oldest = now.as_second() - hours * HOUR;
    let found: Option<(u16, Vec<u8>)> = statement
        .query_row((&key.method, &key.path, key.name(), oldest), |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(found.and_then(|(status, sealed)| Some((status, key.open(&sealed)?))))
}

/// Remembers an answer and forgets those that are too old, their passwords with them.
pub(crate) fn remember(
    db: &Connection,
    key: &Key,
    status: u16,
    body: &str,
    now: Timestamp,
    hours: i64,
) -> Result<(), SandboxError> {
    db.prepare_cached("DELETE FROM answer WHERE answered_at <= ?1")?.execute([now.as_second() - hours * HOUR])?;
    db.prepare_cached(
        "INSERT OR REPLACE INTO answer (method, path, request_id, status, body, answered_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute((&key.method, &key.path, key.name(), status, key.seal(body), now.as_second()))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(request_id: &str) -> Key {
        Key { method: "POST".to_owned(), path: "/v1/customers".to_owned(), request_id: request_id.to_owned() }
    }

    #[test]
    fn an_answer_opens_with_its_request_id_only_and_lies_sealed() {
        let sealed = key("A1").seal("the password").expect("sealed");
        assert_eq!(key("a1").open(&sealed).as_deref(), Some("the password"), "GUIDs vary in case");
        assert_eq!(key("a2").open(&sealed), None);
        assert_eq!(key("a1").open(&sealed[..10]), None);
        assert!(!sealed.windows(8).any(|part| part == b"password"));
    }
}
