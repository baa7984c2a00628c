//! The outbox as a state machine: decides what to send, never sends.
//!
//! [`step`] takes what the book knows of one operation ([`Facts`]), what was learnt in this run ([`Progress`]) and an
//! [`Event`], and answers with [`Effect`]s as data. [`pick`] says whose turn it is. Clock and randomness are handed in.

pub mod compare;
pub mod drift;
pub mod effect;
pub mod person;
pub mod queue;
pub mod remote;
pub mod restore;
pub mod transition;
pub mod triage;
pub mod wait;

mod agreement;
mod cart;
mod checkout;
mod contact;
mod customer;
mod profile;
mod record;
mod step;
mod subscription;
mod turn;
mod upgrade;
mod verify;

pub use effect::{Change, Consequence, Effect, Event, Facts, Pause, Progress, Secret};
pub use queue::{Alarms, Pick, QueueState, pick};
pub use step::{postpone, restart, step};
pub use transition::{Cause, Forbidden, Marks, transition};
