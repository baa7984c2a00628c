//! What the person may do with an operation, and what it makes of it.

use crate::compare::order_of;
use crate::effect::Change;
use crate::transition::{Cause, Forbidden, Marks, transition};
use cb_domain::ids::{OperationId, RequestKey};
use cb_domain::operation::{
    Attention, AttentionReason, CreateCart, EventKind, HoldReason, LineOutcome, Operation, OperationKind,
    OperationPayload, OperationResult, OperationState, OrderLine,
};
use jiff::Timestamp;

/// What can be done with it now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Open the form at the field.
    Mend,
    /// Cancel it with all that depends on it.
    Cancel,
    /// Look again.
    CheckAgain,
    /// Approve it again as it is.
    ApproveAgain,
    /// Give the word, after absent lookups, that it may be sent again.
    SendAgain,
    /// Say which of the objects found is the one it made.
    Link,
    /// Say of an order found that it is not theirs (S3).
    Disown,
    /// Order what a partial checkout refused, as a new operation (S5).
    OrderRest,
    /// Leave what a partial checkout refused (S5).
    GiveUpRest,
    /// Say, field by field, what is right.
    Resolve,
}

/// How old what a look-up said is when a person builds on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Look {
    /// Looked up less than [`crate::wait::FRESH_LOOK`] ago, in this run, by the monotonic clock.
    Fresh,
    /// Longer ago, or in an earlier run.
    Stale,
}

/// Actions for this operation that hold however long ago it was looked up, most helpful first.
#[must_use]
pub fn actions(operation: &Operation) -> Vec<Action> {
    actions_after(operation, Look::Stale)
}

/// Actions for this operation, most helpful first.
#[must_use]
pub fn actions_after(operation: &Operation, look: Look) -> Vec<Action> {
    match operation.state {
        // It was never sent: it may still be put right.
        OperationState::Queued if operation.hold == Some(HoldReason::SessionNotReleased) => {
            match operation.payload.kind() {
                OperationKind::CreateCustomer
                | OperationKind::ConfirmAgreement
                | OperationKind::CreateCart
                | OperationKind::CheckoutCart => vec![Action::Mend, Action::Cancel],
                OperationKind::VerifyOrder
                | OperationKind::UpdateCustomerProfile
                | OperationKind::SetResellerOfRecord
                | OperationKind::ChangeSubscription
                | OperationKind::UpgradeSubscription
                | OperationKind::SetSupportContact => vec![Action::Cancel],
            }
        }
        OperationState::Queued => vec![Action::Cancel],
        OperationState::InFlight | OperationState::Unknown | OperationState::Confirmed | OperationState::Cancelled => {
            Vec::new()
        }
        OperationState::NeedsAttention => match &operation.attention {
            Some(attention) => for_attention(operation, attention.reason, attention.ambiguous, look),
            None => vec![Action::Cancel],
        },
    }
}

fn for_attention(operation: &Operation, reason: AttentionReason, ambiguous: bool, look: Look) -> Vec<Action> {
    if reason == AttentionReason::PartialCheckout {
        // S5: what was bought stays bought; only the rest is open. The answer was definite, whatever came before it.
        return vec![Action::OrderRest, Action::GiveUpRest];
    }
    if reason == AttentionReason::Difference {
        // The server was read: nothing about it is uncertain.
        return vec![Action::Resolve];
    }
    if reason == AttentionReason::ContactChanged && !ambiguous && operation.result.contact.is_some() {
        return vec![Action::Resolve, Action::Cancel];
    }
    if operation.payload.kind() == OperationKind::VerifyOrder {
        // It only reads: nothing to mend, everything to look at again.
        return vec![Action::CheckAgain];
    }
    if ambiguous && came_too_late(operation.payload.kind(), reason) {
        // The subscription was read: whatever an earlier try did shows there, and nothing of it is still to come.
        return vec![Action::CheckAgain, Action::Cancel];
    }
    if ambiguous {
        return for_ambiguous(operation, look);
    }
    let mut actions = definite(operation.payload.kind(), reason);
    actions.push(Action::Cancel);
    actions
}

