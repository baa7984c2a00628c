//! Cases of the wizard over a real book.
