//! What the authority has given out: codes, refresh tokens, device codes. In memory only.

use super::Switches;
use super::accounts::Account;
use crate::WallClock;
use jiff::{SignedDuration, Timestamp};
use rand::Rng;
use std::collections::HashMap;
use uuid::Uuid;

/// A code of the redirect, used once.
#[derive(Debug, Clone)]
pub(super) struct Code {
    pub(super) client: Uuid,
    pub(super) redirect: String,
    pub(super) challenge: String,
    pub(super) nonce: Option<String>,
    pub(super) account: &'static Account,
    pub(super) mfa: bool,
    pub(super) until: Timestamp,
    pub(super) used: bool,
}

/// A refresh token.
#[derive(Debug, Clone)]
pub(super) struct Refresh {
    pub(super) client: Uuid,
    pub(super) account: &'static Account,
    pub(super) mfa: bool,
    pub(super) until: Timestamp,
    pub(super) revoked: bool,
    /// MFA was demanded after it was given.
    pub(super) wants_mfa: bool,
}

/// What became of a device code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Approval {
    Pending,
    Declined,
    By(&'static Account, bool),
}

/// A device code.
#[derive(Debug, Clone)]
pub(super) struct Device {
    pub(super) user_code: String,
    pub(super) client: Uuid,
    pub(super) until: Timestamp,
    pub(super) approval: Approval,
    pub(super) asked_at: Option<Timestamp>,
}

/// Everything.
pub(crate) struct State {
    pub(super) secret: [u8; 32],
    pub(super) switches: Switches,
    pub(super) codes: HashMap<String, Code>,
    pub(super) refreshes: HashMap<String, Refresh>,
    pub(super) devices: HashMap<String, Device>,
    /// Every secret that it has given or been given, so that a test can look for them where none may lie.
    secrets: Vec<String>,
    epoch: u64,
    mfa_epoch: u64,
}

impl State {
    pub(super) fn new() -> Self {
        Self {
            secret: rand::rng().random(),
            switches: Switches::default(),
            codes: HashMap::new(),
            refreshes: HashMap::new(),
            devices: HashMap::new(),
            secrets: Vec::new(),
            epoch: 0,
            mfa_epoch: 0,
        }
    }

    /// What time it is here, which may be wrong on purpose.
    pub(super) fn now(&self, clock: &WallClock) -> Timestamp {
        let ahead = SignedDuration::from_secs(self.switches.clock_ahead_seconds);
        clock().saturating_add(ahead).unwrap_or(Timestamp::MAX)
    }

    pub(super) fn note(&mut self, secret: &str) {
        self.secrets.push(secret.to_owned());
    }

    pub(super) fn secrets(&self) -> Vec<String> {
        self.secrets.clone()
    }

    pub(super) fn epoch(&self) -> u64 {
        self.epoch
    }

    pub(super) fn mfa_epoch(&self) -> u64 {
        self.mfa_epoch
    }

    pub(super) fn expire(&mut self) {
        self.epoch = self.epoch.saturating_add(1);
    }

    pub(super) fn revoke(&mut self) {
        self.refreshes.values_mut().for_each(|refresh| refresh.revoked = true);
    }

    pub(super) fn demand_mfa(&mut self) {
        self.expire();
        self.mfa_epoch = self.epoch;
        self.refreshes.values_mut().for_each(|refresh| refresh.wants_mfa = true);
    }
}

/// A random text, long enough not to be guessed.
pub(super) fn random_text(prefix: &str) -> String {
    let mut rng = rand::rng();
    let text: String = (0..48).map(|_| char::from(rng.sample(rand::distr::Alphanumeric))).collect();
    format!("{prefix}{text}")
}

/// Nine letters that can't be mistaken for one another.
pub(super) fn user_code() -> String {
    const LETTERS: &[u8] = b"BCDFGHJKLMNPQRSTVWXZ";
    let mut rng = rand::rng();
    (0..9).map(|_| char::from(LETTERS[rng.random_range(0..LETTERS.len())])).collect()
}
