//! Builders, seeded randomness and a fault-injecting Partner Center, for tests only.
//!
//! Fakes of the host (clock, keychain, clipboard …) live in `cb_app::fakes`: this crate knows no `app`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail loudly")]

pub mod build;
pub mod fake;
pub mod random;

pub use fake::{FakePartnerCenter, Faults};
pub use random::Seeded;
