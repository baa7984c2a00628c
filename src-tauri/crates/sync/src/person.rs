//! What the person may do with an operation, and what it makes of it.

use crate::effect::Change;
use crate::transition::{Cause, Forbidden, Marks, transition};
use cb_domain::ids::{OperationId, RequestKey};
use cb_domain::operation::{AttentionReason, EventKind, Operation, OperationKind, OperationState};
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
}

/// Actions for this operation, most helpful first.
#[must_use]
pub fn actions(operation: &Operation) -> Vec<Action> {
    match operation.state {
        OperationState::Queued => vec![Action::Cancel],
        OperationState::InFlight | OperationState::Unknown | OperationState::Confirmed | OperationState::Cancelled => {
            Vec::new()
        }
        OperationState::NeedsAttention => match &operation.attention {
            Some(attention) => for_attention(operation, attention.reason, attention.ambiguous),
            None => vec![Action::Cancel],
        },
    }
}

fn for_attention(operation: &Operation, reason: AttentionReason, ambiguous: bool) -> Vec<Action> {
    use AttentionReason as R;
    let has_form = matches!(operation.payload.kind(), OperationKind::CreateCustomer | OperationKind::ConfirmAgreement);
    let mut actions = match reason {
        // What may have happened: look again, or give one's word. A taken domain then comes back as a definite no,
        // which can be mended.
        R::DomainTakenOrHalfCreated | R::OutcomeUnknown | R::OrderMayExist if ambiguous => {
            vec![Action::CheckAgain, Action::SendAgain]
        }
        // S4: orders of an adopted customer; the person knows whether to order all the same.
        R::OrderMayExist => vec![Action::SendAgain],
        // S5: a second send could buy twice.
        R::PartialCheckout => Vec::new(),
        // As it is, these would be refused again.
        R::DomainTaken
        | R::DomainTakenOrHalfCreated
        | R::CustomerDetails
        | R::Address
        | R::PostalCode
        | R::Email
        | R::RegistrationNumber
        | R::Phone
            if has_form && !ambiguous =>
        {
            vec![Action::Mend]
        }
        R::ResellerNotFit
        | R::ResellerUnknown
        | R::ApprovalTooOld
        | R::Permission
        | R::MicrosoftAgreement
        | R::Unexpected
            if has_form && !ambiguous =>
        {
            vec![Action::ApproveAgain, Action::Mend]
        }
        R::ResellerNotFit
        | R::ResellerUnknown
        | R::AgreementMissing
        | R::AccountNotAllowed
        | R::ProductGone
        | R::PriceChanged
        | R::Quantity
        | R::TermNotOffered
        | R::CustomEndDate
        | R::OrderDiffers
        | R::ApprovalTooOld
        | R::CartExpired
        | R::Permission
        | R::MicrosoftAgreement
        | R::Credit
        | R::Unexpected
        | R::OutcomeUnknown
        | R::DomainTaken
        | R::DomainTakenOrHalfCreated
        | R::CustomerDetails
        | R::Address
        | R::PostalCode
        | R::Email
        | R::RegistrationNumber
        | R::Phone => vec![Action::ApproveAgain],
    };
    if !ambiguous {
        actions.push(Action::Cancel);
    }
    actions
}

/// A new revision with a new key: everything known of the old one is behind it (S8).
pub fn renew(operation: &mut Operation, key: RequestKey) {
    operation.revision = operation.revision.saturating_add(1);
    operation.request_key = key;
    operation.wire_tries = 0;
    operation.ever_unknown = false;
    operation.not_before = None;
    operation.hold = None;
    operation.hold_since = None;
    operation.attention = None;
}

/// Queued again under a new key, approved now. The caller has checked that [`actions`] offers it.
///
/// # Errors
/// [`Forbidden`] unless it needs attention.
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
    change.operation.not_before = None;
    Ok(change)
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
        let mut fresh = old.clone();
        renew(&mut fresh, ids.keys[at]);
        fresh.id = ids.operations[at];
        fresh.state = OperationState::Queued;
        fresh.parents = old.parents.iter().map(mapped).collect();
        fresh.result = cb_domain::operation::OperationResult::default();
        fresh.sequence = ids.first_sequence.saturating_add(i64::try_from(at).unwrap_or_default());
        fresh.approved_at = now;
        fresh.updated_at = now;
        new.push(fresh);
    }
    Ok(Reorder { changes: vec![corrected, cancelled, verify_cancelled], new })
}

fn change(before: &Operation, cause: Cause, entry: EventKind, now: Timestamp) -> Result<Change, Forbidden> {
    let ambiguous = before.attention.as_ref().is_some_and(|attention| attention.ambiguous);
    let state = transition(before.state, cause, Marks { ever_unknown: before.ever_unknown, ambiguous })?;
    let operation = Operation { state, updated_at: now, ..before.clone() };
    Ok(Change { cause, from: before.state, operation, entry: Some(entry), status: 0, code: 0, reason: String::new() })
}
