//! What a screen is told: plain data, generated into TypeScript. Texts are never in here: only keys, facts and
//! what a person or Partner Center wrote.
//!
//! Timestamps are RFC 3339 in UTC, dates `YYYY-MM-DD`, amounts major units for display (sums are made in Rust).

mod bulk;
mod catalogue;
mod connect;
mod customer_page;
mod customers;
mod explanation;
mod export;
mod home;
mod journal;
mod outbox;
mod partnership;
mod resellers;
mod safety;
mod session;
mod sign_in;
mod start;
mod subscriptions;
mod support;
mod wizard;

pub use bulk::*;
pub use catalogue::*;
pub use connect::*;
pub use customer_page::*;
pub use customers::*;
pub use explanation::*;
pub use export::*;
pub use home::*;
pub use journal::*;
pub use outbox::*;
pub use partnership::*;
pub use resellers::*;
pub use safety::*;
pub use session::*;
pub use sign_in::*;
pub use start::*;
pub use subscriptions::*;
pub use support::*;
pub use wizard::*;

macro_rules! view {
    ($($item:item)*) => {$(
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize, specta::Type)]
        #[serde(rename_all = "camelCase")]
        $item
    )*};
}
pub(crate) use view;

macro_rules! words {
    ($($item:item)*) => {$(
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, specta::Type)]
        #[serde(rename_all = "snake_case")]
        $item
    )*};
}
pub(crate) use words;
