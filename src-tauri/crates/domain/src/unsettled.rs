//! Orders of a customer that are not settled yet, and hold a product that is about to be ordered: until such an order is
//! settled, a second one may double it. Rule of this book (promise 3): a second one needs a second word of the person.

use crate::catalogue::SkuKey;
use crate::ids::OperationId;
use crate::operation::{AttentionReason, CreateCart, Operation, OperationKind, OperationState, OrderLine};

/// Where an order stands that is not settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// It has not been sent.
    Waiting,
    /// It has not been sent, and waits for somebody else or for the release of its session.
    OnHold,
    /// It is under way.
    Sending,
    /// No answer came: it may have been placed, and is looked up.
    AnswerLost,
    /// An order was found in Partner Center that may be this one.
    IsItOurs,
    /// A person has to mend something.
    NeedsAttention,
}

/// An order that is not settled, with the lines that are about to be ordered a second time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnsettledOrder<'a> {
    /// Names the order: the operation that makes its cart.
    pub order: OperationId,
    /// The operation at which it stands now.
    pub at: &'a Operation,
    /// Where it stands.
    pub standing: Standing,
    /// Its lines of the products that are about to be ordered; never empty.
    pub lines: Vec<&'a OrderLine>,
}

/// The orders among the operations of one customer that are not settled and hold one of `wanted`, oldest first. `mended`
/// is the operation that the new order takes the place of: an order does not stand against itself.
///
/// Term, billing cycle and number of licences tell no two orders apart here: who orders ten instead of twelve because the
/// first order seems to be lost has two in the end.
#[must_use]
pub fn unsettled_orders<'a>(
    operations: &'a [Operation],
    wanted: &[SkuKey],
    mended: Option<OperationId>,
) -> Vec<UnsettledOrder<'a>> {
    let mut carts: Vec<(&Operation, &CreateCart)> =
        operations.iter().filter_map(|one| one.payload.cart().map(|cart| (one, cart))).collect();
    carts.sort_by_key(|(create, _)| create.sequence);
    carts
        .into_iter()
        .filter_map(|(create, cart)| {
            let lines: Vec<&OrderLine> =
                cart.lines.iter().filter(|line| wanted.iter().any(|sku| is_same_product(sku, &line.sku))).collect();
            let chain = chain_of(operations, create);
            if lines.is_empty() || chain.iter().any(|one| Some(one.id) == mended) {
                return None;
            }
            let (at, standing) = chain.into_iter().find_map(|one| standing(one).map(|standing| (one, standing)))?;
            Some(UnsettledOrder { order: create.id, at, standing, lines })
        })
        .collect()
}

/// May it be submitted? Only once the person has given a second word for each of the orders that are not settled:
/// `agreed` names those of which they were told.
#[must_use]
pub fn may_order_again(unsettled: &[UnsettledOrder<'_>], agreed: &[OperationId]) -> bool {
    unsettled.iter().all(|one| agreed.contains(&one.order))
}

/// Partner Center writes ids in either case.
fn is_same_product(one: &SkuKey, other: &SkuKey) -> bool {
    one.product_id.eq_ignore_ascii_case(&other.product_id) && one.sku_id.eq_ignore_ascii_case(&other.sku_id)
}

/// Cart, checkouts and checks of one order, in the order in which they go: found by what they depend on, since a Submit
/// has several orders when one was placed anew.
fn chain_of<'a>(operations: &'a [Operation], create: &'a Operation) -> Vec<&'a Operation> {
    let children = |of: &[&Operation], kind: OperationKind| -> Vec<&'a Operation> {
        let waits_for =
            |one: &&Operation| one.parents.iter().any(|parent| of.iter().any(|before| before.id == *parent));
        operations.iter().filter(|one| one.payload.kind() == kind).filter(waits_for).collect()
    };
    let checkouts = children(&[create], OperationKind::CheckoutCart);
    let checks = children(&checkouts, OperationKind::VerifyOrder);
    [vec![create], checkouts, checks].concat()
}

