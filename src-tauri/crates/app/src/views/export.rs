//! Tables written into a file.

use super::{view, words};

words! {
    /// What is written of the customers that are listed.
    pub enum CustomerTable { Customers, Subscriptions }
}

view! {
    /// A word and how the screen says it: the file is written in the person's language.
    pub struct ExportWord {
        /// `kind.customer_added`, `field.name`, `head.at` …
        pub key: String,
        /// Its text.
        pub text: String,
    }
    /// What an export wrote.
    pub struct ExportDone {
        /// Things: entries, customers or subscriptions.
        pub entries: u32,
        /// Lines below the head; of the journal one for each value that changed.
        pub rows: u32,
        /// Name of the file.
        pub file: String,
    }
}
