//! The book on disk: the only crate that opens the encrypted file.
//!
//! One thread owns the only connection (rule D2). Use cases hand it short closures with [`Book::read`] and
//! [`Book::write`]; a write is one immediate transaction and answers with the topics it touched.

mod backup;
mod book;
mod connection;
mod error;
pub mod fold;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a failed test shall stop here")]
mod guard_path_tests;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a failed test shall stop here")]
mod guard_tests;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a failed test shall stop here")]
mod journal_tests;
mod key;
mod migrate;
mod owner;
#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failed test shall stop here")]
mod power_cuts;
pub mod recovery;
mod restore;
mod scribe;
mod shelf;
mod sidecar;
mod table;
#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failed test shall stop here")]
mod tests;
mod value;

pub use book::Book;
pub use error::StoreError;
pub use key::BookKey;
pub use owner::{Db, Tx, Written};
pub use scribe::PenClock;
pub use shelf::{BackupFile, BackupReason};
pub use sidecar::Sidecar;
pub use table::attempts::Attempts;
#[cfg(feature = "bench")]
pub use table::bare;
pub use table::bulk::{Bulk, BulkChoice, BulkState, BulkTask};
pub use table::customer_book::{CustomerBook, OrderOfCustomer};
pub use table::customer_invitations::CustomerInvitations;
pub use table::customer_reads::CustomerReads;
pub use table::customers::{
    CustomerListRow, CustomerPageQuery, CustomerPageRows, CustomerSort, CustomerState, Customers, SimilarQuery,
};
pub use table::drafts::Drafts;
pub use table::events::Events;
pub use table::journal::Journal;
pub use table::journal_check::{ChainBreak, ChainCheck, ChainFault, Slice};
pub use table::journal_page::JournalQuery;
pub use table::mail_templates::MailTemplates;
pub use table::mended::Mended;
pub use table::offers::Offers;
pub use table::onboardings::Onboardings;
pub use table::operations::{KnownPayloads, Operations, OutboxCounts, OutboxQuery};
pub use table::partnership_requests::PartnershipRequests;
pub use table::profiles::Profiles;
pub use table::reseller_book::ResellerBook;
pub use table::reseller_page::{OrderOfReseller, SubscriptionOnRecord};
pub use table::resellers::{ResellerFigures, Resellers};
pub use table::search::{SearchKind, SearchRow};
pub use table::secrets::{SealedSecret, Secrets};
pub use table::sessions::Sessions;
pub use table::settings::Settings;
pub use table::stands::StandsFacts;
pub use table::subscription_book::{SubscriptionBook, Supported, TermDecided};
pub use table::subscription_ends::{EndingPlace, EndingQuery};
pub use table::subscriptions::Subscriptions;
pub use table::support_contacts::{Counted, SupportCursor, SupportQuery};
pub use table::windows::ClosingWindow;

/// Result of the store.
pub type Result<T> = std::result::Result<T, StoreError>;
