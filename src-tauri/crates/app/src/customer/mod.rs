//! A customer in depth: its page, and what only the book knows of it.

mod keep;
mod page;
#[cfg(test)]
mod tests;

pub(crate) use keep::{MOST_TAGS, tag};