/// Only time speaks against it, and time does not go back.
fn came_too_late(kind: OperationKind, reason: AttentionReason) -> bool {
    kind == OperationKind::ChangeSubscription
        && matches!(reason, AttentionReason::WindowClosed | AttentionReason::TermOver)
}

/// What may have happened: look again, name the object found, or give one's word after lookups that found nothing
/// (S3, S10). A taken domain then comes back as a definite no, which can be mended; so a customer may be sent again even
/// when somebody else's was found.
///
/// An order that was found is named as theirs, or disowned; what was disowned is looked for once more before the order
/// may be placed anew. Both build on what Partner Center says now, so on a fresh look only.
fn for_ambiguous(operation: &Operation, look: Look) -> Vec<Action> {
    let found = !operation.result.found.is_empty();
    let buys = operation.payload.kind() == OperationKind::CheckoutCart;
    let fresh = look == Look::Fresh;
    let mut actions = Vec::new();
    if found {
        actions.push(Action::Link);
    }
    if found && buys && fresh {
        actions.push(Action::Disown);
    }
    actions.push(Action::CheckAgain);
    // Lookups that were refused found nothing either, but they don't make the person's word enough.
    let marks = Marks::of(operation);
    if marks.word_suffices && (fresh || !marks.disowned) {
        actions.push(Action::SendAgain);
    }
    actions
}

/// The order found is not theirs. It is kept as such for good, and what became of the operation is looked up again.
///
/// # Errors
/// [`Forbidden`] unless it needs attention with an outcome not known for sure, and this order was found.
pub fn disown(checkout: &Operation, order_id: &str, now: Timestamp) -> Result<Change, Forbidden> {
    let none = Forbidden { from: checkout.state, cause: Cause::Disowned };
    let found = checkout.result.found.iter().find(|one| one.id == order_id).cloned().ok_or(none)?;
    let mut change = change(checkout, Cause::Disowned, EventKind::Disowned, now)?;
    change.operation.attention = None;
    change.operation.not_before = None;
    change.operation.result.found.clear();
    change.operation.result.disowned.push(found);
    order_id.clone_into(&mut change.reason);
    Ok(change)
}

/// What can be done about a definite no.
fn definite(kind: OperationKind, reason: AttentionReason) -> Vec<Action> {
    use AttentionReason as R;
    if kind == OperationKind::CreateCart && reason == R::OrderMayExist {
        // S4: orders of an adopted customer; the person knows whether to order all the same.
        return vec![Action::SendAgain, Action::Mend];
    }
    if matches!(
        kind,
        OperationKind::SetResellerOfRecord
            | OperationKind::ChangeSubscription
            | OperationKind::UpgradeSubscription
            | OperationKind::SetSupportContact
    ) {
        // There is no form to mend: the way on is another choice on the work list, or the same once more.
        let hopeless = matches!(
            reason,
            R::RecordNotSupported | R::OwnPartnerId | R::WindowClosed | R::UpgradeRefused | R::TermOver
        );
        return if hopeless { Vec::new() } else { vec![Action::ApproveAgain] };
    }
    match reason {
        // As it is, these would be refused again.
        R::DomainTaken
        | R::DomainTakenOrHalfCreated
        | R::CustomerDetails
        | R::Address
        | R::PostalCode
        | R::Email
        | R::RegistrationNumber
        | R::Phone
        | R::ProductGone
        | R::Quantity
        | R::TermNotOffered
        | R::CustomEndDate => vec![Action::Mend],
        // The order stands and waits for its agreement: record it, or try again when somebody else did.
        R::AgreementMissing => vec![Action::Mend, Action::ApproveAgain],
        // Mended elsewhere, or approved as it now is; the form is there as well.
        R::ResellerNotFit
        | R::ResellerUnknown
        | R::AccountNotAllowed
        | R::PriceChanged
        | R::ApprovalTooOld
        | R::CartExpired
        | R::Permission
        | R::MicrosoftAgreement
        | R::Credit
        | R::OrderDiffers
        | R::OrderMayExist
        | R::OutcomeUnknown
        | R::PartialCheckout
        | R::Difference
        | R::RecordNotSupported
        | R::RecordChanged
        | R::OwnPartnerId
        | R::WindowClosed
        | R::UpgradeRefused
        | R::ContactChanged
        | R::TermOver
        | R::Unexpected => vec![Action::ApproveAgain, Action::Mend],
    }
}

