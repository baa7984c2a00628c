//! Commands: convert in, call one use case, convert out. No rule, lock or SQL lives here.

pub mod backup;
pub mod bulk;
pub mod connect;
pub mod customer;
pub mod journal;
pub mod lists;
pub mod onboarding;
pub mod outbox;
pub mod partnership;
pub mod practice;
pub mod reseller;
pub mod session;
pub mod setup_info;
pub mod sign_in;
pub mod start;
pub mod subscription;
