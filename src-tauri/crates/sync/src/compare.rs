//! Comparing what was approved with what the server has.

use crate::effect::Facts;
use crate::remote::{RemoteLine, RemoteOrder};
use cb_domain::catalogue::{BillingCycle, Term};
use cb_domain::operation::{CreateCart, OperationPayload, OrderLine};
use jiff::{SignedDuration, Timestamp};

/// The term as the wire writes it.
#[must_use]
pub fn term_word(term: Term) -> &'static str {
    match term {
        Term::P1M => "P1M",
        Term::P1Y => "P1Y",
        Term::P3Y => "P3Y",
    }
}

/// The billing cycle as the wire writes it, lower case.
#[must_use]
pub fn cycle_word(cycle: BillingCycle) -> &'static str {
    match cycle {
        BillingCycle::Monthly => "monthly",
        BillingCycle::Annual => "annual",
        BillingCycle::Triennial => "triennial",
        BillingCycle::None => "none",
    }
}

/// The approved line and the server's are the same purchase.
#[must_use]
pub fn is_same(approved: &OrderLine, remote: &RemoteLine) -> bool {
    approved.sku.product_id.eq_ignore_ascii_case(&remote.sku.product_id)
        && approved.sku.sku_id.eq_ignore_ascii_case(&remote.sku.sku_id)
        && approved.quantity == remote.quantity
        && (remote.term.is_empty() || remote.term.eq_ignore_ascii_case(term_word(approved.term)))
        && (remote.cycle.is_empty() || remote.cycle.eq_ignore_ascii_case(cycle_word(approved.cycle)))
}

/// How approved lines are covered by orders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cover {
    /// Each line once and nothing else.
    Whole,
    /// Some lines.
    Part,
    /// No line.
    Nothing,
    /// Lines that nobody approved.
    Other,
}

/// Compares orders, line by line, each line used once.
#[must_use]
pub fn cover<'a>(approved: &[OrderLine], orders: impl IntoIterator<Item = &'a RemoteOrder>) -> Cover {
    let mut open: Vec<&OrderLine> = approved.iter().collect();
    for line in orders.into_iter().flat_map(|order| &order.lines) {
        match open.iter().position(|approved| is_same(approved, line)) {
            Some(at) => drop(open.swap_remove(at)),
            None => return Cover::Other,
        }
    }
    if open.is_empty() {
        Cover::Whole
    } else if open.len() == approved.len() {
        Cover::Nothing
    } else {
        Cover::Part
    }
}

/// The approved order of this chain; the newest, should a cart have been replaced.
#[must_use]
pub(crate) fn approved_cart(facts: &Facts) -> Option<&CreateCart> {
    facts.chain.iter().rev().find_map(|operation| match &operation.payload {
        OperationPayload::CreateCart(cart) => Some(cart),
        OperationPayload::CreateCustomer(_)
        | OperationPayload::ConfirmAgreement(_)
        | OperationPayload::CheckoutCart
        | OperationPayload::VerifyOrder => None,
    })
}

/// Orders that can only come from this operation: not known to belong elsewhere, and not older than its approval
/// (server clocks may differ by some minutes).
#[must_use]
pub(crate) fn candidates<'a>(facts: &Facts, orders: &'a [RemoteOrder]) -> Vec<&'a RemoteOrder> {
    let tolerance = SignedDuration::from_mins(5);
    let oldest: Timestamp = facts.operation.approved_at.checked_sub(tolerance).unwrap_or(facts.operation.approved_at);
    orders
        .iter()
        .filter(|order| !facts.known_orders.contains(&order.id))
        .filter(|order| order.created_at.is_none_or(|at| at >= oldest))
        .filter(|order| !matches!(order.status.as_str(), "cancelled" | "error"))
        .collect()
}

/// The cart asks another price than the one approved (N7). A cent per licence is rounding.
#[must_use]
pub fn price_differs(approved: &[OrderLine], cart: &[RemoteLine]) -> bool {
    cart.iter().any(|line| {
        let Some(asked) = line.extended_price_minor else { return false };
        approved
            .iter()
            .find(|approved| approved.number == line.number)
            .and_then(|approved| approved.term_price.as_ref().map(|price| (approved, price)))
            .is_some_and(|(approved, price)| {
                let expected = price.minor.saturating_mul(i64::from(approved.quantity));
                asked.abs_diff(expected) > u64::from(approved.quantity)
            })
    })
}