/// Where an order stands whose next operation is this one; `None` when this one is settled.
fn standing(operation: &Operation) -> Option<Standing> {
    let checked = operation.payload.kind() == OperationKind::VerifyOrder;
    match operation.state {
        OperationState::Confirmed | OperationState::Cancelled => None,
        OperationState::NeedsAttention => Some(match operation.attention.as_ref().map(|found| found.reason) {
            Some(AttentionReason::OrderMayExist) => Standing::IsItOurs,
            Some(AttentionReason::OutcomeUnknown) => Standing::AnswerLost,
            Some(_) | None => Standing::NeedsAttention,
        }),
        // It is placed, and known to be: what is left is a comparison.
        OperationState::Queued | OperationState::InFlight | OperationState::Unknown if checked => None,
        OperationState::Queued if operation.hold.is_some() => Some(Standing::OnHold),
        OperationState::Queued => Some(Standing::Waiting),
        OperationState::InFlight => Some(Standing::Sending),
        OperationState::Unknown => Some(Standing::AnswerLost),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{BillingCycle, Term};
    use crate::ids::{CustomerId, OnboardingId, RequestKey, SubscriptionId, TenantId};
    use crate::operation::{Attention, HoldReason, OperationPayload, OperationResult};
    use AttentionReason as Reason;
    use OperationState::{Cancelled, Confirmed, InFlight, NeedsAttention, Queued, Unknown};
    use Standing::{AnswerLost, IsItOurs, OnHold, Sending, Waiting};
    use uuid::Uuid;

    fn sku(product: &str, sku: &str) -> SkuKey {
        SkuKey { product_id: product.into(), sku_id: sku.into() }
    }

    fn line(sku: SkuKey) -> OrderLine {
        OrderLine {
            number: 0,
            subscription_id: SubscriptionId(Uuid::nil()),
            title: sku.product_id.clone(),
            sku,
            quantity: 12,
            term: Term::P1Y,
            cycle: BillingCycle::Monthly,
            term_price: None,
            custom_end: None,
            base_number: None,
        }
    }

    fn id(number: u128) -> OperationId {
        OperationId(Uuid::from_u128(number))
    }

    fn operation(number: u128, parents: &[u128], state: OperationState, payload: OperationPayload) -> Operation {
        Operation {
            id: id(number),
            onboarding_id: OnboardingId(Uuid::nil()),
            customer_id: CustomerId(Uuid::nil()),
            sequence: i64::try_from(number).unwrap(),
            revision: 1,
            state,
            parents: parents.iter().map(|parent| id(*parent)).collect(),
            payload,
            payload_hash: String::new(),
            request_key: RequestKey(Uuid::nil()),
            prefix_index: 0,
            wire_tries: 0,
            ever_unknown: false,
            not_before: None,
            hold: None,
            hold_since: None,
            attention: None,
            result: OperationResult::default(),
            approved_at: jiff::Timestamp::UNIX_EPOCH,
            partner_tenant: TenantId(Uuid::nil()),
            updated_at: jiff::Timestamp::UNIX_EPOCH,
        }
    }

    /// Cart, checkout and check of an order of these products, from this number on.
    fn order(first: u128, states: [OperationState; 3], skus: &[SkuKey]) -> Vec<Operation> {
        let lines = skus.iter().cloned().map(line).collect();
        let cart = OperationPayload::CreateCart(CreateCart { reseller_partner_id: None, lines });
        vec![
            operation(first, &[], states[0], cart),
            operation(first + 1, &[first], states[1], OperationPayload::CheckoutCart),
            operation(first + 2, &[first + 1], states[2], OperationPayload::VerifyOrder),
        ]
    }

    fn basic() -> SkuKey {
        sku("CFQ7TTC0LH18", "0001")
    }

    /// Numbers of the order and of the operation at which it stands, and where.
    fn found(operations: &[Operation], wanted: &[SkuKey], mended: Option<u128>) -> Vec<(u128, u128, Standing)> {
        unsettled_orders(operations, wanted, mended.map(id))
            .iter()
            .map(|one| (one.order.0.as_u128(), one.at.id.0.as_u128(), one.standing))
            .collect()
    }

    #[test]
    fn says_where_an_order_stands_until_it_is_settled() {
        let attention = |reason| Some(Attention { reason, ambiguous: true, field: String::new(), status: 0, code: 0 });
        for (states, hold, reason, wanted) in [
            ([Queued, Queued, Queued], None, None, Some((1, Waiting))),
            ([Queued, Queued, Queued], Some(HoldReason::CustomerUnderReview), None, Some((1, OnHold))),
            ([Queued, Queued, Queued], Some(HoldReason::SessionNotReleased), None, Some((1, OnHold))),
            ([InFlight, Queued, Queued], None, None, Some((1, Sending))),
            ([Unknown, Queued, Queued], None, None, Some((1, AnswerLost))),
            ([NeedsAttention, Queued, Queued], None, Some(Reason::OrderMayExist), Some((1, IsItOurs))),
            ([NeedsAttention, Queued, Queued], None, Some(Reason::PriceChanged), Some((1, Standing::NeedsAttention))),
            ([Confirmed, Queued, Queued], None, None, Some((2, Waiting))),
            ([Confirmed, InFlight, Queued], None, None, Some((2, Sending))),
            ([Confirmed, Unknown, Queued], None, None, Some((2, AnswerLost))),
            ([Confirmed, NeedsAttention, Queued], None, Some(Reason::OrderMayExist), Some((2, IsItOurs))),
            ([Confirmed, NeedsAttention, Queued], None, Some(Reason::OutcomeUnknown), Some((2, AnswerLost))),
            (
                [Confirmed, NeedsAttention, Queued],
                None,
                Some(Reason::PartialCheckout),
                Some((2, Standing::NeedsAttention)),
            ),
            ([Confirmed, NeedsAttention, Queued], None, None, Some((2, Standing::NeedsAttention))),
            ([Confirmed, Confirmed, Queued], None, None, None),
            ([Confirmed, Confirmed, InFlight], None, None, None),
            ([Confirmed, Confirmed, Unknown], None, None, None),
            (
                [Confirmed, Confirmed, NeedsAttention],
                None,
                Some(Reason::OrderDiffers),
                Some((3, Standing::NeedsAttention)),
            ),
            ([Confirmed, Confirmed, Confirmed], None, None, None),
            ([Confirmed, Cancelled, Cancelled], None, None, None),
            ([Cancelled, Cancelled, Cancelled], None, None, None),
        ] {
            let mut operations = order(1, states, &[basic()]);
            for one in &mut operations {
                one.hold = hold.filter(|_| one.state == Queued);
                one.attention = reason.and_then(attention).filter(|_| one.state == NeedsAttention);
            }
            let wanted: Vec<_> = wanted.into_iter().map(|(at, standing)| (1, at, standing)).collect();
            assert_eq!(found(&operations, &[basic()], None), wanted, "{states:?} {hold:?} {reason:?}");
        }
    }

    #[test]
    fn tells_the_same_product_from_others() {
        let operations = order(1, [Queued; 3], &[basic(), sku("ED62A1B0", "")]);
        let there = vec![(1, 1, Waiting)];
        for (wanted, expected) in [
            (vec![basic()], there.clone()),
            (vec![sku("cfq7ttc0lh18", "0001")], there.clone()),
            (vec![sku("OTHER", "0001"), sku("ED62A1B0", "")], there.clone()),
            (vec![sku("CFQ7TTC0LH18", "0002")], vec![]),
            (vec![sku("OTHER", "0001")], vec![]),
            (vec![], vec![]),
        ] {
            assert_eq!(found(&operations, &wanted, None), expected, "{wanted:?}");
        }
        let orders = unsettled_orders(&operations, &[basic()], None);
        assert_eq!(orders[0].lines.len(), 1, "only what would be there twice is named");
    }

    #[test]
    fn names_each_order_once_and_never_the_one_that_is_mended() {
        let mut operations = order(11, [Queued; 3], &[basic()]);
        operations.extend(order(1, [Confirmed, Unknown, Queued], &[basic()]));
        // Placed anew after it was cancelled: the old one is settled.
        operations.extend(order(21, [Confirmed, Cancelled, Cancelled], &[basic()]));
        let both = vec![(1, 2, AnswerLost), (11, 11, Waiting)];
        assert_eq!(found(&operations, &[basic()], None), both, "oldest first");
        for mended in 11..=13 {
            assert_eq!(found(&operations, &[basic()], Some(mended)), both[..1], "{mended}");
        }
        assert_eq!(found(&operations, &[basic()], Some(2)), both[1..]);
        assert_eq!(found(&operations, &[basic()], Some(99)), both);
    }

    #[test]
    fn a_second_order_needs_a_word_for_each_that_is_not_settled() {
        let mut operations = order(1, [Confirmed, Unknown, Queued], &[basic()]);
        operations.extend(order(11, [Queued; 3], &[basic()]));
        let unsettled = unsettled_orders(&operations, &[basic()], None);
        for (agreed, allowed) in [
            (vec![], false),
            (vec![id(1)], false),
            (vec![id(2), id(11)], false),
            (vec![id(1), id(11)], true),
            (vec![id(11), id(1), id(99)], true),
        ] {
            assert_eq!(may_order_again(&unsettled, &agreed), allowed, "{agreed:?}");
        }
        assert!(may_order_again(&[], &[]), "nothing stands against an ordinary order");
    }
}
