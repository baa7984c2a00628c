//! Subscriptions after their order: the page, changes with what they will do, decisions at the end of terms, support
//! contacts in bulk, and the clock of a practice day.

mod bulk;
mod clock;
mod ending;
mod page;
mod submit;
