//! `upgrade_subscription`: sent twice it would move licences twice, a double order. So it is compared before it is sent,
//! and an unknown outcome is settled by looking only: what Partner Center says it has moved since, and the subscription
//! itself. When that finds nothing for so long that it can't be late any more, the person decides (P4); it is never sent
//! again by itself.

use crate::effect::{Consequence, Effect, Facts, Heard, Progress};
use crate::remote::{Answer, Call, RefusalClass, RemoteSubscription, RemoteUpgrade, UpgradeState};
use crate::transition::Forbidden;
use crate::turn::{Turn, attention};
use crate::wait::{ABSENT_AGAIN, ORDERS_LATE, after, passed};
use cb_domain::change::{UpgradeSubscription, Values};
use cb_domain::ids::TenantId;
use cb_domain::operation::{AttentionReason, EventKind, OperationKind, OperationState};
use jiff::SignedDuration;

/// Clocks of servers may differ by some minutes.
const TOLERANCE: SignedDuration = SignedDuration::from_mins(5);

/// Its turn: what it was before a first try; what has been moved after one.
pub(crate) fn turn(facts: &Facts, payload: &UpgradeSubscription, tenant: TenantId) -> Result<Vec<Effect>, Forbidden> {
    let Some(subscription) = facts.subscription.clone() else { return Turn(facts).tenant_being_made(None) };
    let call = if facts.operation.state == OperationState::Unknown {
        Call::ReadUpgrades { tenant, subscription, legacy: payload.legacy, target: payload.target.clone() }
    } else {
        Call::ReadSubscription { tenant, subscription }
    };
    Ok(vec![Effect::LookUp { call }])
}

/// An answer.
pub(crate) fn heard(
    facts: &Facts,
    progress: &mut Progress,
    payload: &UpgradeSubscription,
    tenant: TenantId,
    call: &Call,
    heard: Heard,
) -> Result<Vec<Effect>, Forbidden> {
    let turn = Turn(facts);
    let sent = matches!(call, Call::Upgrade { .. });
    match heard {
        Heard::Answer(Answer::Upgraded(done)) if sent => answered(facts, payload, done),
        Heard::Answer(Answer::Upgrades(all)) => looked(facts, payload, tenant, call, all),
        Heard::Answer(Answer::Subscription(theirs)) => compare(facts, progress, payload, tenant, call, *theirs),
        Heard::Refused(refusal) if sent => {
            if refusal.class == RefusalClass::Busy {
                return turn.busy(&refusal);
            }
            if facts.operation.ever_unknown {
                return turn.refused_unknown(&refusal);
            }
            turn.write_refused(OperationKind::UpgradeSubscription, &refusal)
        }
        Heard::Refused(refusal) => turn.lookup_refused(OperationKind::UpgradeSubscription, progress, &refusal),
        Heard::Answer(_) => turn.no_sense(progress, call),
    }
}

fn answered(facts: &Facts, payload: &UpgradeSubscription, done: RemoteUpgrade) -> Result<Vec<Effect>, Forbidden> {
    let turn = Turn(facts);
    match done.state {
        UpgradeState::Completed => confirm(facts, payload, done),
        UpgradeState::Started => turn.no_answer(Consequence::Nothing),
        UpgradeState::Failed => {
            turn.settle_definite(attention(AttentionReason::UpgradeRefused, ""), Consequence::Nothing)
        }
    }
}

fn confirm(facts: &Facts, payload: &UpgradeSubscription, done: RemoteUpgrade) -> Result<Vec<Effect>, Forbidden> {
    let taken = Consequence::Upgraded { payload: Box::new(payload.clone()), to: done.to };
    Turn(facts).confirm(EventKind::Confirmed, taken, |_| ())
}

/// Moves that can only be this one: same target, same number, not older than its approval.
fn looked(
    facts: &Facts,
    payload: &UpgradeSubscription,
    tenant: TenantId,
    call: &Call,
    all: Vec<RemoteUpgrade>,
) -> Result<Vec<Effect>, Forbidden> {
    let approved = facts.operation.approved_at;
    let oldest = approved.checked_sub(TOLERANCE).unwrap_or(approved);
    let ours = all.into_iter().find(|one| {
        one.quantity == payload.quantity
            && one.target.product_id.eq_ignore_ascii_case(&payload.target.product_id)
            && one.target.sku_id.eq_ignore_ascii_case(&payload.target.sku_id)
            && one.at.is_none_or(|at| at >= oldest)
    });
    match ours {
        Some(done) if done.state == UpgradeState::Completed => confirm(facts, payload, done),
        Some(done) if done.state == UpgradeState::Failed => Turn(facts).unsettled(AttentionReason::UpgradeRefused, ""),
        // Under way at Partner Center.
        Some(_) => Turn(facts).wait(after(facts.now, ABSENT_AGAIN), None, ""),
        None => {
            let Call::ReadUpgrades { subscription, .. } = call else { return Ok(Vec::new()) };
            let subscription = subscription.clone();
            Ok(vec![Effect::LookUp { call: Call::ReadSubscription { tenant, subscription } }])
        }
    }
}

fn compare(
    facts: &Facts,
    progress: &mut Progress,
    payload: &UpgradeSubscription,
    tenant: TenantId,
    call: &Call,
    theirs: RemoteSubscription,
) -> Result<Vec<Effect>, Forbidden> {
    let turn = Turn(facts);
    let there = &theirs.values;
    let target_there = there.sku.product_id.eq_ignore_ascii_case(&payload.target.product_id)
        && there.sku.sku_id.eq_ignore_ascii_case(&payload.target.sku_id);
    if payload.is_full() && target_there {
        // By an earlier try, or by somebody who wanted the same: all of them have moved.
        let done = RemoteUpgrade {
            target: payload.target.clone(),
            quantity: payload.quantity,
            at: None,
            state: UpgradeState::Completed,
            to: None,
        };
        return confirm(facts, payload, done);
    }
    let same = is_same(&payload.base, there);
    if facts.operation.state == OperationState::Unknown {
        // By the monotonic clock (N3), so from the first look of this run on: never earlier than the last sending.
        let since = *progress.absent_since.get_or_insert(facts.steady);
        if same && !passed(since, ORDERS_LATE, facts.steady) {
            return turn.wait(after(facts.now, ABSENT_AGAIN), None, "");
        }
        progress.absent_since = None;
        return turn.unsettled(AttentionReason::OutcomeUnknown, "");
    }
    if !same {
        let seen = Box::new(there.clone());
        let taken =
            Consequence::Subscription { subscription: payload.subscription_id, theirs: Box::new(theirs.clone()) };
        let found = attention(AttentionReason::Difference, "");
        return turn.settle_definite_with(found, taken, |result| result.subscription = Some(seen));
    }
    let Call::ReadSubscription { subscription, .. } = call else { return turn.no_answer(Consequence::Nothing) };
    let subscription = subscription.clone();
    turn.send(Call::Upgrade { tenant, subscription, payload: Box::new(payload.clone()) })
}

/// What moving licences changes or loses is as the person saw it.
fn is_same(base: &Values, theirs: &Values) -> bool {
    base.sku.product_id.eq_ignore_ascii_case(&theirs.sku.product_id)
        && base.sku.sku_id.eq_ignore_ascii_case(&theirs.sku.sku_id)
        && base.quantity == theirs.quantity
        && base.status == theirs.status
        && base.next_term == theirs.next_term
}
