//! The practice Partner Center: the same wire format, its own state on disk, no port needed.
//!
//! [`Sandbox::router`] is called in process (`tower::ServiceExt::oneshot`); the state lives in `sandbox.db` in the
//! folder given to [`Sandbox::open`] and survives a kill at any moment: what a request changed and the answer that is
//! remembered for its `MS-RequestId` are written in one transaction.
//!
//! # An answer that gets lost
//!
//! With [`Faults::lose_next_answer`] the next *changing* request is carried out and committed, then answered with
//! status 599, an empty body and the header [`LOST_HEADER`]` : 1`. The in-process transport turns that into a
//! connection that broke before the answer came. The switch turns itself off. Reads, address checks and reseller
//! checks do not use it up.
//!
#![doc = include_str!("../CHOICES.md")]
#![expect(clippy::disallowed_methods, reason = "it plays a server, which has a clock and ids of its own")]
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests stop at the first surprise")
)]

pub mod authority;
mod bearer;
mod catalogue;
pub mod choices;
mod clock;
pub mod codes;
mod error;
mod fixed;
mod http;
mod reseller_day;
mod routes;
mod rules;
pub mod sample;
mod sandbox;
pub mod serve;
mod state;

pub use bearer::{Bearer, Bearers, anybody, bearers_of};
pub use choices::Choices;
pub use clock::WallClock;
pub use error::SandboxError;
pub use http::{LOST_HEADER, LOST_STATUS, REPEATED_HEADER};
pub use reseller_day::ResellerEvent;
pub use sandbox::{Faults, Options, Sandbox, SubscriptionEvent};
