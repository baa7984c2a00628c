//! `change_subscription`: the subscription is read before it is changed. What was changed there since the person looked
//! is a difference for the person to decide; a window that has closed is told, not tried. The change is absolute, so an
//! unknown outcome is settled by reading and, at need, sending again.

use crate::effect::{Consequence, Effect, Facts, Heard, Progress};
use crate::remote::{Answer, Call, RemoteSubscription};
use crate::transition::Forbidden;
use crate::turn::{Turn, attention};
use crate::wait::WIRE_TRIES;
use cb_domain::change::{Change, ChangeSubscription, differences, is_done};
use cb_domain::ids::TenantId;
use cb_domain::operation::{AttentionReason, EventKind, OperationKind, OperationState};

/// Its turn: read first, whatever happened before.
pub(crate) fn turn(facts: &Facts, tenant: TenantId) -> Result<Vec<Effect>, Forbidden> {
    match &facts.subscription {
        Some(subscription) => {
            Ok(vec![Effect::LookUp { call: Call::ReadSubscription { tenant, subscription: subscription.clone() } }])
        }
        // Ordered, and not told by Partner Center yet.
        None => Turn(facts).tenant_being_made(None),
    }
}

/// An answer.
pub(crate) fn heard(
    facts: &Facts,
    progress: &mut Progress,
    payload: &ChangeSubscription,
    tenant: TenantId,
    call: &Call,
    heard: Heard,
) -> Result<Vec<Effect>, Forbidden> {
    let turn = Turn(facts);
    let sent = matches!(call, Call::ChangeSubscription { .. });
    match heard {
        Heard::Answer(Answer::Subscription(theirs)) if is_done(&theirs.values, &payload.change) => {
            // Carried out now, by an earlier try, or by somebody who wanted the same.
            let taken = Consequence::Subscription { subscription: payload.subscription_id, theirs };
            turn.confirm(EventKind::Confirmed, taken, |_| ())
        }
        // Accepted, and not carried out yet: read later.
        Heard::Answer(Answer::Subscription(_)) if sent => turn.no_answer(Consequence::Nothing),
        Heard::Answer(Answer::Subscription(theirs)) => compare(facts, payload, tenant, call, *theirs),
        Heard::Refused(refusal) if sent => {
            turn.change_refused(OperationKind::ChangeSubscription, &refusal, || self::turn(facts, tenant))
        }
        Heard::Refused(refusal) => turn.lookup_refused(OperationKind::ChangeSubscription, progress, &refusal),
        Heard::Answer(_) => turn.no_sense(progress, call),
    }
}

fn compare(
    facts: &Facts,
    payload: &ChangeSubscription,
    tenant: TenantId,
    call: &Call,
    theirs: RemoteSubscription,
) -> Result<Vec<Effect>, Forbidden> {
    let turn = Turn(facts);
    let seen = theirs.values.clone();
    let taken = |theirs| Consequence::Subscription { subscription: payload.subscription_id, theirs: Box::new(theirs) };
    if payload.is_about_an_earlier_term(theirs.ends_at) {
        return turn.settle_definite(attention(AttentionReason::TermOver, ""), taken(theirs));
    }
    let asks = differences(&payload.base, &payload.change, &seen).iter().any(|one| one.base != one.theirs);
    if asks {
        let found = attention(AttentionReason::Difference, "");
        return turn.settle_definite_with(found, taken(theirs), |result| result.subscription = Some(Box::new(seen)));
    }
    if is_too_late(&payload.change, &theirs) {
        return turn.settle_definite(attention(AttentionReason::WindowClosed, ""), taken(theirs));
    }
    match facts.operation.state {
        OperationState::Unknown if facts.operation.wire_tries >= WIRE_TRIES => {
            turn.unsettled(AttentionReason::OutcomeUnknown, "")
        }
        // Refused as stale, and yet nothing has changed: two statements that contradict each other.
        OperationState::InFlight => turn.no_answer(Consequence::Nothing),
        OperationState::Queued
        | OperationState::Unknown
        | OperationState::NeedsAttention
        | OperationState::Confirmed
        | OperationState::Cancelled => {
            let Call::ReadSubscription { subscription, .. } = call else {
                return turn.no_answer(Consequence::Nothing);
            };
            turn.send(Call::ChangeSubscription {
                tenant,
                subscription: subscription.clone(),
                seen: Box::new(seen),
                change: Box::new(payload.change.clone()),
            })
        }
    }
}

/// Partner Center itself no longer names a window that is wide enough: its clock counts, not this computer's (N3).
fn is_too_late(change: &Change, theirs: &RemoteSubscription) -> bool {
    if theirs.values.sku.sku_id.is_empty() {
        return false;
    }
    match change {
        Change::Licences { quantity } if *quantity < theirs.values.quantity => {
            let back: u32 = theirs.details.batches.iter().map(|batch| batch.quantity).fold(0, u32::saturating_add);
            theirs.values.quantity.saturating_sub(back) > *quantity
        }
        Change::Cancel => theirs.cancellable_until.is_none(),
        Change::Licences { .. }
        | Change::AutoRenew { .. }
        | Change::AtRenewal { .. }
        | Change::DropAtRenewal
        | Change::Suspend
        | Change::Resume => false,
    }
}
