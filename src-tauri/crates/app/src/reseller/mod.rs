//! Keeping resellers: the shield, matching at sync, the page with its notes, the work list and the bulk repair.

mod convert;
mod keep;
mod look;
mod page;
mod place;
mod practice_day;
pub(crate) mod record;
mod repair;
#[cfg(test)]
mod tests;
mod watch;

pub(crate) use convert::shield;
pub(crate) use look::{Looking, apply, ask, look, once as look_once};
pub(crate) use repair::{hanging_count, set_record};
pub(crate) use watch::watch;
