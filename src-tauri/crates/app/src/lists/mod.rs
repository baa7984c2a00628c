//! Reading the book for the screens: Home, resellers, customers, catalogue, search, and what is asked in the background.

mod catalogue;
pub(crate) mod customers;
mod home;
pub(crate) mod online;
pub(crate) mod resellers;
mod search;
pub(crate) mod stands;
#[cfg(test)]
mod tests;
pub(crate) mod words;

use jiff::Timestamp;

/// Setting that tells when Partner Center was last read from; the lists show it as *as of*.
pub(crate) const AS_OF: &str = "pulled_at";

/// A time as the screens get it.
fn told(at: Timestamp) -> String {
    at.to_string()
}
