//! The contract of the practice Partner Center, asked through its router as the app asks it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests stop at the first surprise")]

mod catalogue;
mod customers;
mod faults;
mod memory;
mod orders;
mod partner;
mod sample;
mod support;
