//! The wizard: drafts, what is wrong with them, review, Submit, confirmation, mending.
//!
//! Rules are in `cb-domain`; here they get what they need from the book, in one closure each.

mod check;
mod confirmation;
mod convert;
mod correct;
mod drafts;
mod facts;
mod keep;
mod mend;
mod order;
mod review;
mod second_order;
mod submit;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")]
pub(crate) mod tests;

pub(crate) use confirmation::{aggregate, newest_of_each_kind};
pub(crate) use drafts::row as draft_row;
pub(crate) use keep::keep_typed;
pub(crate) use order::{frozen_totals, frozen_view};
pub(crate) use submit::partner_tenant;

use crate::views::FieldProblem;
use cb_domain::money::Money;
use cb_domain::problem::Problem;

/// Setting: tenant of the partner for whom this book's operations are approved.
pub(crate) const PARTNER_TENANT: &str = "partner_tenant";
/// Setting: the partner's own mail domains, separated by blanks.
pub(crate) const PARTNER_DOMAINS: &str = "partner_domains";

/// A time as the screens get it.
fn told(at: jiff::Timestamp) -> String {
    at.to_string()
}

/// An amount in major units, for display.
#[allow(clippy::cast_precision_loss, reason = "amounts are far below 2^53 cents")]
fn major(money: &Money) -> f64 {
    money.minor as f64 / 100.0
}

/// Problems as the screens get them.
fn problem_views(problems: Vec<Problem>) -> Vec<FieldProblem> {
    problems
        .into_iter()
        .map(|problem| FieldProblem { field: problem.field, key: problem.key.to_owned(), expected: problem.expected })
        .collect()
}
