//! Words and rules of the trade. Pure: no clock, random, disk or network.
//!
//! Time and ids are handed in by the caller. Every rule of the wizard lives here once; the UI only renders the
//! problems that these functions return by field path.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail loudly"))]

pub mod catalogue;
pub mod change;
pub mod check;
pub mod connect;
pub mod connection;
pub mod country;
pub mod customer;
pub mod draft;
pub mod duplicate;
pub mod export;
pub mod field;
pub mod fitness;
pub mod fold;
pub mod forget;
pub mod freeze;
pub mod ids;
pub mod journal;
pub mod mail;
pub mod matching;
pub mod money;
pub mod operation;
pub mod order;
pub mod partnership;
pub mod prefix;
pub mod preflight;
pub mod problem;
pub mod profile;
pub mod record;
pub mod reseller;
pub mod reseller_book;
pub mod session;
pub mod subscription;
pub mod topic;
pub mod unsettled;
