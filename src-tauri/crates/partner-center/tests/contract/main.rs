//! The client against the practice server over real HTTP on loopback: every operation's good path, every refusal that
//! the reference lists, every trouble that the server can make. What both sides read and write is the recorded wire
//! format (`wire_samples.rs`), and strangers to this project use the same server (`cargo xtask outsiders`).
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::wildcard_enum_match_arm,
    clippy::type_complexity,
    clippy::disallowed_methods,
    reason = "tests stop at the first surprise, and make ids and days of their own"
)]

mod changes;
mod choices;
mod cuts;
mod every_byte;
mod operations;
mod recorded;
mod refusals;
mod samples;
mod troubles;
mod world;
