//! Comparing what was approved with what the server has.

use crate::effect::Facts;
use crate::remote::{RemoteLine, RemoteOrder};
use cb_domain::catalogue::{BillingCycle, Term};
use cb_domain::operation::{CreateCart, LineOutcome, Operation, OperationKind, OrderLine};
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
pub fn cover<'a, 'b>(
    approved: impl IntoIterator<Item = &'b OrderLine>,
    orders: impl IntoIterator<Item = &'a RemoteOrder>,
) -> Cover {
    let mut open: Vec<&OrderLine> = approved.into_iter().collect();
    let all = open.len();
    for line in orders.into_iter().flat_map(|order| &order.lines) {
        match open.iter().position(|approved| is_same(approved, line)) {
            Some(at) => drop(open.swap_remove(at)),
            None => return Cover::Other,
        }
    }
    if open.is_empty() {
        Cover::Whole
    } else if open.len() == all {
        Cover::Nothing
    } else {
        Cover::Part
    }
}

/// The order that an operation is about, and the checkout that buys it.
#[derive(Debug, Clone, Copy)]
pub struct OrderOf<'a> {
    /// The cart as approved.
    pub cart: &'a CreateCart,
    /// The operation that makes it.
    pub create: &'a Operation,
    /// Its checkout; `None` before there is one.
    pub checkout: Option<&'a Operation>,
}

impl<'a> OrderOf<'a> {
    /// The approved lines without those that the checkout refused (S5).
    #[must_use]
    pub fn bought(&self) -> Vec<&'a OrderLine> {
        let refused = |line: &OrderLine| {
            self.checkout.is_some_and(|checkout| {
                checkout.result.lines.iter().any(|one| one.number == line.number && one.order_id.is_none())
            })
        };
        self.cart.lines.iter().filter(|line| !refused(line)).collect()
    }
}

/// The order of `operation` within its chain, found by what it depends on: a chain has several orders when one was
/// replaced, or when the rest of a partial one was ordered anew.
#[must_use]
pub fn order_of<'a>(chain: &'a [Operation], operation: &Operation) -> Option<OrderOf<'a>> {
    let parent = |of: &Operation, kind: OperationKind| {
        chain.iter().find(|one| one.payload.kind() == kind && of.parents.contains(&one.id))
    };
    let child = |of: &Operation, kind: OperationKind| {
        chain.iter().rev().find(|one| one.payload.kind() == kind && one.parents.contains(&of.id))
    };
    let own = |id| chain.iter().find(|one| one.id == id);
    let (create, checkout) = match operation.payload.kind() {
        OperationKind::CreateCart => (own(operation.id)?, child(operation, OperationKind::CheckoutCart)),
        OperationKind::CheckoutCart => (parent(operation, OperationKind::CreateCart)?, own(operation.id)),
        OperationKind::VerifyOrder => {
            let checkout = parent(operation, OperationKind::CheckoutCart)?;
            (parent(checkout, OperationKind::CreateCart)?, Some(checkout))
        }
        OperationKind::CreateCustomer
        | OperationKind::ConfirmAgreement
        | OperationKind::UpdateCustomerProfile
        | OperationKind::SetResellerOfRecord
        | OperationKind::ChangeSubscription
        | OperationKind::UpgradeSubscription
        | OperationKind::SetSupportContact => {
            return None;
        }
    };
    create.payload.cart().map(|cart| OrderOf { cart, create, checkout })
}

/// What became of each approved line of a checkout that bought only some (S5): a line is bought with the first order
/// that has it. The answer names groups, not lines, so a refused line gets a code only where there is one.
#[must_use]
pub fn line_outcomes(approved: &[OrderLine], orders: &[RemoteOrder], errors: &[u32]) -> Vec<LineOutcome> {
    let mut bought: Vec<(&str, &RemoteLine)> =
        orders.iter().flat_map(|order| order.lines.iter().map(|line| (order.id.as_str(), line))).collect();
    let code = match errors {
        [only] => *only,
        [first, rest @ ..] if rest.iter().all(|other| other == first) => *first,
        _ => 0,
    };
    approved
        .iter()
        .map(|line| match bought.iter().position(|(_, there)| is_same(line, there)) {
            Some(at) => {
                LineOutcome { number: line.number, order_id: Some(bought.swap_remove(at).0.to_owned()), code: 0 }
            }
            None => LineOutcome { number: line.number, order_id: None, code },
        })
        .collect()
}

/// Orders that can only come from this operation: not known to belong elsewhere, and not older than its approval
/// (server clocks may differ by some minutes).
#[must_use]
pub(crate) fn candidates<'a>(facts: &Facts, orders: &'a [RemoteOrder]) -> Vec<&'a RemoteOrder> {
    since(facts, orders, SignedDuration::from_mins(5))
}

/// Orders that may come from it if the clock of this computer was wrong when it was approved (N3): for a person to say.
#[must_use]
pub(crate) fn doubtful<'a>(facts: &Facts, orders: &'a [RemoteOrder]) -> Vec<&'a RemoteOrder> {
    since(facts, orders, SignedDuration::from_hours(25))
}

fn since<'a>(facts: &Facts, orders: &'a [RemoteOrder], tolerance: SignedDuration) -> Vec<&'a RemoteOrder> {
    let oldest: Timestamp = facts.operation.approved_at.checked_sub(tolerance).unwrap_or(facts.operation.approved_at);
    orders
        .iter()
        .filter(|order| !facts.known_orders.contains(&order.id))
        // Another order of the same Submit: the part that was bought before its rest was ordered anew.
        .filter(|order| {
            !facts.chain.iter().any(|one| one.id != facts.operation.id && one.result.order_ids.contains(&order.id))
        })
        .filter(|order| !is_disowned(&facts.chain, &order.id))
        .filter(|order| order.created_at.is_none_or(|at| at >= oldest))
        .filter(|order| !matches!(order.status.as_str(), "cancelled" | "error"))
        .collect()
}

/// The person has said of this order that it is not theirs.
#[must_use]
pub(crate) fn is_disowned(chain: &[Operation], order: &str) -> bool {
    chain.iter().flat_map(|one| &one.result.disowned).any(|one| one.id == order)
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
