//! The store from outside: tables, rules of the outbox, lists and search, start errors, and what lies on disk.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed test shall stop here")]

mod closing;
mod contacts;
mod customer_book;
mod disk;
mod flips;
mod kill;
mod lists;
mod safe;
mod sessions;
mod sizes;
mod start;
mod support;
mod tables;
mod terms;
mod transitions;