/// A new revision with a new key: everything known of the old one is behind it (S8).
pub fn renew(operation: &mut Operation, key: RequestKey) {
    operation.revision = operation.revision.saturating_add(1);
    operation.request_key = key;
    operation.wire_tries = 0;
    operation.ever_unknown = false;
    operation.not_before = None;
    // What was put right before the release of its session still waits for that release.
    if operation.hold != Some(HoldReason::SessionNotReleased) {
        operation.hold = None;
        operation.hold_since = None;
    }
    operation.attention = None;
    operation.result.found.clear();
    operation.result.theirs = None;
    operation.result.subscription = None;
    operation.result.contact = None;
}

/// Its session was released: it goes when it is its turn. The release follows a review of everything in the session, so
/// it approves what was typed then anew (N7).
///
/// # Errors
/// [`Forbidden`] unless it is on hold for its session.
pub fn release(operation: &Operation, now: Timestamp) -> Result<Change, Forbidden> {
    let mut change = change(operation, Cause::SessionReleased, EventKind::Released, now)?;
    change.operation.hold = None;
    change.operation.hold_since = None;
    change.operation.not_before = None;
    change.operation.approved_at = now;
    "session".clone_into(&mut change.reason);
    Ok(change)
}

/// Queued again under a new key, approved now. The caller has checked that [`actions`] offers it.
///
/// # Errors
/// [`Forbidden`] unless it needs attention, or is on hold for its session.
pub fn correct(operation: &Operation, key: RequestKey, now: Timestamp) -> Result<Change, Forbidden> {
    let mut change = change(operation, Cause::Corrected, EventKind::Corrected, now)?;
    renew(&mut change.operation, key);
    change.operation.approved_at = now;
    Ok(change)
}

/// Cancelled.
///
/// # Errors
/// [`Forbidden`] when it was sent and is not settled (S9).
pub fn cancel(operation: &Operation, now: Timestamp) -> Result<Change, Forbidden> {
    let mut change = change(operation, Cause::Cancelled, EventKind::Cancelled, now)?;
    change.operation.not_before = None;
    change.operation.hold = None;
    change.operation.hold_since = None;
    Ok(change)
}

/// Unknown again, so that lookups run.
///
/// # Errors
/// [`Forbidden`] unless it needs attention.
pub fn check_again(operation: &Operation, now: Timestamp) -> Result<Change, Forbidden> {
    let mut change = change(operation, Cause::CheckAgain, EventKind::LookedUp, now)?;
    change.operation.attention = None;
    change.operation.result.found.clear();
    change.operation.not_before = None;
    Ok(change)
}

/// The object found is the one it made: the person's word settles it.
///
/// # Errors
/// [`Forbidden`] unless it needs attention.
pub fn link(operation: &Operation, now: Timestamp) -> Result<Change, Forbidden> {
    let mut change = change(operation, Cause::Proven, EventKind::Adopted, now)?;
    change.operation.attention = None;
    change.operation.not_before = None;
    change.operation.result.found.clear();
    "linked".clone_into(&mut change.reason);
    Ok(change)
}

