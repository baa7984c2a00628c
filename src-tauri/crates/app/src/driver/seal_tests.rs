//! What a seal holds (C1, C2): it opens with its own key, for its own operation and customer, unchanged; and no key is
//! ready that the keychain does not give back.
#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use super::seal::{Sealed, key_name, open_sealed, ready_key, seal};
use crate::fakes::Fakes;
use crate::host::{Host, Keychain, KeychainError};
use cb_domain::ids::{CustomerId, OperationId};
use cb_sync::remote::OneTimeSecret;
use std::sync::Arc;
use uuid::Uuid;
use zeroize::Zeroizing;

const PASSWORD: &[u8] = b"Xy4!example";

fn ids() -> (OperationId, CustomerId) {
    (OperationId(Uuid::from_u128(1)), CustomerId(Uuid::from_u128(2)))
}

async fn sealed(host: &Host) -> Sealed {
    let (operation, customer) = ids();
    let key = ready_key(host, operation).await.unwrap();
    assert_eq!(key.len(), 32);
    seal(host, &key, operation, customer, &OneTimeSecret::new(PASSWORD.to_vec())).unwrap()
}

async fn open(host: &Host, name: String, (operation, customer): (OperationId, CustomerId), sealed: Sealed) -> bool {
    match open_sealed(host, name, operation, customer, sealed).await {
        Ok(opened) => {
            assert_eq!(opened.as_slice(), PASSWORD, "whatever opens is the password");
            true
        }
        Err(error) => {
            assert!(matches!(error, KeychainError::NoEntry), "{error:?}");
            false
        }
    }
}

#[tokio::test]
async fn c2_a_seal_opens_for_its_own_operation_and_customer_only_and_unchanged() {
    let host = Fakes::new(1).host();
    let (whole, again) = (sealed(&host).await, sealed(&host).await);
    let (operation, customer) = ids();
    assert!(!whole.ciphertext.windows(PASSWORD.len()).any(|part| part == PASSWORD));
    assert_eq!((whole.ciphertext.len(), whole.nonce.len()), (PASSWORD.len() + 16, 24), "with a tag");
    assert!(whole.nonce != again.nonce && whole.ciphertext != again.ciphertext, "never twice the same nonce");
    let name = || key_name(operation);
    assert!(open(&host, name(), ids(), whole.clone()).await && open(&host, name(), ids(), again.clone()).await);

    let (other, stranger) = (OperationId(Uuid::from_u128(3)), CustomerId(Uuid::from_u128(4)));
    ready_key(&host, other).await.unwrap();
    let swapped = (OperationId(customer.0), CustomerId(operation.0));
    for ids in [(other, customer), (operation, stranger), swapped] {
        assert!(!open(&host, name(), ids, whole.clone()).await, "{ids:?}");
    }
    assert_ne!(name(), key_name(other));
    assert!(!open(&host, key_name(other), ids(), whole.clone()).await, "another key");
    for at in 0..whole.ciphertext.len() {
        let mut changed = whole.clone();
        changed.ciphertext[at] ^= 1;
        assert!(!open(&host, name(), ids(), changed).await, "byte {at}");
    }
    for nonce in [again.nonce, Vec::new(), vec![0; 12], vec![0; 25]] {
        assert!(!open(&host, name(), ids(), Sealed { nonce, ..whole.clone() }).await);
    }
}

/// Keeps something else than what it is given.
#[derive(Debug)]
struct Forgetful(Option<Vec<u8>>);

impl Keychain for Forgetful {
    fn set(&self, _: &str, _: &[u8]) -> Result<(), KeychainError> {
        Ok(())
    }
    fn get(&self, _: &str) -> Result<Zeroizing<Vec<u8>>, KeychainError> {
        self.0.clone().map(Zeroizing::new).ok_or(KeychainError::NoEntry)
    }
    fn delete(&self, _: &str) -> Result<(), KeychainError> {
        Ok(())
    }
}

#[tokio::test]
async fn c1_a_key_is_ready_only_when_the_keychain_gives_it_back() {
    let fakes = Fakes::new(2);
    let host = fakes.host();
    let (operation, _) = ids();
    let first = ready_key(&host, operation).await.unwrap();
    assert_eq!(ready_key(&host, operation).await.unwrap(), first, "the one that is there stays");
    // What is no key is replaced: nothing can have been sealed with it.
    for length in [0, 31, 33] {
        host.keychain.set(&key_name(operation), &vec![7; length]).unwrap();
        let fresh = ready_key(&host, operation).await.unwrap();
        assert!(fresh.len() == 32 && fresh != first, "{length}");
    }
    fakes.keychain.refuse(true);
    assert!(matches!(ready_key(&host, operation).await, Err(KeychainError::Unavailable)));
    for kept in [None, Some(vec![7; 31])] {
        let host = Host { keychain: Arc::new(Forgetful(kept.clone())), ..Fakes::new(3).host() };
        assert!(ready_key(&host, operation).await.is_err(), "{kept:?}");
    }
}
