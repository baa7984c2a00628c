//! The client against the practice server over real HTTP on loopback: every operation's good path, every refusal that
//! the reference lists, every trouble that the server can make. What both sides read and write is the recorded wire
//! format (`wire_samples.rs`), and strangers to this project use the same server (`cargo xtask outsiders`).
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic)]

mod choices;
mod operations;
mod refusals;
mod samples;
mod troubles;
mod world;
