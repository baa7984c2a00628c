//! Keys and seals of one-time passwords (C1, C2): XChaCha20-Poly1305, bound to operation and customer.

use crate::host::{Host, KeychainError};
use crate::start::asked;
use cb_domain::ids::{CustomerId, OperationId};
use cb_sync::remote::OneTimeSecret;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

/// A sealed password.
#[derive(Debug, Clone)]
pub(crate) struct Sealed {
    pub(crate) ciphertext: Vec<u8>,
    pub(crate) nonce: Vec<u8>,
}

/// Name of the keychain entry that seals the password of this operation.
pub(crate) fn key_name(operation: OperationId) -> String {
    format!("setup-info-{operation}")
}

fn associated_data(operation: OperationId, customer: CustomerId) -> Vec<u8> {
    [operation.0.as_bytes().as_slice(), customer.0.as_bytes().as_slice()].concat()
}

/// The key of one password, from before sending until the answer is sealed.
pub(super) type SealKey = Zeroizing<Vec<u8>>;

/// C1: a 32-byte key stands in the keychain and reads back, or nothing may be sent.
pub(super) async fn ready_key(host: &Host, operation: OperationId) -> Result<SealKey, KeychainError> {
    let mut fresh = Zeroizing::new(vec![0_u8; 32]);
    host.random.fill(&mut fresh);
    let name = key_name(operation);
    asked(&host.keychain, move |keychain| {
        match keychain.get(&name) {
            Ok(held) if held.len() == 32 => return Ok(held),
            Ok(_) | Err(KeychainError::NoEntry) => {}
            Err(error @ (KeychainError::Unavailable | KeychainError::KeyFile)) => return Err(error),
        }
        keychain.set(&name, &fresh)?;
        let held = keychain.get(&name)?;
        if held.as_slice() == fresh.as_slice() { Ok(held) } else { Err(KeychainError::Unavailable) }
    })
    .await
}

/// Seals what the answer brought.
pub(super) fn seal(
    host: &Host,
    key: &SealKey,
    operation: OperationId,
    customer: CustomerId,
    secret: &OneTimeSecret,
) -> Option<Sealed> {
    let mut nonce = vec![0_u8; 24];
    host.random.fill(&mut nonce);
    let aad = associated_data(operation, customer);
    let payload = Payload { msg: secret.expose(), aad: &aad };
    let ciphertext = with_key(key).ok()?.encrypt(XNonce::from_slice(&nonce), payload).ok()?;
    Some(Sealed { ciphertext, nonce })
}

/// Opens a sealed password. `NoEntry` also when the key does not fit.
pub(crate) async fn open_sealed(
    host: &Host,
    name: String,
    operation: OperationId,
    customer: CustomerId,
    sealed: Sealed,
) -> Result<Zeroizing<Vec<u8>>, KeychainError> {
    asked(&host.keychain, move |keychain| {
        let cipher = with_key(&keychain.get(&name)?)?;
        let aad = associated_data(operation, customer);
        if sealed.nonce.len() != 24 {
            return Err(KeychainError::NoEntry);
        }
        let payload = Payload { msg: &sealed.ciphertext, aad: &aad };
        cipher
            .decrypt(XNonce::from_slice(&sealed.nonce), payload)
            .map(Zeroizing::new)
            .map_err(|_| KeychainError::NoEntry)
    })
    .await
}

fn with_key(key: &[u8]) -> Result<XChaCha20Poly1305, KeychainError> {
    XChaCha20Poly1305::new_from_slice(key).map_err(|_| KeychainError::NoEntry)
}
