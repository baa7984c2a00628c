//! Long runs of the whole backend against real processes, sockets and failing disks: nothing is lost, nothing doubled.
//! `cargo test` runs them with the figures of each submission, `cargo xtask soak` with those of a long run.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::wildcard_enum_match_arm)]
#![allow(clippy::disallowed_methods, reason = "real processes on a real clock")]

mod changes;
mod child;
mod cuts;
mod host;
mod keyring;
mod kills;
mod malformed;
mod pace;
mod points;
mod reveal;
mod server;
mod states;
mod twice;
mod world;

/// A figure from the environment, as `cargo xtask soak` sets it.
fn figure(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// The seed: printed with each result, given again to replay it.
fn seed() -> u64 {
    figure("CHANNELBOOK_SEED", 1)
}

/// What a family found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Tally {
    runs: u64,
    lost: u64,
    doubled: u64,
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.runs += other.runs;
        self.lost += other.lost;
        self.doubled += other.doubled;
    }

    /// The line that `cargo xtask soak` passes on.
    fn print(&self, name: &str) {
        println!("{name} runs={} lost={} doubled={} seed={}", self.runs, self.lost, self.doubled, seed());
    }
}