/// As [`link`], for an order that has only some of the approved lines: what it has is bought, and the rest is the
/// person's to order or to leave, as after a partial checkout (S5). `outcomes` says it line by line. By way of
/// *unknown*: the person's word has settled what was, and something is open all the same.
///
/// # Errors
/// [`Forbidden`] unless it needs attention.
pub fn link_part(
    checkout: &Operation,
    order_id: &str,
    outcomes: Vec<LineOutcome>,
    now: Timestamp,
) -> Result<[Change; 2], Forbidden> {
    let mut adopted = change(checkout, Cause::CheckAgain, EventKind::Adopted, now)?;
    adopted.operation.attention = None;
    adopted.operation.not_before = None;
    adopted.operation.result.found.clear();
    adopted.operation.result.order_ids = vec![order_id.to_owned()];
    adopted.operation.result.lines = outcomes;
    "linked".clone_into(&mut adopted.reason);
    let mut open = change(&adopted.operation, Cause::Unsettled, EventKind::NeedsAttention, now)?;
    open.operation.attention = Some(Attention {
        reason: AttentionReason::PartialCheckout,
        ambiguous: true,
        field: "lines".to_owned(),
        status: 0,
        code: 0,
    });
    "partial_checkout".clone_into(&mut open.reason);
    Ok([adopted, open])
}

/// A partial checkout is done with what it bought (S5).
///
/// # Errors
/// [`Forbidden`] unless it needs attention.
pub fn accept_part(checkout: &Operation, now: Timestamp) -> Result<Change, Forbidden> {
    let mut change = change(checkout, Cause::Proven, EventKind::Confirmed, now)?;
    change.operation.attention = None;
    "part".clone_into(&mut change.reason);
    Ok(change)
}

/// Orders what a partial checkout refused, as new operations beside the old ones (S5). `lines` are the refused ones,
/// as they are to be ordered now; their payload hash is the caller's to make.
///
/// # Errors
/// [`Forbidden`] unless the checkout needs attention and its order is in the chain.
pub fn order_rest(
    chain: &[Operation],
    checkout: &Operation,
    ids: ReorderIds,
    now: Timestamp,
) -> Result<Reorder, Forbidden> {
    let accepted = accept_part(checkout, now)?;
    let order = order_of(chain, checkout).ok_or(Forbidden { from: checkout.state, cause: Cause::Proven })?;
    let verify =
        chain.iter().find(|one| one.payload.kind() == OperationKind::VerifyOrder && one.parents.contains(&checkout.id));
    let verify = verify.ok_or(Forbidden { from: checkout.state, cause: Cause::Proven })?;
    let bought: Vec<u32> = order.bought().iter().map(|line| line.number).collect();
    let refused: Vec<&OrderLine> = order.cart.lines.iter().filter(|line| !bought.contains(&line.number)).collect();
    let number_of = |old: u32| (0_u32..).zip(&refused).find(|(_, line)| line.number == old).map(|(number, _)| number);
    let lines = (0_u32..)
        .zip(&refused)
        .map(|(number, line)| OrderLine {
            number,
            // A base that was bought is a subscription now, no line.
            base_number: line.base_number.and_then(number_of),
            ..(*line).clone()
        })
        .collect();
    let cart = CreateCart { lines, ..order.cart.clone() };
    let payloads = [OperationPayload::CreateCart(cart), OperationPayload::CheckoutCart, OperationPayload::VerifyOrder];
    let mut new: Vec<Operation> = Vec::new();
    for (at, (old, payload)) in [order.create, checkout, verify].into_iter().zip(payloads).enumerate() {
        let parents = new.last().map_or_else(|| order.create.parents.clone(), |before| vec![before.id]);
        new.push(Operation { payload, ..anew(old, ids, at, parents, now) });
    }
    Ok(Reorder { changes: vec![accepted], new })
}

/// Ids for a replaced order, made outside.
#[derive(Debug, Clone, Copy)]
pub struct ReorderIds {
    /// New `create_cart`, `checkout_cart`, `verify_order`.
    pub operations: [OperationId; 3],
    /// Their keys, and one for the old checkout on its way out.
    pub keys: [RequestKey; 4],
    /// Sequence of the first of them.
    pub first_sequence: i64,
}

