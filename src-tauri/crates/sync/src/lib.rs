//! The outbox as a state machine: decides what to send, never sends.

pub mod remote;
