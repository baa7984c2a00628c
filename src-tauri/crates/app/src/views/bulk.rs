//! One change to many customers.

use super::customers::CustomerQuery;
use super::{view, words};

words! {
    /// What is done to each of them.
    pub enum BulkKind { AddTag, RemoveTag, ResellerOfRecord, SupportContact }
    /// How it stands.
    pub enum BulkStateView { Prepared, Running, Done, Stopped }
}

view! {
    /// The customers that a person has chosen in the list.
    pub struct BulkSelection {
        /// The list, as it is narrowed down: search and filters count, order and page do not.
        pub query: CustomerQuery,
        /// All that it finds; otherwise only those in `ids`.
        pub all: bool,
        /// Chosen one by one, or, with `all`, left out one by one. At most 5,000.
        pub ids: Vec<String>,
    }
    /// What shall be done.
    pub struct BulkChange {
        /// Kind.
        pub kind: BulkKind,
        /// The tag; or the reseller's id, for a support contact also empty for the provider or `default` for each one's
        /// default.
        pub value: String,
    }
    /// A change to many, as far as it has come.
    pub struct BulkView {
        /// Its number: names what was looked at.
        pub number: i32,
        /// What is done.
        pub change: BulkChange,
        /// The reseller's name; empty where there is none.
        pub name: String,
        /// How it stands.
        pub state: BulkStateView,
        /// Customers.
        pub total: u32,
        /// Customers gone through.
        pub gone: u32,
        /// Changed: customers for tags, subscriptions otherwise.
        pub changed: u32,
        /// Left as they are, counted the same way.
        pub left_out: u32,
        /// It could not be written and is tried again by itself.
        pub waits: bool,
        /// Subscriptions of all these customers while it is prepared; 0 for tags.
        pub subscriptions: u32,
        /// A few of the customers.
        pub names: Vec<String>,
    }
}