/// A cart that is gone is replaced by new operations (S3): the old cart id is never overwritten (S2).
#[derive(Debug)]
pub struct Reorder {
    /// Changes to the old ones, in order.
    pub changes: Vec<Change>,
    /// The new ones.
    pub new: Vec<Operation>,
}

/// Replaces cart, checkout and verification of the chain that `checkout` belongs to.
///
/// # Errors
/// [`Forbidden`] unless the checkout needs attention, or a verification is under way.
pub fn reorder(
    chain: &[Operation],
    checkout: &Operation,
    ids: ReorderIds,
    now: Timestamp,
) -> Result<Reorder, Forbidden> {
    let old_cart =
        chain.iter().find(|one| one.payload.kind() == OperationKind::CreateCart && checkout.parents.contains(&one.id));
    let old_verify =
        chain.iter().find(|one| one.payload.kind() == OperationKind::VerifyOrder && one.parents.contains(&checkout.id));
    let (Some(old_cart), Some(old_verify)) = (old_cart, old_verify) else {
        return Err(Forbidden { from: checkout.state, cause: Cause::Corrected });
    };
    // By way of *queued*: an ambiguous one may not be cancelled, and the person has given their word.
    let corrected = correct(checkout, ids.keys[3], now)?;
    let cancelled = cancel(&corrected.operation, now)?;
    let verify_cancelled = cancel(old_verify, now)?;
    let mapped = |id: &OperationId| -> OperationId {
        if *id == old_cart.id {
            ids.operations[0]
        } else if *id == checkout.id {
            ids.operations[1]
        } else {
            *id
        }
    };
    let mut new = Vec::new();
    for (at, old) in [old_cart, &cancelled.operation, old_verify].into_iter().enumerate() {
        new.push(anew(old, ids, at, old.parents.iter().map(mapped).collect(), now));
    }
    Ok(Reorder { changes: vec![corrected, cancelled, verify_cancelled], new })
}

/// A new operation like an old one, queued, of the next revision.
fn anew(old: &Operation, ids: ReorderIds, at: usize, parents: Vec<OperationId>, now: Timestamp) -> Operation {
    let mut fresh = old.clone();
    renew(&mut fresh, ids.keys[at]);
    fresh.id = ids.operations[at];
    fresh.state = OperationState::Queued;
    fresh.parents = parents;
    fresh.result = OperationResult::default();
    fresh.sequence = ids.first_sequence.saturating_add(i64::try_from(at).unwrap_or_default());
    fresh.approved_at = now;
    fresh.updated_at = now;
    fresh
}

fn change(before: &Operation, cause: Cause, entry: EventKind, now: Timestamp) -> Result<Change, Forbidden> {
    let state = transition(before.state, cause, Marks::of(before))?;
    let operation = Operation { state, updated_at: now, ..before.clone() };
    Ok(Change { cause, from: before.state, operation, entry: Some(entry), status: 0, code: 0, reason: String::new() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use Action as A;
    use AttentionReason as R;
    use OperationKind as K;

    #[test]
    fn each_definite_no_offers_what_leads_on() {
        for (kind, reason, expected) in [
            (K::CreateCustomer, R::PostalCode, vec![A::Mend]),
            (K::ConfirmAgreement, R::Email, vec![A::Mend]),
            (K::ConfirmAgreement, R::Unexpected, vec![A::ApproveAgain, A::Mend]),
            (K::CreateCart, R::Quantity, vec![A::Mend]),
            (K::CreateCart, R::ProductGone, vec![A::Mend]),
            (K::CreateCart, R::PriceChanged, vec![A::ApproveAgain, A::Mend]),
            (K::CreateCart, R::OrderMayExist, vec![A::SendAgain, A::Mend]),
            (K::CheckoutCart, R::AgreementMissing, vec![A::Mend, A::ApproveAgain]),
            (K::CheckoutCart, R::CartExpired, vec![A::ApproveAgain, A::Mend]),
            (K::UpdateCustomerProfile, R::Address, vec![A::Mend]),
        ] {
            assert_eq!(definite(kind, reason), expected, "{kind:?} {reason:?}");
        }
    }
}
